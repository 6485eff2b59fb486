"""Words planted in everything that people write in the six models, looked for behind every door: each address of each
service, search, mail and the invitations in it, people's calendars, what services publish, logs at their most
talkative, the spans of traces, and the databases as a reader without keys sees them.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import nats
import psutil
import pytest
from icalendar import Calendar

from services.demo import files
from services.demo.district import generate
from services.demo.door import Door, until
from services.demo.seed import open_accounts, open_classrooms
from shared.access import Actor, Role
from shared.embedded.nats import NatsServer
from tests.e2e.every_address import asked, every_address, places
from tests.e2e.one_machine import RondoUp, administrators, mailing, rows
from tests.e2e.planted import CYCLES, PLACE, ROUNDS, Canary, Planted, Platform, actor_of, plant_cycle, plant_round
from tests.e2e.traces import Collector, collecting
from tests.integration.mail.conftest import MailServer, serving

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="needs Linux"), pytest.mark.timeout(600)]
SERVICES = ("identity", "scheduling", "rounds", "reporting")
MODELS = (ROUNDS, *CYCLES)
_TRACED = ("GET /cycles/{cycle_id}", "/api/rounds/my-notes/search", "db.statement", "INSERT", "select")
TITLES = {"Coaching meeting", "Reunión de coaching"}


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    with serving() as held:
        yield held


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with collecting() as held:
        yield held


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, post_office: MailServer, collector: Collector) -> Iterator[RondoUp]:
    home = tmp_path_factory.mktemp("home")
    traced = {"RONDO_LOG_LEVEL": "DEBUG", "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
    yield from mailing(home, post_office.port, **traced)


@pytest.fixture(scope="module")
async def planted(up: RondoUp) -> AsyncIterator[Planted]:
    """The six models, walked as far as they go; a round at its visit, one that is closed, and one that is released."""
    (administrator,) = administrators(up.home)
    district = generate()
    unsigned = [p for p in district.people if not p.roles][:2]
    given = {unsigned[0]: ("coach",), unsigned[1]: tuple(r.value for r in Role)}
    district = replace(district, people=tuple(replace(p, roles=given[p]) if p in given else p for p in district.people))
    async with httpx.AsyncClient(base_url=up.url, timeout=60) as http:
        admin = await Door(http).sign_in(administrator["email"], administrator["password"])
        await admin("POST", "scheduling/imports/schools", file=("schools.geojson", files.schools_geojson(district)))
        await admin("POST", "scheduling/imports/roster", file=("roster.zip", files.roster_zip(district)))
        seeded = await open_accounts(admin, district, http)
        platform = Platform(http, seeded)

        def one(role: str, school: int = -1, n: int = 0) -> Actor:
            found = [p for p in district.with_role(role) if school < 0 or p.school == district.schools[school].key]
            return actor_of(seeded, [p for p in found if len(p.roles) == 1][n])

        cast = {role.value: one(role.value, 2) for role in (Role.OBSERVER, Role.TEACHER)}
        cast |= {role.value: one(role.value) for role in (Role.DISTRICT_LEADER, Role.ANALYST, Role.COACH)}
        cast |= {"facilitator": one("facilitator", n=3), "principal": one("host_principal", 3)}
        cast |= {"everything": next(actor_of(seeded, p) for p in district.people if len(p.roles) == len(Role))}
        made = Planted(platform, cast)
        for key in CYCLES:
            await plant_cycle(made, key)
        leader = cast["district_leader"]
        rooms = await open_classrooms(await seeded.door(district.with_role("district_leader")[0]), seeded)
        leaders = [leader, cast["everything"]]
        stages = (("closed", 0), ("released", 4), ("visit", 6))
        hosts = [await plant_round(made, leaders, district, rooms, stage, n) for stage, n in stages]
        for n, held in enumerate(hosts):
            cast |= {
                f"facilitator of round {n}": held.facilitator,
                f"observer of round {n}": held.observers[0],
                f"principal of round {n}": held.principal,
                f"teacher at round {n}": held.teachers[0],
            }
        cast["administrator"] = Actor(UUID((await admin("GET", "identity/session"))["person_id"]), leader.district_id)
        await platform.sign_in(cast["administrator"].person_id, administrator["email"], administrator["password"])
        yield made


async def test_no_address_tells_anybody_what_is_not_theirs(planted: Planted) -> None:
    """Every address that reads, with every role and nobody, with the ids of each round and each cycle in it. Whoever
    may read a word finds it behind one of them at least: they are asked as their own pages ask."""
    addresses = await every_address(planted.platform.http)
    assert {a.service for a in addresses} == set(SERVICES)
    reads = [a for a in addresses if a.method == "get"]
    held = await places(planted)
    found: dict[Canary, set[UUID]] = defaultdict(set)
    for name, actor in [*planted.cast.items(), ("nobody", None)]:
        for address, told in await asked(planted.platform, actor, reads, held):
            where = f"{name} by {address}"
            read = [c for c in planted.canaries if c.word in told.text]
            leaks = [str(c) for c in read if actor is None or actor.person_id not in c.readers]
            assert not leaks, f"{where} reads {leaks}"
            nameless(planted, actor, read, told.json, where)
            for canary in read:
                found[canary].add(actor.person_id)  # type: ignore[union-attr]
    asking = {a.person_id: n for n, a in planted.cast.items()}
    missed = {f"{asking[p]} does not find {c}" for c in planted.canaries for p in (c.readers & set(asking)) - found[c]}
    missed = {m for m in missed if "of an invitation" not in m and "of a declined" not in m}  # nobody's, once answered
    assert not missed, "\n".join(sorted(missed))


def nameless(planted: Planted, actor: Actor | None, read: list[Canary], told: Any, where: str) -> None:
    """Beside a statement nobody but its writer is told who wrote it."""
    for canary in read:
        if canary.writer is None or (actor and actor.person_id == canary.writer):
            continue
        names = {str(canary.writer), planted.platform.name_of(canary.writer)}
        for part in _parts_with(canary.word, told):
            assert not [n for n in names if n in str(part)], f"{where} tells who wrote: {canary}"


def _parts_with(word: str, told: Any) -> Iterator[Any]:
    """The innermost objects of JSON that hold the word."""
    if isinstance(told, list):
        for part in told:
            yield from _parts_with(word, part)
    elif isinstance(told, dict):
        inner = [p for value in told.values() for p in _parts_with(word, value)]
        if inner:
            yield from inner
        elif word in str(told):
            yield told


async def test_no_refusal_tells_a_word(planted: Planted) -> None:
    """Every address that changes something, asked with nothing to say by those whom the round or cycle is not for."""
    writes = [a for a in await every_address(planted.platform.http) if a.method != "get"]
    held = await places(planted)
    inside = {p.person_id for c in planted.cycles.values() for p in c.people}
    inside |= {p.person_id for r in planted.rounds for p in (*r.people, r.principal, *r.teachers, *r.leaders)}
    outside = {n: a for n, a in planted.cast.items() if a.person_id not in inside and n != "administrator"}
    assert {"analyst", "coach"} <= set(outside)
    count = 0
    for name, actor in [*outside.items(), ("nobody", None)]:
        for address, told in await asked(planted.platform, actor, writes, held):
            nothing_of(planted.canaries, told.text, f"{name} by {address}")
            count += 1
    assert count > len(writes) * 2


async def test_search_finds_for_each_what_they_may_read_of_coaching(planted: Planted) -> None:
    """Of six people and those who run the district: the search goes over notes, whatever else is sealed."""
    notes = [c for c in planted.canaries if c.word.startswith("mark")]
    for name in ("observer", "teacher", "facilitator", "principal", "coach", "everything", "administrator"):
        actor = planted.cast[name]
        for canary in notes:
            answer = await planted.platform.ask(actor, "POST", "/my-notes/search", json={"words": canary.word})
            found = [hit["words"] for hit in answer.json()["items"]]
            assert bool(found) == (actor.person_id in canary.readers), f"{name} seeks {canary}"


async def test_mail_and_the_invitations_in_it_say_when_and_nothing_else(
    planted: Planted, up: RondoUp, post_office: MailServer
) -> None:
    people = sum(len(parts) for parts in CYCLES.values())

    def invited() -> list[bytes]:
        return [c for m in post_office.received for c in _calendars(m) if b"Coaching meeting" in c]

    async def sent() -> bool | None:
        """The invitations to all meetings, of which scheduling hears by and by; reminders are mail too."""
        due = "update mail_outbox set due_at = now() where state = 'waiting' returning true"
        waiting = await rows(up, "scheduling", due)  # the day of the reminders is here
        return True if not waiting and len(invited()) >= people and reminded() else None

    def reminded() -> list[Any]:
        return [m for m in post_office.received if not _calendars(m)]

    seeded = planted.platform.seeded
    await until("the mail to be sent", sent, 120)
    assert len(invited()) == people
    for mail in post_office.received:
        said = "\n".join(
            part.get_payload(decode=True).decode("utf-8", "replace")  # type: ignore[union-attr]
            for part in mail.walk()
            if not part.is_multipart()
        )
        address = mail["To"].addresses[0].addr_spec
        to = {p.email: seeded.person_ids[p.key] for p in seeded.district.people}.get(address)
        nothing_of(beside_places(planted, to), f"{mail['Subject']}\n{said}", "mail")
        nothing_of(planted.canaries, mail["Subject"], "the subject of a mail")
        nothing_of_cycles(planted, said, "mail")


async def test_calendars_say_when_and_nothing_else(planted: Planted) -> None:
    for name, actor in planted.cast.items():
        links = [("mine", True), *((f"schools/{s}", False) for s in planted.schools)]
        for kind, own in links:
            answer = await planted.platform.ask(actor, "POST", f"/api/scheduling/feeds/{kind}", json={})
            if not own and answer.is_error:
                continue
            text = (await planted.platform.http.get("/api/" + answer.json()["url"].split("/api/", 1)[1])).text
            read = Calendar.from_ical(text)
            said = "\n".join(str(e.get(k, "")) for e in read.walk("VEVENT") for k in ("SUMMARY", "DESCRIPTION", "UID"))
            canaries = beside_places(planted, actor.person_id) if own else planted.canaries
            nothing_of(canaries, said + text, f"the calendar of {name}")
            nothing_of(planted.canaries, said, f"the titles in the calendar of {name}")
            nothing_of_cycles(planted, text, f"the calendar of {name}")
            met = {str(e["SUMMARY"]) for e in read.walk("VEVENT")} & TITLES
            held = sum(actor in c.people for c in planted.cycles.values())
            assert bool(met) == (own and held > 0), f"{name}: {kind}"


async def test_no_service_publishes_a_word(planted: Planted, up: RondoUp) -> None:
    server = next(p for p in up.family() if p.name() == "nats-server")
    port = next(c.laddr.port for c in server.net_connections() if c.status == psutil.CONN_LISTEN)
    client = await nats.connect(NatsServer(up.home / "nats", port=port).url)
    seen = 0
    try:
        stream = client.jetstream()
        for name in [s.config.name for s in await stream.streams_info()]:
            assert name is not None
            state = (await stream.stream_info(name)).state
            for seq in range(state.first_seq, state.last_seq + 1):
                message = await stream.get_msg(name, seq)
                said = f"{message.subject} {message.headers} {(message.data or b'').decode('utf-8', 'replace')}"
                nothing_of(planted.canaries, said, f"a message of {name}")
                met = message.subject.split(".")[3].startswith("Meeting")  # their stream is their cycle's: ADR 0008
                nothing_of_cycles(planted, (message.data or b"").decode() if met else said, f"a message of {name}")
                seen += 1
    finally:
        await client.close()
    assert seen > 100


async def test_no_span_holds_a_word(planted: Planted, up: RondoUp, collector: Collector) -> None:
    """Names, attributes, events and exceptions of the spans of all that the tests before this one asked."""

    async def traced() -> bool | None:
        """The traces of a cycle's own page, of its statements to the database, and of refusals."""
        return all(any(w in said for said in collector.said) for w in _TRACED) or None

    cycle = planted.cycles["peer-observation"]
    for actor in (cycle.people[0], planted.cast["analyst"]):
        await planted.platform.ask(actor, "GET", cycle.path)
    await until("the spans to be told", traced, 60)
    assert len(collector.said) > 10
    for said in collector.said:
        nothing_of(planted.canaries, said, "a span")


