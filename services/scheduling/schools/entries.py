"""The entries of a school directory: the features of GeoJSON, the rows of a CSV, under our own names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from shared.tabular.problems import Problems, fault
from shared.tabular.table import DELIMITERS, HeaderFound, clean, column_key, decode, filled_records, open_table

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "school_name", "sch_name", "schnam", "school"),
    "nces_id": ("nces_id", "ncessch", "nces_school_id", "ncesid", "nces", "school id (12-digit) - nces assigned"),
    "id": ("id", "school_id", "sch_id", "state_school_id", "st_schid", "cdscode"),
    "latitude": ("lat", "latitude", "latcod", "y"),
    "longitude": ("lon", "lng", "long", "longitude", "loncod", "x"),
    "grade_low": (
        "grades_low",
        "grade_low",
        "low_grade",
        "lowest_grade",
        "lowest_grade_offered",
        "gslo",
        "st_grade",
    ),
    "grade_high": (
        "grades_high",
        "grade_high",
        "high_grade",
        "highest_grade",
        "highest_grade_offered",
        "gshi",
        "end_grade",
    ),
    "grades": ("grades_offered", "grades_served", "gsserved", "gsoffered", "grade_span", "grades"),
    "district": ("district_name", "district", "lea_name", "agency_name"),
    "district_code": ("district_geoid", "leaid", "lea_id", "district_id", "districtid"),
    "status": ("school_status", "statustype", "sy_status_text", "updated_status_text"),
    "nces_district": ("ncesdist",),
    "nces_number": ("ncesschool",),
}
"""The properties (GeoJSON) or columns (CSV) that are understood, compared without case, blanks and
underscores; documented in docs/imports.md. The first that is there counts."""

HEADER_WITHIN = 10
"""Rows in which a header is looked for: exports write their title and date above it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`place`: line of a CSV, number of a feature. `point`: longitude, latitude of the geometry."""

    place: int
    values: Mapping[str, str]
    point: tuple[str, str] | None = None


def read_entries(file: str, data: bytes, problems: Problems) -> Iterator[Entry]:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\x1e")
    return _geojson(file, data, problems) if head[:1] in (b"{", b"[") else _csv(file, data, problems)


def _geojson(file: str, data: bytes, problems: Problems) -> Iterator[Entry]:
    text = decode(file, data, problems)
    features = _features(file, text, problems) if text is not None else ()
    for n, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            problems.warning(
                "feature",
                file,
                fault("feature"),
                fault("name_and_id"),
                line=n,
            )
            continue
        by_key = {column_key(str(k)): v for k, v in properties.items()}
        values = {field: _first(by_key, names) for field, names in NAMES.items()}
        if not values["id"] and isinstance(feature.get("id"), str | int):
            values["id"] = _first({"id": feature["id"]}, ("id",))
        yield Entry(n, values, _point(file, n, feature.get("geometry"), problems))


def _features(file: str, text: str, problems: Problems) -> Sequence[Any]:
    """Of a FeatureCollection, or of one feature per line (RFC 8142)."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        features = _one_per_line(text)
        if features is None:
            problems.error(
                "json",
                file,
                fault("json"),
                fault("export_or_download"),
                line=getattr(error, "lineno", None),
            )
        return features or ()
    if isinstance(body, dict) and isinstance(features := body.get("features"), list):
        if body.get("type") == "FeatureCollection":
            return features
        if features and isinstance(features[0], dict) and "attributes" in features[0]:
            problems.error(
                "esri_json",
                file,
                fault("esri_json"),
                fault("export_esri"),
            )
            return ()
    problems.error(
        "not_features",
        file,
        fault("not_features"),
        fault("export_geojson"),
    )
    return ()


def _one_per_line(text: str) -> list[Any] | None:
    lines = [line for raw in text.splitlines() if (line := raw.strip(" \t\x1e"))]
    try:
        features = [json.loads(line) for line in lines] if len(lines) > 1 else []
    except (ValueError, RecursionError):
        return None
    return features if features and all(isinstance(f, dict) and f.get("type") == "Feature" for f in features) else None


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


def _point(file: str, n: int, geometry: object, problems: Problems) -> tuple[str, str] | None:
    if not isinstance(geometry, dict):
        return None
    at, kind = geometry.get("coordinates"), geometry.get("type")
    if kind == "MultiPoint" and isinstance(at, list) and len(at) == 1:
        at, kind = at[0], "Point"
    if kind == "Point":
        return (str(at[0]), str(at[1])) if isinstance(at, list) and len(at) >= 2 else None
    problems.warning(
        "geometry",
        file,
        fault("geometry"),
        fault("export_point"),
        line=n,
    )
    return None


def _csv(file: str, data: bytes, problems: Problems) -> Iterator[Entry]:
    columns = [n for names in NAMES.values() for n in names]
    found = _header(file, data, columns)
    table = open_table(file, data, columns, (), problems, spelling_matters=False, header_found=found)
    if table is None:
        return
    chosen = {field: next((n for n in names if table.has(n)), None) for field, names in NAMES.items()}
    known = chosen["nces_id"] or chosen["id"] or (chosen["nces_district"] and chosen["nces_number"])
    if chosen["name"] is None or not known:
        missing = "name" if chosen["name"] is None else "nces_id"
        names = NAMES["name"] if missing == "name" else (*NAMES["nces_id"], *NAMES["id"])
        problems.error(
            "column_missing",
            file,
            fault("no_names" if missing == "name" else "no_ids"),
            fault("name_column", names=", ".join(names)),
            line=1,
            column=missing,
        )
        return
    for row in table.rows():
        yield Entry(row.line, {field: row[column] if column else "" for field, column in chosen.items()})


def _header(file: str, data: bytes, columns: Sequence[str]) -> HeaderFound | None:
    """Where a title stands above it, or a year behind its names (`Agency Name [Public School] 2022-23`)."""
    text = decode(file, data, Problems())
    known = {column_key(c) for c in columns}
    best: tuple[int, HeaderFound | None] = (1, None)
    for delimiter in DELIMITERS if text is not None else ():
        for n, (_, cells) in enumerate(islice(filled_records(file, text or "", delimiter), HEADER_WITHIN), start=1):
            names = [clean(c).partition("[")[0] for c in cells]
            found = len({column_key(c) for c in names} & known)
            if found > best[0]:
                best = (found, HeaderFound(names, delimiter, n))
    return best[1]
