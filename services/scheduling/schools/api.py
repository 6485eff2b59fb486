"""`/imports/schools` and `/schools`: the schools of the district."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from services.scheduling.deps import Deps
from services.scheduling.imports.report import ImportReport
from services.scheduling.imports.work import Imports
from shared.access import Actor
from shared.errors import NotFound
from shared.http import IdempotencyKey, command_context, page_key, page_token, requires
from shared.said import say
from shared.uploads import MULTIPART, read_upload

LARGEST_UPLOAD = 60_000_000
"""Bytes: all public schools of the United States as GeoJSON."""


class School(BaseModel):
    """`grade_low` and `grade_high`: PK, KG, 1 to 12. Degrees of latitude north and longitude east."""

    school_id: UUID
    name: str
    nces_id: str | None
    grade_low: str | None
    grade_high: str | None
    latitude: float | None
    longitude: float | None
    active: bool


class SchoolPage(BaseModel):
    items: list[School]
    next: str | None = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["schools"])
    imports = Imports(deps)

    @api.post("/imports/schools", openapi_extra=MULTIPART, max_body_size=LARGEST_UPLOAD + 1_000_000, tags=["imports"])
    async def import_schools(
        actor: Annotated[Actor, requires("roster.import")],
        request: Request,
        dry_run: bool = False,
        district: Annotated[
            str | None, Query(max_length=200, description="name or code of one district out of a state's file")
        ] = None,
        full: Annotated[bool, Query(description="the file lists all schools: those that it lacks have closed")] = False,
        key: IdempotencyKey = None,
    ) -> ImportReport:
        """A school directory, GeoJSON or CSV. Schools that it lacks stay, unless `full` says that it has all."""
        upload = await read_upload(request, LARGEST_UPLOAD)
        context = command_context(actor, request, key)
        return await imports.schools(upload, context, district=district, full=full, dry_run=dry_run)

    @api.get("/schools")
    async def list_schools(
        actor: Annotated[Actor, requires("school.read")],
        active: bool = True,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> SchoolPage:
        """By name."""
        key = page_key(after, str, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(_LIST, active, *(key or (None, None)), limit + 1)
        items = [School(**{name: r[name] for name in School.model_fields}) for r in rows[:limit]]
        # The key is the database's own: its lower() and Python's differ beyond ASCII.
        last = rows[limit - 1] if len(rows) > limit else None
        token = page_token(last["name_key"], last["school_id"]) if last else None
        return SchoolPage(items=items, next=token)

    @api.get("/schools/{school_id}")
    async def get_school(school_id: UUID, actor: Annotated[Actor, requires("school.read")]) -> School:
        async with deps.db.reader(actor.district_id) as conn:
            row = await conn.fetchrow(f"select {_COLUMNS} from schools where school_id = $1", school_id)  # noqa: S608
        if row is None:
            raise NotFound(say("refusals.no_school"))
        return School(**dict(row))

    return api


_COLUMNS = "school_id, name, nces_id, grade_low, grade_high, latitude, longitude, active"
_LIST = f"""
select {_COLUMNS}, lower(name) as name_key from schools
where active = $1 and ($2::text is null or (lower(name), school_id) > ($2, $3::uuid))
order by lower(name), school_id limit $4
"""  # noqa: S608
