"""What the cells of a stage's spreadsheet mean, and whom and where they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from asyncpg import Connection

from shared.tabular.dates import DayOrder, read_day
from shared.tabular.problems import Fault, Problems, fault, series, value_class
from shared.tabular.table import Row

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([AaPp])?\.?[Mm]?\.?")
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si"})
_NO = frozenset({"no", "n", "false", "0", ""})


@dataclass(frozen=True, slots=True)
class Known:
    """The district's schools by name, NCES id and id, and its people by address and roster id; all casefolded.
    None: the name is there more than once."""

    schools: Mapping[str, UUID | None]
    people: Mapping[str, UUID | None]


async def known(conn: Connection) -> Known:
    schools: dict[str, UUID | None] = {}
    for r in await conn.fetch("select school_id, name, nces_id from schools where active"):
        for key in (r["name"], r["nces_id"], str(r["school_id"])):
            if key:
                key = _plain(key)
                schools[key] = None if schools.get(key, r["school_id"]) != r["school_id"] else r["school_id"]
    people: dict[str, UUID | None] = {}
    for r in await conn.fetch("select person_id, sourced_id, email from people where active"):
        for key in (r["sourced_id"], r["email"], str(r["person_id"])):
            if key:
                key = _plain(key)
                people[key] = None if people.get(key, r["person_id"]) != r["person_id"] else r["person_id"]
    return Known(schools, people)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


class Cells:
    """One row's cells, read with a warning for each that cannot be. `broken`: something that matters was not read."""

    def __init__(self, file: str, row: Row, known: Known, order: Mapping[str, DayOrder | None], problems: Problems):
        self._file, self._row, self._known, self._order, self._problems = file, row, known, order, problems
        self.line = row.line
        self.broken = False

    def text(self, column: str, longest: int = 80, *, needed: bool = False) -> str:
        said = " ".join(self._row[column].split())
        if needed and not said:
            self.warn("empty", column, fault("cell.needed"), fault("fill_it_in"))
        if len(said) > longest:
            self.warn("too_long", column, fault("cell.long", most=longest), fault("shorten"))
            return said[:longest]
        return said

    def label(self, column: str, *more: str | Fault) -> Fault:
        """Whom or what the row is about, as the file names it, and where."""
        return fault("row_label", what=series([" ".join(self._row[column].split())[:80], *more]), line=self.line)

    def school(self, column: str, *, needed: bool = True) -> UUID | None:
        said = self._row[column]
        if not said and not needed:
            return None
        found = self._known.schools.get(_plain(said))
        if found is None:
            many = _plain(said) in self._known.schools
            name = said[:60] or fault("cell.empty")
            why = fault("cell.several_schools" if many else "cell.no_school", name=name)
            self.warn("unknown_school", column, why, fault("use_listed_name"))
        return found

    def person(self, column: str = "email", *, needed: bool = True) -> UUID | None:
        said = self._row[column]
        if not said and not needed:
            return None
        found = self._known.people.get(_plain(said))
        if found is None:
            self.warn("unknown_person", column, fault("cell.nobody"), fault("roster_first"))
        return found

    def number(self, column: str, low: int, high: int, *, needed: bool = False) -> int | None:
        said = self._row[column]
        if not said and not needed:
            return None
        try:
            value = round(float(said.replace(",", ".")))
        except (ValueError, OverflowError):
            value = low - 1
        if not low <= value <= high:
            self.warn("bad_number", column, fault("cell.number", low=low, high=high), fault("correct_it"))
            return None
        return value

    def flag(self, column: str, default: bool) -> bool:
        said = self._row[column].casefold()
        if said in _YES:
            return True
        if said in _NO:
            return default if said == "" else False
        self.warn("bad_flag", column, fault("cell.flag"), fault("correct_it"))
        return default

    def day(self, column: str, *, needed: bool = False) -> date | None:
        said = self._row[column]
        if not said and not needed:
            return None
        found = read_day(said, self._order.get(column))
        if found is None:
            self.warn("bad_date", column, fault("cell.date"), fault("write_date"))
        return found

    def clock(self, column: str, *, needed: bool = False) -> time | None:
        said = self._row[column]
        if not said and not needed:
            return None
        found = _CLOCK.fullmatch(said)
        if found is None:
            self.warn("bad_time", column, fault("cell.time"), fault("write_time"))
            return None
        hour = int(found[1])
        if found[3]:
            hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
        if hour > 23 or int(found[2]) > 59:
            self.warn("bad_time", column, fault("cell.time"), fault("write_time"))
            return None
        return time(hour, int(found[2]))

    def one_of(self, column: str, meanings: Mapping[str, str], default: str | None = None) -> str | None:
        said = re.sub(r"[\s_-]+", " ", self._row[column].casefold()).strip()
        if not said and default is not None:
            return default
        found = meanings.get(said)
        if found is None:
            allowed = ", ".join(dict.fromkeys(meanings.values()))
            self.warn("unknown_word", column, fault("cell.one_of", words=allowed), fault("correct_it"))
        return found

    def warn(self, code: str, column: str, why: Fault, mend: Fault) -> None:
        self.broken = True
        self._problems.warning(
            code,
            self._file,
            fault("row_left_out", why=why),
            mend,
            line=self.line,
            column=column,
            value=value_class(self._row[column]),
        )
