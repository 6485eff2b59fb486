"""Brings the demo district in through the front door: files imported, rounds scheduled, evidence sent."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from services.demo import files
from services.demo.coaching import coach
from services.demo.district import TIMEZONE, DemoDistrict, DemoPerson, DemoSchool, generate
from services.demo.door import DemoFailed, Door, until
from services.demo.rounds import DemoRound, plan
from services.demo.seeded import Seeded
from services.demo.stage import DemoTerm, free_periods, set_stage, terms
from services.demo.visit import hold_round
from services.home import LocalAdmin, SignIn

AT_ONCE = 8
SATURDAY = 5


async def seed(url: str, administrator: LocalAdmin) -> list[SignIn]:
    """Fills the demo district of the platform that runs at `url`. Answers one sign-in per role.

    Raises DemoFailed. Takes some ten seconds; the platform answers meanwhile.
    """
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        admin = await Door(http).sign_in(administrator.email, administrator.password)
        district = generate()
        await admin("POST", "scheduling/imports/schools", file=("schools.geojson", files.schools_geojson(district)))
        await admin("POST", "scheduling/imports/roster", file=("roster.zip", files.roster_zip(district)))
        seeded = await open_accounts(admin, district, http)
        leader = await seeded.door(district.with_role("district_leader")[0])
        today = datetime.now(ZoneInfo(TIMEZONE)).date()
        await set_stage(seeded, leader, today, is_weekday)
        rounds = plan(district, today, is_weekday)
        rooms = await open_classrooms(leader, seeded)
        for round_ in sorted(rounds, key=lambda r: r.day):  # a release tells what changed since the one before
            await hold_round(seeded, leader, round_, rooms[round_.school.key])
        shown = [SignIn("district_admin", "District administrator", administrator.email, administrator.password)]
        chosen = _chosen(seeded, rounds)
        await coach(seeded, chosen, today)
        with suppress(DemoFailed):
            await freeze_section(leader, rounds, terms(today, is_weekday)[0])
        return [*shown, *_sign_ins(seeded, chosen)]


def is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


async def freeze_section(leader: Door, rounds: list[DemoRound], term: DemoTerm) -> None:
    """The figures by grade and subject of the term, once the releases have reached reporting. Where they are
    late, or the audit keeps the section back, the district is whole without."""
    released = [r for r in rounds if r.stage == "released"]
    schools = len({r.school.key for r in released})

    async def told() -> bool | None:
        found = await leader("GET", "reporting/district/patterns", params={"limit": "100"})
        return True if sum(item["latest"] is not None for item in found["items"]) >= schools else None

    await until("the releases to reach reporting", told)
    period = {"since": term.first.isoformat(), "until": term.last.isoformat()}
    await leader("POST", "reporting/district/sections", period)


async def open_accounts(admin: Door, district: DemoDistrict, http: httpx.AsyncClient) -> Seeded:
    people = {p["email"]: UUID(p["person_id"]) for p in await admin.all("scheduling/people", limit="200")}
    schools = {s["name"]: UUID(s["school_id"]) for s in await admin.all("scheduling/schools", limit="200")}
    school_ids = {s.key: schools[s.name] for s in district.schools}
    with_sign_in = [p for p in district.people if p.roles]
    told = await admin(
        "POST",
        "identity/accounts",
        {
            "items": [
                {
                    "person_id": str(people[p.email]),
                    "email": p.email,
                    "name": p.name,
                    "grants": [_grant(role, school_ids[p.school]) for role in p.roles],
                }
                for p in with_sign_in
            ]
        },
    )
    links = {item["email"]: item["password_url"] for item in told["items"]}
    passwords = {p.key: secrets.token_urlsafe(9) for p in with_sign_in}
    turn = asyncio.Semaphore(AT_ONCE)
    anybody = Door(http)

    async def set_password(person: DemoPerson) -> None:
        async with turn:
            token = links[person.email].partition("#token=")[2]
            await anybody("POST", "identity/password", {"token": token, "password": passwords[person.key]})

    await asyncio.gather(*(set_password(p) for p in with_sign_in))
    return Seeded(district, {p.key: people[p.email] for p in district.people}, school_ids, passwords, http, {})


def _grant(role: str, school_id: UUID) -> dict[str, Any]:
    of_a_school = role in ("host_principal", "teacher", "observer")
    return {"role": role, "school_id": str(school_id) if of_a_school else None}


async def open_classrooms(leader: Door, seeded: Seeded) -> dict[str, list[str]]:
    """Classroom ids by school key, in the order of the school's rooms."""

    async def open_all(school: DemoSchool) -> list[str]:
        path = f"scheduling/schools/{seeded.school_ids[school.key]}/classrooms"
        made = [await leader("POST", path, _room(school, n)) for n in range(len(school.rooms))]
        return [m["classroom_id"] for m in made]

    schools = seeded.district.schools
    return dict(zip([s.key for s in schools], await asyncio.gather(*map(open_all, schools)), strict=True))


def _room(school: DemoSchool, n: int) -> dict[str, Any]:
    room, band, subject = school.rooms[n]
    return {"room": room, "grade_band": band, "subject": subject, "free_periods": list(free_periods(school, n))}


def _chosen(seeded: Seeded, rounds: list[DemoRound]) -> dict[str, DemoPerson]:
    """One person per role, for whom there is something to see."""
    district = seeded.district
    full = next(r for r in rounds if r.stage == "released" and len(r.teams) > 1)
    running = next(r for r in rounds if r.stage == "describe")
    visiting = next(r for r in rounds if r.stage == "visit")
    return {
        "district_leader": district.with_role("district_leader")[0],
        "facilitator": running.facilitator,
        "observer": visiting.teams[-1][-1],
        "host_principal": district.principal(full.school),
        "teacher": next(p for p in district.with_role("teacher") if p.school == full.school.key),
        "analyst": district.with_role("analyst")[0],
    }


def _sign_ins(seeded: Seeded, chosen: dict[str, DemoPerson]) -> list[SignIn]:
    names = {s.key: s.name for s in seeded.district.schools}
    return [
        SignIn(role, f"{p.name}, {names[p.school]}", p.email, seeded.passwords[p.key]) for role, p in chosen.items()
    ]
