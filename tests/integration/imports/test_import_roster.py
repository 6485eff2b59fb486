"""A district's roster comes in over HTTP."""

from __future__ import annotations

import asyncio
import logging

import pytest

from shared.access import Role
from tests.integration.imports.conftest import Office
from tests.support.oneroster import PLANTED, Someone, changed, one_point_one, one_point_two, staff, student, zip_of


async def test_a_dry_run_shows_what_would_be_added_and_leaves_nothing_behind(office: Office) -> None:
    told = await office.send("roster", zip_of(one_point_two(staff(3))), dry_run=True)
    assert (told["status"], told["import_id"], told["added"]) == ("dry_run", None, 5)
    assert {d["label"] for d in told["diffs"]} == {
        "Alder School", "Birch School", "Given1 Family1", "Given2 Family2", "Given3 Family3",
    }  # fmt: skip
    assert await office.everything() == ""


@pytest.mark.parametrize("make", [one_point_one, one_point_two])
async def test_adults_and_schools_are_listed_and_told_to_other_services_without_names(office: Office, make) -> None:
    people = [*staff(2), Someone("P9", "Bea", "Bello", "principal", "S2"), student("X1")]
    told = await office.send("roster", zip_of(make(people)))
    assert told["status"] == "applied"
    assert told["people"] == {"added": 3, "changed": 0, "deactivated": 0, "unchanged": 0}
    page = await office.get("/people")
    assert [p["name"] for p in page["items"]] == ["Bea Bello", "Given1 Family1", "Given2 Family2"]
    assert page["items"][0]["roles"] == ["host_principal"]
    schools = await office.get("/schools", role=Role.OBSERVER)
    assert [s["name"] for s in schools["items"]] == ["Alder School", "Birch School"]
    listed = await office.events("PersonListed", "SchoolListed", "RosterImported")
    assert [e["type"] for e in listed] == ["RosterImported"] + ["SchoolListed"] * 2 + ["PersonListed"] * 3
    assert "Bello" not in str(listed)


@pytest.mark.parametrize("make", [one_point_one, one_point_two])
async def test_nothing_planted_in_a_forbidden_field_is_anywhere(office: Office, make, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    people = [*staff(2), *(student(f"X{n}") for n in range(5)), Someone("G1", PLANTED, PLANTED, "guardian")]
    files = make(people)
    files["users"].append([PLANTED] * 40)  # ragged
    files["users"].append([f"{PLANTED}-half"])
    files["users"].append(
        ["Q1", PLANTED, PLANTED, PLANTED, PLANTED, PLANTED, PLANTED, *[PLANTED] * 10][: len(files["users"][0])]
    )
    for dry_run in (True, False):
        told = await office.send("roster", zip_of(files), dry_run=dry_run)
        assert told["people"]["added"] == 2
        assert PLANTED not in str(told)
    held = await office.get(f"/imports/{told['import_id']}")
    assert PLANTED not in str(held) + await office.everything() + caplog.text


async def test_a_held_file_keeps_no_planted_value_either(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(20))))
    told = await office.send("roster", zip_of(one_point_two([*staff(10), student("X1")])))
    assert told["status"] == "held"
    async with office.db.reader(office.district_id) as conn:
        plan = await conn.fetchval("select plan from imports where status = 'held'")
    import zlib

    assert PLANTED.encode() not in zlib.decompress(plan)
    assert PLANTED not in await office.everything()


async def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    data = zip_of(one_point_two(staff(4)))
    first = await office.send("roster", data)
    before = await office.everything()
    second = await office.send("roster", data)
    assert second["import_id"] == first["import_id"]
    assert (second["added"], second["changed"], second["deactivated"], second["unchanged"]) == (0, 0, 0, 6)
    assert await office.everything() == before


