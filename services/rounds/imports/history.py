"""`/imports/observations`, read: what earlier imports of observations told, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.rounds.deps import Deps
from services.rounds.imports.report import ObservationReport
from shared.access import Actor
from shared.errors import NotFound
from shared.http import page_key, page_token, requires
from shared.said import say


class ObservationImport(BaseModel):
    """One import in the list."""

    import_id: UUID
    created_at: datetime
    file_name: str
    instrument: str
    school_id: UUID
    visits: int
    ratings: int
    statements: int


class ObservationImportPage(BaseModel):
    items: list[ObservationImport]
    next: str | None = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["imports"])

    @api.get("/imports/observations")
    async def list_observation_imports(
        actor: Annotated[Actor, requires("observations.import")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ObservationImportPage:
        """The newest first."""
        key = page_key(after, datetime.fromisoformat, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(_LIST, *(key or (None, None)), limit + 1)
        told = [ObservationReport.model_validate(r["report"]) for r in rows[:limit]]
        items = [ObservationImport(**r.model_dump(include=set(ObservationImport.model_fields))) for r in told]
        token = page_token(items[-1].created_at.isoformat(), items[-1].import_id) if len(rows) > limit else None
        return ObservationImportPage(items=items, next=token)

    @api.get("/imports/observations/{import_id}")
    async def get_observation_import(
        import_id: UUID, actor: Annotated[Actor, requires("observations.import")]
    ) -> ObservationReport:
        """The whole report, as it was told then."""
        async with deps.db.reader(actor.district_id) as conn:
            kept = await conn.fetchval("select report from observation_imports where import_id = $1", import_id)
        if kept is None:
            raise NotFound(say("refusals.no_import"))
        return ObservationReport.model_validate(kept)

    return api


async def keep(conn: Connection, district_id: UUID, report: ObservationReport) -> None:
    """In the transaction that stores what the report tells of."""
    await conn.execute(
        "insert into observation_imports (import_id, district_id, created_at, report) values ($1, $2, $3, $4)",
        report.import_id,
        district_id,
        report.created_at,
        report.model_dump_json(),
    )


_LIST = """
select report from observation_imports
where $1::timestamptz is null or (created_at, import_id) < ($1, $2::uuid)
order by created_at desc, import_id desc limit $3
"""
