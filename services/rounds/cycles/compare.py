"""Two versions of a note side by side: which words went, which came. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from pydantic import BaseModel

from services.rounds.protocols.model import Artefact, Bilingual, PlainField

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(BaseModel):
    kind: Literal["same", "out", "in"]
    text: str


class ComparedField(BaseModel):
    """`item` counts from 1 in a list; None outside of one."""

    label: Bilingual
    item: int | None
    changed: bool
    left: list[Piece]
    right: list[Piece]


class Compared(BaseModel):
    fields: list[ComparedField]


def compare(kind: Artefact, left: Mapping[str, Any], right: Mapping[str, Any]) -> Compared:
    found: list[ComparedField] = []
    for field in kind.fields:
        if field.kind != "items":
            found.append(_field(field, None, left.get(field.id), right.get(field.id)))
            continue
        for n, (one, two) in enumerate(_pairs(left.get(field.id) or [], right.get(field.id) or []), start=1):
            found += [_field(f, n, one.get(f.id), two.get(f.id)) for f in field.fields]
    return Compared(fields=[f for f in found if f.left or f.right])


def _pairs(
    left: Sequence[Mapping[str, Any]], right: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Items that belong together: those that stayed the same hold the others in place."""
    one, two = [repr(sorted(i.items())) for i in left], [repr(sorted(i.items())) for i in right]
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(left[a1:a2], right[b1:b2], strict=True)
            continue
        for n in range(max(a2 - a1, b2 - b1)):
            yield (left[a1 + n] if a1 + n < a2 else {}), (right[b1 + n] if b1 + n < b2 else {})


def _field(field: PlainField, item: int | None, left: Any, right: Any) -> ComparedField:
    one, two = _words(field, left), _words(field, right)
    was, now = _WORDS.findall(one), _WORDS.findall(two)
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        same = tag == "equal"
        if a2 > a1:
            lefts.append(Piece(kind="same" if same else "out", text="".join(was[a1:a2])))
        if b2 > b1:
            rights.append(Piece(kind="same" if same else "in", text="".join(now[b1:b2])))
    return ComparedField(label=field.label, item=item, changed=one != two, left=lefts, right=rights)


def _words(field: PlainField, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_label(field, v) for v in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{r['skill']} {r['count'] or '–'}/{r['total'] or '–'}" for r in value.get("rows", ()))
    return _label(field, value)


def _label(field: PlainField, value: Any) -> str:
    return next((o.label.en for o in field.options if o.id == value), str(value))
