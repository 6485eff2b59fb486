"""The tables that imports keep, read whole before a diff and written after it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from asyncpg import Connection

from services.scheduling.imports.outcome import Outcome
from services.scheduling.roster.diff import KnownDistrict, KnownPerson
from services.scheduling.roster.model import KnownIds
from services.scheduling.roster.orgs import KnownOrg
from services.scheduling.schools.model import School


async def known_ids(conn: Connection) -> KnownIds:
    people = await conn.fetch("select sourced_id from people")
    orgs = await conn.fetch("select sourced_id from roster_orgs")
    return KnownIds(frozenset(r[0] for r in people), frozenset(r[0] for r in orgs))


async def known_schools(conn: Connection) -> dict[UUID, School]:
    rows = await conn.fetch(
        "select school_id, name, nces_id, grade_low, grade_high, latitude, longitude, source, active from schools"
    )
    return {r["school_id"]: School(**dict(r)) for r in rows}


async def known_district(conn: Connection, *, people: bool) -> KnownDistrict:
    """What is known of the district of `conn`'s transaction; a directory file needs no `people`."""
    schools = await known_schools(conn)
    if not people:
        return KnownDistrict(schools=schools)
    orgs = await conn.fetch("select sourced_id, kind, parent, school_id from roster_orgs")
    rows = await conn.fetch(
        "select person_id, sourced_id, given_name, family_name, email, roles, school_ids, placements, active "
        "from people"
    )
    return KnownDistrict(
        people={r["sourced_id"]: _person(r) for r in rows},
        schools=schools,
        orgs={r["sourced_id"]: KnownOrg(r["kind"], r["parent"], r["school_id"]) for r in orgs},
    )


def _person(row: Any) -> KnownPerson:  # asyncpg's Record has no types
    return KnownPerson(
        row["person_id"],
        row["sourced_id"],
        row["given_name"],
        row["family_name"],
        row["email"],
        tuple(row["roles"]),
        tuple(row["school_ids"]),
        {key: (role, org) for key, (role, org) in row["placements"].items()},
        row["active"],
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """What an outcome writes, ready for the database."""

    schools: str
    orgs: str
    orgs_removed: list[str]
    people: str


def rows_of(done: Outcome) -> Rows:
    orgs = [
        {"sourced_id": k, "kind": o.kind, "parent": o.parent, "school_id": o.school_id}
        for k, o in done.org_upserts.items()
    ]
    return Rows(
        _json([_school_row(s.school) for s in done.schools]),
        _json(orgs),
        list(done.orgs_removed),
        _json([_person_row(p.person) for p in done.people]),
    )


async def write(conn: Connection, district_id: UUID, rows: Rows) -> None:
    await conn.execute(_SCHOOLS, district_id, rows.schools)
    await conn.execute(_ORGS, district_id, rows.orgs)
    await conn.execute("delete from roster_orgs where sourced_id = any($1)", rows.orgs_removed)
    await conn.execute(_PEOPLE, district_id, rows.people)


async def applied(conn: Connection) -> int:
    """How many imports the tables hold: it rises with each, and the tables change by no other way."""
    count: int = await conn.fetchval("select count(*) from imports where status = 'applied'")
    return count


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str)


def _school_row(school: School) -> dict[str, Any]:
    return {name: getattr(school, name) for name in School.__slots__}


def _person_row(person: KnownPerson) -> dict[str, Any]:
    return {name: getattr(person, name) for name in KnownPerson.__slots__}


_SCHOOLS = """
insert into schools (
    school_id, district_id, name, nces_id, grade_low, grade_high, latitude, longitude, source, active
)
select school_id, $1, name, nces_id, grade_low, grade_high, latitude, longitude, source, active
from jsonb_to_recordset($2::jsonb) as r (
    school_id uuid, name text, nces_id text, grade_low text, grade_high text,
    latitude double precision, longitude double precision, source text, active boolean
)
on conflict (school_id) do update set
    name = excluded.name, nces_id = excluded.nces_id, grade_low = excluded.grade_low,
    grade_high = excluded.grade_high, latitude = excluded.latitude, longitude = excluded.longitude,
    source = excluded.source, active = excluded.active
"""

_ORGS = """
insert into roster_orgs (district_id, sourced_id, kind, parent, school_id)
select $1, sourced_id, kind, parent, school_id
from jsonb_to_recordset($2::jsonb) as r (sourced_id text, kind text, parent text, school_id uuid)
on conflict (district_id, sourced_id) do update set
    kind = excluded.kind, parent = excluded.parent, school_id = excluded.school_id
"""

_PEOPLE = """
insert into people (
    person_id, district_id, sourced_id, given_name, family_name, email, roles, school_ids, placements, active
)
select person_id, $1, sourced_id, given_name, family_name, email,
       array(select jsonb_array_elements_text(roles)),
       array(select jsonb_array_elements_text(school_ids)::uuid),
       placements, active
from jsonb_to_recordset($2::jsonb) as r (
    person_id uuid, sourced_id text, given_name text, family_name text, email text,
    roles jsonb, school_ids jsonb, placements jsonb, active boolean
)
on conflict (person_id) do update set
    given_name = excluded.given_name, family_name = excluded.family_name, email = excluded.email,
    roles = excluded.roles, school_ids = excluded.school_ids, placements = excluded.placements,
    active = excluded.active
"""
