"""From the file's bytes to visits: pure, all problems at once, nobody's name kept.

Classrooms and observers become opaque ids under a key that is made for this one reading and thrown
away: the same teacher is the same classroom within the file, and nobody can find out which.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.rounds.capture.events import CoreElement
from services.rounds.imports.headers import find_header
from services.rounds.imports.mapping import OTHER, Form, Header, ObservationMapping
from services.rounds.imports.sentences import statements
from shared.tabular.dates import DayOrder, day_order, is_numeric_date, read_day, read_moment
from shared.tabular.problems import Problems, fault, value_class
from shared.tabular.table import Row, decode, open_table

MOST_VISITS = 2000


@dataclass(frozen=True, slots=True)
class ImportedVisit:
    """One row: one observer in one classroom on one day. `digest` is of what the row tells (and its place
    among rows that tell the same), so that the same visit in a later file is recognised; no name or
    address takes part in it."""

    line: int
    digest: str
    day: date
    written_at: datetime | None  # naive: the clock of whoever wrote it
    occasion: str
    grade_band: str
    subject: str
    classroom_id: UUID
    observer_id: UUID
    ratings: Mapping[str, str]
    statements: tuple[tuple[CoreElement, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    visits: tuple[ImportedVisit, ...] = ()
    columns_used: int = 0
    columns_dropped: tuple[str, ...] = ()  # headers that nothing is taken from


@dataclass(frozen=True, slots=True)
class _Columns:
    """The file's own headers for what the mapping asks for."""

    observed_on: str
    written_at: str | None
    occasion: str | None
    school: str | None
    grade: str | None
    classroom: tuple[str, ...]
    observer: tuple[str, ...]
    ratings: Mapping[str, str]  # look-for -> header
    notes: tuple[tuple[CoreElement, str], ...]

    def all(self) -> list[str]:
        single = (self.observed_on, self.written_at, self.occasion, self.school, self.grade)
        found = [c for c in single if c] + [*self.classroom, *self.observer, *self.ratings.values()]
        return list(dict.fromkeys([*found, *(h for _, h in self.notes)]))


def read(
    file: str,
    data: bytes,
    form: Form,
    problems: Problems,
    *,
    secret: bytes,
    school: str | None = None,
    order: DayOrder | None = None,
) -> Reading:
    """The visits in `data`. `school`: the name that picks the rows of one school, for a file with several;
    `order`: which number of 3/4/2024 is the month, when the file itself cannot tell."""
    mapping = form.mapping
    found = find_header(file, decode(file, data, Problems()) or "", mapping)
    headers = [" ".join(h.split()) for h in found.cells]
    columns = _find(file, headers, mapping, problems)
    if columns is None:
        return Reading()
    table = open_table(
        file, data, columns.all(), [columns.observed_on], problems, header_found=replace(found, cells=headers)
    )
    if table is None:
        return Reading()
    if found.ends > 1:
        problems.note(
            "header_row",
            file,
            fault("header_row", row=found.ends),
            fault("nothing_to_do"),
            line=1,
        )
    rows = list(table.rows())
    if not rows:
        problems.warning("no_rows", file, fault("no_rows"), fault("export_with_rows"))
    if len(rows) > MOST_VISITS:
        problems.error(
            "too_many_rows",
            file,
            fault("many_visits", rows=f"{len(rows):,}", most=f"{MOST_VISITS:,}"),
            fault("split_file"),
        )
        return Reading()
    rows = _of_school(file, rows, columns, school, problems)
    order = _order(rows, columns) or order or mapping.day_order
    raters = sorted({row[c] for row in rows for c in columns.observer if "@" not in row[c]})
    visits: list[ImportedVisit] = []
    alike: dict[str, list[tuple[UUID, UUID]]] = {}
    for row in rows:
        visit = _visit(file, row, columns, form, order, raters, _opaque(secret), problems)
        if visit is None:
            continue
        told_alike = alike.setdefault(visit.digest, [])
        if (visit.classroom_id, visit.observer_id) in told_alike:
            problems.note("row_twice", file, fault("row_taken_once"), fault("nothing_to_do"), line=row.line)
            continue
        told_alike.append((visit.classroom_id, visit.observer_id))
        visits.append(_nth(visit, len(told_alike)))
    used = set(table.places)
    return Reading(tuple(visits), len(used), tuple(h for h in headers if h and h not in used))


def _nth(visit: ImportedVisit, n: int) -> ImportedVisit:
    """The n-th of the visits that tell the same of other rooms or raters: each is a visit of its own."""
    return visit if n == 1 else replace(visit, digest=hashlib.sha256(f"{visit.digest} {n}".encode()).hexdigest())


