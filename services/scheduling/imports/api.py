"""`/imports`: what was imported, and the imports that wait for somebody's approval."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from services.scheduling.deps import Deps
from services.scheduling.imports import report as reports
from services.scheduling.imports.report import ImportReport, ImportSummary
from services.scheduling.imports.work import Imports
from shared.access import Actor
from shared.errors import NotFound
from shared.http import IdempotencyKey, command_context, page_key, page_token, requires
from shared.said import say


class ImportPage(BaseModel):
    items: list[ImportSummary]
    next: str | None = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["imports"])
    imports = Imports(deps)

    @api.get("/imports")
    async def list_imports(
        actor: Annotated[Actor, requires("roster.import")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ImportPage:
        """The newest first."""
        key = page_key(after, datetime.fromisoformat, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(_LIST, *(key or (None, None)), limit + 1)
        items = [ImportSummary.model_validate(r["report"]) for r in rows[:limit]]
        token = page_token(items[-1].created_at.isoformat(), items[-1].import_id) if len(rows) > limit else None
        return ImportPage(items=items, next=token)

    @api.get("/imports/{import_id}")
    async def get_import(
        import_id: UUID, actor: Annotated[Actor, requires("roster.import")], request: Request
    ) -> ImportReport:
        """The whole report. A held import is compared anew with what is known now."""
        async with deps.db.reader(actor.district_id) as conn:
            row = await conn.fetchrow("select report, plan from imports where import_id = $1", import_id)
            if row is None:
                raise NotFound(say("refusals.no_import"))
            kept = ImportReport.model_validate(row["report"])
            people = await conn.fetch(_NAMES, list(reports.person_ids(kept)))
        if row["plan"] is not None:
            return await imports.held_outcome(kept, row["plan"], command_context(actor, request))
        return reports.with_people(kept, {r["person_id"]: r["name"] for r in people})

    @api.post("/imports/{import_id}/approve")
    async def approve_import(
        import_id: UUID,
        actor: Annotated[Actor, requires("roster.import")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> ImportReport:
        """Applies a held import as it compares with what is known now."""
        return await imports.approve(import_id, command_context(actor, request, key))

    @api.post("/imports/{import_id}/reject")
    async def reject_import(
        import_id: UUID,
        actor: Annotated[Actor, requires("roster.import")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> ImportReport:
        """Throws a held import away, with everything that was kept of its file."""
        return await imports.reject(import_id, command_context(actor, request, key))

    return api


_LIST = """
select report from imports
where $1::timestamptz is null or (created_at, import_id) < ($1, $2::uuid)
order by created_at desc, import_id desc limit $3
"""
_NAMES = "select person_id, given_name || ' ' || family_name as name from people where person_id = any($1)"
