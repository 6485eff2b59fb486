"""A school directory, GeoJSON or CSV -> listed schools. Pure: bytes in, schools and problems out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.scheduling.schools.model import ListedSchool
from services.scheduling.schools.places import Place, settle
from shared.tabular.problems import Problems, value_class
from shared.tabular.table import clean, column_key, decode, open_table

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "school_name", "sch_name", "schnam", "school"),
    "nces_id": ("nces_id", "ncessch", "nces_school_id", "nces"),
    "id": ("id", "school_id", "sch_id", "state_school_id", "st_schid"),
    "latitude": ("lat", "latitude", "latcod", "y"),
    "longitude": ("lon", "lng", "long", "longitude", "loncod", "x"),
    "grade_low": ("grades_low", "grade_low", "low_grade", "lowest_grade", "gslo"),
    "grade_high": ("grades_high", "grade_high", "high_grade", "highest_grade", "gshi"),
    "district": ("district_name", "district", "lea_name", "agency_name"),
    "district_code": ("district_geoid", "leaid", "lea_id", "district_id"),
}
"""The properties (GeoJSON) or columns (CSV) that are understood, compared without case, blanks and
underscores; documented in docs/imports.md. The first that is there counts."""

_GRADES = {"pk": "PK", "prek": "PK", "p": "PK", "-1": "PK", "k": "KG", "kg": "KG", "0": "KG", "00": "KG"}
_NO_GRADE = frozenset({"", "n", "m", "ug", "na", "n/a", "-2", "-9", "null", "none", "ae"})
MAX_SCHOOLS = 120_000
"""More than there are schools in the United States (about 99,000 public)."""


@dataclass(frozen=True, slots=True)
class Directory:
    """`districts`: the names in the file with how many schools each has."""

    schools: tuple[ListedSchool, ...]
    districts: Mapping[str, int]
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    place: int
    values: Mapping[str, str]
    point: tuple[str, str] | None = None  # longitude, latitude of the geometry


def parse(file: str, data: bytes, *, district: str | None = None, problems: Problems) -> Directory:
    """The schools of `data`; with `district` (a name or code, compared without case) only that one's."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    entries = _geojson(file, data, problems) if head[:1] in (b"{", b"[") else _csv(file, data, problems)
    districts: dict[str, int] = {}
    listed: list[tuple[ListedSchool, Place]] = []
    rows = 0
    wanted = district.strip().casefold() if district else None
    for entry in entries:
        rows += 1
        if rows > MAX_SCHOOLS:
            problems.error("too_many", file, f"The file lists more than {MAX_SCHOOLS:,} schools.", "Split it.")
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
            f"No school of the file belongs to the district {district!r}.",
            "Choose one of: " + "; ".join(sorted(districts)[:100]) + ".",
        )
    return Directory(tuple(_unique(file, settle(file, listed, problems), problems)), districts, rows)


def _geojson(file: str, data: bytes, problems: Problems) -> Iterator[_Entry]:
    text = decode(file, data, problems)
    try:
        body = json.loads(text) if text is not None else None
    except (ValueError, RecursionError) as error:
        problems.error(
            "json",
            file,
            "The file is no valid JSON; it may have been cut short.",
            "Export or download it again.",
            line=getattr(error, "lineno", None),
        )
        return
    if text is None:
        return
    features = body.get("features") if isinstance(body, dict) and body.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        problems.error(
            "not_features",
            file,
            "The file is JSON, but no GeoJSON FeatureCollection.",
            "Export the schools as GeoJSON or CSV.",
        )
        return
    for n, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            problems.warning(
                "feature",
                file,
                "The feature has no properties; it is left out.",
                "Give each school a name and an id.",
                line=n,
            )
            continue
        by_key = {column_key(str(k)): v for k, v in properties.items()}
        values = {field: _first(by_key, names) for field, names in NAMES.items()}
        if not values["id"] and isinstance(feature.get("id"), str | int):
            values["id"] = _first({"id": feature["id"]}, ("id",))
        yield _Entry(n, values, _point(feature.get("geometry")))


def _first(by_key: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = by_key.get(column_key(name))
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
            # JSON may hold half a surrogate pair, which is no text that can be stored.
            text = clean(text.encode("utf-8", "replace").decode())
            if text:
                return text
    return ""


def _point(geometry: object) -> tuple[str, str] | None:
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        if isinstance(at, list) and len(at) >= 2:
            return str(at[0]), str(at[1])
    return None


def _csv(file: str, data: bytes, problems: Problems) -> Iterator[_Entry]:
    columns = [n for names in NAMES.values() for n in names]
    table = open_table(file, data, columns, (), problems, spelling_matters=False)
    if table is None:
        return
    chosen = {field: next((n for n in names if table.has(n)), None) for field, names in NAMES.items()}
    if chosen["name"] is None or (chosen["nces_id"] is None and chosen["id"] is None):
        missing = "name" if chosen["name"] is None else "nces_id"
        names = NAMES["name"] if missing == "name" else (*NAMES["nces_id"], *NAMES["id"])
        problems.error(
            "column_missing",
            file,
            f"No column holds the schools' {'names' if missing == 'name' else 'ids'}.",
            f"Name the column one of: {', '.join(names)}.",
            line=1,
            column=missing,
        )
        return
    for row in table.rows():
        yield _Entry(row.line, {field: row[column] if column else "" for field, column in chosen.items()})


def _school(file: str, entry: _Entry, problems: Problems) -> ListedSchool | None:
    values, at = entry.values, entry.place
    if not values["name"]:
        problems.warning(
            "cell_empty", file, "The school has no name; it is left out.", "Fill in its name.", line=at, column="name"
        )
        return None
    digits = values["nces_id"]
    nces = digits.zfill(12) if digits.isascii() and digits.isdigit() and len(digits) in (11, 12) else None
    if digits and nces is None:
        problems.warning(
            "nces_id",
            file,
            "The NCES id has not 12 digits; it was not used.",
            "Write the 12 digits of the NCES school id, as text.",
            line=at,
            column="nces_id",
            value=value_class(digits),
        )
    key = nces or values["id"] or digits
    if not key:
        problems.warning(
            "cell_empty",
            file,
            "The school has no id; it is left out, because a later file could not be matched to it.",
            "Fill in its NCES id or another id that stays.",
            line=at,
            column="nces_id",
        )
        return None
    low, high = (_grade(file, values[c], c, at, problems) for c in ("grade_low", "grade_high"))
    return ListedSchool(key[:100], values["name"][:200], nces, low, high, place=at)


def _grade(file: str, text: str, column: str, at: int, problems: Problems) -> str | None:
    word = re.sub(r"\.0$", "", text.casefold().strip())
    if word in _NO_GRADE:
        return None
    if word in _GRADES:
        return _GRADES[word]
    if word.isascii() and word.isdigit() and 1 <= int(word) <= 13:
        return str(int(word))
    problems.warning(
        "grade",
        file,
        "This is no grade; the school is taken without it.",
        "Write PK, KG or 1 to 12.",
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
            problems.note("row_twice", file, "The school stands there twice.", "Nothing to do.", line=school.place)
        else:
            problems.warning(
                "id_twice",
                file,
                f"The id stands already at {held.place} with other values; this one is left out.",
                "Keep the entry that is right.",
                line=school.place,
                column="nces_id",
            )