async def test_changes_are_told_field_by_field(office: Office) -> None:
    people = staff(20)
    await office.send("roster", zip_of(one_point_two(people)))
    people[0] = changed(people[0], family="Newname", org="S2")
    people[1] = changed(people[1], role="aide")
    told = await office.send("roster", zip_of(one_point_two(people)))
    assert told["people"] == {"added": 0, "changed": 2, "deactivated": 0, "unchanged": 18}
    fields = {f["field"]: (f["before"], f["after"]) for d in told["diffs"] for f in d["fields"]}
    assert fields == {
        "name": ("Given1 Family1", "Given1 Newname"),
        "schools": ("Alder School", "Birch School"),
        "roles": ("teacher", "aide"),
    }
    details = await office.events("PersonDetailsChanged")
    assert "Newname" not in str(details)
    assert len(details) == 1
    kept = await office.get(f"/imports/{told['import_id']}")
    assert {d["label"] for d in kept["diffs"]} == {"Given1 Newname", "Given2 Family2"}


async def test_a_full_file_without_some_people_deactivates_them(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(20))))
    told = await office.send("roster", zip_of(one_point_two(staff(18))))
    assert (told["status"], told["people"]["deactivated"]) == ("applied", 2)
    gone = await office.get("/people", active=False)
    assert [p["name"] for p in gone["items"]] == ["Given19 Family19", "Given20 Family20"]
    assert len(await office.events("PersonDelisted")) == 2
    back = await office.send("roster", zip_of(one_point_two(staff(20))))
    assert back["people"]["changed"] == 2


@pytest.mark.parametrize("make", [one_point_one, one_point_two])
async def test_a_full_file_that_lacks_more_than_a_tenth_is_held_until_approved(office: Office, make) -> None:
    await office.send("roster", zip_of(make(staff(20))))
    told = await office.send("roster", zip_of(make(staff(17))))
    assert told["status"] == "held"
    assert told["held_because"] == "The file lacks 3 of the 20 people who are known."
    assert len((await office.get("/people"))["items"]) == 20
    waiting = await office.get(f"/imports/{told['import_id']}")
    assert [d["label"] for d in waiting["diffs"]] == ["Given18 Family18", "Given19 Family19", "Given20 Family20"]
    done = await office.post(f"/imports/{told['import_id']}/approve")
    assert (done["status"], done["deactivated"]) == ("applied", 3)
    assert len((await office.get("/people"))["items"]) == 17
    again = await office.post(f"/imports/{told['import_id']}/approve", status=409)
    assert again["code"] == "decided"


async def test_a_rejected_import_changes_nothing_and_keeps_nothing(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(20))))
    told = await office.send("roster", zip_of(one_point_two([])))
    done = await office.post(f"/imports/{told['import_id']}/reject")
    assert done["status"] == "rejected"
    assert len((await office.get("/people"))["items"]) == 20
    async with office.db.reader(office.district_id) as conn:
        assert await conn.fetchval("select count(*) from imports where plan is not null") == 0


async def test_a_held_import_that_a_newer_file_overtook_is_not_applied(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(20))))
    held = await office.send("roster", zip_of(one_point_two(staff(10))))
    await office.send("roster", zip_of(one_point_two(staff(21))))
    refused = await office.post(f"/imports/{held['import_id']}/approve", status=409)
    assert refused["code"] == "superseded"
    assert len((await office.get("/people"))["items"]) == 21


async def test_a_delta_adds_changes_and_deactivates_only_whom_it_names(office: Office) -> None:
    people = staff(20)
    await office.send("roster", zip_of(one_point_two(people)))
    delta = [changed(people[0], status="tobedeleted"), changed(people[1], family="Other"), Someone("N1", "New", "One")]
    told = await office.send("roster", zip_of(one_point_two(delta, mode="delta")))
    assert told["people"] == {"added": 1, "changed": 1, "deactivated": 1, "unchanged": 18}


