"""YAML that people write by hand: a tree that knows its lines, and what is wrong with it, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, Literal

from pydantic import BaseModel

from services.rounds.document_words import Code, Wrong, in_line, mend, sentence, wrong
from services.rounds.protocols.model import Bilingual
from shared.errors import Invalid
from shared.said import in_spanish

LONGEST = 200_000  # characters
DEEPEST = 50  # lists, and names with values, inside one another
_MISTAKES: dict[str, Code] = {
    "mapping values are not allowed": "yaml_value",
    "could not find expected ':'": "yaml_colon",
    "found unexpected end of stream": "yaml_end",
    "expected ',' or": "yaml_bracket",
    "expected <block end>": "yaml_indent",
    "expected '<document start>'": "yaml_indent",
}
Path = Sequence[str | int]


class DocumentProblem(BaseModel):
    """`line` counts from 1; `where` is the place in the document, `stages/0/title`; `detail` is `say.en`."""

    line: int
    where: str
    detail: str
    say: Bilingual

    @classmethod
    def of(cls, line: int, found: Wrong, where: str = "") -> DocumentProblem:
        say = sentence(found)
        return cls(line=line, where=where, detail=say.en, say=say)


class Unreadable(Invalid):
    """The document does not do. `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        said = [in_line(p.line, p.say) for p in problems]
        super().__init__(
            said[0].said,
            mend=mend().said,
            problems=[
                p.model_dump() | {"detail": s.en, "say": s.model_dump(), "es": in_spanish(s.said)}
                for p, s in zip(problems, said, strict=True)
            ],
        )
        self.found = tuple(problems)


def yaml() -> Any:  # ruamel has no types
    """Reads and writes documents so that what is not changed stays as it was written."""
    from ruamel.yaml import YAML

    made = YAML(typ="rt", pure=True)
    made.allow_duplicate_keys = False
    made.preserve_quotes = True
    made.width = LONGEST
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def tree(text: str, what: Literal["protocol", "mapping"]) -> Any:  # a tree that knows its lines, or a DocumentProblem
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > LONGEST:
        return DocumentProblem.of(1, wrong("too_long", most=f"{LONGEST:,}"))
    try:
        if (found := _at_a_glance(text)) is not None:
            return found
        loaded = yaml().load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = (error.problem or error.context or "this cannot be read").splitlines()[0]
        return DocumentProblem.of(mark.line + 1 if mark else 1, _no_yaml(said))
    except YAMLError as error:  # a character that no text holds
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        return DocumentProblem.of(line, wrong("unprintable"))
    except (ValueError, RecursionError) as error:
        return DocumentProblem.of(1, wrong("yaml", said=str(error)))
    if not isinstance(loaded, dict):
        return DocumentProblem.of(1, wrong("no_protocol" if what == "protocol" else "no_mapping"))
    return loaded


def _no_yaml(said: str) -> Wrong:
    """In words that an author can use, where it is one of the mistakes that authors make."""
    for begins, code in _MISTAKES.items():
        if said.startswith(begins):
            return wrong(code)
    if twice := re.match(r'found duplicate key "(.*?)" with', said):
        return wrong("yaml_twice", name=twice[1])
    if sign := re.match(r"found character '(.+)' that cannot start", said):
        return wrong("yaml_sign", sign=f"“{sign[1]}”")
    return wrong("yaml", said=said)


def _at_a_glance(text: str) -> DocumentProblem | None:
    """What the reader with lines must not come to. A few lines of references stand for gigabytes, or for themselves;
    each list inside another makes it look at all of them again: for seconds at some thousands."""
    import yaml as quick

    deep = 0
    try:
        for event in quick.parse(text, Loader=getattr(quick, "CSafeLoader", quick.SafeLoader)):
            if isinstance(event, quick.AliasEvent):
                return DocumentProblem.of(int(event.start_mark.line) + 1, wrong("reference"))
            deep += isinstance(event, quick.CollectionStartEvent) - isinstance(event, quick.CollectionEndEvent)
            if deep > DEEPEST:
                return DocumentProblem.of(int(event.start_mark.line) + 1, wrong("too_deep", most=str(DEEPEST)))
    except quick.YAMLError:
        pass  # the reader with lines says what it is
    return None


def told(loaded: Any, path: Path, found: Wrong) -> DocumentProblem:
    return DocumentProblem.of(_line(loaded, list(path)), found, "/".join(map(str, path)))


def _line(loaded: Any, path: Path) -> int:
    """The line of the innermost part of `path` that the document has."""
    line, node = getattr(getattr(loaded, "lc", None), "line", 0), loaded
    for step in path:
        held = getattr(node, "lc", None)
        try:
            position = held.key(step) if isinstance(node, dict) else held.item(step)  # type: ignore[union-attr]
            line, node = position[0], node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return int(line) + 1


def plain(node: Any) -> Any:
    """The tree as values that any validator takes."""
    if isinstance(node, dict):
        return {str(k): plain(v) for k, v in node.items()}
    if isinstance(node, list | tuple):
        return [plain(v) for v in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node)
