"""Aggregate counts by CSV: how many of how many, never a student. Small counts are hidden as they come in.

A row whose group has fewer than 10 students is hidden whole; a count of fewer than 5, on either side (reached it, or
did not), is replaced by its side; a total from which one of these follows is hidden with it (`subtract.py`). What is
hidden is not kept anywhere. The interval of a change is Newcombe's hybrid
score interval for the difference of two independent proportions (method 10 in R. G. Newcombe, Statistics in Medicine
17 (1998) 873-890), over Wilson's score intervals. Of the same students counted twice it is Newcombe's interval for
pairs (method 10, ibid. 2635-2650) with no correlation: wider than right where who reached it before tends to reach it
again, too narrow where the correlation is negative. Counts do not tell it, so the page says which way it errs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from services.rounds.cycles.subtract import Counted, beside
from services.rounds.cycles.walk import both
from services.rounds.protocols.model import Bilingual
from shared.disclosure import LEAST

LEAST_GROUP = 10
MOST_ROWS = 40
LARGEST = 1_000_000
LONGEST_NAME = 80
Z95 = 1.959963984540054
_COLUMNS = {
    "skill": ("skill", "destreza", "group", "grupo", "standard", "estandar", "item", "category", "categoria"),
    "count": ("count", "cantidad", "met", "reached", "n", "logrado", "cuantos"),
    "total": ("total", "of", "de", "tested", "students", "alumnos", "evaluados"),
}
_PERSONAL = re.compile(
    r"name|nombre|apellido|student.?(?:id|no|num)|id.?(?:alumno|estudiante)|birth|nacimiento|dob|e-?mail|correo|ssn|sis.?id"
    r"|^(?:first|last|given|family|middle|initials?|iniciales|roll(?:.?(?:no|number))?|matricula)$"
    r"|^(?:student|alumn[oa]|estudiante|pupil|learner|child|niñ[oa])$"
)
_NAMED = re.compile(  # `skill name` is a skill
    r"^(skill|item|standard|group|category).?name$|^nombre.(?:de.(?:la.)?|del.)?(destreza|grupo|estandar|categoria)$"
)


class CountsUnreadable(ValueError):
    """Carries the sentence for the person, in both languages."""

    def __init__(self, en: str, es: str) -> None:
        super().__init__(en)
        self.say: Bilingual = both(en, es)


def take_in(value: Any) -> dict[str, Any]:
    """From `{"csv": text}` or rows taken in before, the rows as they are kept. Raises CountsUnreadable."""
    if not isinstance(value, Mapping):
        raise ValueError("counts are a table")
    counted: list[Counted | None]
    if isinstance(value.get("csv"), str):
        read = _read(value["csv"])
        rows, counted = [_suppressed(name, *held) for name, held in read], [held for _, held in read]
    elif isinstance(value.get("rows"), list):
        rows, counted = [_again(r) for r in value["rows"]], [_counted(r) for r in value["rows"]]
    else:
        raise ValueError("counts are a table")
    if not 1 <= len(rows) <= MOST_ROWS:
        raise CountsUnreadable(f"The table has 1 to {MOST_ROWS} rows.", f"La tabla tiene de 1 a {MOST_ROWS} filas.")
    names = [r["skill"].casefold() for r in rows]
    if len(set(names)) != len(names):
        raise CountsUnreadable("Two rows have the same name.", "Dos filas tienen el mismo nombre.")
    kept = [r["total"] is None if r["hidden"] else None for r in rows]
    for n, whole in beside(names, counted, kept, LEAST, LEAST_GROUP).items():
        rows[n] = rows[n] | {"count": None, "hidden": "beside"} | ({"total": None} if whole else {})
    return {"rows": rows}


def _read(text: str) -> list[tuple[str, Counted]]:
    sample = text.lstrip("﻿")[:200_000]
    first = sample.splitlines()[0] if sample.strip() else ""
    delimiter = max(",;\t", key=first.count)
    read = list(csv.reader(io.StringIO(sample), delimiter=delimiter))
    if not read:
        raise CountsUnreadable("The file is empty.", "El archivo está vacío.")
    heads = [h.strip().casefold().replace("á", "a").replace("í", "i") for h in read[0]]
    heads = [_NAMED.sub(r"\1\2", h) for h in heads]
    personal = next((h for h in heads if _PERSONAL.search(h)), None)
    if personal:
        raise CountsUnreadable(
            f"The column “{personal}” looks like rows of students. Bring counts: skill, count, total.",
            f"La columna «{personal}» parece de filas de alumnos. Traiga recuentos: destreza, cantidad, total.",
        )
    places = {name: next((n for n, h in enumerate(heads) if h in known), None) for name, known in _COLUMNS.items()}
    missing = [name for name, place in places.items() if place is None]
    if missing:
        raise CountsUnreadable(
            f"The first line names the columns skill, count and total; missing: {', '.join(missing)}.",
            f"La primera línea nombra las columnas destreza, cantidad y total; falta: {', '.join(missing)}.",
        )
    rows = []
    for line, cells in enumerate(read[1:], start=2):
        if not any(c.strip() for c in cells):
            continue
        try:
            named = {name: cells[place].strip() for name, place in places.items() if place is not None}
            count, total = int(named["count"]), int(named["total"])
        except (IndexError, ValueError):
            raise CountsUnreadable(
                f"Line {line}: count and total are whole numbers.",
                f"Línea {line}: cantidad y total son números enteros.",
            ) from None
        if not 0 <= count <= total <= LARGEST:
            raise CountsUnreadable(
                f"Line {line}: the count is between 0 and the total.", f"Línea {line}: la cantidad va de 0 al total."
            )
        rows.append((_name(named["skill"], line), Counted(count, total)))
    if rows and all(held.total < LEAST_GROUP for _, held in rows):
        raise CountsUnreadable(
            f"Every group has fewer than {LEAST_GROUP} students: nothing may be kept. Bring larger groups.",
            f"Todos los grupos tienen menos de {LEAST_GROUP} alumnos: nada puede guardarse. Traiga grupos mayores.",
        )
    return rows


def _name(text: str, line: int) -> str:
    if not 1 <= len(text) <= LONGEST_NAME:
        raise CountsUnreadable(f"Line {line}: the row has no name.", f"Línea {line}: la fila no tiene nombre.")
    return text


def _suppressed(skill: str, count: int, total: int) -> dict[str, Any]:
    if total < LEAST_GROUP:
        return {"skill": skill, "count": None, "total": None, "hidden": "small_group"}
    if count < LEAST:
        return {"skill": skill, "count": None, "total": total, "hidden": "few"}
    if total - count < LEAST:
        return {"skill": skill, "count": None, "total": total, "hidden": "nearly_all"}
    return {"skill": skill, "count": count, "total": total, "hidden": None}


def _counted(row: Mapping[str, Any]) -> Counted | None:
    count, total = row.get("count"), row.get("total")
    return Counted(count, total) if isinstance(count, int) and isinstance(total, int) else None


def _again(row: Any) -> dict[str, Any]:
    """A row that was taken in before; it is hidden again if it must be."""
    if not isinstance(row, Mapping) or not isinstance(row.get("skill"), str):
        raise ValueError("not a row")
    skill, count, total = _name(row["skill"].strip(), 0), row.get("count"), row.get("total")
    if isinstance(count, int) and isinstance(total, int) and 0 <= count <= total <= LARGEST:
        return _suppressed(skill, count, total)
    if total is None:
        hidden = "beside" if row.get("hidden") == "beside" else "small_group"
        return {"skill": skill, "count": None, "total": None, "hidden": hidden}
    if not isinstance(total, int) or total < LEAST_GROUP or row.get("hidden") not in ("few", "nearly_all", "beside"):
        raise ValueError("not a row")
    return {"skill": skill, "count": None, "total": total, "hidden": row["hidden"]}


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0-1) with its Wilson score interval; None where it is hidden, `hidden` says why."""

    share: float | None
    low: float | None
    high: float | None
    total: int | None
    hidden: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A skill before and after. `difference` with its 95 % interval where both are shown; `sure` when the interval
    leaves zero out."""

    skill: str
    before: Share
    after: Share
    difference: float | None
    low: float | None
    high: float | None
    sure: bool


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson, JASA 22 (1927) 209-212)."""
    p, z2 = count / total, Z95 * Z95
    middle = (p + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 / (1 + z2 / total) * sqrt(p * (1 - p) / total + z2 / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float, float]:
    """after - before with its 95 % interval."""
    p1, p2 = after[0] / after[1], before[0] / before[1]
    (l1, u1), (l2, u2) = wilson(*after), wilson(*before)
    d = p1 - p2
    return d, d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The skills of `before` in their order, each beside the same skill of `after`; then the new ones."""
    later = {r["skill"].casefold(): r for r in after}
    earlier = {r["skill"].casefold(): r for r in before}
    skills = {r["skill"].casefold(): r["skill"] for r in (*after, *before)}
    order = [*earlier, *(k for k in later if k not in earlier)]
    return [_change(skills[key], earlier.get(key), later.get(key)) for key in order]


def _change(skill: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change:
    one, two = _share(before), _share(after)
    if before is None or after is None or one.share is None or two.share is None:
        return Change(skill, one, two, None, None, None, False)
    d, low, high = difference((before["count"], before["total"]), (after["count"], after["total"]))
    return Change(skill, one, two, d, low, high, low > 0 or high < 0)


def _share(row: Mapping[str, Any] | None) -> Share:
    if row is None:
        return Share(None, None, None, None, "absent")
    if row["count"] is None:
        return Share(None, None, None, row["total"], row["hidden"])
    low, high = wilson(row["count"], row["total"])
    return Share(row["count"] / row["total"], low, high, row["total"], None)
