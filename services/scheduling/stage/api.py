"""`/imports/stage/{kind}`: spreadsheets that fill the stage."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from pydantic import BaseModel

from services.scheduling.classrooms import decide as classrooms
from services.scheduling.deps import Deps
from services.scheduling.hosts import decide as hosts
from services.scheduling.networks import decide as networks
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.bulk import run
from services.scheduling.stage.report import StageReport, report
from services.scheduling.stage.sheets.cells import Cells, Known, known
from services.scheduling.stage.sheets.kinds import SHEETS, Place, Sheet
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.http import IdempotencyKey, command_context, requires
from shared.messages import CommandContext
from shared.tabular.dates import day_order
from shared.tabular.problems import Problems, fault
from shared.tabular.table import Row, open_table
from shared.uploads import MULTIPART, read_upload

Kind = Literal["observers", "availability", "bells", "classrooms", "hosts", "travel", "networks"]
LARGEST_UPLOAD = 10_000_000
MOST_ROWS = 100_000


class SheetColumns(BaseModel):
    kind: Kind
    columns: list[str]
    required: list[str]


class SheetList(BaseModel):
    items: list[SheetColumns]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["imports"])

    @api.get("/stage/sheets")
    async def list_sheets(actor: Annotated[Actor, requires("stage.edit")]) -> SheetList:
        """The kinds of spreadsheets, with their columns."""
        return SheetList(
            items=[
                SheetColumns.model_validate({"kind": k, "columns": s.columns, "required": s.required})
                for k, s in SHEETS.items()
            ]
        )

    @api.post("/imports/stage/{kind}", openapi_extra=MULTIPART, max_body_size=LARGEST_UPLOAD + 1_000_000)
    async def import_stage(
        kind: Kind,
        actor: Annotated[Actor, requires("stage.edit")],
        request: Request,
        dry_run: bool = False,
        key: IdempotencyKey = None,
    ) -> StageReport:
        """A CSV of that kind: all rows that can be read, or nothing when the file has errors."""
        upload = await read_upload(request, LARGEST_UPLOAD)
        context = command_context(actor, request, key)
        problems = Problems()
        zone = ZoneInfo(await rounds.timezone(deps.db, actor.district_id))
        async with deps.db.reader(actor.district_id) as conn:
            people = await known(conn)
        sheet, place = SHEETS[kind], Place(actor.district_id, zone)
        rows = await asyncio.to_thread(_rows, sheet, upload.name, upload.data, people, problems)
        states = await _states(deps, kind, place, people, context)
        steps = sheet.steps(rows, place, states)
        done = await run(deps, steps, context, file=upload.name, problems=problems, dry_run=dry_run)
        return report(kind, upload, done, problems, dry_run=dry_run)

    return api


def _rows(sheet: Sheet, file: str, data: bytes, people: Known, problems: Problems) -> list[Cells]:
    table = open_table(file, data, sheet.columns, sheet.required, problems, spelling_matters=False)
    if table is None:
        return []
    rows: list[Row] = []
    for row in table.rows():
        rows.append(row)
        if len(rows) > MOST_ROWS:
            problems.error("too_many_rows", file, fault("many_rows", most=f"{MOST_ROWS:,}"), fault("split_it"))
            break
    order = {column: day_order(r[column] for r in rows) for column in sheet.days}
    return [Cells(file, row, people, order, problems) for row in rows]


async def _states(deps: Deps, kind: Kind, place: Place, people: Known, context: CommandContext) -> dict[str, Any]:
    """The states that a sheet's rows add to: rooms by name, networks by name, hosts with their single days."""
    schools = {s for s in people.schools.values() if s is not None}
    match kind:
        case "classrooms":
            names, decider = [classrooms.stream(s) for s in schools], classrooms.classrooms
        case "hosts":
            names, decider = [hosts.host_stream(s) for s in schools], hosts.host  # type: ignore[assignment]
        case "networks":
            names, decider = [networks.stream(place.district_id)], networks.networks  # type: ignore[assignment]
        case _:
            return {}
    handler: CommandHandler[Any, Any] = CommandHandler(deps.store, decider)
    return {name: (await handler.load(name, context))[0] for name in names}
