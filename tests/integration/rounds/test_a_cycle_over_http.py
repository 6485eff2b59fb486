"""A coaching cycle from an invitation to its end, over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from services.rounds.protocols.commands import PublishProtocol
from services.rounds.protocols.library import newest, texts
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.queries import protocol_stream
from shared.access import Actor, Grant, Role
from shared.messages import CommandContext
from tests.integration.rounds.coaching import OFFER, ACycle, ok, refused
from tests.integration.rounds.world import RoundsWorld
from tests.support.coaching import AGREEMENT, filled

GOLDEN = Path(__file__).resolve().parents[2] / "contract" / "golden_protocols"
COACHING = [p.key for p in newest().values() if p.model != "instructional-rounds"]


@pytest.mark.parametrize("key", COACHING)
async def test_every_model_is_gathered_agreed_walked_and_finished(rounds_world: RoundsWorld, key: str) -> None:
    cycle = await ACycle.gather(rounds_world, key)
    await cycle.agree()
    await cycle.walk()
    done = await ok(rounds_world, cycle.people[0], "POST", cycle.path + "/finish")
    assert done["standing"] == "finished"
    mine = await ok(rounds_world, cycle.people[-1], "GET", "/cycles")
    assert [c["cycle_id"] for c in mine["items"]] == [cycle.cycle_id]


async def test_a_refused_move_says_why_in_both_languages(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    answer = await refused(rounds_world, cycle.people[0], "POST", cycle.path + "/stages/pre-conference")
    assert answer.json()["code"] == "no_agreement"
    await cycle.agree()
    await cycle.open("pre-conference")
    answer = await refused(rounds_world, cycle.people[1], "POST", cycle.path + "/stages/observe")
    assert answer.json()["code"] == "still_missing"
    assert answer.json()["say"]["es"].startswith("El docente observado")
    seen = await cycle.see(cycle.people[1])
    blocked = {m["stage"]: m["blocked"] for m in seen["moves"]}
    assert blocked["observe"]["en"] == answer.json()["detail"], "the page can say so before anybody tries"
    assert [m["waits_for"] for m in seen["moves"] if m["stage"] == "observe"] == [[str(cycle.people[0].person_id)]]


async def test_an_invitation_is_between_two(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study")
    district = cycle.people[0].district_id
    asked, other = (Actor(uuid4(), district, (Grant(Role.TEACHER),)) for _ in range(2))
    answer = await refused(
        rounds_world,
        cycle.people[0],
        "POST",
        cycle.path + "/invitations",
        json={"person_id": str(asked.person_id), "role": "member"},
    )
    assert answer.status_code == 404, "nobody is asked who is not in the directory"
    await cycle.invite(asked, "member", "Only for your eyes")
    (invitation,) = (await ok(rounds_world, asked, "GET", "/invitations"))["items"]
    assert invitation["message"] == "Only for your eyes"
    assert (await ok(rounds_world, other, "GET", "/invitations"))["items"] == []
    await ok(rounds_world, asked, "POST", f"/invitations/{cycle.cycle_id}", json={"accept": False})
    inviter = await cycle.see(cycle.people[0])
    assert [i["answer"] for i in inviter["invitations"] if i["person_id"] == str(asked.person_id)] == ["declined"]
    for member in cycle.people[1:]:
        assert str(asked.person_id) not in str(await cycle.see(member))
    assert (await rounds_world.ask(asked, "GET", cycle.path)).status_code == 404


async def test_goals_are_specific_and_dated(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "cognitive-coaching")
    vague = AGREEMENT | {"goals": [{"what": "Improve", "sign": "", "by": (date.today() - timedelta(1)).isoformat()}]}
    answer = await refused(rounds_world, cycle.people[0], "PUT", cycle.path + "/agreement", json={"body": vague})
    assert [p["where"] for p in answer.json()["problems"]] == ["goals/0/what", "goals/0/sign", "goals/0/by"]


async def test_feedback_is_checked_for_being_specific_and_actionable(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    await cycle.agree()
    for stage in ("pre-conference", "observe"):
        await cycle.open(stage)
        await cycle.write_stage(stage)
    await cycle.open("feedback-conference")
    observer = cycle.people[1]
    point = {"evidence": "Great lesson!", "effect": "They listened.", "step": "Keep going", "by": "2020-01-01"}
    body = {"artefact": "feedback", "ready": True, "fields": {"points": [point]}}
    path = f"{cycle.path}/artefacts/{uuid4()}"
    answer = await refused(rounds_world, observer, "PUT", path, json=body)
    places = [p["where"] for p in answer.json()["problems"]]
    assert set(places) == {"points/0/evidence", "points/0/step", "points/0/by"}
    assert all(p["say"]["es"] for p in answer.json()["problems"])
    await ok(rounds_world, observer, "PUT", path, json=body | {"ready": False})
    assert not [a for a in (await cycle.see(cycle.people[0]))["artefacts"] if a["artefact"] == "feedback"]
    good = filled(newest()["peer-observation"].artefact("feedback"), "why do you think so?")  # type: ignore[arg-type]
    await ok(rounds_world, observer, "PUT", path, json=body | {"fields": good, "base_revision": 1})
    shown = await cycle.see(cycle.people[0])
    assert [a["revision"] for a in shown["artefacts"] if a["artefact"] == "feedback"] == [2]


async def test_a_note_sent_twice_is_there_once(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "reflective-practice")
    await cycle.agree()
    await cycle.open("experience")
    artefact = cycle.protocol.artefact("journal-experience")
    assert artefact is not None
    body = {"artefact": artefact.id, "fields": filled(artefact, "once"), "ready": True}
    path = f"{cycle.path}/artefacts/{uuid4()}"
    for _ in range(2):
        seen = await ok(rounds_world, cycle.people[0], "PUT", path, json=body)
    assert [a["revision"] for a in seen["artefacts"]] == [1]
    changed = body | {"fields": filled(artefact, "twice"), "base_revision": 0}
    answer = await refused(rounds_world, cycle.people[0], "PUT", path, json=changed)
    assert answer.status_code == 412, "another device's words are not overwritten"


async def test_two_versions_of_a_lesson_plan_stand_side_by_side(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study")
    await cycle.agree()
    for stage in ("theme", "study"):
        await cycle.open(stage)
        await cycle.write_stage(stage)
    await cycle.open("plan")
    path = f"{cycle.path}/artefacts/{uuid4()}"
    fields = filled(cycle.protocol.artefact("lesson-plan"), "share pizzas")  # type: ignore[arg-type]
    body = {"artefact": "lesson-plan", "ready": True, "fields": fields}
    await ok(rounds_world, cycle.people[0], "PUT", path, json=body)
    revised = fields | {"task": "Share 3 pizzas among 4 and prove it."}
    await ok(rounds_world, cycle.people[2], "PUT", path, json=body | {"fields": revised, "base_revision": 1})
    both = await ok(rounds_world, cycle.people[1], "GET", f"{path}/comparison", params={"left": 1, "right": 2})
    changed = [f for f in both["fields"] if f["changed"]]
    assert [f["label"]["en"] for f in changed] == ["The task"]
    assert "".join(p["text"] for p in changed[0]["right"]) == revised["task"]
    named = filled(cycle.protocol.artefact("case-students"), "x")  # type: ignore[arg-type]
    named["students"][0]["alias"] = "Maria Lopez"
    case = {"artefact": "case-students", "ready": True, "fields": named}
    answer = await refused(rounds_world, cycle.people[0], "PUT", f"{cycle.path}/artefacts/{uuid4()}", json=case)
    assert "never a name" in answer.json()["detail"]


async def test_who_writes_a_name_where_students_are_letters_is_told_and_not_blocked(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study")
    await cycle.agree()
    await cycle.walk()
    writer, other, _ = cycle.people
    for artefact, author in (("case-notes", writer), ("report", writer)):
        held = next(
            a
            for a in (await cycle.see(author))["artefacts"]
            if a["artefact"] == artefact and a["author_id"] == str(author.person_id)
        )
        assert held["names"] == []
        fields = filled(cycle.protocol.artefact(artefact), "x")  # type: ignore[arg-type]
        place = next(f.id for f in cycle.protocol.artefact(artefact).fields if f.kind == "text")  # type: ignore[union-attr]
        fields[place] = "Two of them waited, then Daniel asked why."
        body = {"artefact": artefact, "ready": True, "fields": fields, "base_revision": 1}
        await ok(rounds_world, author, "PUT", f"{cycle.path}/artefacts/{held['artefact_id']}", json=body)
        told = [
            next(a["names"] for a in (await cycle.see(p))["artefacts"] if a["artefact_id"] == held["artefact_id"])
            for p in (writer, other)
        ]
        named = [{"where": place, "name": "Daniel"}]
        assert told == [named, named if artefact == "report" else []], "who can mend it is told"


async def test_small_counts_are_hidden_as_they_come_in_and_the_change_has_its_interval(
    rounds_world: RoundsWorld,
) -> None:
    cycle = await ACycle.gather(rounds_world, "growing-expertise")
    await cycle.agree()
    await cycle.walk()
    me = cycle.people[0]
    for artefact, csv in (
        ("data-before", "skill;count;total\nReasons;12;40\nUnits;3;40\nProof;4;9\nFacts;38;40\n"),
        ("data-after", "skill,count,total\nReasons,27,41\nUnits,22,41\nProof,5,9\nFacts,35,41\n"),
    ):
        id_ = cycle.ids[artefact, me.person_id]
        body = {
            "artefact": artefact,
            "ready": True,
            "base_revision": 1,
            "fields": {"source": "Unit test", "day": date.today().isoformat(), "table": {"csv": csv}},
        }
        await ok(rounds_world, me, "PUT", f"{cycle.path}/artefacts/{id_}", json=body)
    ids = {"before": cycle.ids["data-before", me.person_id], "after": cycle.ids["data-after", me.person_id]}
    items = (await ok(rounds_world, me, "GET", f"{cycle.path}/changes", params=ids))["items"]
    told = {i["skill"]: i for i in items}
    assert told["Reasons"]["sure"]
    assert 0.1 < told["Reasons"]["low"] < told["Reasons"]["difference"] < told["Reasons"]["high"] < 0.6
    assert (told["Units"]["before"]["hidden"], told["Units"]["before"]["share"]) == ("few", None)
    assert told["Proof"]["before"]["total"] is None
    assert told["Facts"]["before"]["hidden"] == "nearly_all"
    rows = {"table": {"csv": "name,skill,count,total\nAna,Reasons,1,1\n"}}
    bad = {"artefact": "data-before", "fields": rows, "base_revision": 2}
    answer = await refused(rounds_world, me, "PUT", f"{cycle.path}/artefacts/{ids['before']}", json=bad)
    assert "rows of students" in answer.json()["detail"]


async def test_a_journal_entry_is_shown_to_one_colleague_and_taken_back(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "reflective-practice")
    await cycle.agree()
    await cycle.open("experience")
    me = cycle.people[0]
    mark = await cycle.write(me, cycle.protocol.artefacts[0])
    colleague = Actor(uuid4(), me.district_id, (Grant(Role.COACH),))
    await ok(rounds_world, colleague, "PUT", "/partners/me", json=OFFER)
    id_ = cycle.ids[cycle.protocol.artefacts[0].id, me.person_id]
    reader = f"{cycle.path}/artefacts/{id_}/readers/{colleague.person_id}"
    assert mark not in str(await ok(rounds_world, colleague, "GET", "/shown-to-me"))
    await ok(rounds_world, me, "PUT", reader)
    assert mark in str(await ok(rounds_world, colleague, "GET", "/shown-to-me"))
    assert (await rounds_world.ask(colleague, "GET", cycle.path)).status_code == 404, "the one entry, not the journal"
    await ok(rounds_world, me, "DELETE", reader)
    assert mark not in str(await ok(rounds_world, colleague, "GET", "/shown-to-me"))


async def test_a_report_is_published_by_all_and_taken_back_by_any(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study")
    await cycle.agree()
    await cycle.walk()
    me = cycle.people[0]
    id_, mark = cycle.ids["report", me.person_id], cycle.marks["report", me.person_id]
    outsider = Actor(uuid4(), me.district_id, (Grant(Role.DISTRICT_LEADER),))
    publication = f"{cycle.path}/artefacts/{id_}/publication"
    for member in cycle.people:
        assert mark not in str(await ok(rounds_world, outsider, "GET", "/published-reports"))
        await ok(rounds_world, member, "PUT", publication, json={"revision": 1})
    published = await ok(rounds_world, outsider, "GET", "/published-reports")
    assert mark in str(published)
    assert not any(str(p.person_id) in str(published) for p in cycle.people), "without a name beside it"
    await ok(rounds_world, cycle.people[2], "DELETE", publication)
    assert mark not in str(await ok(rounds_world, outsider, "GET", "/published-reports"))


async def test_who_agreed_to_publish_a_report_and_left_takes_that_back(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study", 4)
    await cycle.agree()
    await cycle.walk()
    me, *_, leaver = cycle.people
    id_, mark = cycle.ids["report", me.person_id], cycle.marks["report", me.person_id]
    leader = Actor(uuid4(), me.district_id, (Grant(Role.DISTRICT_LEADER),))
    report, publication = f"/published-reports/{id_}", f"{cycle.path}/artefacts/{id_}/publication"
    for member in cycle.people:
        await ok(rounds_world, member, "PUT", publication, json={"revision": 1})
    await ok(rounds_world, leaver, "POST", f"{cycle.path}/leave")
    assert mark in str(await ok(rounds_world, leader, "GET", "/published-reports")), "it stays, as was said"
    theirs = [
        [r["mine"] for r in (await ok(rounds_world, a, "GET", "/published-reports"))["items"]]
        for a in (leaver, me, leader)
    ]
    assert theirs == [[True], [True], [False]]
    assert (await refused(rounds_world, leader, "DELETE", report)).status_code == 404
    await ok(rounds_world, leaver, "DELETE", report)
    assert (await ok(rounds_world, leader, "GET", "/published-reports"))["items"] == []
    assert (await refused(rounds_world, leaver, "DELETE", report)).status_code == 404
    again = await refused(rounds_world, me, "PUT", publication, json={"revision": 1})
    assert again.json()["code"] == "taken_back"
    held = next(a for a in (await cycle.see(me))["artefacts"] if a["artefact_id"] == id_)
    fields = {**held["fields"], **filled(cycle.protocol.artefact("report"), "Without theirs")}  # type: ignore[arg-type]
    body = {"artefact": "report", "fields": fields, "ready": True, "base_revision": 1}
    await ok(rounds_world, me, "PUT", f"{cycle.path}/artefacts/{id_}", json=body)
    for member in cycle.people[:-1]:
        await ok(rounds_world, member, "PUT", publication, json={"revision": 2})
    assert "Without theirs" in str(await ok(rounds_world, leader, "GET", "/published-reports"))
    assert (await refused(rounds_world, leaver, "DELETE", report)).status_code == 404, "they agreed to another version"


async def test_a_district_publishes_its_own_version_and_running_cycles_stay_on_theirs(
    rounds_world: RoundsWorld,
) -> None:
    leader = Actor(uuid4(), uuid4(), (Grant(Role.DISTRICT_LEADER),))
    text = texts()["reflective-practice", 1].replace("key: reflective-practice", "key: our-journal")
    checked = await ok(
        rounds_world, leader, "POST", "/protocol-check", json={"text": text.replace("order: fixed", "order: fixt")}
    )
    assert checked["protocol"] is None
    (problem,) = checked["problems"]
    assert text.splitlines()[problem["line"] - 1] == "order: fixed"
    await ok(rounds_world, leader, "PUT", "/own-protocols/our-journal/draft", json={"text": "key: x"})
    await ok(rounds_world, leader, "POST", "/own-protocols/our-journal/publish", json={"text": text})
    begun = await ok(rounds_world, leader, "POST", "/cycles", json={"protocol": "our-journal", "role": "author"})
    second = (
        text.replace("version: 1", "version: 2", 1)
        .replace("id: experience", "id: happening")
        .replace("back_to: [experience", "back_to: [happening")
    )
    answer = await refused(
        rounds_world,
        leader,
        "POST",
        "/own-protocols/our-journal/publish",
        json={"text": second.replace("version: 2", "version: 3", 1)},
    )
    assert answer.json()["code"] == "wrong_version"
    await ok(rounds_world, leader, "POST", "/own-protocols/our-journal/publish", json={"text": second})
    running = await ok(rounds_world, leader, "GET", f"/cycles/{begun['cycle_id']}")
    assert (running["protocol"]["version"], running["protocol"]["stages"][0]["id"]) == (1, "experience")
    new = await ok(rounds_world, leader, "POST", "/cycles", json={"protocol": "our-journal", "role": "author"})
    fresh = await ok(rounds_world, leader, "GET", f"/cycles/{new['cycle_id']}")
    assert fresh["protocol"]["stages"][0]["id"] == "happening"
    listed = (await ok(rounds_world, leader, "GET", "/protocols"))["items"]
    assert [(p["key"], p["version"]) for p in listed if not p["shipped"]] == [("our-journal", 2)]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("our-[jv]*.yaml")), ids=lambda f: f.stem)
async def test_what_was_published_under_older_checks_is_still_walked(rounds_world: RoundsWorld, file: Path) -> None:
    """Today's checks refuse these texts; a district that published them in their day has cycles that run on them."""
    leader = Actor(uuid4(), uuid4(), (Grant(Role.DISTRICT_LEADER),))
    text, (key, version) = file.read_text("utf-8"), file.stem.split(".v")
    today = await refused(rounds_world, leader, "POST", f"/own-protocols/{key}/publish", json={"text": text})
    assert today.status_code == 422
    command = PublishProtocol(key=key, version=int(version), text=text, by=leader.person_id)
    await rounds_world.deps.own_protocols.handle(
        protocol_stream(leader.district_id, key), command, CommandContext(leader.district_id, leader.person_id)
    )
    listed = (await ok(rounds_world, leader, "GET", "/protocols"))["items"]
    assert [p["key"] for p in listed if not p["shipped"]] == [key]
    protocol = Protocol.model_validate(await ok(rounds_world, leader, "GET", f"/protocols/{key}/versions/{version}"))
    people = [Actor(uuid4(), leader.district_id, (Grant(Role.TEACHER),)) for _ in range(protocol.people.least)]
    cycle = await ACycle.gather(rounds_world, key, len(people), people, protocol=protocol)
    await cycle.agree()
    await cycle.walk()
    assert (await ok(rounds_world, people[0], "POST", cycle.path + "/finish"))["standing"] == "finished"


