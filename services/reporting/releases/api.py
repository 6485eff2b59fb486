"""Released figures: of a round, of a school, of all schools; JSON and CSV."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from services.reporting.deps import Deps
from services.reporting.projections.school_patterns.query import (
    find_round,
    read_rule,
    school_name,
    schools_by_name,
)
from services.reporting.releases.export import MEDIA_TYPE, to_csv
from services.reporting.releases.queries import ReleaseLine, find_release, newest_of_schools, of_school
from services.reporting.releases.snapshot import Snapshot
from shared.access import Actor, Role
from shared.errors import NotFound
from shared.http import page_key, page_token, requires

RELEASED, DISTRICT = "figures.released.read", "figures.district.read"
PAGE = 100


class SchoolSummary(BaseModel):
    """`latest`: the newest release of the newest round; null when nothing was released yet."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str | None
    latest: Snapshot | None
    releases: tuple[ReleaseLine, ...]


class SchoolPatterns(BaseModel):
    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str
    latest: Snapshot | None


class DistrictPatterns(BaseModel):
    """Schools by name. There is no other order: schools are not ranked."""

    model_config = ConfigDict(frozen=True)
    items: tuple[SchoolPatterns, ...]
    next: str | None


class WhichRelease(BaseModel):
    model_config = ConfigDict(extra="forbid")
    release: int | None = Field(default=None, ge=1, le=1_000_000, description="without it, the newest")


class WhichPage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    after: str | None = Field(default=None, max_length=1000)
    limit: int = Field(default=50, ge=1, le=PAGE)


class Nothing(BaseModel):
    model_config = ConfigDict(extra="forbid")


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/rounds/{round_id}/released", response_model=Snapshot)
    async def released(
        round_id: UUID, which: Annotated[WhichRelease, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """A release of a round, as it was frozen."""
        async with deps.db.reader(actor.district_id) as conn:
            body = await _released(conn, round_id, which.release, actor)
        return _json(body)

    @api.get("/rounds/{round_id}/released.csv", response_class=Response, responses=_csv_docs())
    async def released_csv(
        round_id: UUID, which: Annotated[WhichRelease, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """The same as CSV."""
        async with deps.db.reader(actor.district_id) as conn:
            snapshot = Snapshot.model_validate_json(await _released(conn, round_id, which.release, actor))
            name = await school_name(conn, snapshot.school_id)
        return _csv(name or str(snapshot.school_id), snapshot, "".join(to_csv([(name or "", snapshot)], snapshot.rule)))

    @api.get("/schools/{school_id}/summary", response_model=SchoolSummary)
    async def school_summary(school_id: UUID, actor: Annotated[Actor, requires(RELEASED)]) -> Response:
        """What was released of a school's rounds: the newest figures, and which releases there are."""
        async with deps.db.reader(actor.district_id) as conn:
            found = await _summary(conn, school_id, actor)
        return _json(found.as_json())

    @api.get("/schools/{school_id}/summary.csv", response_class=Response, responses=_csv_docs())
    async def school_summary_csv(school_id: UUID, actor: Annotated[Actor, requires(RELEASED)]) -> Response:
        """The newest release as CSV; without one, the same columns and a line that says so."""
        async with deps.db.reader(actor.district_id) as conn:
            found = await _summary(conn, school_id, actor)
            rule = await read_rule(conn, actor.district_id)
        name = found.name or str(school_id)
        latest = Snapshot.model_validate_json(found.body) if found.body else None
        return _csv(name, latest, "".join(to_csv([(name, latest)], rule)))

    @api.get("/district/patterns")
    async def district_patterns(
        page: Annotated[WhichPage, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> DistrictPatterns:
        """Every school's newest released figures, by the schools' names."""
        actor.require(DISTRICT, what="district")
        key = page_key(page.after, str, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            schools = await schools_by_name(conn, (key[0], key[1]) if key else None, page.limit + 1)
            shown = schools[: page.limit]
            newest = await newest_of_schools(conn, [school_id for school_id, _ in shown])
        more = page_token(shown[-1][1], shown[-1][0]) if len(schools) > page.limit else None
        return DistrictPatterns(
            items=tuple(SchoolPatterns(school_id=i, name=name, latest=newest.get(i)) for i, name in shown), next=more
        )

    @api.get("/district/patterns.csv", response_class=StreamingResponse, responses=_csv_docs())
    async def district_patterns_csv(
        _: Annotated[Nothing, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> StreamingResponse:
        """The same for all schools as CSV."""
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            rule = await read_rule(conn, actor.district_id)
            entries = [entry async for entry in _all_schools(conn)]
        return StreamingResponse(
            to_csv(entries, rule),
            media_type=MEDIA_TYPE,
            headers={"Content-Disposition": 'attachment; filename="district-patterns.csv"'},
        )

    return api


async def _released(conn: Connection, round_id: UUID, release: int | None, actor: Actor) -> str:
    found = await find_round(conn, round_id)
    body = await find_release(conn, round_id, release)
    people = {Role.FACILITATOR: [found.facilitator_id] if found and found.facilitator_id else []}
    actor.require(RELEASED, what="round", school_id=found.school_id if found else None, people=people)
    if body is None:
        raise NotFound("There is no such round, or it is not yours to see.")
    return body


@dataclass(frozen=True, slots=True)
class _Found:
    """A school's summary with the newest snapshot as it was frozen."""

    school_id: UUID
    name: str | None
    body: str | None
    releases: tuple[ReleaseLine, ...]

    def as_json(self) -> str:
        """The JSON of a SchoolSummary; the snapshot is not parsed to be written out again."""
        around = SchoolSummary(school_id=self.school_id, name=self.name, latest=None, releases=self.releases)
        return around.model_dump_json(exclude={"latest"})[:-1] + f',"latest":{self.body or "null"}}}'


async def _summary(conn: Connection, school_id: UUID, actor: Actor) -> _Found:
    actor.require(RELEASED, what="school", school_id=school_id)
    name = await school_name(conn, school_id)
    releases = await of_school(conn, school_id)
    own = any(school_id in actor.schools(role) for role in actor.roles)
    if name is None and not releases and not own:
        raise NotFound("There is no such school, or it is not yours to see.")
    body = await find_release(conn, releases[0].round_id, releases[0].release) if releases else None
    return _Found(school_id, name, body, tuple(releases))


async def _all_schools(conn: Connection) -> AsyncIterator[tuple[str, Snapshot | None]]:
    after: tuple[str, UUID] | None = None
    while schools := await schools_by_name(conn, after, PAGE):
        newest = await newest_of_schools(conn, [school_id for school_id, _ in schools])
        for school_id, name in schools:
            yield name, newest.get(school_id)
        after = schools[-1][1], schools[-1][0]


def _json(body: str) -> Response:
    return Response(body, media_type="application/json", headers={"Cache-Control": "private, no-cache"})


def _csv(name: str, snapshot: Snapshot | None, text: str) -> Response:
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name).strip("-").lower() or "school"
    part = f"-{snapshot.day.isoformat()}-release-{snapshot.release}" if snapshot else ""
    return Response(
        text, media_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{plain}{part}.csv"'}
    )


def _csv_docs() -> dict[int | str, dict[str, object]]:
    return {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
