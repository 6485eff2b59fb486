"""From the text of a document to a protocol, or to everything that is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from typing import Any

from services.rounds.document_words import Part, Wrong, part, wrong
from services.rounds.lined_yaml import DocumentProblem, Unreadable, plain, told, tree, yaml
from services.rounds.protocols.check import problems as check
from services.rounds.protocols.model import Protocol

MOST_PROBLEMS = 50
_TYPES: dict[str, Part] = {
    "string": "type_string",
    "integer": "type_integer",
    "array": "type_array",
    "object": "type_object",
    "boolean": "type_boolean",
}


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


def published(text: str) -> Protocol:
    """The protocol of a text that was published: it held together by the checks of its day, and cycles run on it. It is
    not judged by those that came later."""
    return Protocol.model_validate(plain(yaml().load(StringIO(text))))


def problems(text: str) -> Protocol | list[DocumentProblem]:
    """The protocol, or what is wrong with the text, first lines first."""
    return read_parts(text)[0]


def read_parts(text: str) -> tuple[Protocol | list[DocumentProblem], dict[str, Any] | None]:
    """As `problems`, with the names and values of the text, right or wrong; None where it is no YAML."""
    loaded = tree(text, "protocol")
    if isinstance(loaded, DocumentProblem):
        return [loaded], None
    parts = plain(loaded)
    faults = [told(loaded, [*e.absolute_path, *_unknown(e)[:1]], _words(e)) for e in _errors(parts)]
    if not faults:
        protocol = Protocol.model_validate(parts)
        faults = [told(loaded, path, found) for path, found in check(protocol)]
        if not faults:
            return protocol, parts
    return sorted(faults, key=lambda p: p.line)[:MOST_PROBLEMS], parts


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


def _words(error: Any) -> Wrong:
    value, rule = error.instance, error.validator_value
    shown = f"“{value}”" if isinstance(value, str | int | float) else part("this")
    match error.validator:
        case "required":
            return wrong("missing", name=error.message.split(chr(39))[1])
        case "additionalProperties":
            return wrong("unknown_protocol_word", name=_unknown(error)[0])
        case "enum" | "const":
            return wrong(
                "none_of", value=shown, allowed=", ".join(map(str, rule if error.validator == "enum" else [rule]))
            )
        case "pattern":
            return wrong("pattern", value=shown)
        case "type" if str(rule) in _TYPES:
            return wrong("wrong_type", value=shown, type=part(_TYPES[str(rule)]))
        case "minItems" | "minLength":
            return wrong("empty")
        case "minimum":
            return wrong("less", value=shown, rule=rule)
        case "maximum":
            return wrong("more", value=shown, rule=rule)
        case "maxItems" | "maxLength":
            return wrong("longer", rule=rule)
    return wrong("schema", said=error.message)
