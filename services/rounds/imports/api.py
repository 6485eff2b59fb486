"""`/imports/observations`: spreadsheets of earlier observations."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from services.rounds.deps import Deps
from services.rounds.imports.apply import Import, ObservationReport, apply, digest
from services.rounds.imports.mapping import shipped
from services.rounds.imports.read import read
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import command_context, requires
from shared.tabular.dates import DayOrder
from shared.tabular.problems import Problems
from shared.uploads import MULTIPART, read_upload

LARGEST_FILE = 20_000_000  # bytes


class MappingOut(BaseModel):
    key: str
    title: str
    instrument: str
    instrument_version: int


class MappingPage(BaseModel):
    items: list[MappingOut]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["imports"])

    @api.get("/imports/mappings")
    async def list_mappings(actor: Annotated[Actor, requires("observations.import")]) -> MappingPage:
        """The forms whose exports can be imported."""
        fields = set(MappingOut.model_fields)
        return MappingPage(items=[MappingOut(**m.model_dump(include=fields)) for m in shipped().values()])

    @api.post("/imports/observations", openapi_extra=MULTIPART, max_body_size=LARGEST_FILE + 1_000_000)
    async def import_observations(
        actor: Annotated[Actor, requires("observations.import")],
        request: Request,
        instrument: Annotated[str, Query(description="key of a mapping")],
        school_id: Annotated[UUID, Query(description="the school that was visited")],
        school: Annotated[str | None, Query(max_length=200, description="its name as the file writes it")] = None,
        day_order: Annotated[DayOrder | None, Query(description="of dates that the file leaves open")] = None,
        dry_run: bool = False,
    ) -> ObservationReport:
        """Takes the file in, whole or not at all; teachers' names and all addresses are dropped on the way."""
        mapping = shipped().get(instrument)
        if mapping is None:
            raise NotFound(
                f"There is no mapping {instrument}.",
                mend=f"Use one of: {', '.join(shipped())}; or write one (docs/imports.md).",
                where="query/instrument",
            )
        await _listed(deps, actor, school_id)
        upload = await read_upload(request, LARGEST_FILE)
        name, data, problems = upload.name, upload.data, Problems()
        reading = await asyncio.to_thread(
            read, name, data, mapping, problems, secret=secrets.token_bytes(32), school=school, order=day_order
        )
        if problems.refuses:
            told = [p.model_dump() for p in problems.listed()]
            raise Invalid(told[0]["detail"], mend=told[0]["mend"], where=name, problems=told)
        given = Import(
            command_context(actor, request),
            mapping,
            school_id,
            digest(data),
            reading,
            problems.listed(),
            problems.total,
        )
        return await apply(deps, given, dry_run=dry_run)

    return api


async def _listed(deps: Deps, actor: Actor, school_id: UUID) -> None:
    async with deps.db.reader(actor.district_id) as conn:
        known = await conn.fetchval("select true from known_schools where school_id = $1", school_id)
    if not known:
        raise NotFound(
            "The district's list has no such school.", mend="Import the schools first.", where="query/school_id"
        )
