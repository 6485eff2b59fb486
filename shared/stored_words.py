"""Which words of a stored body a reader is given: PostgreSQL writes out the fields that are read, not the rest, of
which the words of a statement are the longest. Writing a body as text is more than half of a read.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import fields

_MANY = 6
"""from so many fields on, an object costs less as a whole"""


def body_sql(shapes: Iterable[tuple[str, int, type[Struct]]]) -> str:
    """The SQL text of an event `p`'s body: of those of a type and schema version with a shape the fields that it names,
    the whole of others. Where such a field is missing what comes is no JSON, and is to be read another way."""
    cases = [
        f"when p.type = '{_plain(type_)}' and p.schema_version = {version:d} then {_words(shape)}"
        for type_, version, shape in shapes
    ]
    return f"case {' '.join(cases)} else p.data::text end" if cases else "p.data::text"


def _words(shape: type[Struct]) -> str:
    asked: list[str] = []
    form = _form(shape, (), asked)
    return f"format('{form}', {', '.join(asked)})"


def _form(shape: type[Struct], path: tuple[str, ...], asked: list[str]) -> str:
    parts = []
    for field in fields(shape):
        name = _plain(field.encode_name)
        if isinstance(field.type, type) and issubclass(field.type, Struct) and len(fields(field.type)) < _MANY:
            parts.append(f'"{name}":{_form(field.type, (*path, name), asked)}')
            continue
        parts.append(f'"{name}":%s')
        asked.append(f"p.data #> '{{{','.join((*path, name))}}}'" if path else f"p.data -> '{name}'")
    return f"{{{','.join(parts)}}}"


def _plain(name: str) -> str:
    """Names are the code's own; none may end a literal."""
    if not name.isidentifier():
        raise ValueError(f"{name!r} is no name of a field or type")
    return name
