"""OneRoster as districts really export it: what is certain is accepted, the rest reported, nothing raises."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.imports.held import pack, unpack
from services.scheduling.roster.model import KnownIds
from shared.tabular.problems import Problem
from tests.support.oneroster import (
    PLANTED,
    Set,
    Someone,
    changed,
    csv_of,
    manifest,
    one_point_one,
    one_point_two,
    read,
    staff,
    student,
    with_rows,
    zip_of,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "roster"


def codes(problems: list[Problem], severity: str | None = None) -> set[str]:
    return {p.code for p in problems if severity in (None, p.severity)}


@pytest.mark.parametrize("make", [one_point_one, one_point_two])
@pytest.mark.parametrize("mode", ["bulk", "delta"])
def test_a_clean_set_gives_its_adults_and_schools_without_a_problem(make, mode: str) -> None:
    parsed, problems = read(zip_of(make([*staff(3), student("X1")], mode=mode)))
    assert problems == []
    assert sorted(parsed.people) == ["P00001", "P00002", "P00003"]
    assert [o.name for o in parsed.orgs.values()] == ["Maple Valley", "Alder School", "Birch School"]
    assert parsed.modes["users"] == mode


@pytest.mark.parametrize("make", [one_point_one, one_point_two])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_byte_order_marks_and_line_ends_make_no_difference(make, newline: str, encoding: str) -> None:
    people = [Someone("P1", "Zoë", "Núñez"), *staff(2, start=5)]
    parsed, problems = read(zip_of(make(people), newline=newline, encoding=encoding))
    assert codes(problems, "error") == set()
    assert parsed.people["P1"].family_name == "Núñez"
    assert len(parsed.people) == 3


def test_headers_in_another_case_or_with_blanks_are_understood_and_noted() -> None:
    files = with_rows(one_point_two(staff(2)), "users", lambda t: t.__setitem__(0, [f" {c.upper()} " for c in t[0]]))
    parsed, problems = read(zip_of(files))
    assert len(parsed.people) == 2
    assert codes(problems) == {"header_spelling"}


def test_columns_in_another_order_and_columns_that_nobody_knows_make_no_difference() -> None:
    def turn(table: list[list[str]]) -> None:
        for n, row in enumerate(table):
            table[n] = ["x", *reversed(row)]

    parsed, problems = read(zip_of(with_rows(one_point_two(staff(2)), "users", turn)))
    assert (len(parsed.people), problems) == (2, [])


def test_semicolons_and_a_folder_in_the_zip_are_understood() -> None:
    files: dict[str, list[list[str]] | bytes] = dict(one_point_two(staff(2)))
    for name, table in one_point_two(staff(2)).items():
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(table)
        files[name] = out.getvalue().encode()
    parsed, problems = read(zip_of(files, folder="Export 2026/"))
    assert len(parsed.people) == 2
    assert codes(problems) == {"delimiter", "folder_in_zip"}


@pytest.mark.parametrize("said", ["S1,S2", "S1, S2", "S1;S2", "S1|S2", '["S1","S2"]', "['S1', 'S2']", "[S1,S2]"])
def test_every_way_of_listing_two_schools_is_understood(said: str) -> None:
    parsed, problems = read(zip_of(one_point_one([Someone("P1", org=said)])))
    assert problems == []
    assert sorted(str(p.org) for p in parsed.placements["P1"].values()) == ["S1", "S2"]


def test_names_with_line_breaks_commas_and_quotes_come_through() -> None:
    parsed, problems = read(zip_of(one_point_two([Someone("P1", 'Jo "J"\nAnn', "Lee, Jr.")])))
    assert problems == []
    assert (parsed.people["P1"].given_name, parsed.people["P1"].family_name) == ('Jo "J"\nAnn', "Lee, Jr.")


def test_a_row_cut_short_behind_its_last_needed_cell_is_taken() -> None:
    files = with_rows(one_point_two(staff(2)), "users", lambda t: t.__setitem__(1, t[1][:7]))
    parsed, problems = read(zip_of(files))
    assert len(parsed.people) == 2
    assert codes(problems) == {"ragged_row"}


def test_a_row_with_a_comma_too_many_is_left_out_and_its_person_stays_as_is() -> None:
    files = with_rows(one_point_two(staff(3)), "users", lambda t: t[2].insert(5, "Jr."))
    parsed, problems = read(zip_of(files), KnownIds(frozenset({"P00002"}), frozenset()))
    assert sorted(parsed.people) == ["P00001", "P00003"]
    assert parsed.unsure == {"P00002"}
    assert [(p.file, p.line, p.severity) for p in problems if p.code == "too_many_cells"] == [
        ("users.csv", 3, "warning")
    ]


@pytest.mark.parametrize("said", ["TRUE", "true", "True", "1", "yes", ""])
def test_every_way_of_saying_true_is_true(said: str) -> None:
    parsed, problems = read(zip_of(one_point_two([Someone("P1", enabled=said)])))
    assert not parsed.people["P1"].deleted
    assert problems == []


@pytest.mark.parametrize("said", ["FALSE", "false", "0", "no"])
def test_every_way_of_saying_false_is_false(said: str) -> None:
    parsed, _ = read(zip_of(one_point_two([Someone("P1", enabled=said)])))
    assert parsed.people["P1"].deleted


def test_dangling_references_are_named_by_file_line_and_column() -> None:
    people = [Someone("P1", org="NOWHERE"), *staff(1, start=2)]
    files = with_rows(
        one_point_two(people), "roles", lambda t: t.append(["R9", "", "", "GHOST", "", "teacher", "", "", "S1"])
    )
    parsed, problems = read(zip_of(files))
    at = {(p.file, p.line, p.column) for p in problems if p.code == "dangling"}
    assert at == {("roles.csv", 2, "orgSourcedId"), ("roles.csv", 4, "userSourcedId")}
    assert [p.org for p in parsed.placements["P1"].values() if p] == [None]


def test_a_file_with_a_header_alone_is_no_error() -> None:
    parsed, problems = read(zip_of(one_point_two([])))
    assert codes(problems) == {"no_rows"}
    assert parsed.people == {}


def test_all_missing_columns_and_files_are_told_at_once() -> None:
    files: Set = one_point_two(staff(1))
    files["users"] = [["sourcedId", "givenName"], ["P1", "Ada"]]
    files["orgs"] = [["sourcedId", "name"], ["S1", "Alder"]]
    files["manifest"] = [*files["manifest"], ["file.academicSessions", "bulk"]]
    _, problems = read(zip_of(files))
    told = {(p.code, p.file, p.column) for p in problems if p.severity == "error"}
    assert told == {
        ("column_missing", "users.csv", "familyName"),
        ("column_missing", "orgs.csv", "type"),
        ("file_missing", "manifest.csv", None),
    }
    assert all(p.mend for p in problems)
    assert {p.es.detail for p in problems if p.es and p.severity == "error"} == {
        "Falta la columna familyName.",
        "Falta la columna type.",
        "El manifiesto anuncia academicSessions.csv (bulk), pero el zip no lo contiene.",
    }


def test_what_kind_of_value_stands_there_is_told_in_spanish_too() -> None:
    files = with_rows(
        one_point_two(staff(1)), "roles", lambda t: t.append(["R9", "", "", "P1", "", "wizard", "", "", "S1"])
    )
    _, problems = read(zip_of(files))
    [role] = [p for p in problems if p.code == "role"]
    assert (role.value, role.es and role.es.value) == ("text of 6 characters", "texto de 6 caracteres")


TERMS = ["sourcedId", "status", "title", "type", "startDate", "endDate"]


def terms(*days: tuple[str, str]) -> bytes:
    files = one_point_two(staff(1))
    rows = [TERMS] + [[f"T{n}", "", f"Term {n}", "term", *d] for n, d in enumerate(days)]
    modes = {"orgs": "bulk", "users": "bulk", "roles": "bulk", "academicSessions": "bulk"}
    kept = {name: files[name] for name in ("orgs", "users", "roles")}
    return zip_of({**kept, "academicSessions": rows, "manifest": manifest("1.2", modes)})


@pytest.mark.parametrize(
    ("days", "start"),
    [
        ([("2026-09-03", "2026-12-18")], date(2026, 9, 3)),
        ([("20260903", "20261218")], date(2026, 9, 3)),
        ([("3/09/2026", "18/12/2026")], date(2026, 9, 3)),
        ([("9/3/2026", "12/18/2026")], date(2026, 9, 3)),
        ([("3.9.2026", "8.12.2026")], date(2026, 9, 3)),
    ],
)
def test_a_date_is_read_where_the_column_says_which_number_is_the_month(days, start: date) -> None:
    parsed, problems = read(terms(*days))
    assert [s.starts_on for s in parsed.sessions] == [start]
    assert codes(problems, "warning") == set()


def test_a_date_that_could_be_read_two_ways_is_reported_not_guessed() -> None:
    parsed, problems = read(terms(("3/09/2026", "8/12/2026")))
    assert parsed.sessions == ()
    assert [(p.code, p.line, p.column) for p in problems] == [
        ("date_two_ways", 2, "startDate"),
        ("date_two_ways", 2, "endDate"),
    ]


def test_a_role_that_ended_is_no_role_any_more() -> None:
    files = with_rows(one_point_two(staff(2)), "roles", lambda t: t[1].__setitem__(7, "2026-06-30"))
    parsed, _ = read(zip_of(files))
    assert parsed.placements["P00001"] == {"R-P00001": None}


def test_a_set_of_students_alone_says_why_nobody_came_in() -> None:
    parsed, problems = read(zip_of(one_point_two([student("X1")])))
    assert parsed.people == {}
    assert codes(problems) == {"nobody_taken"}
    assert "nobody_taken" not in codes(read(zip_of(one_point_two([*staff(1), student("X1")])))[1])


def test_a_student_who_is_also_called_an_aide_is_not_kept() -> None:
    files = with_rows(
        one_point_two([student("X1")]), "roles", lambda t: t.append(["R2", "", "", "X1", "", "aide", "", "", "S1"])
    )
    parsed, problems = read(zip_of(files))
    assert parsed.people == {}
    assert "staff_and_student" in codes(problems)


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (["users", "orgs", "classes"], "manifest.csv is missing"),
        (["schools", "teachers", "sections", "students"], "Clever"),
        (["school", "section", "student", "teacher"], "SDS) version 1"),
        (["students", "staff", "locations", "rosters"], "Apple School Manager"),
        (["anything"], "not a OneRoster set"),
    ],
)
def test_a_set_of_another_kind_is_named_for_what_it_is(names: list[str], what: str) -> None:
    tables = {n: [["sourcedId", "status", "name"], ["1", "", PLANTED]] for n in names}
    _, problems = read(zip_of(tables))
    assert what in problems[0].detail
    assert "OneRoster" in problems[0].mend
    assert problems[0].es is not None
    assert problems[0].es.detail != problems[0].detail
    assert PLANTED not in str(problems)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_zip"),
        (b"sourcedId,givenName\n1,Ada\n", "not_a_zip"),
        (b"%PDF-1.7", "not_a_zip"),
        (b"PK\x03\x04 cut short", "damaged"),
        (zip_of({"users": [["sourcedId"]]})[:-30], "damaged"),
        (zip_of({"[Content_Types]": b""}).replace(b".csv", b".xml"), "excel"),
        (zip_of({"a": [["x"]]}, folder="../"), "unsafe_path"),
        (zip_of({"/etc/users": [["x"]]}), "unsafe_path"),
        (zip_of({"a/users": [["x"]], "b/orgs": [["x"]]}), "several_folders"),
        (zip_of({str(n): [["x"]] for n in range(501)}), "too_many_files"),
    ],
)
def test_what_is_no_usable_zip_is_refused_in_words(data: bytes, code: str) -> None:
    _, problems = read(data)
    assert [p.code for p in problems if p.severity == "error"] == [code]


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(zip_of(one_point_two(staff(1))))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    _, problems = read(bytes(data))
    assert problems[0].code == "encrypted"


def test_a_zip_that_unpacks_to_too_much_is_refused_while_it_unpacks(monkeypatch) -> None:
    from services.scheduling.roster import archive

    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 100_000)
    files: dict[str, list[list[str]] | bytes] = {**one_point_two(staff(1)), "users": b"a" * 5_000_000}
    _, problems = read(zip_of(files))
    assert [(p.code, p.file) for p in problems if p.severity == "error"] == [("too_large", "users.csv")]


def test_a_quotation_mark_that_is_never_closed_refuses_the_file() -> None:
    files: dict[str, list[list[str]] | bytes] = {**one_point_two(staff(3))}
    files["users"] = csv_of(one_point_two(staff(3))["users"]).replace("Given2", '"Given2').encode()
    _, problems = read(zip_of(files))
    assert [(p.code, p.line) for p in problems if p.severity == "error"] == [("quote_not_closed", 3)]


def test_a_held_set_survives_being_put_away() -> None:
    parsed, _ = read(zip_of(one_point_two([*staff(3), changed(Someone("P9"), status="tobedeleted")])))
    assert unpack("roster", pack(parsed)) == parsed


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
CELLS = st.one_of(TEXT, st.sampled_from(['"', ",", "\n", "\0", "﻿", "active", "teacher", "P00001", "S1", "3/4/2026"]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_mutilation_raises_and_every_problem_says_how_to_mend_it(data: st.DataObject) -> None:
    make = data.draw(st.sampled_from([one_point_one, one_point_two]))
    files: dict[str, list[list[str]] | bytes] = dict(make([*staff(3), student("X1")]))
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(files)))
        table = files[name]
        if isinstance(table, bytes):
            continue
        table = [list(row) for row in table]
        row = data.draw(st.integers(0, len(table) - 1))
        match data.draw(st.sampled_from(["cell", "drop", "insert", "row", "bytes", "remove"])):
            case "cell" if table[row]:
                table[row][data.draw(st.integers(0, len(table[row]) - 1))] = data.draw(CELLS)
            case "drop":
                del table[row][data.draw(st.integers(0, len(table[row]))) :]
            case "insert":
                table[row].insert(data.draw(st.integers(0, len(table[row]))), data.draw(CELLS))
            case "row":
                table.insert(row, data.draw(st.lists(CELLS, max_size=15)))
            case "bytes":
                raw = bytearray(csv_of(table).encode())
                for at in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=6)):
                    raw[at] = data.draw(st.integers(0, 255))
                files[name] = bytes(raw)
                continue
            case "remove":
                del files[name]
                if not files:
                    files["orgs"] = b""
                continue
        files[name] = table
    parsed, problems = read(zip_of(files), KnownIds(frozenset({"P00001"}), frozenset({"S1"})))
    assert all(p.detail and p.mend and p.file for p in problems)
    kept = pack(parsed)
    assert unpack("roster", kept) == parsed
    told = json.dumps([p.model_dump() for p in problems])
    assert PLANTED not in told


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["manifest", "orgs", "users", "roles", "academicSessions"]), st.binary(max_size=300)
    )
)
def test_arbitrary_bytes_in_a_zip_are_reported(files: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    _, problems = read(out.getvalue())
    assert any(p.severity == "error" for p in problems)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_no_roster(data: bytes) -> None:
    _, problems = read(b"PK" + data)
    assert problems[0].severity == "error"


@pytest.mark.skipif(not DATA.is_dir(), reason="the real roster files are not beside the project")
def test_the_real_files_are_read_for_what_they_are() -> None:
    raw = (DATA / "oneroster_1p2_delta.zip").read_bytes()
    parsed, problems = read(raw)
    assert codes(problems, "error") == set()
    assert [o.name for o in parsed.orgs.values()] == ["Gotham High School"]
    assert parsed.people == {}
    everything = repr((parsed, problems))
    assert "nobody_taken" in codes(problems, "note")
    assert "Wayne" not in everything
    assert "Batman" not in everything
    sds = {p.stem: p.read_bytes() for p in (DATA / "sds_v2_1_not_oneroster").glob("*.csv")}
    _, problems = read(zip_of(sds))
    assert "School Data Sync (SDS) version 2.1" in problems[0].detail
