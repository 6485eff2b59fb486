"""YAML that people write by hand: a tree that knows its lines, and what is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

from pydantic import BaseModel

from shared.errors import Invalid

LONGEST = 200_000  # characters
Path = Sequence[str | int]


class DocumentProblem(BaseModel):
    """`line` counts from 1; `where` is the place in the document, `stages/0/title`."""

    line: int
    where: str
    detail: str


class Unreadable(Invalid):
    """The document does not do. `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        first = problems[0]
        super().__init__(
            f"Line {first.line}: {first.detail}",
            mend="Correct the lines named.",
            problems=[p.model_dump() | {"detail": f"Line {p.line}: {p.detail}"} for p in problems],
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


def tree(text: str, what: str) -> Any:  # a tree that knows its lines, or a DocumentProblem
    """`what` begins the sentence that says what a document is: `A protocol is a list ...`."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > LONGEST:
        return DocumentProblem(line=1, where="", detail=f"The document is longer than {LONGEST:,} characters.")
    try:
        if (line := _reference(text)) is not None:
            return DocumentProblem(line=line, where="", detail="References (*name) are not read: write it out.")
        loaded = yaml().load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = (error.problem or error.context or "this cannot be read").splitlines()[0]
        return DocumentProblem(line=mark.line + 1 if mark else 1, where="", detail=f"This is not YAML: {said}.")
    except YAMLError as error:  # a character that no text holds
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        return DocumentProblem(line=line, where="", detail="A character that cannot be printed stands here.")
    except (ValueError, RecursionError) as error:
        return DocumentProblem(line=1, where="", detail=f"This is not YAML: {error}.")
    if not isinstance(loaded, dict):
        return DocumentProblem(line=1, where="", detail=f"{what} is a list of names and values: key, ...")
    return loaded


def _reference(text: str) -> int | None:
    """The line of the first reference: a few lines of them stand for gigabytes, or for themselves."""
    import yaml as quick

    try:
        for event in quick.parse(text, Loader=getattr(quick, "CSafeLoader", quick.SafeLoader)):
            if isinstance(event, quick.AliasEvent):
                return int(event.start_mark.line) + 1
    except quick.YAMLError:
        pass  # the reader with lines says what it is
    return None


def told(loaded: Any, path: Path, detail: str) -> DocumentProblem:
    return DocumentProblem(line=_line(loaded, list(path)), where="/".join(map(str, path)), detail=detail)


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