async def test_a_set_that_is_not_oneroster_is_refused_by_its_name(office: Office) -> None:
    sds = {"users": [["sourcedId", "username", "password"]], "orgs": [["sourcedId", "name", "type"]],
           "userFlags": [["userSourcedId", "flag"]]}  # fmt: skip
    told = await office.send("roster", zip_of(sds), status=422)
    assert "Microsoft School Data Sync (SDS) version 2.1" in told["detail"]
    assert "OneRoster 1.1 CSV" in told["mend"]
    dry = await office.send("roster", zip_of(sds), dry_run=True)
    assert (dry["applicable"], dry["problems"][0]["code"]) == (False, "not_oneroster")


async def test_people_are_found_by_role_school_and_name_and_paged(office: Office) -> None:
    people = [*staff(5), Someone("P9", "Bea", "Bello", "principal", "S2")]
    await office.send("roster", zip_of(one_point_two(people)))
    schools = {s["name"]: s["school_id"] for s in (await office.get("/schools"))["items"]}
    for found in ("/people?q=bELL", "/people?role=host_principal", "/people?q=p9@alder"):
        assert [p["name"] for p in (await office.get(found))["items"]] == ["Bea Bello"]
    assert (await office.get("/people?q=%25"))["items"] == []
    at_birch = await office.get("/people", school_id=schools["Birch School"])
    assert [p["name"] for p in at_birch["items"]] == ["Bea Bello"]
    seen, after = [], None
    while True:
        page = await office.get("/people", limit=2, **({"after": after} if after else {}))
        seen += [p["person_id"] for p in page["items"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.HOST_PRINCIPAL, Role.TEACHER, Role.ANALYST, Role.FACILITATOR])
async def test_the_list_of_people_is_for_administrators_and_leaders(office: Office, role: Role) -> None:
    await office.get("/people", role=role, status=403)
    await office.get("/imports", role=role, status=403)


async def test_another_district_sees_nothing_of_it(office: Office, store) -> None:
    told = await office.send("roster", zip_of(one_point_two(staff(3))))
    from uuid import uuid4

    stranger = Office(office.db, office.identity, office.http, uuid4())
    assert (await stranger.get("/people"))["items"] == []
    assert (await stranger.get("/imports"))["items"] == []
    await stranger.get(f"/imports/{told['import_id']}", status=404)


async def test_an_upload_that_is_too_large_or_no_form_is_refused(office: Office, monkeypatch) -> None:
    from services.scheduling.roster import api

    monkeypatch.setattr(api, "LARGEST_UPLOAD", 1000)
    await office.send("roster", b"x" * 50_000, status=413)
    answer = await office.http.post("/imports/roster", content=b"PK", headers=office.as_(Role.DISTRICT_ADMIN))
    assert answer.status_code == 422


async def test_imports_at_the_same_moment_are_both_taken_in(office: Office) -> None:
    sets = [one_point_two([Someone(f"N{n}", org="S1")], mode="delta") for n in range(4)]
    told = await asyncio.gather(*(office.send("roster", zip_of(s)) for s in sets))
    assert [t["status"] for t in told] == ["applied"] * 4
    assert len((await office.get("/people"))["items"]) == 4
    assert sum(t["schools"]["added"] for t in told) == 2


async def test_the_same_key_again_is_the_same_import(office: Office) -> None:
    headers = office.as_(Role.DISTRICT_ADMIN) | {"Idempotency-Key": "0195f7a0-0000-7000-8000-000000000001"}
    data = zip_of(one_point_two(staff(2)))
    answers = [
        await office.http.post("/imports/roster", files={"file": ("f.zip", data)}, headers=headers) for _ in "ab"
    ]
    assert [a.status_code for a in answers] == [200, 200]
    assert len((await office.get("/imports"))["items"]) == 1


async def test_history_lists_the_newest_first(office: Office) -> None:
    await office.send("roster", zip_of(one_point_two(staff(2))), name="first.zip")
    await office.send("roster", zip_of(one_point_two(staff(3))), name="second.zip")
    page = await office.get("/imports", limit=1)
    assert [i["file_name"] for i in page["items"]] == ["second.zip"]
    rest = await office.get("/imports", after=page["next"])
    assert [i["file_name"] for i in rest["items"]] == ["first.zip"]
