"""School directories as states publish them: GeoJSON and CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.schools.diff import diff
from services.scheduling.schools.model import ListedSchool
from services.scheduling.schools.parse import Directory, parse
from shared.said import Said
from shared.tabular.problems import Problem, Problems

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "schools" / "rhode_island_public_schools.geojson"
DISTRICT = UUID(int=7)


def read(data: bytes, district: str | None = None) -> tuple[Directory, list[Problem]]:
    problems = Problems()
    directory = parse("schools", data, district=district, problems=problems)
    return directory, list(problems.listed())


def feature(n: int, *, at: Any = None, **properties: Any) -> dict[str, Any]:
    point = {
        "type": "Point",
        "coordinates": at if at is not None else [round(-71.4 + n / 100, 4), round(41.8 + n / 100, 4)],
    }
    told = {"nces_id": f"4400000000{n:02d}", "name": f"School {n}", "grades_low": n, "grades_high": 12} | properties
    return {"type": "Feature", "geometry": point, "properties": told}


def geojson(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def codes(problems: list[Problem]) -> list[tuple[str, str, int | None]]:
    return [(p.severity, p.code, p.line) for p in problems]


def test_geojson_gives_names_grades_ids_and_positions() -> None:
    directory, problems = read(geojson(feature(1), feature(2, grades_low="KG", grades_high=None)))
    assert problems == []
    assert directory.schools[0] == ListedSchool(
        "440000000001", "School 1", "440000000001", "1", "12", 41.81, -71.39, place=1
    )
    assert (directory.schools[1].grade_low, directory.schools[1].grade_high) == ("KG", None)


@pytest.mark.parametrize(
    "header", ["nces_id,name,lat,lon,grades_low,grades_high", "NCESSCH;SCH_NAME;LAT;LON;GSLO;GSHI"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_any_of_the_known_headers_gives_the_same(header: str, encoding: str) -> None:
    rows = [header, "440000000001,Peña School,41.81,-71.39,PK,05"]
    text = "\r\n".join(r.replace(",", ";") if ";" in header else r for r in rows)
    directory, problems = read(text.encode(encoding))
    assert {p.severity for p in problems} <= {"note"}
    assert directory.schools == (
        ListedSchool("440000000001", "Peña School", "440000000001", "PK", "5", 41.81, -71.39, place=2),
    )


def test_an_id_whose_leading_zero_a_spreadsheet_ate_is_the_same_school() -> None:
    directory, _ = read(b"nces_id,name\n10000500870,Alder\n")
    assert directory.schools[0].nces_id == "010000500870"


PUBLISHED = {
    "a national table with a title, years behind the names and ids kept as text": (
        'Export of 2026\n\n"School Name","School ID (12-digit) - NCES Assigned [Public School] Latest available year",'
        '"Agency Name [Public School] 2025-26","Latitude [Public School] 2025-26","Longitude [Public School] 2025-26",'
        '"Lowest Grade Offered [Public School] 2025-26","Highest Grade Offered [Public School] 2025-26"\n'
        '"Alder School","=""010000500870""","Maple Valley","34.5","-86.25","Kindergarten","5th Grade"\n'
    ),
    "a federal service": (
        "X,Y,OBJECTID,NCESID,NAME,DISTRICTID,LATITUDE,LONGITUDE,ST_GRADE,END_GRADE\n"
        "-86.25,34.5,1,010000500870,Alder School,0100005,34.5,-86.25,KG,05\n"
    ),
    "a state's list by tabs, the id in two halves, grades in one, closed schools among them": (
        "CDSCode\tNCESDist\tNCESSchool\tStatusType\tDistrict\tSchool\tGSoffered\tGSserved\tLatitude\tLongitude\n"
        "1\t0100005\t00870\tActive\tMaple Valley\tAlder School\tK-8\tK-5\t34.5\t-86.25\n"
        "2\t0100005\t00871\tClosed\tMaple Valley\tOld School\tNo Data\tNo Data\t34.5\t-86.25\n"
    ),
    "decimals by comma": (
        "school_name;ncessch;lat;lon;lowest_grade_offered;highest_grade_offered\n"
        "Alder School;010000500870;34,5;-86,25;0;5\n"
    ),
}


@pytest.mark.parametrize("published", PUBLISHED)
def test_a_school_is_the_same_in_whatever_way_its_directory_is_published(published: str) -> None:
    directory, problems = read(PUBLISHED[published].encode())
    assert {p.severity for p in problems} <= {"note"}
    (school,) = directory.schools
    assert (school.key, school.name, school.grade_low, school.grade_high) == ("010000500870", "Alder School", "KG", "5")
    assert (school.latitude, school.longitude) == (34.5, -86.25)


def test_ids_that_a_spreadsheet_shortened_to_a_power_of_ten_are_no_ids() -> None:
    directory, problems = read(b"nces_id,name\n4.40001E+11,Alder\n4.40001E+11,Birch\n440001000003,Cedar\n")
    assert [s.name for s in directory.schools] == ["Cedar"]
    assert codes(problems) == [("warning", "id_shortened", 2), ("warning", "id_shortened", 3)]


def test_one_feature_per_line_is_the_same_as_a_collection() -> None:
    lines = "\n".join(json.dumps(feature(n)) for n in (1, 2))
    assert read(lines.encode())[0].schools == read(geojson(feature(1), feature(2)))[0].schools


def test_a_geometry_that_is_no_point_is_told_and_the_position_of_the_properties_taken() -> None:
    shape = feature(1, lat=41.8, lon=-71.4)
    shape["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[-71.4, 41.8], [-71.3, 41.8], [-71.3, 41.9], [-71.4, 41.8]]],
    }
    single = feature(2)
    single["geometry"] = {"type": "MultiPoint", "coordinates": [[-71.2, 41.7]]}
    directory, problems = read(geojson(shape, single))
    assert codes(problems) == [("warning", "geometry", 1)]
    assert [(s.latitude, s.longitude) for s in directory.schools] == [(41.8, -71.4), (41.7, -71.2)]