async def test_partners_who_fit_come_first_with_the_reason(rounds_world: RoundsWorld) -> None:
    district = uuid4()
    me, near, far, away = (Actor(uuid4(), district, (Grant(Role.TEACHER, uuid4()),)) for _ in range(4))
    tuesday = {"weekday": 2, "starts": "14:00", "ends": "15:00"}
    await ok(rounds_world, me, "PUT", "/partners/me", json=OFFER | {"subjects": ["Science"], "free": [tuesday]})
    later = tuesday | {"starts": "14:20", "ends": "16:00"}
    await ok(rounds_world, near, "PUT", "/partners/me", json=OFFER | {"subjects": ["science"], "free": [later]})
    await ok(rounds_world, far, "PUT", "/partners/me", json=OFFER | {"subjects": ["Art"]})
    items = (await ok(rounds_world, me, "GET", "/partners"))["items"]
    assert [i["person_id"] for i in items] == [str(near.person_id), str(far.person_id)]
    assert [r["code"] for r in items[0]["reasons"]] == ["subjects", "free", "other_school"]
    assert items[0]["reasons"][1]["shared"] == ["2 14:20-15:00"]
    assert items[1]["reasons"] == []
    await ok(rounds_world, near, "DELETE", "/partners/me")
    assert str(near.person_id) not in str(await ok(rounds_world, me, "GET", "/partners"))
    assert str(away.person_id) not in str(items), "nobody is listed who did not ask to be"
