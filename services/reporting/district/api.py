"""GET /district/overview and /district/difference."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query
from pydantic import Field

from services.reporting.deps import Deps
from services.reporting.district.difference import DistrictDifference, differences
from services.reporting.district.overview import CORE, LOOK_FORS, Held, Overview, lines, menu
from services.reporting.follow_through.counts import commitments_of, follow_through
from services.reporting.projections.school_patterns.query import end_of, schools_by_name
from services.reporting.releases.api import DISTRICT, Between, Term
from services.reporting.releases.queries import newest_between, newest_of_schools, rounds_before
from services.reporting.releases.snapshot import Snapshot
from shared.access import Actor
from shared.http import requires

SCHOOLS = 2000


class Period(Term):
    columns: str = Field(
        default=CORE,
        max_length=170,
        pattern=rf"^({CORE}|{LOOK_FORS}|[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*)$",
        description="what `shown` holds: `core`, `look_fors` (shares of visits tagged with each), or the answers to "
        "one look-for, by its instrument and id: `instructional-core/demand`",
    )


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/district/overview")
    async def district_overview(
        period: Annotated[Period, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Overview:
        """All schools side by side, in a period: shares, changes, pooled shares, follow-through, planned and held."""
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            at = await end_of(conn, actor.district_id, period.as_of)
            schools = await schools_by_name(conn, None, SCHOOLS, at)
            newest = {s.school_id: s for s in await newest_between(conn, period.since, period.until, at)}
            earlier = await rounds_before(conn, list(newest.values()))
            held = await _held(conn, period, [told.round_id for told in newest.values()], at)
            promised = await commitments_of(conn, [s.round_id for s in newest.values()], at)
        today = period.as_of or deps.today()
        kept = {
            s.school_id: follow_through(promised[s.round_id], s.day, today)
            for s in newest.values()
            if s.round_id in promised
        }
        items, over = await asyncio.to_thread(lines, schools, newest, earlier, held, kept, period.columns)
        return Overview(
            as_of=period.as_of,
            since=period.since,
            until=period.until,
            pooled_over=over,
            columns=period.columns,
            look_fors=menu(newest.values()),
            items=items,
        )

    @api.get("/district/difference")
    async def district_difference(
        days: Annotated[Between, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> DistrictDifference:
        """What the district's page told of each school at the ends of two days, and what changed between them."""
        actor.require(DISTRICT, what="district")
        days.in_order()
        async with deps.db.reader(actor.district_id) as conn:
            found = await at_two_days(conn, actor, days)
        items = await asyncio.to_thread(differences, *found)
        return DistrictDifference(from_day=days.from_day, to_day=days.to_day, items=items)

    return api


async def at_two_days(
    conn: Connection, actor: Actor, days: Between
) -> tuple[list[tuple[UUID, str]], dict[UUID, Snapshot], dict[UUID, Snapshot]]:
    """The schools of the later day by name, and what the page of each led with at the end of either day."""
    from_end, to_end = [await end_of(conn, actor.district_id, day) for day in (days.from_day, days.to_day)]
    schools = await schools_by_name(conn, None, SCHOOLS, to_end)
    ids = [school_id for school_id, _ in schools]
    return schools, await newest_of_schools(conn, ids, from_end), await newest_of_schools(conn, ids, to_end)


async def _held(conn: Connection, period: Period, told: Sequence[UUID], at: datetime) -> dict[UUID, Held]:
    if period.as_of is None:
        rows = await conn.fetch(_sql("rounds_held"), period.since, period.until, told)
    else:
        rows = await conn.fetch(_sql("rounds_held_as_of"), period.since, period.until, told, at)
    return {
        r["school_id"]: Held(r["planned"], r["held"], r["slots_planned"] or 0, r["visits_planned"] or 0) for r in rows
    }


def _sql(name: str) -> str:
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
