"""A school directory, GeoJSON or CSV -> listed schools. Pure: bytes in, schools and problems out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.scheduling.schools.entries import Entry, read_entries
from services.scheduling.schools.model import ListedSchool
from services.scheduling.schools.places import Place, settle
from shared.tabular.problems import Problems, fault, value_class

_GRADES = dict.fromkeys(("pk", "prek", "pre-k", "p", "-1", "prekindergarten", "pre-kindergarten"), "PK")
_GRADES |= dict.fromkeys(("k", "kg", "0", "00", "kindergarten"), "KG")
_NO_GRADE = frozenset({"", "n", "m", "ug", "na", "n/a", "-2", "-9", "null", "none", "ae", "ungraded", "–", "†"})
_SPAN = re.compile(r"^\s*(?P<low>p-?k|pre-?k|kg?|\d{1,2})\s*(?:(?:-|–|to)\s*(?P<high>kg?|\d{1,2}))?\s*$", re.I)
_CLOSED = frozenset({"closed", "inactive", "merged", "future", "pending"})
_SHORTENED = re.compile(r"^\d(?:[.,]\d+)?e\+\d+$", re.I)
MAX_SCHOOLS = 120_000
"""More than there are schools in the United States (about 99,000 public)."""


@dataclass(frozen=True, slots=True)
class Directory:
    """`districts`: the names in the file with how many schools each has."""

    schools: tuple[ListedSchool, ...]
    districts: Mapping[str, int]
    rows: int = 0


def parse(file: str, data: bytes, *, district: str | None = None, problems: Problems) -> Directory:
    """The schools of `data`; with `district` (a name or code, compared without case) only that one's."""
    districts: dict[str, int] = {}
    listed: list[tuple[ListedSchool, Place]] = []
    rows = 0
    wanted = district.strip().casefold() if district else None
    for entry in read_entries(file, data, problems):
        rows += 1
        if rows > MAX_SCHOOLS:
            problems.error("too_many", file, fault("many_schools", most=f"{MAX_SCHOOLS:,}"), fault("split_it"))
            break
        name = entry.values.get("district", "")
        if name:
            districts[name] = districts.get(name, 0) + 1
        if wanted and wanted not in (name.casefold(), entry.values.get("district_code", "").casefold()):
            continue
        school = _school(file, entry, problems)
        if school is not None:
            listed.append((school, Place(entry.point, (entry.values["longitude"], entry.values["latitude"]))))
    if wanted and not listed and not problems.refuses:
        problems.error(
            "district",
            file,
            fault("district", district=repr(district)),
            fault("choose_of", names="; ".join(sorted(districts)[:100])),
        )
    return Directory(tuple(_unique(file, settle(file, listed, problems), problems)), districts, rows)


def _school(file: str, entry: Entry, problems: Problems) -> ListedSchool | None:
    values, at = entry.values, entry.place
    if not values["name"]:
        problems.warning("cell_empty", file, fault("no_name"), fault("fill_in_name"), line=at, column="name")
        return None
    if values["status"].casefold() in _CLOSED:
        problems.note("closed", file, fault("closed"), fault("nothing_to_do"), line=at)
        return None
    digits = values["nces_id"]
    if len(values["nces_district"]) == 7 and len(values["nces_number"]) == 5:  # two halves of one id
        digits = digits or values["nces_district"] + values["nces_number"]
    if any(_SHORTENED.match(values[column]) for column in ("nces_id", "id")):
        problems.warning(
            "id_shortened",
            file,
            fault("id_shortened"),
            fault("format_as_text"),
            line=at,
            column="nces_id",
            value=fault("value.exponent"),
        )
        return None
    nces = digits.zfill(12) if digits.isascii() and digits.isdigit() and len(digits) in (11, 12) else None
    if digits and nces is None:
        problems.warning(
            "nces_id",
            file,
            fault("nces_id"),
            fault("write_nces_id"),
            line=at,
            column="nces_id",
            value=value_class(digits),
        )
    key = nces or values["id"] or digits
    if not key:
        problems.warning(
            "cell_empty",
            file,
            fault("no_school_id"),
            fault("fill_in_nces"),
            line=at,
            column="nces_id",
        )
        return None
    low, high = _grades(file, values, at, problems)
    return ListedSchool(key[:100], values["name"][:200], nces, low, high, place=at)


def _grades(file: str, values: Mapping[str, str], at: int, problems: Problems) -> tuple[str | None, str | None]:
    """Lowest and highest, each of its own column or both of one (`K-5`)."""
    low, high = values["grade_low"], values["grade_high"]
    if not (low or high) and (span := _SPAN.match(values["grades"])):
        low, high = span["low"], span["high"] or span["low"]
    return _grade(file, low, "grade_low", at, problems), _grade(file, high, "grade_high", at, problems)


def _grade(file: str, text: str, column: str, at: int, problems: Problems) -> str | None:
    word = re.sub(r"\.0$|\bgrade\b|(?<=\d)(st|nd|rd|th)\b", "", text.casefold()).strip()
    if word in _NO_GRADE:
        return None
    if word in _GRADES:
        return _GRADES[word]
    if word.isascii() and word.isdigit() and 1 <= int(word) <= 13:
        return str(int(word))
    problems.warning(
        "grade",
        file,
        fault("grade"),
        fault("write_school_grade"),
        line=at,
        column=column,
        value=value_class(text),
    )
    return None


def _unique(file: str, schools: list[ListedSchool], problems: Problems) -> Iterator[ListedSchool]:
    seen: dict[str, ListedSchool] = {}
    for school in schools:
        held = seen.setdefault(school.key, school)
        if held is school:
            yield school
        elif (held.name, held.grade_low, held.grade_high) == (school.name, school.grade_low, school.grade_high):
            problems.note("row_twice", file, fault("school_twice"), fault("nothing_to_do"), line=school.place)
        else:
            problems.warning(
                "id_twice",
                file,
                fault("school_id_twice", place=held.place or 0),
                fault("keep_entry"),
                line=school.place,
                column="nces_id",
            )