async def test_no_log_holds_a_word(planted: Planted, up: RondoUp) -> None:
    logs = [*up.home.glob("*.log"), *up.home.glob("*/*.log"), *up.home.glob("*/log/*")]
    assert {"rondo.log", "nats.log"} <= {p.name for p in logs}
    assert '"level": "debug"' in (up.home / "rondo.log").read_text(errors="replace"), "everything is told"
    for log in logs:
        nothing_of(planted.canaries, log.read_text(errors="replace"), log.name)


async def test_who_reads_the_databases_without_keys_finds_no_sealed_word(planted: Planted, up: RondoUp) -> None:
    sealed = [c for c in planted.canaries if c.sealed]
    assert {c.model for c in sealed} == set(MODELS)
    for service in SERVICES:
        stored = await everything_stored(up, service)
        nothing_of(sealed if service == "rounds" else planted.canaries, stored, f"the database of {service}")
        if service == "rounds":
            missed = [str(c) for c in planted.canaries if not c.sealed and c.word not in stored]
            assert not missed, f"words were looked for where none are: {missed}"
            assert all(c.cycle_id in stored for c in planted.cycles.values())


def beside_places(planted: Planted, reader: UUID | None) -> list[Canary]:
    """All that has no place in the reader's calendar and mail: everything but where they themselves meet."""
    return [c for c in planted.canaries if c.what != PLACE or reader not in c.readers]


