"""GET /rounds/{id}/released.pdf and .xlsx: the same figures as the page, to hand on."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.reporting.deps import Deps
from services.reporting.follow_through.counts import commitments_of, follow_through
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import Handout, handout
from services.reporting.projections.school_patterns.query import end_of, school_name, zone_of
from services.reporting.releases.api import RELEASED, WhichRelease, file_name, released_body
from services.reporting.releases.export import rows_of
from services.reporting.releases.queries import round_before, rounds_until
from services.reporting.releases.snapshot import Snapshot
from shared.access import Actor
from shared.http import requires
from shared.wording import Language, Wording


class WhichHandout(WhichRelease):
    language: Language = Field(default="en", description="of the words around the figures")


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/rounds/{round_id}/released.pdf", response_class=Response, responses=_docs(paper.MEDIA_TYPE))
    async def released_pdf(
        round_id: UUID,
        which: Annotated[WhichHandout, Query()],
        request: Request,
        actor: Annotated[Actor, requires(RELEASED)],
    ) -> Response:
        """A release of a round as pages to hand to staff: sentences, patterns, shares, next level of work."""
        document, snapshot, say = await _handout(round_id, which, request, actor)
        body = await asyncio.to_thread(paper.to_pdf, document, say)
        return _file(body, paper.MEDIA_TYPE, file_name(document.title, snapshot, "pdf"))

    @api.get("/rounds/{round_id}/released.xlsx", response_class=Response, responses=_docs(workbook.MEDIA_TYPE))
    async def released_xlsx(
        round_id: UUID,
        which: Annotated[WhichHandout, Query()],
        request: Request,
        actor: Annotated[Actor, requires(RELEASED)],
    ) -> Response:
        """A release of a round as an Excel workbook, with the rows of the CSV."""
        document, snapshot, say = await _handout(round_id, which, request, actor)
        rows = list(rows_of(document.title, snapshot, say))
        body = await asyncio.to_thread(workbook.to_xlsx, document, rows, snapshot.as_of, say)
        return _file(body, workbook.MEDIA_TYPE, file_name(document.title, snapshot, "xlsx"))

    async def _handout(
        round_id: UUID, which: WhichHandout, request: Request, actor: Actor
    ) -> tuple[Handout, Snapshot, Wording]:
        async with deps.db.reader(actor.district_id) as conn:
            snapshot = Snapshot.model_validate_json(await released_body(conn, round_id, which, actor))
            name = await school_name(conn, snapshot.school_id)
            before = await round_before(conn, snapshot)
            at = await end_of(conn, actor.district_id, which.as_of)
            zone = await zone_of(conn, actor.district_id)
            rounds = await rounds_until(conn, snapshot, at)
            kept = (await commitments_of(conn, [snapshot.round_id], at)).get(snapshot.round_id)
        words = await deps.words.of(
            request, round_id, snapshot.release, snapshot.instrument, snapshot.instrument_version
        )
        say = Wording(which.language, zone)
        promised = follow_through(kept, snapshot.day, which.as_of or deps.today()) if kept else None
        school = name or str(snapshot.school_id)
        return handout(school, snapshot, before, words, say, kept, promised, rounds), snapshot, say

    return api


def _file(body: bytes, media_type: str, disposition: str) -> Response:
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache"}
    return Response(body, media_type=media_type, headers=headers)


def _docs(media_type: str) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}
