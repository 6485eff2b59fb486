"""What people fill in, checked against the typed fields of an artefact. Pure.

A draft may leave things out; what is ready may not. Problems are told in both languages, each with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.rounds.cycles.counts import CountsUnreadable, take_in
from services.rounds.cycles.feedback import weak_points
from services.rounds.cycles.walk import both
from services.rounds.protocols.model import Artefact, ArtefactField, Bilingual, PlainField
from shared.errors import Invalid
from shared.said import in_spanish, say, together

LONGEST = {"words": 300, "text": 4000}
MOST_ITEMS = 60
MOST_LINES = 200
"""Entries of a list that is written by the minute: a lesson, line by line."""
ALIASES = tuple("ABCDEF")
Found = tuple[str, Bilingual]
Values = Mapping[str, Any]  # as JSON has them


class NotFilledIn(Invalid):
    """`problems` lists each with `where`, `detail` and `say` in both languages."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.words = together(told.said for _, told in found[:5])
        super().__init__(
            self.words,
            mend=say("cycles.fill_in_named"),
            problems=[
                {"where": where, "detail": told.en, "say": told.model_dump(), "es": in_spanish(told.said)}
                for where, told in found
            ],
        )


def fill_in(artefact: Artefact, values: Values, *, ready: bool, people: Sequence[UUID], today: date) -> dict[str, Any]:
    """The values as they are kept: trimmed, empty ones left out, counts suppressed. Raises NotFilledIn."""
    kept, found = _fields(artefact.fields, values, ready, "", people)
    if ready and artefact.check == "specific-and-actionable":
        missing = {where for where, _ in found}
        found += [weak for weak in weak_points(kept, today) if weak[0] not in missing]
    if found:
        raise NotFilledIn(found)
    return kept


def _fields(
    fields: Sequence[PlainField], values: Values, ready: bool, place: str, people: Sequence[UUID]
) -> tuple[dict[str, Any], list[Found]]:
    kept: dict[str, Any] = {}
    found: list[Found] = []
    known = {f.id for f in fields}
    for name in values:
        if name not in known:
            found.append((place + name, both(f"There is no field “{name}” here.", f"Aquí no hay un campo «{name}».")))
    for field in fields:
        where = place + field.id
        value, wrong = _one(field, values.get(field.id), ready, where, people)
        found += wrong
        if value not in (None, "", [], {}):
            kept[field.id] = value
        elif ready and field.required and not wrong:
            found.append((where, both(f"“{field.label.en}” is empty.", f"«{field.label.es}» está vacío.")))
    return kept, found


def _one(field: PlainField, value: Any, ready: bool, where: str, people: Sequence[UUID]) -> tuple[Any, list[Found]]:
    if value is None or value == "":
        return None, []
    if field.kind == "items":
        return _items(field, value, ready, where, people)
    try:
        return _READ[field.kind](field, value, people), []
    except CountsUnreadable as error:
        return None, [(where, error.say)]
    except ValueError:
        en, es = _EXPECTED[field.kind]
        return None, [(where, both(f"“{field.label.en}”: {en}", f"«{field.label.es}»: {es}"))]


def _items(field: PlainField, value: Any, ready: bool, where: str, people: Sequence[UUID]) -> tuple[Any, list[Found]]:
    assert isinstance(field, ArtefactField)
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        return None, [(where, both("A list of entries is expected.", "Se espera una lista de entradas."))]
    kept, found = [], []
    for n, item in enumerate(value):
        inner, wrong = _fields(field.fields, item, ready, f"{where}/{n}/", people)
        found += wrong
        if inner or ready:
            kept.append(inner)
    bound = MOST_LINES if by_the_minute(field) else MOST_ITEMS
    least, most = field.least or 0, min(field.most or bound, bound)
    if len(kept) > most or (ready and kept and len(kept) < least):
        found.append((where, both(
            f"“{field.label.en}” takes {least or 1} to {most} entries.",
            f"«{field.label.es}» admite de {least or 1} a {most} entradas.",
        )))  # fmt: skip
    return kept, found