def nothing_of(canaries: Iterable[Canary], said: str, where: str) -> None:
    """No canary, as it is, in hexadecimal or folded over lines as calendars and mail do."""
    flat = re.sub(r"=?\r?\n[ \t]?", "", said)
    leaks = [str(c) for c in canaries if c.word in said or c.word in flat or c.word.encode().hex() in said]
    assert not leaks, f"{where} holds {leaks}"


def nothing_of_cycles(planted: Planted, said: str, where: str) -> None:
    """Nothing that leads back to a cycle, or tells what people do in it."""
    ids = [c.cycle_id for c in planted.cycles.values()]
    assert not [i for i in ids if i in said or i.replace("-", "") in said], where
    assert not [k for k in CYCLES if k in said], where


def _calendars(mail: Any) -> list[bytes]:
    return [p.get_payload(decode=True) for p in mail.walk() if p.get_content_type() == "text/calendar"]


async def everything_stored(up: RondoUp, database: str) -> str:
    """All rows of all tables of a database, as a reader of it sees them."""
    tables = await rows(
        up, database, "select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|information)'"
    )
    names = [f'"{t["schemaname"]}"."{t["tablename"]}"' for t in tables]
    held = [r["row"] for name in names for r in await rows(up, database, f"select t::text as row from {name} as t")]
    return "\n".join(held)