def test_swapped_positions_are_turned_round_where_that_is_certain() -> None:
    swapped = feature(4, at=[41.84, -171.36])
    swapped_within_range = feature(5, at=[41.85, -71.35])
    directory, problems = read(geojson(feature(1), feature(2), feature(3), swapped, swapped_within_range))
    assert codes(problems) == [("note", "swapped", 4), ("note", "swapped", 5)]
    assert (directory.schools[4].latitude, directory.schools[4].longitude) == (41.85, -71.35)


@pytest.mark.parametrize("at", [[0, 0], [-71.4, 941.8], [None, 41.8], ["west", "north"], [float("inf"), 41.8]])
def test_a_school_with_a_position_that_is_none_is_taken_without_it(at: list[Any]) -> None:
    directory, problems = read(geojson(feature(1, at=at)))
    assert codes(problems) == [("warning", "position", 1)]
    assert (directory.schools[0].name, directory.schools[0].latitude) == ("School 1", None)


def test_a_position_far_from_all_others_is_left_out() -> None:
    directory, problems = read(geojson(feature(1), feature(2), feature(3), feature(4, at=[12.5, -33.0])))
    assert codes(problems) == [("warning", "far_away", 4)]
    assert directory.schools[3].latitude is None


def test_schools_without_name_or_id_and_second_copies_are_reported() -> None:
    directory, problems = read(
        geojson(feature(1, name=" "), feature(2, nces_id=None), feature(3), feature(3), feature(3, name="Other"), {})
    )
    assert [s.name for s in directory.schools] == ["School 3"]
    assert codes(problems) == [
        ("warning", "cell_empty", 1),
        ("warning", "cell_empty", 2),
        ("warning", "id_twice", 5),
        ("warning", "feature", 6),
        ("note", "row_twice", 4),
    ]


def test_one_district_is_picked_by_name_or_code_and_an_unknown_one_lists_those_there_are() -> None:
    data = geojson(
        feature(1, district_name="Alder", district_geoid="01"), feature(2, district_name="Birch", district_geoid="02")
    )
    for said in ("birch", "02", " Birch "):
        assert [s.name for s in read(data, said)[0].schools] == ["School 2"]
    directory, problems = read(data, "Cedar")
    assert directory.districts == {"Alder": 1, "Birch": 1}
    assert (problems[0].severity, problems[0].mend) == ("error", "Choose one of: Alder; Birch.")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b'{"type": "FeatureCollection", "features": [', "json"),
        (b'{"type": "Topology"}', "not_features"),
        (b"[1, 2]", "not_features"),
        (b'{"features": [{"attributes": {"NAME": "Alder"}, "geometry": {"x": 1, "y": 2}}]}', "esri_json"),
        (b"a,b\n1,2\n", "column_missing"),
        (b"\xff\xfe\x00", "not_text"),
        (b"[" * 100_000, "json"),
    ],
)
def test_what_is_no_directory_is_refused_in_words(data: bytes, code: str) -> None:
    _, problems = read(data)
    assert (problems[0].severity, problems[0].code) == ("error", code)


def test_only_a_full_file_closes_schools_and_only_a_tenth_at_once() -> None:
    first, _ = read(geojson(*(feature(n) for n in range(1, 21))))
    known = {c.school.school_id: c.school for c in diff(first, {}, DISTRICT, full=False).changes}
    fewer, _ = read(geojson(*(feature(n) for n in range(1, 19))))
    assert diff(fewer, known, DISTRICT, full=False).changes == ()
    full = diff(fewer, known, DISTRICT, full=True)
    assert ([c.change for c in full.changes], full.held_because) == (["deactivated", "deactivated"], None)
    half, _ = read(geojson(*(feature(n) for n in range(1, 11))))
    held = diff(half, known, DISTRICT, full=True).held_because
    assert held == Said(
        "The file lacks 10 of the 20 schools that are known.", "Al archivo le faltan 10 de las 20 escuelas conocidas."
    )


def test_what_a_later_file_does_not_tell_stays() -> None:
    first, _ = read(geojson(feature(1)))
    known = {c.school.school_id: c.school for c in diff(first, {}, DISTRICT, full=False).changes}
    later, _ = read(b"nces_id,name\n440000000001,Renamed\n")
    (change,) = diff(later, known, DISTRICT, full=False).changes
    assert [(f.field, f.before, f.after) for f in change.fields] == [("name", "School 1", "Renamed")]
    assert (change.school.latitude, change.school.grade_high) == (41.81, "12")


JSONISH = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "geometry": JSONISH,
                "properties": JSONISH
                | st.fixed_dictionaries({"name": JSONISH, "nces_id": JSONISH, "lat": JSONISH, "lon": JSONISH}),
            }
        )
        | JSONISH,
        max_size=6,
    )
)
def test_no_geojson_raises(features: list[Any]) -> None:
    directory, problems = read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert all(p.detail and p.mend for p in problems)
    assert all(s.latitude is None or -90 <= s.latitude <= 90 for s in directory.schools)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_reported(data: bytes) -> None:
    directory, problems = read(data)
    assert all(s.name and s.key for s in directory.schools)
    assert directory.rows or problems


@pytest.mark.skipif(not REAL.is_file(), reason="the real school directory is not beside the project")
def test_the_real_directory_is_taken_whole() -> None:
    directory, problems = read(REAL.read_bytes())
    assert (len(directory.schools), len(directory.districts), problems) == (316, 64, [])
    assert len(read(REAL.read_bytes(), "Providence")[0].schools) == 39
