"""`/substitutes`: who is out when, for those who find cover; `/fairness`: how the days out are shared."""

from __future__ import annotations

import csv
import io
from datetime import date
from statistics import mean
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.outings import queries
from shared.access import Actor, Role
from shared.errors import Invalid
from shared.http import page_key, page_token, requires
from shared.said import say

LONGEST = 400
"""days"""
LONGEST_PAGE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class Outing(BaseModel):
    """One person, out of one school for one day. Times are on the district's clocks; none: the whole day."""

    day: date
    home_school: str | None
    person: str
    part: str = Field(description="observer or facilitator")
    host_school: str | None
    starts: str | None
    ends: str | None


class OutingPage(BaseModel):
    items: list[Outing]
    next: str | None


class FairPerson(BaseModel):
    person_id: UUID
    name: str
    role: str
    home_school: str | None
    days_out: int
    schools_seen: int
    met: int = Field(description="colleagues who were on the same rounds")
    met_new: int = Field(description="of these, met for the first time")


class FairGroup(BaseModel):
    name: str
    people: int
    days_out: int
    mean: float
    most: int
    least: int


class Fairness(BaseModel):
    """`people`: one page; the groups are of everybody."""

    people: list[FairPerson]
    next: str | None
    by_role: list[FairGroup]
    by_school: list[FairGroup]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["outings"])

    async def outings(
        actor: Actor, since: date, until: date, school_id: UUID | None, start: int = 0, limit: int | None = None
    ) -> list[Outing]:
        _span(since, until)
        schools = None if school_id is None else [school_id]
        if not actor.may("substitutes.read"):  # a principal: the own schools alone
            own = actor.schools(Role.HOST_PRINCIPAL)
            if school_id is not None:
                actor.require("substitutes.read", what="school", school_id=school_id)
            schools = schools or sorted(own)
        rows = await queries.out(deps.db, actor.district_id, since, until, schools, start, limit)
        return [
            Outing(
                **{k: r[k] for k in ("day", "home_school", "person", "part", "host_school")},
                starts=f"{r['starts_at'].astimezone(ZoneInfo(r['timezone'])):%H:%M}" if r["starts_at"] else None,
                ends=f"{r['ends_at'].astimezone(ZoneInfo(r['timezone'])):%H:%M}" if r["ends_at"] else None,
            )
            for r in rows
        ]

    @api.get("/substitutes")
    async def list_outings(
        actor: Annotated[Actor, requires("substitutes.read")],
        since: Annotated[date, Query(alias="from")],
        until: Annotated[date, Query(alias="to")],
        school_id: UUID | None = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = LONGEST_PAGE,
    ) -> OutingPage:
        """Who is out of which school on which day; a principal sees the own school."""
        start = _start(after)
        found = await outings(actor, since, until, school_id, start, limit + 1)
        return OutingPage(items=found[:limit], next=page_token(start + limit) if len(found) > limit else None)

    @api.get("/substitutes.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
    async def substitutes_csv(
        actor: Annotated[Actor, requires("substitutes.read")],
        since: Annotated[date, Query(alias="from")],
        until: Annotated[date, Query(alias="to")],
        school_id: UUID | None = None,
    ) -> Response:
        """The same as a spreadsheet: one line for each person and day."""
        out = io.StringIO(newline="")
        lines = csv.writer(out)
        lines.writerow(["day", "school", "person", "part", "host school", "from", "to"])
        for o in await outings(actor, since, until, school_id):
            cells = (o.day, o.home_school, o.person, o.part, o.host_school, o.starts, o.ends)
            lines.writerow([_safe("" if c is None else str(c)) for c in cells])
        headers = {
            "Content-Disposition": f'attachment; filename="substitutes-{since}-{until}.csv"',
            "Cache-Control": "no-store",
        }
        return Response(f"\ufeff{out.getvalue()}", media_type="text/csv; charset=utf-8", headers=headers)

    @api.get("/fairness")
    async def fairness(
        actor: Annotated[Actor, requires("fairness.read")],
        since: Annotated[date, Query(alias="from")],
        until: Annotated[date, Query(alias="to")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = LONGEST_PAGE,
    ) -> Fairness:
        """Days out by person, role and school, and how many new colleagues each met."""
        _span(since, until)
        start = _start(after)
        people = [FairPerson(**r) for r in await queries.fairness(deps.db, actor.district_id, since, until)]
        return Fairness(
            people=people[start : start + limit],
            next=page_token(start + limit) if len(people) > start + limit else None,
            by_role=_groups([(p.role, p.days_out) for p in people]),
            by_school=_groups([(p.home_school or "", p.days_out) for p in people]),
        )

    return api


def _start(after: str | None) -> int:
    key = page_key(after, int)
    return max(0, key[0]) if key else 0


def _span(since: date, until: date) -> None:
    if not 0 <= (until - since).days <= LONGEST:
        raise Invalid(say("refusals.more_than_a_year"), where="to", mend=say("refusals.correct_days"))


def _groups(held: list[tuple[str, int]]) -> list[FairGroup]:
    found: dict[str, list[int]] = {}
    for name, days in held:
        found.setdefault(name, []).append(days)
    return [
        FairGroup(
            name=name, people=len(days), days_out=sum(days), mean=round(mean(days), 2), most=max(days), least=min(days)
        )
        for name, days in sorted(found.items(), key=lambda g: (-mean(g[1]), g[0]))
    ]


def _safe(cell: str) -> str:
    """Spreadsheets run a cell that begins like a formula."""
    return f"'{cell}" if cell.lstrip(" '\"").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
