"""`/schedule/history`: the year replayed, and any moment of it compared with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any  # rows of the database
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.plans.history import LATER, MOMENTS, THEN, became
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.http import page_key, page_token, requires

LONGEST_PAGE = 200


class Moment(BaseModel):
    """Something that changed the schedule. `publication`: the version that it was part of."""

    at: datetime
    what: str = Field(description="planned, replanned or cancelled")
    round_id: UUID
    school_name: str
    day: date | None
    by: str
    publication: int | None


class MomentPage(BaseModel):
    items: list[Moment]
    next: str | None


class RoundThen(BaseModel):
    """A round as it was planned at the moment asked for, and what became of it."""

    round_id: UUID
    school_id: UUID
    school_name: str
    day: date
    facilitator: str
    observers: int
    became: str = Field(description="held, standing, moved, restaffed or cancelled")
    day_now: date | None
    kept: int = Field(description="of the people planned then, those who are in it now")


class Then(BaseModel):
    at: datetime
    rounds: list[RoundThen]
    counts: dict[str, int] = Field(description="rounds by what became of them")
    later: int = Field(description="rounds that were added afterwards")


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["plans"])

    @api.get("/schedule/history")
    async def list_moments(
        actor: Annotated[Actor, requires("plan.publish")],
        response: Response,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> MomentPage:
        """Every change of the schedule, the newest first."""
        at = page_key(after, int)
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(MOMENTS, at[0] if at else None, limit + 1)
        response.headers["Cache-Control"] = "no-store"
        items = [Moment(**{k: r[k] for k in Moment.model_fields}) for r in rows[:limit]]
        return MomentPage(items=items, next=page_token(str(rows[limit - 1]["position"])) if len(rows) > limit else None)

    @api.get("/schedule/then")
    async def schedule_then(
        actor: Annotated[Actor, requires("plan.publish")],
        response: Response,
        at: Annotated[datetime, Query(description="a moment, with its offset from UTC")],
    ) -> Then:
        """The schedule as it stood at `at`, each round beside what became of it."""
        async with deps.db.reader(actor.district_id) as conn:
            then = await conn.fetch(THEN, at)
            later = await conn.fetchval(LATER, at)
            zone = await conn.fetchval("select timezone from districts where district_id = $1", actor.district_id)
        today = rounds.today(deps.clock(), zone or "UTC")
        names = await rounds.names(deps.db, actor.district_id, [UUID(r["facilitator_id"]) for r in then])
        shown = [_then(dict(r), today, names) for r in then]
        counts: dict[str, int] = {}
        for r in shown:
            counts[r.became] = counts.get(r.became, 0) + 1
        response.headers["Cache-Control"] = "no-store"
        return Then(at=at, rounds=shown, counts=counts, later=later)

    return api


def _then(row: Mapping[str, Any], today: date, names: Mapping[UUID, str]) -> RoundThen:
    before, now = set(row["people"]), set(row["people_now"])
    facilitator = UUID(row["facilitator_id"])
    return RoundThen(
        round_id=row["round_id"],
        school_id=row["school_id"],
        school_name=row["school_name"],
        day=row["day"],
        facilitator=names.get(facilitator, "(erased)"),
        observers=len(before) - 1,
        became=became(row["status"], row["day"], row["day_now"], before == now, today),
        day_now=row["day_now"] if row["status"] == "scheduled" else None,
        kept=len(before & now) if row["status"] == "scheduled" else 0,
    )
