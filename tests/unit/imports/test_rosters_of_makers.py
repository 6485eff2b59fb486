"""Sets as makers of student information systems export them: what nobody opens stops nothing, and who teaches may have
a child at school."""

from __future__ import annotations

import pytest

from services.scheduling.roster.model import KnownIds
from tests.support.oneroster import Set, one_point_two, read, staff, with_rows, zip_of

TERMS = ["sourcedId", "status", "title", "type", "startDate", "endDate"]


@pytest.mark.parametrize("said", ["", "full", "bulk"])
def test_what_the_manifest_says_of_a_file_that_nobody_opens_stops_nothing(said: str) -> None:
    """userProfiles without a mode, courses announced and not exported: sets of real makers hold such lines."""
    files: Set = one_point_two(staff(1))
    files["manifest"] = [*files["manifest"], ["file.courses", said], ["file.classes", said]]
    files["classes"] = [["sourcedId"]]
    parsed, problems = read(zip_of(files))
    assert (list(parsed.people), problems) == (["P00001"], [])


def test_a_file_that_is_opened_wants_its_mode_unless_it_is_not_there() -> None:
    files: Set = one_point_two(staff(1))
    files["manifest"] = [*files["manifest"], ["file.academicSessions", ""]]
    parsed, problems = read(zip_of(files))
    assert (list(parsed.people), [(p.severity, p.code) for p in problems]) == (["P00001"], [("note", "mode")])
    files["academicSessions"] = [TERMS]
    assert [(p.severity, p.code) for p in read(zip_of(files))[1]] == [("error", "mode")]


@pytest.mark.parametrize("mode", ["bulk", "delta"])
def test_a_teacher_who_is_a_parent_too_is_kept_as_a_teacher(mode: str) -> None:
    files = with_rows(
        one_point_two(staff(2), mode=mode),
        "roles",
        lambda t: t.append(["R9", "active", "", "P00001", "", "guardian", "", "", "S1"]),
    )
    parsed, problems = read(zip_of(files))
    assert problems == []
    assert sorted(parsed.people) == ["P00001", "P00002"]
    assert [p.role for p in parsed.placements["P00001"].values() if p] == ["teacher"]
    assert parsed.now_students == frozenset()


def test_a_delta_that_tells_a_known_teachers_child_changes_nothing() -> None:
    files = with_rows(
        one_point_two([], mode="delta"),
        "roles",
        lambda t: t.append(["R9", "active", "", "P00001", "", "parent", "", "", "S1"]),
    )
    known = KnownIds(people=frozenset({"P00001"}))
    assert read(zip_of(files), known)[0].now_students == frozenset()
    files = {**files, "manifest": one_point_two([])["manifest"]}  # all roles there are: a parent and no more
    assert read(zip_of(files), known)[0].now_students == {"P00001"}