def _text(field: PlainField, value: Any, people: Sequence[UUID]) -> str:
    if not isinstance(value, str) or len(value) > LONGEST[field.kind] or "\0" in value:
        raise ValueError
    return value.strip()


def _choice(field: PlainField, value: Any, people: Sequence[UUID]) -> str:
    if value not in {o.id for o in field.options}:
        raise ValueError
    return str(value)


def _choices(field: PlainField, value: Any, people: Sequence[UUID]) -> list[str]:
    options = [o.id for o in field.options]
    if not isinstance(value, list) or not set(value) <= set(options):
        raise ValueError
    return [o for o in options if o in value]


def _number(field: PlainField, value: Any, people: Sequence[UUID]) -> int:
    low, high = field.least or 0, field.most or 100_000
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError
    return value


def _minute(field: PlainField, value: Any, people: Sequence[UUID]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 240:
        raise ValueError
    return value


def _date(field: PlainField, value: Any, people: Sequence[UUID]) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError
    return date.fromisoformat(value).isoformat()


def _alias(field: PlainField, value: Any, people: Sequence[UUID]) -> str:
    """A letter: there is no room for a name."""
    if value not in ALIASES:
        raise ValueError
    return str(value)


def _person(field: PlainField, value: Any, people: Sequence[UUID]) -> str:
    if not isinstance(value, str) or UUID(value) not in people:
        raise ValueError
    return str(UUID(value))


def _counts(field: PlainField, value: Any, people: Sequence[UUID]) -> dict[str, Any]:
    return take_in(value)


_READ: Mapping[str, Callable[[PlainField, Any, Sequence[UUID]], Any]] = {
    "words": _text,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "scale": _number,
    "number": _number,
    "minute": _minute,
    "date": _date,
    "alias": _alias,
    "person": _person,
    "counts": _counts,
}
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "words": ("at most 300 characters.", "como mucho 300 caracteres."),
    "text": ("at most 4,000 characters.", "como mucho 4000 caracteres."),
    "choice": ("choose one of the answers.", "elija una de las respuestas."),
    "choices": ("choose among the answers.", "elija entre las respuestas."),
    "scale": ("choose a point of the scale.", "elija un punto de la escala."),
    "number": ("a whole number within the bounds.", "un número entero dentro de los límites."),
    "minute": ("minutes from 0 to 240.", "minutos de 0 a 240."),
    "date": ("a day, year-month-day.", "un día, año-mes-día."),
    "alias": ("a letter from A to F, never a name.", "una letra de la A a la F, nunca un nombre."),
    "person": ("somebody of this cycle.", "alguien de este ciclo."),
    "counts": ("a table of counts.", "una tabla de recuentos."),
}


def by_the_minute(field: PlainField) -> bool:
    """Whether it is a list that is written line by line as a lesson goes on."""
    return isinstance(field, ArtefactField) and any(f.kind == "minute" for f in field.fields)


def for_devices(artefact: Artefact) -> bool:
    """Whether people may write it in the capture app, without a network: what each writes for themselves, line by line
    or entry by entry, where nothing of the others' is needed to fill it in."""
    if artefact.together or artefact.check is not None:
        return False
    inner = [f for field in artefact.fields for f in (field, *field.fields)]
    if any(f.kind in ("counts", "person") for f in inner):
        return False
    return artefact.many or any(by_the_minute(f) for f in artefact.fields)


def added(artefact: Artefact, held: Values, fields: Values) -> dict[str, Any]:
    """What is held with `fields` added: entries join their list, other values take the place of theirs."""
    lists = {f.id for f in artefact.fields if f.kind == "items"}
    merged = dict(held)
    for name, value in fields.items():
        if name in lists and isinstance(value, list) and isinstance(held.get(name, []), list):
            merged[name] = [*held.get(name, []), *value]
        else:
            merged[name] = value
    return merged


def strings(value: Any) -> Iterator[str]:
    """Every text in the values, for search."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
