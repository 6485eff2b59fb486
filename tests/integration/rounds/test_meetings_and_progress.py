"""Meetings, commitments, trainings and a leader's counts, over HTTP."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from services.rounds import contract
from services.rounds.cycles.erasing import erase_person
from services.rounds.cycles.lists import marks as list_marks
from services.rounds.meetings.queries import mark_day
from services.rounds.meetings.queries import meetings_stream as stream_of
from services.rounds.meetings.reactions import tell_who_meets
from services.rounds.protocols.library import texts
from services.rounds.publish import PUBLISH
from shared.access import Actor, Grant, Role
from shared.messages import PublishedEvent
from shared.privacy import Forgotten, Privacy
from tests.integration.rounds.coaching import OFFER, ACycle, ok, refused
from tests.integration.rounds.world import RoundsWorld

ZONE = "America/New_York"
NY = ZoneInfo(ZONE)


async def in_new_york(world: RoundsWorld, district: UUID) -> None:
    async with world.deps.db.writer(district) as conn:
        await conn.execute("insert into districts values ($1, $2, 20, 5, 5, 3, 1)", district, ZONE)


def next_school_day(offset: int = 1) -> date:
    day = datetime.now(NY).date() + timedelta(days=offset)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def calendar(*busy: tuple[datetime, datetime]) -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{s.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{e.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\nSUMMARY:dentist7f3a\r\nEND:VEVENT\r\n"
        for n, (s, e) in enumerate(busy)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n"


async def test_a_cadence_becomes_meetings_that_fit_and_one_tap_moves_one(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    one, two = cycle.people
    await in_new_york(rounds_world, one.district_id)
    await cycle.agree()
    day = next_school_day()
    morning = datetime(day.year, day.month, day.day, 7, 0, tzinfo=NY)
    kept = await ok(
        rounds_world, two, "PUT", "/my-calendar", json={"text": calendar((morning, morning + timedelta(hours=6)))}
    )
    assert kept["spans"] == 1
    holiday = next_school_day((day - datetime.now(NY).date()).days + 7)
    await mark_day(rounds_world.deps, one.district_id, None, holiday, "no_school")
    after = (morning - timedelta(hours=1)).isoformat()
    body = {"every_weeks": 1, "minutes": 45, "meetings": 3, "after": after}
    items = (await ok(rounds_world, one, "POST", cycle.path + "/meetings", json=body))["items"]
    starts = [datetime.fromisoformat(i["starts_at"]).astimezone(NY) for i in items]
    assert len(starts) == 3
    assert starts[0] == morning + timedelta(hours=6), "after the partner's busy morning"
    assert holiday not in [s.date() for s in starts]
    meeting = items[0]["meeting_id"]
    offered = (await ok(rounds_world, two, "GET", f"{cycle.path}/meetings/{meeting}/times"))["items"]
    assert len(offered) == 3
    last = f"{cycle.path}/meetings/{items[-1]['meeting_id']}/times"
    later = [datetime.fromisoformat(t["starts_at"]) for t in (await ok(rounds_world, two, "GET", last))["items"]]
    monday = starts[-1].date() - timedelta(days=starts[-1].weekday())
    assert all(monday <= t.astimezone(NY).date() <= monday + timedelta(days=11) for t in later), "around the meeting"
    moved = await ok(
        rounds_world, two, "PUT", f"{cycle.path}/meetings/{meeting}", json={"starts_at": offered[0]["starts_at"]}
    )
    assert offered[0]["starts_at"] in [i["starts_at"] for i in moved["items"]]
    busy = {"starts_at": (morning + timedelta(hours=1)).isoformat()}
    answer = await refused(rounds_world, one, "PUT", f"{cycle.path}/meetings/{meeting}", json=busy)
    assert answer.json()["code"] == "somebody_is_busy"
    for far in ("0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z"):
        path = f"{cycle.path}/meetings/{meeting}"
        assert (await rounds_world.ask(one, "PUT", path, json={"starts_at": far})).status_code == 422
        asked = body | {"after": far}
        assert (await rounds_world.ask(one, "POST", cycle.path + "/meetings", json=asked)).status_code == 422
    assert len((await ok(rounds_world, one, "GET", "/my-meetings"))["items"]) == 3
    stranger = Actor(uuid4(), one.district_id, tuple(Grant(r) for r in Role))
    assert (await rounds_world.ask(stranger, "GET", cycle.path + "/meetings")).status_code == 404
    stored = await rounds_world.deps.store.read_stream(stream_of(UUID(cycle.cycle_id)), one.district_id)
    told = [PUBLISH[e.type](e) for e in stored]
    assert [getattr(t, "sequence", None) for t in told] == [0, 0, 0, 1]
    assert all(isinstance(t, contract.MeetingPlanned) and t.title == "coaching_meeting" for t in told)
    assert cycle.cycle_id not in "".join(t.model_dump_json() for t in told)
    async with rounds_world.deps.db.system() as conn:
        rows = [str(dict(r)) for r in await conn.fetch("select * from busy_times")]
    assert "dentist7f3a" not in "".join(rows), "when somebody is busy, never what for"
    await ok(rounds_world, one, "POST", cycle.path + "/leave")
    assert (await ok(rounds_world, two, "GET", "/my-meetings"))["items"] == []


async def test_where_they_meet_is_told_to_them_alone_and_goes_with_the_cycle(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    one, two = cycle.people
    await in_new_york(rounds_world, one.district_id)
    await cycle.agree()
    path = cycle.path + "/meetings"
    body = {"every_weeks": 1, "minutes": 45, "meetings": 2, "place": "  Room lamp3d91,\nbehind the stage "}
    again = {"json": body, "headers": {"Idempotency-Key": str(uuid4())}}
    first, second = (await ok(rounds_world, one, "POST", path, **again))["items"]
    assert (await ok(rounds_world, one, "POST", path, **again))["items"] == [first, second], "sent again it is the same"
    assert {first["place"], second["place"]} == {"Room lamp3d91, behind the stage"}, "one line"
    before = await list_marks(rounds_world.deps, one.district_id, two.person_id)
    asked = {"starts_at": first["starts_at"], "place": "https://meet.example/lamp5e07"}
    await ok(rounds_world, two, "PUT", f"{path}/{first['meeting_id']}", json=asked)
    await ok(rounds_world, two, "PUT", f"{path}/{first['meeting_id']}", json=asked)
    assert (await list_marks(rounds_world.deps, one.district_id, two.person_id)).meetings != before.meetings
    times = (await ok(rounds_world, one, "GET", f"{path}/{first['meeting_id']}/times"))["items"]
    await ok(rounds_world, one, "PUT", f"{path}/{first['meeting_id']}", json={"starts_at": times[0]["starts_at"]})
    for actor in (one, two):
        for listed in (path, "/my-meetings"):
            places = {m["meeting_id"]: m["place"] for m in (await ok(rounds_world, actor, "GET", listed))["items"]}
            assert places[first["meeting_id"]] == "https://meet.example/lamp5e07", "it stays when the meeting is moved"
            assert places[second["meeting_id"]] == "Room lamp3d91, behind the stage"
    long = {"starts_at": second["starts_at"], "place": "x" * 201}
    assert (await rounds_world.ask(one, "PUT", f"{path}/{second['meeting_id']}", json=long)).status_code == 422
    stranger = Actor(uuid4(), one.district_id, tuple(Grant(r) for r in Role))
    assert (await rounds_world.ask(stranger, "PUT", f"{path}/{second['meeting_id']}", json=asked)).status_code == 404

    stored = await rounds_world.deps.store.read_stream(stream_of(UUID(cycle.cycle_id)), one.district_id)
    told = [PUBLISH[e.type](e) for e in stored]
    assert [getattr(t, "sequence", None) for t in told] == [0, 0, 1, 2], "the same place again is no news"
    async with rounds_world.deps.db.system() as conn:
        rows = [str(dict(r)) for r in await conn.fetch("select * from meetings")]
        rows += [str(dict(r)) for r in await conn.fetch("select * from idempotent_answers")]
    said = "".join((*rows, *(t.model_dump_json() for t in told), *(str(e.data) for e in stored)))
    assert "lamp3d91" not in said
    assert "lamp5e07" not in said
    assert cycle.cycle_id not in "".join(t.model_dump_json() for t in told), "the key's name leads to no cycle"
    opened = [(t.place_key, t.place) for t in told if isinstance(t, contract.MeetingPlanned)]
    keys = await Privacy.start(rounds_world.settings.keys())
    try:
        words = [json.loads(w) for w in await keys.open_many(one.district_id, opened)]  # type: ignore[arg-type]
        assert words == ["Room lamp3d91, behind the stage"] * 2 + ["https://meet.example/lamp5e07"] * 2
        await ok(rounds_world, two, "POST", cycle.path + "/leave")
        gone = await keys.open_many(one.district_id, opened)
        assert all(isinstance(w, Forgotten) for w in gone)
    finally:
        await keys.close()


async def test_a_meeting_is_recalled_at_the_hour_of_the_mail_until_that_is_put_aside(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    one, two = cycle.people
    await in_new_york(rounds_world, one.district_id)
    await cycle.agree()
    body = {"every_weeks": 1, "minutes": 45, "meetings": 1}
    (arranged,) = (await ok(rounds_world, one, "POST", cycle.path + "/meetings", json=body))["items"]
    meeting = arranged["meeting_id"]

    async def recalled(person: Actor) -> datetime | None:
        (mine,) = (await ok(rounds_world, person, "GET", "/my-meetings"))["items"]
        return mine["remind_at"] and datetime.fromisoformat(mine["remind_at"])

    starts = datetime.fromisoformat(arranged["starts_at"]).astimezone(NY)
    before = starts.date() - timedelta(days=2)
    assert await recalled(one) == datetime(before.year, before.month, before.day, 7, tzinfo=NY)
    stranger = Actor(uuid4(), one.district_id, tuple(Grant(r) for r in Role))
    aside = f"/my-meetings/{meeting}/reminder"
    assert (await rounds_world.ask(stranger, "DELETE", aside)).status_code == 404
    for _ in range(2):
        assert (await rounds_world.ask(one, "DELETE", aside)).status_code == 204
    assert await recalled(one) is None
    assert await recalled(two) is not None, "each person's own"
    times = (await ok(rounds_world, two, "GET", f"{cycle.path}/meetings/{meeting}/times"))["items"]
    moved = {"starts_at": times[-1]["starts_at"]}
    await ok(rounds_world, two, "PUT", f"{cycle.path}/meetings/{meeting}", json=moved)
    assert await recalled(one) is not None, "another time is told of anew"
    assert (await rounds_world.ask(one, "DELETE", aside)).status_code == 204
    await erase_person(rounds_world.deps, one.district_id, one.person_id)
    async with rounds_world.deps.db.system() as conn:
        assert await conn.fetchval("select count(*) from reminders_put_aside where person_id = $1", one.person_id) == 0


async def test_a_day_that_is_closed_later_is_told_to_those_who_meet_on_it(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    one, two = cycle.people
    await in_new_york(rounds_world, one.district_id)
    await cycle.agree()
    body = {"every_weeks": 1, "minutes": 45, "meetings": 3}
    items = (await ok(rounds_world, one, "POST", cycle.path + "/meetings", json=body))["items"]
    day = datetime.fromisoformat(items[1]["starts_at"]).astimezone(NY).date()
    theirs = next(g.school_id for g in two.grants)
    async with rounds_world.deps.db.reader(one.district_id) as conn:
        before = await conn.fetchval(
            "select max(version) from events where stream = $1", stream_of(UUID(cycle.cycle_id))
        )

    async def told(school: UUID | None, kind: str | None, times: int = 1) -> list[bool]:
        news = PublishedEvent("scheduling", 1, uuid4(), "", 1, "", 1, one.district_id, datetime.now(UTC), b"")
        for _ in range(times):
            await mark_day(rounds_world.deps, one.district_id, school, day, kind)
            await tell_who_meets(rounds_world.deps, day, news)
        lists = [
            [m["no_school"] for m in (await ok(rounds_world, person, "GET", path))["items"]]
            for person in cycle.people
            for path in ("/my-meetings", cycle.path + "/meetings")
        ]
        assert lists == [lists[0]] * 4
        return lists[0]

    assert await told(uuid4(), "no_school") == [False, False, False], "of a school of none of them"
    assert await told(theirs, "no_school", times=2) == [False, True, False]
    offered = f"{cycle.path}/meetings/{items[1]['meeting_id']}"
    times = (await ok(rounds_world, two, "GET", offered + "/times"))["items"]
    assert day not in [datetime.fromisoformat(t["starts_at"]).astimezone(NY).date() for t in times]
    assert await told(theirs, None) == [False, False, False], "there is school again"
    assert await told(None, "no_school") == [False, True, False]
    await ok(rounds_world, two, "PUT", offered, json={"starts_at": times[0]["starts_at"]})
    assert not any(m["no_school"] for m in (await ok(rounds_world, one, "GET", "/my-meetings"))["items"])
    stored = await rounds_world.deps.store.read_stream(stream_of(UUID(cycle.cycle_id)), one.district_id)
    news = [PUBLISH[e.type](e) for e in stored[before:]]
    assert [(n.sequence, n.no_school) for n in news if isinstance(n, contract.MeetingPlanned)] == [
        (1, True), (2, False), (3, True), (4, False),
    ], "each change once, whatever was told twice"  # fmt: skip


async def test_a_commitment_is_its_owners_for_years_and_outlives_the_cycle(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "cognitive-coaching")
    coach, coachee = cycle.people
    await cycle.agree()
    await cycle.open("planning")
    due = (date.today() + timedelta(days=30)).isoformat()
    shown = {"cycle_id": cycle.cycle_id, "words": "Wait after each question", "due_on": due}
    answer = await refused(rounds_world, coach, "PUT", f"/my-commitments/{uuid4()}", json=shown)
    assert answer.json()["code"] == "not_your_commitment", "the coachee owns the commitments"
    kept, own = str(uuid4()), str(uuid4())
    await ok(rounds_world, coachee, "PUT", f"/my-commitments/{kept}", json=shown)
    hidden = shown | {"words": "For me alone", "shown": False}
    await ok(rounds_world, coachee, "PUT", f"/my-commitments/{own}", json=hidden)
    seen = (await ok(rounds_world, coach, "GET", cycle.path + "/commitments"))["items"]
    assert [c["words"] for c in seen] == ["Wait after each question"]
    assert (await ok(rounds_world, coach, "GET", "/my-commitments"))["items"] == []
    looked = {"kept": "partly", "note": "In two lessons of five"}
    await ok(rounds_world, coachee, "POST", f"/my-commitments/{kept}/looks", json=looked)
    await refused(rounds_world, coach, "POST", f"/my-commitments/{kept}/looks", json=looked)
    await ok(rounds_world, coach, "POST", cycle.path + "/leave")
    mine = {c["commitment_id"]: c for c in (await ok(rounds_world, coachee, "GET", "/my-commitments"))["items"]}
    assert mine[kept]["looks"] == [looked]
    assert mine[own]["words"] == "For me alone"
    async with rounds_world.deps.db.system() as conn:
        data = "".join(
            r["d"] for r in await conn.fetch("select data::text as d from events where type like 'Commitment%'")
        )
    assert "Wait after" not in data


async def test_an_erased_account_takes_its_own_words_along_and_leaves_the_others_theirs(
    rounds_world: RoundsWorld,
) -> None:
    cycle = await ACycle.gather(rounds_world, "cognitive-coaching")
    coach, coachee = cycle.people
    await cycle.agree()
    await cycle.open("planning")
    due = (date.today() + timedelta(days=30)).isoformat()
    body = {"cycle_id": cycle.cycle_id, "words": "Wait after each question", "due_on": due}
    await ok(rounds_world, coachee, "PUT", f"/my-commitments/{uuid4()}", json=body)
    when = datetime.now(NY) + timedelta(days=3)
    span = calendar((when, when + timedelta(hours=1)))
    await in_new_york(rounds_world, coach.district_id)
    for person in cycle.people:
        await ok(rounds_world, person, "PUT", "/my-calendar", json={"text": span})
    await ok(rounds_world, coachee, "PUT", "/partners/me", json=OFFER)
    deps = rounds_world.deps
    for _ in range(2):  # told twice, done once
        assert await erase_person(deps, coachee.district_id, coachee.person_id) == 1
    seen = (await ok(rounds_world, coach, "GET", cycle.path + "/commitments"))["items"]
    assert [c["words"] for c in seen] == [None]
    assert (await ok(rounds_world, coach, "GET", cycle.path))["agreement"]["body"]["goals"]
    listed = (await ok(rounds_world, coach, "GET", "/partners"))["items"]
    assert str(coachee.person_id) not in str(listed)
    async with deps.db.reader(coach.district_id) as conn:
        assert {r["person_id"] for r in await conn.fetch("select person_id from busy_times")} == {coach.person_id}


async def test_a_leader_sees_counts_and_never_a_cycle(rounds_world: RoundsWorld) -> None:
    school, district = uuid4(), uuid4()
    people = [Actor(uuid4(), district, (Grant(Role.TEACHER, school),)) for _ in range(6)]
    leader = Actor(uuid4(), district, (Grant(Role.DISTRICT_LEADER),))
    for person in people:
        await ok(rounds_world, person, "POST", "/cycles", json={"protocol": "reflective-practice", "role": "author"})
    few = {"protocol": "cognitive-coaching", "role": "coach"}
    begun = await ok(rounds_world, people[0], "POST", "/cycles", json=few)
    ids = [str(p.person_id) for p in people]
    body = {"training": "observer-basics", "day": "2026-09-01", "person_ids": ids}
    await ok(rounds_world, leader, "POST", "/trainings", json=body)
    assert (await ok(rounds_world, people[0], "GET", "/trainings/me"))["trainings"] == {"observer-basics": "2026-09-01"}
    told = await ok(rounds_world, leader, "GET", "/coaching-progress")
    models = {m["model"]: m for m in told["models"]}
    assert models["reflective-practice"]["cycles"] == 5, "five or more"
    assert models["reflective-practice"]["schools"] == [{"code": str(school), "title": None, "count": 5}]
    assert models["cognitive-coaching"]["cycles"] is None
    assert (told["people"], told["trainings"][0]["count"]) == (5, 5)
    assert not any(i in str(told) for i in [*ids, begun["cycle_id"]])
    await ok(rounds_world, people[1], "POST", "/cycles", json={"protocol": "reflective-practice", "role": "author"})
    again = await ok(rounds_world, leader, "GET", "/coaching-progress")
    assert again == told, "frozen for the week: looking twice tells nothing of what happened between"
    assert (await rounds_world.ask(people[0], "GET", "/coaching-progress")).status_code == 403


async def test_a_part_that_needs_a_training_waits_for_it(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    leader = Actor(uuid4(), cycle.people[0].district_id, (Grant(Role.DISTRICT_LEADER),))
    text = texts()["peer-observation", 1].replace("key: peer-observation", "key: trained-peers", 1)
    text = text.replace("{id: observer, takes: rest,", "{id: observer, takes: rest, training: peer-basics,")
    words = "{id: peer-basics, title: {en: Basics for peers, es: Fundamentos para pares}}"
    text = text.replace("\norder:", f"\ntrainings:\n  - {words}\norder:", 1)
    await ok(rounds_world, leader, "POST", "/own-protocols/trained-peers/publish", json={"text": text})
    one, two = cycle.people
    begun = await ok(rounds_world, one, "POST", "/cycles", json={"protocol": "trained-peers", "role": "observee"})
    cycle.cycle_id = begun["cycle_id"]
    await cycle.invite(two, "observer")
    await ok(rounds_world, two, "POST", f"/invitations/{cycle.cycle_id}", json={"accept": True})
    await cycle.agree()
    await cycle.open("pre-conference")
    await cycle.write_stage("pre-conference")
    answer = await refused(rounds_world, two, "POST", cycle.path + "/stages/observe")
    assert answer.json()["code"] == "training_missing"
    assert "Basics for peers" in answer.json()["say"]["en"]
    assert "Fundamentos para pares" in answer.json()["say"]["es"]
    named = {t["id"]: t["title"] for t in (await ok(rounds_world, leader, "GET", "/trainings"))["items"]}
    assert named["peer-basics"] == {"en": "Basics for peers", "es": "Fundamentos para pares"}
    assert set(named) == {"observer-basics", "peer-basics"}, "each once, the product's own first"
    assert (await rounds_world.ask(one, "GET", "/trainings")).status_code == 403
    body = {"training": "peer-basics", "day": "2026-09-01", "person_ids": [str(two.person_id)]}
    await ok(rounds_world, leader, "POST", "/trainings", json=body)
    await ok(rounds_world, two, "POST", cycle.path + "/stages/observe")
