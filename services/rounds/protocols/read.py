"""From the text of a document to a protocol, or to everything that is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from services.rounds.lined_yaml import DocumentProblem, Unreadable, plain, told, tree
from services.rounds.protocols.check import problems as check
from services.rounds.protocols.model import Protocol

MOST_PROBLEMS = 50


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
    loaded = tree(text, "A protocol")
    if isinstance(loaded, DocumentProblem):
        return [loaded], None
    parts = plain(loaded)
    wrong = [told(loaded, [*e.absolute_path, *_unknown(e)[:1]], _words(e)) for e in _errors(parts)]
    if not wrong:
        protocol = Protocol.model_validate(parts)
        wrong = [told(loaded, path, detail) for path, detail in check(protocol)]
        if not wrong:
            return protocol, parts
    return sorted(wrong, key=lambda p: p.line)[:MOST_PROBLEMS], parts


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
