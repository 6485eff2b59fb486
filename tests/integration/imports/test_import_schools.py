"""A district's schools come in over HTTP, and the roster finds them."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from shared.access import Role
from tests.integration.imports.conftest import Office
from tests.support.oneroster import one_point_two, staff, zip_of


def directory(*schools: tuple[str, str], **more: Any) -> bytes:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-71.4, 41.8]},
            "properties": {"nces_id": nces, "name": name, "grades_low": "KG", "grades_high": 5, **more},
        }
        for nces, name in schools
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


TWO = (("990000100001", "Alder Elementary"), ("990000100002", "Birch Elementary"))


async def test_schools_are_listed_and_told_to_other_services(office: Office) -> None:
    dry = await office.send("schools", directory(*TWO), dry_run=True)
    assert (dry["status"], dry["added"], (await office.get("/schools"))["items"]) == ("dry_run", 2, [])
    told = await office.send("schools", directory(*TWO))
    assert (told["status"], told["schools"]["added"]) == ("applied", 2)
    items = (await office.get("/schools", role=Role.TEACHER))["items"]
    assert [(s["name"], s["grade_low"], s["grade_high"], s["latitude"]) for s in items] == [
        ("Alder Elementary", "KG", "5", 41.8),
        ("Birch Elementary", "KG", "5", 41.8),
    ]
    one = await office.get(f"/schools/{items[0]['school_id']}")
    assert one == items[0]
    assert [e["type"] for e in await office.events("SchoolsImported", "SchoolListed")] == [
        "SchoolsImported",
        "SchoolListed",
        "SchoolListed",
    ]


async def test_the_same_directory_twice_changes_nothing(office: Office) -> None:
    first = await office.send("schools", directory(*TWO))
    before = await office.everything()
    again = await office.send("schools", directory(*TWO))
    assert (again["import_id"], again["unchanged"]) == (first["import_id"], 2)
    assert await office.everything() == before


async def test_a_school_of_the_roster_with_the_same_nces_id_is_the_same_school(office: Office) -> None:
    await office.send("schools", directory(*TWO))
    told = await office.send("roster", zip_of(one_point_two(staff(2))))
    assert told["schools"] == {"added": 1, "changed": 0, "deactivated": 0, "unchanged": 1}
    schools = {s["name"]: s for s in (await office.get("/schools"))["items"]}
    assert sorted(schools) == ["Alder Elementary", "Birch Elementary", "Birch School"]
    person = (await office.get("/people"))["items"][0]
    assert person["school_ids"] == [schools["Alder Elementary"]["school_id"]]


async def test_a_directory_that_comes_after_the_roster_names_its_schools(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(2))))
    told = await office.send("schools", directory(*TWO))
    assert told["schools"] == {"added": 1, "changed": 1, "deactivated": 0, "unchanged": 0}
    assert "Alder Elementary" in {s["name"] for s in (await office.get("/schools"))["items"]}
    again = await office.send("roster", zip_of(one_point_two(staff(3))))
    assert again["schools"]["changed"] == 0


async def test_a_full_directory_that_lacks_schools_is_held(office: Office) -> None:
    await office.send("schools", directory(*TWO))
    told = await office.send("schools", directory(TWO[0]), full="true")
    assert (told["status"], told["held_because"]) == ("held", "The file lacks 1 of the 2 schools that are known.")
    await office.post(f"/imports/{told['import_id']}/approve")
    assert [s["name"] for s in (await office.get("/schools"))["items"]] == ["Alder Elementary"]
    assert len(await office.events("SchoolDelisted")) == 1


async def test_a_file_with_errors_is_refused_with_all_its_problems(office: Office) -> None:
    told = await office.send("schools", b"school_name,lat\nAlder,41.8\n", status=422)
    assert told["type"] == "/problems/invalid"
    assert [(p["severity"], p["code"]) for p in told["problems"]] == [("error", "column_missing")]


async def test_a_school_of_another_district_is_not_there(office: Office) -> None:
    await office.send("schools", directory(*TWO))
    one = (await office.get("/schools"))["items"][0]["school_id"]
    stranger = Office(office.db, office.identity, office.http, uuid4())
    await stranger.get(f"/schools/{one}", status=404)
    await stranger.send("schools", directory(*TWO))
    assert one not in {s["school_id"] for s in (await stranger.get("/schools"))["items"]}


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.DISTRICT_ADMIN])
async def test_only_administrators_import(office: Office, role: Role) -> None:
    for kind in ("schools", "roster"):
        answer = await office.http.post(f"/imports/{kind}", files={"file": ("f", b"x")}, headers=office.as_(role))
        assert answer.status_code == 403


async def test_schools_are_paged_in_the_order_of_their_names_whatever_the_letters(office: Office) -> None:
    names = ["Ávila", "ÑANDÚ", "alder", "Zeta", "Émile", "Östra", "birch", "\ud800half", "nul\0"]
    await office.send("schools", directory(*((f"99000010{n:04d}", name) for n, name in enumerate(names))))
    seen: list[str] = []
    page = await office.get("/schools", limit=2)
    while page["next"]:
        seen += [s["name"] for s in page["items"]]
        page = await office.get("/schools", limit=2, after=page["next"])
    seen += [s["name"] for s in page["items"]]
    assert len(seen) == len(set(seen)) == len(names)
