"""Every role x every artefact x every door, made from the protocol documents: nobody reads what is not theirs."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.rounds.cycles import commands as c
from services.rounds.cycles import events
from services.rounds.cycles.erasing import erase_everywhere
from services.rounds.cycles.queries import cycle_stream
from services.rounds.cycles.sealing import of_person
from services.rounds.meetings.queries import meetings_stream
from services.rounds.protocols.library import newest
from services.rounds.protocols.model import EVERYONE, Artefact
from services.rounds.publish import PUBLISH
from shared.access import Actor, Grant, Role
from shared.messages import CommandContext
from shared.privacy import SubjectForgotten
from tests.integration.rounds.coaching import ACycle, every_address, ok
from tests.integration.rounds.world import RoundsWorld

COACHING = [p.key for p in newest().values() if p.model != "instructional-rounds"]
GOAL = "goal4f1c2e77 in every lesson"


async def doors(cycle: ACycle[RoundsWorld], actor: Actor) -> dict[str, str]:
    """Everything that the service answers to somebody who asks about this cycle, by door."""
    world, path = cycle.world, cycle.path
    ids = list(cycle.ids.values())
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "page": (path, {}),
        "list": ("/cycles", {}),
        "invitations": ("/invitations", {}),
        "export": (f"{path}/export", {}),
        "shown": ("/shown-to-me", {}),
        "reports": ("/published-reports", {}),
        "partners": ("/partners", {}),
        "rounds": ("/rounds", {}),
        "protocols": ("/own-protocols", {}),
        "meetings": (f"{path}/meetings", {}),
        "my meetings": ("/my-meetings", {}),
        "commitments": (f"{path}/commitments", {}),
        "my commitments": ("/my-commitments", {}),
        "progress": ("/coaching-progress", {}),
        **{f"versions {n}": (f"{path}/artefacts/{i}/versions", {}) for n, i in enumerate(ids)},
        **{f"comparison {n}": (f"{path}/artefacts/{i}/comparison", {"left": 1, "right": 1}) for n, i in enumerate(ids)},
        **{f"changes {n}": (f"{path}/changes", {"before": i, "after": i}) for n, i in enumerate(ids)},
        **{f"search {m}": ("/my-notes/search", {"words": m}) for m in cycle.marks.values()},
    }
    known = {path for path, _ in asked.values()}
    for address, query in every_address(cycle):
        if address not in known:
            asked[f"{address} {query}"] = (address, query)
    told = {}
    for door, (address, query) in asked.items():
        if door.startswith("search"):
            answer = await world.ask(actor, "POST", address, json=query)
        else:
            answer = await world.ask(actor, "GET", address, params=query)
        if answer.is_success and any(m in answer.text for m in cycle.marks.values()):
            assert answer.headers["cache-control"] == "no-store", door
        told[door] = answer.text if not door.startswith("search") else json.dumps(_words(answer.json()))
    return told


async def published(cycle: ACycle[RoundsWorld]) -> str:
    """All that leaves the service of the cycle and of its meetings: what the streams, and with them other services'
    calendars, mail and figures, are made of."""
    cycle_id, district_id = UUID(cycle.cycle_id), cycle.people[0].district_id
    held = [
        e
        for stream in (cycle_stream(cycle_id), meetings_stream(cycle_id))
        for e in await cycle.world.deps.store.read_stream(stream, district_id)
    ]
    assert len(held) > 5
    return "\n".join(
        told.model_dump_json() for e in held if e.type in PUBLISH and (told := PUBLISH[e.type](e)) is not None
    )


def _words(found: Any) -> list[str]:
    return [h["words"] for h in found["items"]]


def may_read(
    cycle: ACycle[RoundsWorld], artefact: Artefact, author: UUID, reader: Actor, roles: dict[UUID, str]
) -> bool:
    """The contract: the author; and of the cycle's people those whom the document names."""
    if reader.person_id == author:
        return True
    return reader in cycle.people and (EVERYONE in artefact.read_by or roles[reader.person_id] in artefact.read_by)


async def walked(world: RoundsWorld, key: str) -> tuple[ACycle[RoundsWorld], dict[UUID, str]]:
    cycle = await ACycle.gather(world, key)
    await cycle.agree(GOAL)
    await cycle.walk()
    return cycle, {UUID(p["person_id"]): p["role"] for p in (await cycle.see(cycle.people[0]))["people"]}


