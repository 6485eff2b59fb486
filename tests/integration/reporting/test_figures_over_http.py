"""From published events to what each role reads: live while a round is open, frozen after its release."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.reporting.disclosure.rule import RULES
from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.scheduling.contract import SchoolListed
from shared.access import Actor, Role
from shared.messages import ContractEvent
from tests.support.published import DISTRICT, ARound
from tests.support.reporting_world import World, person

LEADER = person(Role.DISTRICT_LEADER)


def held_round(name: str, rooms: int = 9, observers: int = 4) -> tuple[ARound, list[ContractEvent]]:
    """Task in every room, student in 5, content in 1; look-for 1a 5 yes, 4 not yet; 1b yes in all but one."""
    a_round = ARound(name=name, school=f"school of {name}", rooms=range(rooms), observers=observers)
    events: list[ContractEvent] = [a_round.opened(), a_round.problem(), a_round.stage("visit")]
    for slot in range(rooms):
        for observer in range(observers):
            events.append(
                a_round.said(f"{slot} {observer}", slot, observer, "task", focus_question_ids=a_round.question_ids[:1])
            )
        if slot < 5:
            events.append(a_round.said(f"student {slot}", slot, slot % observers, "student"))
        events.append(a_round.rated("1a", slot, slot % observers, "yes" if slot < 5 else "not_yet"))
        events.append(a_round.rated("1b", slot, slot % observers, "not_yet" if slot == 0 else "yes"))
        events.append(a_round.handed_in(slot, slot % observers))
    events.append(a_round.said("content", 0, 0, "content"))
    return a_round, events


def listed(a_round: ARound, name: str) -> SchoolListed:
    return SchoolListed(school_id=a_round.school_id, name=name)


def principal(a_round: ARound) -> Actor:
    return person(Role.HOST_PRINCIPAL, school_id=a_round.school_id)


def facilitator(a_round: ARound) -> Actor:
    return person(Role.FACILITATOR, person_id=a_round.facilitator_id)


def table(snapshot: dict[str, Any], definition: str, subject: str | None = None) -> dict[str, Any]:
    (found,) = [t for t in snapshot["tables"] if t["definition"] == definition and t["subject"] == subject]
    return dict(found)


async def released(world: World, name: str, rooms: int = 9) -> tuple[ARound, dict[str, Any]]:
    a_round, events = held_round(name, rooms)
    await world.publish("scheduling", [listed(a_round, f"{name} School")])
    await world.publish("rounds", [*events, a_round.closed(), a_round.released(1)])
    summary = await world.until(
        f"/schools/{a_round.school_id}/summary", principal(a_round), lambda s: s["latest"] is not None and s["name"]
    )
    return a_round, summary


async def test_the_principal_reads_the_released_figures_of_the_school(world: World) -> None:
    a_round, summary = await released(world, "Alder")
    snapshot = summary["latest"]
    assert summary["name"] == "Alder School"
    assert [r["release"] for r in summary["releases"]] == [1]
    assert snapshot["base"] == {"visits": 9, "classrooms": 9, "observers": 4}
    assert len(snapshot["sentences"]) == 3
    assert snapshot["sentences"][0]["text"] == "This round drew on 9 visits to 9 classrooms by 4 observers."
    student = table(snapshot, "core_element.visits", "student")["cells"][0]
    assert (student["state"], student["count"], student["share"]) == ("told", 5, round(5 / 9, 4))
    assert student["low"] < 5 / 9 < student["high"]
    task = table(snapshot, "core_element.visits", "task")["cells"][0]
    assert (task["state"], task["at_least"], task["count"], task["share"]) == ("coded", 7, None, None)
    content = table(snapshot, "core_element.visits", "content")["cells"][0]
    assert (content["state"], content["at_most"]) == ("coded", 2)
    spread = table(snapshot, "core_element.statements")
    assert {c["category"]: c["state"] for c in spread["cells"]}["content"] == "hidden"
    answers = table(snapshot, "look_for.answers", "1a")
    assert {c["category"]: c["count"] for c in answers["cells"]} == {"yes": 5}, "the rest may be not yet, or another"
    other = table(snapshot, "look_for.answers", "1b")
    assert [(c["category"], c["at_least"]) for c in other["cells"]] == [("yes", 7)]
    assert "not_yet" not in str(other), "an answer given in one room is not even named"
    by_round = await world.get(f"/rounds/{a_round.round_id}/released", principal(a_round))
    assert by_round.json() == snapshot


async def test_too_few_classrooms_are_told_in_words_and_nothing_else(world: World) -> None:
    a_round, summary = await released(world, "Birch", rooms=4)
    snapshot = summary["latest"]
    assert snapshot["base"] is None
    assert [s["text"] for s in snapshot["sentences"]] == ["Too few to say: fewer than 5 classrooms were visited."]
    for found in snapshot["tables"]:
        assert found["hidden"]["text"] == "fewer than 5 classrooms"
        assert (found["n"], found["cells"], found["not_rated"]) == (None, [], None)
    text = (await world.get(f"/schools/{a_round.school_id}/summary.csv", principal(a_round))).text
    rows = list(csv.DictReader(io.StringIO(text.split("\r\n\r\n")[0])))
    assert all(row["count"] == row["n"] == row["share"] == "" for row in rows)
    assert "fewer than 5 classrooms" in text


async def test_a_correction_waits_for_the_next_release_and_a_small_one_longer(world: World) -> None:
    a_round, summary = await released(world, "Cedar")
    first = summary["latest"]
    await world.publish("rounds", [a_round.said("late", 7, 0, "student")])
    path = f"/rounds/{a_round.round_id}/released"
    assert (await world.get(path, LEADER)).json() == first
    await world.publish("rounds", [a_round.released(2)])
    second = await world.until(path, LEADER, lambda s: s["release"] == 2)
    assert second["held"]["key"] == "few_corrections"
    assert second["tables"] == first["tables"], "one room's correction would show by subtraction"
    more = [a_round.said(f"more {slot}", slot, slot % 4, "teacher") for slot in range(9)]
    await world.publish("rounds", [a_round.withdrew("late", 7, 0), *more, a_round.released(3)])
    third = await world.until(path, LEADER, lambda s: s["release"] == 3)
    assert third["held"] is None, "nine rooms changed"
    assert table(third, "core_element.visits", "teacher")["cells"][0]["at_least"] == 7
    assert (await world.get(path, LEADER, params={"release": 1})).json() == first
    assert (await world.get(path, LEADER, params={"release": 2})).json() == second


async def test_the_facilitator_watches_the_round_fill_until_synthesis_closes(world: World) -> None:
    a_round, events = held_round("Dogwood")
    path = f"/rounds/{a_round.round_id}/live"
    await world.publish("rounds", events)
    live = await world.until(path, facilitator(a_round), lambda s: s["statements"] == 42)
    assert (live["visits"], live["classrooms"], live["observers"], live["slots_planned"]) == (9, 9, 4, 9)
    assert sum(slot["submitted"] for slot in live["slots"]) == 9
    text = str(live)
    assert not any(str(a_round.id(f"observer {n}")) in text for n in range(4)), "nobody's name"
    content = [t for t in live["tables"] if t["subject"] == "content"]
    assert content[0]["cells"][0]["count"] == 1, "the facilitator may read the evidence itself"
    await world.publish("rounds", [a_round.closed()])
    async with asyncio.timeout(20):
        while (answer := await world.get(path, facilitator(a_round))).status_code == 200:
            pass
    assert (answer.status_code, answer.json()["code"]) == (409, "synthesis_closed")


async def test_leaders_see_all_schools_by_name_and_in_no_other_order(world: World) -> None:
    for name in ("Zelkova", "Elm"):
        await released(world, name)
    page = await world.until("/district/patterns", LEADER, lambda s: len(s["items"]) >= 2)
    names = [item["name"] for item in page["items"]]
    assert names == sorted(names)
    walked, after = [], None
    while True:
        part = (
            await world.get("/district/patterns", LEADER, params={"limit": 1, **({"after": after} if after else {})})
        ).json()
        walked += [item["name"] for item in part["items"]]
        if (after := part["next"]) is None:
            break
    assert walked == names
    for wish in ({"sort": "share"}, {"order": "desc"}, {"min_share": 0.5}):
        assert (await world.get("/district/patterns", LEADER, params=wish)).status_code == 422


async def test_exports_carry_the_rule_and_no_formula(world: World) -> None:
    a_round, events = held_round("Fir")
    await world.publish("scheduling", [listed(a_round, '=HYPERLINK("http://evil")')])
    extra = [a_round.rated("1c", slot, slot % 4, "+cmd") for slot in range(9)]
    await world.publish("rounds", [*events, *extra, a_round.closed(), a_round.released(1)])
    summary = await world.until(
        f"/schools/{a_round.school_id}/summary", principal(a_round), lambda s: s["latest"] is not None and s["name"]
    )
    for path in (
        f"/schools/{a_round.school_id}/summary.csv",
        f"/rounds/{a_round.round_id}/released.csv",
        "/district/patterns.csv",
    ):
        answer = await world.get(path, LEADER)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content.startswith(b"\xef\xbb\xbfschool,"), "Excel knows the accents by it"
        body, foot = answer.text.split("\r\n\r\n")
        for row in csv.reader(io.StringIO(answer.text)):
            assert not any(part.startswith(("=", "+", "-", "@")) for part in row)
        assert "'+cmd" in body
        assert "told over at least 5 visits, 5 classrooms and 3 observers" in foot
        assert f"rules of what may be told: version {RULES}" in foot
        assert summary["latest"]["snapshot_id"] in foot
        assert str(a_round.round_id) in foot
        assert "filters: none; " in foot
    rows = list(csv.DictReader(io.StringIO(body)))
    assert {r["state"] for r in rows} >= {"told", "coded", "hidden"}
    for row in rows:
        assert (row["share"] == "") == (row["state"] != "told" or row["category"] in ("not_observed", "not_applicable"))


async def test_a_school_without_a_release_says_so_in_both_forms(world: World) -> None:
    own = person(Role.HOST_PRINCIPAL, school_id=uuid4())
    (school_id,) = own.schools(Role.HOST_PRINCIPAL)
    summary = (await world.get(f"/schools/{school_id}/summary", own)).json()
    assert (summary["latest"], summary["releases"]) == (None, [])
    text = (await world.get(f"/schools/{school_id}/summary.csv", own)).text
    assert "no figures have been released" in text
    assert "told over at least 5 visits" in text


def everybody(a_round: ARound) -> dict[str, Actor]:
    other = ARound(name="elsewhere", school="elsewhere")
    return {
        "admin": person(Role.DISTRICT_ADMIN),
        "leader": LEADER,
        "analyst": person(Role.ANALYST),
        "own facilitator": facilitator(a_round),
        "other facilitator": facilitator(other),
        "observer": person(Role.OBSERVER, person_id=a_round.id("observer 0")),
        "own principal": principal(a_round),
        "other principal": principal(other),
        "own teacher": person(Role.TEACHER, school_id=a_round.school_id),
        "other teacher": person(Role.TEACHER, school_id=other.school_id),
        "coach": person(Role.COACH),
        "leader elsewhere": person(Role.DISTRICT_LEADER, district=uuid4()),
        "nobody": Actor(uuid4(), DISTRICT, ()),
    }


MATRIX = {
    "/rounds/{round}/released": {
        200: {"leader", "analyst", "own facilitator", "own principal", "own teacher"},
        404: {"other facilitator", "other principal", "other teacher", "leader elsewhere"},
    },
    "/schools/{school}/summary": {
        200: {"leader", "analyst", "own principal", "own teacher"},
        404: {"own facilitator", "other facilitator", "other principal", "other teacher", "leader elsewhere"},
    },
    "/district/patterns": {200: {"leader", "analyst", "leader elsewhere"}},
    "/operations/projections": {200: {"admin"}},
    "/rounds/{round}/live": {409: {"own facilitator"}, 404: {"other facilitator"}},
}


async def test_each_role_reads_what_the_domain_allows_and_no_more(world: World) -> None:
    a_round, _ = await released(world, "Ginkgo")
    unknown: dict[str, UUID] = {"round": uuid4(), "school": uuid4()}
    known = {"round": a_round.round_id, "school": a_round.school_id}
    for pattern, allowed in MATRIX.items():
        paths = [pattern, *([f"{pattern}.csv"] if "released" in pattern or "school" in pattern else [])]
        for path in paths:
            for name, actor in everybody(a_round).items():
                expected = next((status for status, names in allowed.items() if name in names), 403)
                answer = await world.get(path.format(**known), actor)
                assert answer.status_code == expected, f"{name} at {path}: {answer.status_code}"
                if expected in (403, 404) and "{" in path:
                    absent = await world.get(path.format(**unknown), actor)
                    assert absent.json() == answer.json(), "the answer does not tell whether it exists"
            assert (await world.get(path.format(**known), None)).status_code == 401


async def test_operations_show_where_each_projection_stands(world: World) -> None:
    admin = person(Role.DISTRICT_ADMIN)
    state = await world.until(
        "/operations/projections", admin, lambda s: all(x["lag"] == 0 for x in s["items"][0]["sources"])
    )
    (projection,) = state["items"]
    assert (projection["name"], projection["version"], projection["problems"]) == (
        SchoolPatterns.name,
        SchoolPatterns.version,
        [],
    )
    assert [s["source"] for s in projection["sources"]] == ["identity", "rounds", "scheduling"]
    assert projection["set_aside"] == []


async def test_an_administrator_rebuilds_and_goes_back_while_figures_are_answered(world: World) -> None:
    admin, path = person(Role.DISTRICT_ADMIN), "/operations/projections"
    headers = world.identity.headers_for(admin)
    await world.publish("rounds", [ARound(name=str(uuid4())).opened() for _ in range(20)])
    before = (await world.get(path, admin)).json()["items"][0]["built"]
    asked = await world.http.post(f"{path}/school_patterns/rebuilds", json={"events_per_second": 5}, headers=headers)
    assert (asked.status_code, asked.json()["state"]) == (202, "running")
    twice = await world.http.post(f"{path}/school_patterns/rebuilds", json={}, headers=headers)
    assert twice.status_code == 409
    await world.until(path, admin, lambda s: s["items"][0]["rebuild"]["applied"] > 0)
    rebuild = f"{path}/school_patterns/rebuild"
    assert (await world.http.put(rebuild, json={"state": "paused"}, headers=headers)).json()["state"] == "paused"
    assert (await world.get(path, admin)).json()["items"][0]["built"] == before
    await world.http.put(rebuild, json={"state": "running"}, headers=headers)
    done = await world.until(path, admin, lambda s: s["items"][0]["rebuild"]["state"] == "live")
    assert done["items"][0]["previous"] == before
    await world.http.post(f"{path}/school_patterns/rebuilds", json={"kind": "rollback"}, headers=headers)
    await world.until(path, admin, lambda s: s["items"][0]["built"] == before)
    await world.until(path, admin, lambda s: s["items"][0]["rebuild"]["state"] == "live")
    for actor in (person(Role.DISTRICT_LEADER), person(Role.OBSERVER)):
        refused = await world.http.post(
            f"{path}/school_patterns/rebuilds", json={}, headers=world.identity.headers_for(actor)
        )
        assert refused.status_code == 403
    unknown = await world.http.post(f"{path}/nothing/rebuilds", json={}, headers=headers)
    assert unknown.status_code == 404


async def test_the_newest_day_is_the_latest_of_a_school(world: World) -> None:
    early, _ = await released(world, "Hazel")
    later, events = held_round("Hazel again")
    later.school, later.day = early.school, date(2027, 2, 2)
    later_events = [later.opened(), *(e for e in held_round("Hazel again")[1] if e.event_type() != "RoundOpened")]
    assert events
    await world.publish("rounds", [*later_events, later.closed(), later.released(1)])
    summary = await world.until(
        f"/schools/{early.school_id}/summary", principal(early), lambda s: len(s["releases"]) == 2
    )
    assert summary["latest"]["day"] == "2027-02-02"
