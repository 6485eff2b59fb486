"""`/imports/observations`: spreadsheets of earlier observations."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Request, UploadFile
from pydantic import BaseModel

from services.rounds.deps import Deps
from services.rounds.imports.apply import Import, ObservationReport, apply, digest
from services.rounds.imports.mapping import shipped
from services.rounds.imports.read import read
from shared.access import Actor
from shared.errors import Invalid, NotFound, TooLarge
from shared.http import command_context, requires
from shared.tabular.dates import DayOrder
from shared.tabular.problems import Problems

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

    @api.post("/imports/observations")
    async def import_observations(
        actor: Annotated[Actor, requires("observations.import")],
        request: Request,
        file: Annotated[UploadFile, File(description="CSV, as the form exports it")],
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
        data = await file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise TooLarge(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.", mend="Split it by year.")
        name, problems = (file.filename or "file.csv")[-100:], Problems()
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