@pytest.mark.parametrize("key", COACHING)
async def test_nobody_reads_what_the_document_does_not_give_them(
    rounds_world: RoundsWorld, key: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    cycle, roles = await walked(rounds_world, key)
    district = cycle.people[0].district_id
    outsiders = {role.value: Actor(uuid4(), district, (Grant(role, uuid4()),)) for role in Role}
    outsiders["every role"] = Actor(uuid4(), district, tuple(Grant(role) for role in Role))
    outsiders["another district"] = Actor(cycle.people[0].person_id, uuid4(), tuple(Grant(role) for role in Role))
    for name, outsider in outsiders.items():
        for door, told in (await doors(cycle, outsider)).items():
            assert not [m for m in cycle.marks.values() if m in told], f"{name} reads by {door}"
            assert "goal4f1c2e77" not in told, f"{name} reads the agreement by {door}"
            assert cycle.cycle_id not in told or cycle.cycle_id in door, f"{name} learns by {door} of the cycle"
    for reader in cycle.people:
        told = await doors(cycle, reader)
        for (artefact_id, author), mark in cycle.marks.items():
            artefact = cycle.protocol.artefact(artefact_id)
            assert artefact is not None
            allowed = may_read(cycle, artefact, author, reader, roles)
            for door in ("page", "export", f"search {mark}"):
                assert (mark in told[door]) == allowed, f"{artefact_id} by {door}"
            for door, words in told.items():
                assert allowed or mark not in words, f"{artefact_id} by {door}"
    body = {"every_weeks": 1, "minutes": 30, "meetings": 2}
    await ok(rounds_world, cycle.people[0], "POST", f"{cycle.path}/meetings", json=body)
    left = await published(cycle)
    assert left.count('"title":"coaching_meeting"') == 2, "the one title that calendars and mail have to show"
    for words in (*cycle.marks.values(), "goal4f1c2e77", cycle.cycle_id):
        assert words not in left
    said = caplog.text + "".join(capfd.readouterr())
    assert not [m for m in cycle.marks.values() if m in said], "a log holds the words"
    assert "goal4f1c2e77" not in said


async def everything_stored(world: RoundsWorld) -> str:
    """All rows of all tables of the service's database, as a reader of it sees them."""
    async with world.deps.db.system() as conn:
        tables = [
            r["tablename"] for r in await conn.fetch("select tablename from pg_tables where schemaname = 'public'")
        ]
        rows = [r["row"] for t in tables for r in await conn.fetch(f'select t::text as row from "{t}" as t')]
        bodies = [bytes(r["body"]) for r in await conn.fetch("select body from idempotent_answers where body notnull")]
        data = [r["d"] for r in await conn.fetch("select data::text as d from events")]
    return "\n".join([*rows, *data]) + b"\n".join(bodies).decode("utf-8", "replace")


@pytest.mark.parametrize("key", COACHING)
async def test_the_database_without_keys_and_the_published_log_hold_no_words(
    rounds_world: RoundsWorld, key: str
) -> None:
    cycle, _ = await walked(rounds_world, key)
    message = "invite9c21d0e4"
    fresh = await ACycle.gather(rounds_world, key)
    asked = Actor(uuid4(), fresh.people[0].district_id, (Grant(Role.TEACHER),))
    if cycle.protocol.people.most > len(fresh.people):
        await fresh.invite(asked, cycle.protocol.people.roles[-1].id, message)
    stored = await everything_stored(rounds_world)
    assert cycle.cycle_id in stored
    for words in (*cycle.marks.values(), "goal4f1c2e77", message, "Nothing about one student"):
        assert words not in stored


def test_no_event_of_a_cycle_is_published() -> None:
    assert not {e.event_type() for e in events.EVENTS} & set(PUBLISH)


@pytest.mark.parametrize("key", COACHING)
async def test_destroying_the_keys_removes_the_words_everywhere_and_replay_goes_on(
    rounds_world: RoundsWorld, key: str
) -> None:
    cycle, _ = await walked(rounds_world, key)
    leaver, *stay = reversed(cycle.people)
    await ok(rounds_world, leaver, "POST", cycle.path + "/leave")
    notes = cycle.protocol.policies.on_withdrawal
    gone = {
        mark
        for (artefact, author), mark in cycle.marks.items()
        if notes == "erase_all" or (author == leaver.person_id and not cycle.protocol.artefact(artefact).together)  # type: ignore[union-attr]
    }
    assert gone
    for actor in (leaver, *stay, Actor(uuid4(), leaver.district_id, tuple(Grant(r) for r in Role))):
        for door, told in (await doors(cycle, actor)).items():
            assert not [m for m in gone if m in told], door
    for actor in stay:
        seen = await cycle.see(actor)  # the whole stream is folded again: replay works
        assert seen["standing"] == "ended"
        kept = set(cycle.marks.values()) - gone
        assert all(m in str(seen) for m in kept), "what others wrote stays where the agreement said so"
        if notes == "erase_all":
            assert seen["agreement"]["body"] is None
    async with rounds_world.deps.db.system() as conn:
        assert await conn.fetchval("select count(*) from cycle_erasures") == 0


async def test_an_erasure_that_a_crash_interrupted_is_done_at_the_next_start(rounds_world: RoundsWorld) -> None:
    cycle, _ = await walked(rounds_world, "cognitive-coaching")
    me = cycle.people[0]
    command = c.LeaveCycle(cycle_id=UUID(cycle.cycle_id), by=me.person_id, protocol=cycle.protocol)
    context = CommandContext(me.district_id, me.person_id)
    await rounds_world.deps.cycles.handle(cycle_stream(UUID(cycle.cycle_id)), command, context)
    await erase_everywhere(rounds_world.deps)
    subject = of_person(UUID(cycle.cycle_id), cycle.people[1].person_id)
    with pytest.raises(SubjectForgotten):
        await rounds_world.deps.words.seal(me.district_id, subject, ["again"])


async def test_a_draft_that_is_private_until_ready_is_its_authors(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "peer-observation")
    await cycle.agree()
    await cycle.open("pre-conference")
    await cycle.write_stage("pre-conference")
    await cycle.open("observe")
    observer, observee = cycle.people[1], cycle.people[0]
    kind = cycle.protocol.artefact("observation-notes")
    assert kind is not None
    mark = await cycle.write(observer, kind, ready=False)
    told = await doors(cycle, observee)
    assert not [door for door, words in told.items() if mark in words]
    assert mark in (await doors(cycle, observer))["page"]


async def test_who_was_asked_and_did_not_answer_reads_nothing(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "growing-expertise")
    asked = Actor(uuid4(), cycle.people[0].district_id, (Grant(Role.COACH),))
    await cycle.invite(asked, "member")
    await cycle.agree(GOAL)
    await cycle.walk()
    for door, told in (await doors(cycle, asked)).items():
        assert not [m for m in cycle.marks.values() if m in told], door
        assert "goal4f1c2e77" not in told, door
    late = await rounds_world.ask(asked, "POST", f"/invitations/{cycle.cycle_id}", json={"accept": True})
    assert late.json()["code"] == "invitation_over"
