"""`/imports/observations`: spreadsheets of earlier observations."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from copy import deepcopy
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from services.rounds.deps import Deps
from services.rounds.imports import own
from services.rounds.imports.apply import Import, apply, digest
from services.rounds.imports.mapping import Form, shipped
from services.rounds.imports.read import read
from services.rounds.imports.report import ObservationReport
from services.rounds.instruments.documents import Instrument
from services.rounds.lined_yaml import DocumentProblem, Unreadable
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import command_context, requires
from shared.said import say
from shared.tabular.dates import DayOrder
from shared.tabular.problems import Problem, Problems, fault
from shared.uploads import MULTIPART, read_upload

LARGEST_FILE = 20_000_000  # bytes
_WITH_A_MAPPING = deepcopy(MULTIPART)
_WITH_A_MAPPING["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]["mapping"] = {
    "type": "string",
    "format": "binary",
    "description": "a mapping of one's own, YAML",
}


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
        return MappingPage(items=[MappingOut(**f.mapping.model_dump(include=fields)) for f in shipped().values()])

    @api.get("/imports/mappings/template", response_class=PlainTextResponse)
    async def mapping_template(
        actor: Annotated[Actor, requires("observations.import")],
        instrument: Annotated[str, Query(max_length=60)],
        version: Annotated[int, Query(ge=1)],
    ) -> PlainTextResponse:
        """A mapping (YAML) to begin with: every look-for of a published instrument under its own words."""
        text = own.template(await _instrument(deps, actor, instrument, version))
        name = f"{instrument}.v{version}.mapping.yaml"
        return PlainTextResponse(
            text, media_type="application/yaml", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    @api.post("/imports/observations", openapi_extra=_WITH_A_MAPPING, max_body_size=LARGEST_FILE + 1_000_000)
    async def import_observations(
        actor: Annotated[Actor, requires("observations.import")],
        request: Request,
        school_id: Annotated[UUID, Query(description="the school that was visited")],
        instrument: Annotated[str | None, Query(description="key of a shipped mapping; else send `mapping`")] = None,
        school: Annotated[str | None, Query(max_length=200, description="its name as the file writes it")] = None,
        day_order: Annotated[DayOrder | None, Query(description="of dates that the file leaves open")] = None,
        dry_run: bool = False,
    ) -> ObservationReport:
        """Takes the file in, whole or not at all; teachers' names and all addresses are dropped on the way.

        The form is one that is shipped (`instrument`), or told by a file `mapping` (YAML) beside it."""
        await _listed(deps, actor, school_id)
        upload = await read_upload(request, LARGEST_FILE, {"mapping": own.LARGEST})
        sent = upload.beside.get("mapping")
        form = _shipped(instrument) if sent is None else await _own(deps, actor, sent)
        name, data, problems = upload.name, upload.data, Problems()
        reading = await asyncio.to_thread(
            read, name, data, form, problems, secret=secrets.token_bytes(32), school=school, order=day_order
        )
        if problems.refuses:
            raise _refusal(name, problems.listed())
        given = Import(
            command_context(actor, request),
            form,
            school_id,
            name,
            digest(data),
            reading,
            problems.listed(),
            problems.total,
            digest(sent) if sent is not None else "",
        )
        return await apply(deps, given, dry_run=dry_run)

    return api


def _shipped(key: str | None) -> Form:
    form = shipped().get(key or "")
    if form is None:
        raise NotFound(
            say("rounds.no_mapping", name=key) if key else say("rounds.no_meaning"),
            mend=say("rounds.use_mapping", names=", ".join(shipped())),
            where="query/instrument",
        )
    return form


async def _own(deps: Deps, actor: Actor, sent: bytes) -> Form:
    try:
        mapping, tree = own.read_own(sent)
        return own.form(mapping, tree, await _instrument(deps, actor, mapping.instrument, mapping.instrument_version))
    except Unreadable as wrong:
        raise _refusal("mapping", [_in_mapping(p) for p in wrong.found]) from None


def _in_mapping(found: DocumentProblem) -> Problem:
    """As a problem of a file is told."""
    mend = fault("correct_line").said
    return Problem.of("error", "mapping", "mapping", found.say.said, mend, line=found.line, column=found.where or None)


def _refusal(where: str, told: Sequence[Problem]) -> Invalid:
    first, problems = told[0], [p.model_dump() for p in told]
    return Invalid(first.say, mend=first.say_mend, where=where, problems=problems)


async def _instrument(deps: Deps, actor: Actor, key: str, version: int) -> Instrument:
    found = await deps.instruments.get(actor.district_id, key, version)
    if found is None:
        raise NotFound(
            say("rounds.no_published", name=key, version=version),
            mend=say("rounds.name_instrument"),
            where="mapping/instrument",
        )
    return found


async def _listed(deps: Deps, actor: Actor, school_id: UUID) -> None:
    async with deps.db.reader(actor.district_id) as conn:
        known = await conn.fetchval("select true from known_schools where school_id = $1", school_id)
    if not known:
        raise NotFound(say("rounds.no_listed_school"), mend=say("rounds.schools_first"), where="query/school_id")