def _find(file: str, headers: Sequence[str], mapping: ObservationMapping, problems: Problems) -> _Columns | None:
    taken: set[str] = set()

    def one(header: Header | None) -> str | None:
        for h in headers:
            if header is not None and h not in taken and header.fits(h):
                taken.add(h)
                return h
        return None

    ratings = {r.look_for: found for r in mapping.ratings if (found := one(r.column))}
    notes = tuple((n.core_element, found) for n in mapping.notes if (found := one(n.column)))
    observed_on = one(mapping.observed_on)
    columns = {name: one(getattr(mapping, name)) for name in ("written_at", "occasion", "school", "grade")}
    classroom = tuple(found for h in mapping.classroom if (found := one(h)))
    observer = tuple(found for h in mapping.observer if (found := one(h)))
    if observed_on is None or not (ratings or notes):
        problems.error(
            "not_this_form",
            file,
            fault("not_this_form", title=mapping.title),
            fault("choose_instrument"),
            line=1,
        )
        return None
    for what, told_by in (("classroom", classroom), ("observer", observer)):
        if not told_by:
            problems.warning(
                "cannot_tell_apart",
                file,
                fault("cannot_tell_apart", what=fault(f"the_{what}")),
                fault("least_for_figures"),
                line=1,
            )
    missing = [r.look_for for r in mapping.ratings if r.look_for not in ratings]
    if missing:
        problems.note(
            "items_missing", file, fault("items_missing", items=", ".join(missing)), fault("nothing_to_do"), line=1
        )
    return _Columns(observed_on, classroom=classroom, observer=observer, ratings=ratings, notes=notes, **columns)


def _of_school(file: str, rows: list[Row], columns: _Columns, school: str | None, problems: Problems) -> list[Row]:
    if columns.school is None:
        return rows
    names = sorted({row[columns.school] for row in rows if row[columns.school]})
    if school is None and len(names) > 1:
        problems.error(
            "several_schools",
            file,
            fault("several_schools", schools=len(names), names=", ".join(names[:10])),
            fault("once_for_each"),
            column=columns.school,
        )
        return []
    if school is None or len(names) <= 1:
        return rows
    return [row for row in rows if row[columns.school].casefold() == school.casefold()]


def _order(rows: Sequence[Row], columns: _Columns) -> DayOrder | None:
    """What the day column proves; where it proves nothing, what the time stamps of the same form prove."""
    proven = day_order(row[columns.observed_on] for row in rows)
    if proven is None and columns.written_at is not None:
        proven = day_order(row[columns.written_at] for row in rows)
    return proven


def _visit(
    file: str,
    row: Row,
    columns: _Columns,
    form: Form,
    order: DayOrder | None,
    raters: Sequence[str],
    opaque: Callable[[str, str], UUID],
    problems: Problems,
) -> ImportedVisit | None:
    told = row[columns.observed_on]
    day = read_day(told, order)
    if day is None:
        ambiguous = is_numeric_date(told)
        problems.warning(
            "day_uncertain" if ambiguous else "not_a_day",
            file,
            fault("day_uncertain" if ambiguous else "not_a_day"),
            fault("say_day_order" if ambiguous else "write_days"),
            line=row.line,
            column=columns.observed_on[:60],
            value=value_class(told),
        )
        return None
    ratings = {}
    for look_for, header in columns.ratings.items():
        code = _rated(file, row, header, look_for, form, problems)
        if code is not None:
            ratings[look_for] = code
    people = [row[c] for c in columns.classroom]
    written = tuple((element, s) for element, header in columns.notes for s in statements(row[header], people, raters))
    if not ratings and not written:
        problems.warning("empty_visit", file, fault("empty_visit"), fault("nothing_to_do"), line=row.line)
        return None
    answers = [told, row[columns.written_at] if columns.written_at else "", *(row[h] for h in columns.ratings.values())]
    answers += [s for _, s in written]
    answers += [row[c] for c in (columns.grade, columns.occasion) if c]
    room = "\n".join(" ".join(p.casefold().split()) for p in people)
    rater = "\n".join(" ".join(row[c].casefold().split()) for c in columns.observer)
    return ImportedVisit(
        line=row.line,
        digest=hashlib.sha256("\x1f".join(answers).encode()).hexdigest(),
        day=day,
        written_at=read_moment(row[columns.written_at], order) if columns.written_at else None,
        occasion=" ".join(row[columns.occasion].split()) if columns.occasion else "",
        grade_band=_grade_band(file, row, columns.grade, form.mapping, problems),
        subject=form.mapping.subject,
        classroom_id=opaque("classroom", room if room.strip() else f"row {row.line}"),
        observer_id=opaque("observer", rater if rater.strip() else f"row {row.line}"),
        ratings=ratings,
        statements=written,
    )


def _grade_band(file: str, row: Row, header: str | None, mapping: ObservationMapping, problems: Problems) -> str:
    if header is None or not row[header]:
        return OTHER
    band = mapping.grade_band(row[header])
    if band == OTHER and mapping.grade_bands:
        problems.warning(
            "unknown_grade",
            file,
            fault("unknown_grade"),
            fault("write_grade"),
            line=row.line,
            column=header[:60],
            value=value_class(row[header]),
        )
    return band


def _rated(file: str, row: Row, header: str, look_for: str, form: Form, problems: Problems) -> str | None:
    """The code of the answer; None for a blank (nothing was said, which is neither zero nor "not observed")."""
    cell = row[header]
    if not cell:
        return None
    code = form.answer(look_for, cell)
    if code is None:
        problems.warning(
            "unknown_answer",
            file,
            fault("unknown_answer", look_for=look_for),
            fault("use_answer", answers=form.answers_of(look_for)),
            line=row.line,
            column=look_for,
            value=value_class(cell),  # a shifted row may have anybody's name here
        )
        return None
    return code


def _opaque(secret: bytes) -> Callable[[str, str], UUID]:
    def of(kind: str, told: str) -> UUID:
        return UUID(bytes=hmac.digest(secret, f"{kind}\n{told}".encode(), "sha256")[:16], version=4)

    return of
