"""From the text of a document to a protocol, or to everything that is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import StringIO
from typing import Any

from pydantic import BaseModel

from services.rounds.protocols.check import problems as check
from services.rounds.protocols.model import Protocol
from shared.errors import Invalid

LONGEST = 200_000  # characters
MOST_PROBLEMS = 50
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


@cache
def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a protocol document."""
    made = Protocol.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made


def read(text: str) -> Protocol:
    """Raises Unreadable."""
    found = problems(text)
    if isinstance(found, Protocol):
        return found
    raise Unreadable(found)


def problems(text: str) -> Protocol | list[DocumentProblem]:
    """The protocol, or what is wrong with the text, first lines first."""
    return read_parts(text)[0]


def read_parts(text: str) -> tuple[Protocol | list[DocumentProblem], dict[str, Any] | None]:
    """As `problems`, with the names and values of the text, right or wrong; None where it is no YAML."""
    if len(text) > LONGEST:
        detail = f"The document is longer than {LONGEST:,} characters."
        return [DocumentProblem(line=1, where="", detail=detail)], None
    loaded = tree(text)
    if isinstance(loaded, DocumentProblem):
        return [loaded], None
    parts = _plain(loaded)
    wrong = [_told(loaded, [*e.absolute_path, *_unknown(e)[:1]], _words(e)) for e in _errors(parts)]
    if not wrong:
        protocol = Protocol.model_validate(parts)
        wrong = [_told(loaded, path, detail) for path, detail in check(protocol)]
        if not wrong:
            return protocol, parts
    return sorted(wrong, key=lambda p: p.line)[:MOST_PROBLEMS], parts


def yaml() -> Any:  # ruamel has no types
    """Reads and writes documents so that what is not changed stays as it was written."""
    from ruamel.yaml import YAML

    made = YAML(typ="rt", pure=True)
    made.allow_duplicate_keys = False
    made.preserve_quotes = True
    made.width = LONGEST
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def tree(text: str) -> Any:  # a tree that knows its lines, or a DocumentProblem
    from ruamel.yaml.error import MarkedYAMLError

    try:
        if (line := _reference(text)) is not None:
            return DocumentProblem(line=line, where="", detail="References (*name) are not read: write it out.")
        loaded = yaml().load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = (error.problem or error.context or "this cannot be read").splitlines()[0]
        return DocumentProblem(line=mark.line + 1 if mark else 1, where="", detail=f"This is not YAML: {said}.")
    except (ValueError, RecursionError) as error:
        return DocumentProblem(line=1, where="", detail=f"This is not YAML: {error}.")
    if not isinstance(loaded, dict):
        return DocumentProblem(line=1, where="", detail="A protocol is a list of names and values: key, version, ...")
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


def _errors(parts: Any) -> Iterator[Any]:  # of untyped jsonschema
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema()).iter_errors(parts):
        yield from _deepest(error)


def _deepest(error: Any) -> Iterator[Any]:
    """Of a choice of shapes (a sentence or nothing), what is wrong with the one that was meant."""
    meant = [e for e in error.context or () if e.validator != "type" or e.validator_value != "null"]
    if not meant:
        yield error
    for inner in meant:
        yield from _deepest(inner)


def _unknown(error: Any) -> list[str]:
    if error.validator != "additionalProperties":
        return []
    return sorted(set(error.instance) - set(error.schema.get("properties", ())))


def _words(error: Any) -> str:
    value, rule = error.instance, error.validator_value
    shown = f"“{value}”" if isinstance(value, str | int | float) else "this"
    match error.validator:
        case "required":
            return f"“{error.message.split(chr(39))[1]}” is missing."
        case "additionalProperties":
            return f"“{_unknown(error)[0]}” is not a word of protocols."
        case "enum":
            return f"{shown} is none of: {', '.join(map(str, rule))}."
        case "pattern":
            return f"{shown} does not fit: lower-case letters, digits and hyphens, starting with a letter."
        case "type":
            names = {"string": "text", "integer": "a whole number", "array": "a list", "object": "names and values"}
            return f"{shown} should be {names.get(str(rule), str(rule))}."
        case "minItems" | "minLength":
            return "This must not be empty."
        case "minimum":
            return f"{shown} is less than {rule}."
        case "maximum":
            return f"{shown} is more than {rule}."
        case "maxItems" | "maxLength":
            return f"This is longer than {rule}."
    return f"{error.message}."


def _told(loaded: Any, path: Path, detail: str) -> DocumentProblem:
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


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(k): _plain(v) for k, v in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(v) for v in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node)
