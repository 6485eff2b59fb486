"""Yesterday's spreadsheets over HTTP: whole, once, and without anybody's name."""

from __future__ import annotations

import csv
import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.rounds.publish import PUBLISH
from shared.access import Role
from shared.eventstore.log import LogCursor
from tests.integration.rounds.world import RoundsWorld
from tests.support.rounds import an_actor

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "observations" / "ipg_mathematics_observations.csv"
HEADER = [
    "Timestamp",
    "Email Address",
    "When did the observation occur?",
    "Teacher's First Name",
    "Teacher's Last Name",
    "Grade",
    "Date of Observation",
    "Rate it. [Focus on the grade. (1a)]",
    "Core Action 1 Notes:",
]
FIRST, LAST, ADDRESS = "Philippa", "Wetherington", "wetherington@district.example"


def spreadsheet(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode()


def row(n: int, occasion: str = "Pre", answer: str = "Mostly") -> list[str]:
    notes = f"{FIRST} {LAST} handed out {n} marbles. Write to {ADDRESS}."
    return [f"6/16/2026 10:{n:02d}:00", ADDRESS, occasion, FIRST, f"{LAST}{n}", "4", "6/15/2026", answer, notes]


@dataclass
class Importing:
    world: RoundsWorld
    district_id: UUID
    school_id: UUID

    async def send(self, data: bytes, *, role: Role = Role.DISTRICT_ADMIN, **params: Any) -> httpx.Response:
        asked = {"instrument": "ipg", "school_id": str(self.school_id)} | params
        actor = an_actor(role, district_id=self.district_id)
        files = {"file": ("ipg.csv", data)}
        return await self.world.ask(actor, "POST", "/imports/observations", params=asked, files=files)

    async def send_by(self, mapping: bytes, data: bytes, **params: Any) -> httpx.Response:
        actor = an_actor(Role.DISTRICT_ADMIN, district_id=self.district_id)
        files = {"file": ("walk.csv", data), "mapping": ("walk.yaml", mapping)}
        asked = {"school_id": str(self.school_id)} | params
        return await self.world.ask(actor, "POST", "/imports/observations", params=asked, files=files)

    async def events(self) -> list[Any]:
        page = await self.world.deps.store.read_log(LogCursor(), limit=100_000)
        return [e for e in page.events if e.district_id == self.district_id]


@pytest.fixture
async def importing(rounds_world: RoundsWorld) -> Importing:
    made = Importing(rounds_world, uuid4(), uuid4())
    async with rounds_world.deps.db.writer(made.district_id) as conn:
        await conn.execute(
            "insert into known_schools (school_id, district_id) values ($1, $2)", made.school_id, made.district_id
        )
    return made


async def test_a_file_becomes_rounds_visits_ratings_and_statements_marked_with_their_origin(
    importing: Importing,
) -> None:
    told = (await importing.send(spreadsheet(row(1), row(2), row(3, "Post")))).json()

    assert (told["status"], told["visits"], told["ratings"], told["statements"]) == ("applied", 3, 3, 6)
    assert [(r["occasion"], r["visits"]) for r in told["rounds"]] == [("Post", 1), ("Pre", 2)]
    events = await importing.events()
    kinds = [e.type for e in events]
    assert {k: kinds.count(k) for k in ("RoundOpened", "LookForRated", "EvidenceRecorded", "SlotNotesSubmitted")} == {
        "RoundOpened": 2,
        "LookForRated": 3,
        "EvidenceRecorded": 6,
        "SlotNotesSubmitted": 3,
    }
    origin = f"import:{told['import_id']}".encode()
    assert all(origin in e.data for e in events if e.type in ("RoundOpened", "LookForRated", "EvidenceRecorded"))


async def test_a_dry_run_stores_nothing(importing: Importing) -> None:
    told = (await importing.send(spreadsheet(row(1)), dry_run="true")).json()

    assert (told["status"], told["visits"]) == ("dry_run", 1)
    assert await importing.events() == []


async def test_the_same_visits_are_taken_once_however_often_they_come(importing: Importing) -> None:
    await importing.send(spreadsheet(row(1), row(2)))
    before = len(await importing.events())
    again = (await importing.send(spreadsheet(row(1), row(2)))).json()
    later = (await importing.send(spreadsheet(row(1), row(2), row(3)))).json()

    assert (again["status"], again["known_before"]) == ("unchanged", 2)
    assert (later["visits"], later["known_before"]) == (1, 2)
    assert len(await importing.events()) > before


async def test_no_name_address_or_words_are_to_be_found_anywhere(
    importing: Importing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        await importing.send(spreadsheet(row(1), row(2, answer=f"{FIRST} {LAST}"), [LAST, *row(3)]), dry_run=dry)
        for dry in ("true", "false")
    ]
    events = await importing.events()
    assert any(e.type == "EvidenceRecorded" for e in events)
    published = [PUBLISH[e.type](e).model_dump_json() for e in events if e.type in PUBLISH]
    async with importing.world.deps.db.reader(importing.district_id) as conn:
        tables = [
            r[0] for t in ("rounds", "round_slots", "events") for r in await conn.fetch(f"select t::text from {t} t")
        ]
    everything = "\n".join([a.text for a in answers] + published + tables + [caplog.text]).lower()
    for secret in (FIRST, LAST, ADDRESS, "district.example", "marbles"):
        assert secret.lower() not in everything


async def test_a_file_of_another_kind_and_an_unknown_school_are_refused(importing: Importing) -> None:
    other = await importing.send(b"a,b\n1,2\n")
    assert (other.status_code, other.json()["problems"][0]["code"]) == (422, "not_this_form")
    assert (await importing.send(spreadsheet(row(1)), school_id=str(uuid4()))).status_code == 404
    assert (await importing.send(spreadsheet(row(1)), instrument="none")).status_code == 404
    assert await importing.events() == []


@pytest.mark.parametrize("role", [Role.DISTRICT_LEADER, Role.FACILITATOR, Role.OBSERVER, Role.HOST_PRINCIPAL])
async def test_only_administrators_import(importing: Importing, role: Role) -> None:
    assert (await importing.send(spreadsheet(row(1)), role=role)).status_code == 403


async def test_the_list_of_imports_tells_what_each_brought(importing: Importing) -> None:
    data = spreadsheet(row(1), row(2), row(3, "Post"))
    await importing.send(data, dry_run="true")
    first = (await importing.send(data)).json()
    await importing.send(data)  # nothing new
    second = (await importing.send(spreadsheet(row(9)))).json()

    admin = an_actor(Role.DISTRICT_ADMIN, district_id=importing.district_id)
    page = (await importing.world.ask(admin, "GET", "/imports/observations", params={"limit": 1})).json()
    rest = await importing.world.ask(admin, "GET", "/imports/observations", params={"after": page["next"]})
    listed = [*page["items"], *rest.json()["items"]]
    assert [(i["import_id"], i["file_name"], i["visits"]) for i in listed] == [
        (second["import_id"], "ipg.csv", 1),
        (first["import_id"], "ipg.csv", 3),
    ]
    path = f"/imports/observations/{first['import_id']}"
    assert (await importing.world.ask(admin, "GET", path)).json() == first
    stranger = an_actor(Role.DISTRICT_ADMIN, district_id=uuid4())
    assert (await importing.world.ask(stranger, "GET", path)).status_code == 404
    assert (await importing.world.ask(stranger, "GET", "/imports/observations")).json()["items"] == []


@pytest.mark.skipif(not REAL.is_file(), reason="the real export is not beside the project")
async def test_the_real_export_comes_in_whole(importing: Importing) -> None:
    told = (await importing.send(REAL.read_bytes())).json()

    assert (told["visits"], told["ratings"], [r["classrooms"] for r in told["rounds"]]) == (14, 280, [7, 7])
    assert not [p for p in told["problems"] if p["severity"] == "error"]
    rated = [e for e in await importing.events() if e.type == "LookForRated"]
    assert len(rated) == 280


async def test_a_district_reads_a_form_of_its_own_by_its_own_mapping(importing: Importing) -> None:
    author = an_actor(Role.DISTRICT_ADMIN, district_id=importing.district_id)
    asked = {"instrument": "instructional-core", "version": "2"}
    given = await importing.world.ask(author, "GET", "/imports/mappings/template", params=asked)
    assert given.status_code == 200
    assert "instructional-core.v2.mapping.yaml" in given.headers["content-disposition"]
    aim = next(line for line in given.text.splitlines() if "The aim of the lesson" in line).strip("- ")
    data = f"Date,Teacher,Observer,{aim},Notes\n2026-03-04,{LAST},{ADDRESS},Seen only,Students compared.\n".encode()

    tried = (await importing.send_by(given.content, data, dry_run="true")).json()
    told = (await importing.send_by(given.content, data)).json()
    again = (await importing.send_by(given.content, data)).json()

    assert (tried["status"], told["status"], again["status"]) == ("dry_run", "applied", "unchanged")
    assert (told["instrument"], told["visits"], told["ratings"], told["statements"]) == ("instructional-core", 1, 1, 1)
    rated = [e for e in await importing.events() if e.type == "LookForRated"]
    assert [b'"seen"' in e.data for e in rated] == [True]
    assert not any(LAST.encode() in e.data or ADDRESS.encode() in e.data for e in await importing.events())


async def test_a_changed_mapping_of_the_same_file_does_not_run_into_the_import_before(importing: Importing) -> None:
    author = an_actor(Role.DISTRICT_ADMIN, district_id=importing.district_id)
    asked = {"instrument": "instructional-core", "version": "2"}
    mapping = (await importing.world.ask(author, "GET", "/imports/mappings/template", params=asked)).text
    data = b"Date,Teacher,Observer,Notes,Remarks\n2026-03-04,A,B,Students compared.,Two pairs spoke.\n"
    first = (await importing.send_by(mapping.encode(), data)).json()
    changed = mapping.replace("- Comments", "- Remarks").replace("        - Notes\n", "")
    second = (await importing.send_by(changed.encode(), data)).json()
    assert (first["status"], second["status"]) == ("applied", "applied")
    assert first["import_id"] != second["import_id"]


async def test_a_mapping_that_does_not_fit_is_refused_by_line_and_nothing_is_stored(importing: Importing) -> None:
    wrong = b"key: walk\ntitle: Walk\ninstrument: nowhere\nsubject: M\nobserved_on: {starts: [Date]}\n"
    rest = b"classroom: [{starts: [T]}]\nobserver: [{starts: [O]}]\nanswers: {}\n"
    unknown = await importing.send_by(wrong + rest, b"Date\n")
    refused = await importing.send_by(wrong, b"Date\n")
    nothing = await importing.send(b"Date\n", instrument="")
    large = await importing.send_by(b"#" * 900_000, b"Date\n")
    assert (large.status_code, large.json()["detail"]) == (413, "The file is larger than 800 kB.")
    assert (unknown.status_code, unknown.json()["where"]) == (404, "mapping/instrument")
    assert refused.status_code == 422
    assert [(p["file"], p["line"], p["detail"]) for p in refused.json()["problems"]] == [
        ("mapping", 1, "“classroom” is missing."),
        ("mapping", 1, "“observer” is missing."),
        ("mapping", 1, "“answers” is missing."),
    ]
    assert refused.json()["problems"][0]["es"]["detail"] == "Falta «classroom»."
    assert refused.json()["es"] == {"lang": "es", "detail": "Falta «classroom».", "mend": "Corrija la línea."} | {
        "title": "Los datos tienen errores"
    }
    assert nothing.json()["es"]["detail"] == "Nada indica qué significan las columnas del archivo."
    assert nothing.status_code == 404
    assert await importing.events() == []
