"""GET /district/overview."""

from __future__ import annotations

import asyncio
from datetime import date
from importlib.resources import files
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query
from pydantic import Field

from services.reporting.deps import Deps
from services.reporting.disclosure.rule import Rule
from services.reporting.district.overview import Coverage, Held, Overview, lines
from services.reporting.projections.school_patterns.query import end_of, read_rule, schools_by_name
from services.reporting.releases.api import DISTRICT, AsOf
from services.reporting.releases.queries import newest_between, round_before
from shared.access import Actor
from shared.http import requires

SCHOOLS = 2000


class Period(AsOf):
    since: date | None = Field(default=None, description="rounds from this day on: a term's first day")
    until: date | None = Field(default=None, description="rounds until this day: a term's last day")


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/district/overview")
    async def district_overview(
        period: Annotated[Period, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Overview:
        """All schools side by side, in a period: shares, changes, pooled shares, coverage, planned and held."""
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            at = await end_of(conn, actor.district_id, period.as_of)
            schools = await schools_by_name(conn, None, SCHOOLS, at)
            newest = {s.school_id: s for s in await newest_between(conn, period.since, period.until, at)}
            earlier = {i: before for i, s in newest.items() if (before := await round_before(conn, s)) is not None}
            held = await _held(conn, period)
            rule = await read_rule(conn, actor.district_id)
            coverage = await _coverage(conn, [s.round_id for s in newest.values()], rule)
        items, over = await asyncio.to_thread(lines, schools, newest, earlier, held)
        return Overview(
            as_of=period.as_of,
            since=period.since,
            until=period.until,
            pooled_over=over,
            items=items,
            coverage=coverage,
        )

    return api


async def _held(conn: Connection, period: Period) -> Held:
    rows = await conn.fetch(_sql("rounds_held"), period.since, period.until)
    return {r["school_id"]: (r["planned"], r["held"], r["slots_planned"] or 0) for r in rows}


async def _coverage(conn: Connection, rounds: list[UUID], rule: Rule) -> tuple[Coverage, ...]:
    found = []
    for r in await conn.fetch(_sql("coverage"), rounds):
        enough = r["visits"] >= rule.visits and r["classrooms"] >= rule.classrooms and r["observers"] >= rule.observers
        found.append(
            Coverage(
                grade_band=r["grade_band"],
                subject=r["subject"],
                enough=enough,
                visits=r["visits"] if enough else None,
                schools=r["schools"] if enough else None,
            )
        )
    return tuple(found)


def _sql(name: str) -> str:
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
