"""GET and POST /district/sections: figures by grade band and subject, over all schools, frozen by period."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.reporting.deps import Deps
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import Handout
from services.reporting.projections.school_patterns.query import end_of, zone_of
from services.reporting.releases.api import DISTRICT, AsOf, same_bytes
from services.reporting.releases.export import ENGLISH, MARK, MEDIA_TYPE, rule_line, version_line
from services.reporting.sections.handout import HEADER, document, rows_of
from services.reporting.sections.queries import SectionLine, find_section, sections_at
from services.reporting.sections.section import Section
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import command_context, requires
from shared.said import say
from shared.wording import Language, Wording

FREEZE = "figures.section.freeze"
LONGEST = timedelta(days=400)


class Period(BaseModel):
    model_config = ConfigDict(extra="forbid")
    since: date
    until: date


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Language = Field(default="en", description="of the words around the figures")


class SectionList(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: tuple[SectionLine, ...]


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/district/sections")
    async def list_sections(
        known: Annotated[AsOf, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> SectionList:
        """The periods whose figures by grade band and subject are frozen, newest first."""
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            at = await end_of(conn, actor.district_id, known.as_of)
            return SectionList(items=tuple(await sections_at(conn, at)))

    @api.post("/district/sections", status_code=201)
    async def freeze_section(period: Period, actor: Annotated[Actor, requires(FREEZE)], request: Request) -> Section:
        """Freezes the figures of a period by grade band and subject, over at least three schools, after the audit; the
        one that stands where nothing was released since. Periods are equal to, or apart from, those frozen before."""
        actor.require(FREEZE, what="district")
        if not timedelta() <= period.until - period.since <= LONGEST:
            raise Invalid(say("reporting.long_period", most=LONGEST.days), where="body/until")
        return await deps.sections.freeze(period.since, period.until, command_context(actor, request))

    @api.get("/district/sections/{section_id}", response_model=Section)
    async def section(section_id: UUID, actor: Annotated[Actor, requires(DISTRICT)]) -> Response:
        """A section, as it was frozen."""
        return same_bytes(await _body(section_id, actor))

    @api.get(
        "/district/sections/{section_id}/figures.csv",
        response_class=Response,
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def section_csv(
        section_id: UUID, words: Annotated[Words, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Response:
        """The same as CSV, with rule, filters, date and section at the foot."""
        told = Section.model_validate_json(await _body(section_id, actor))
        return _file(told, to_csv(told, Wording(words.language)), MEDIA_TYPE, "csv")

    @api.get("/district/sections/{section_id}/figures.pdf", response_class=Response, responses=_docs(paper.MEDIA_TYPE))
    async def section_pdf(
        section_id: UUID,
        words: Annotated[Words, Query()],
        actor: Annotated[Actor, requires(DISTRICT)],
        request: Request,
    ) -> Response:
        """The same as pages to hand on."""
        told, page, say = await _page(section_id, words, actor, request)
        return _file(told, await asyncio.to_thread(paper.to_pdf, page, say), paper.MEDIA_TYPE, "pdf")

    @api.get(
        "/district/sections/{section_id}/figures.xlsx", response_class=Response, responses=_docs(workbook.MEDIA_TYPE)
    )
    async def section_xlsx(
        section_id: UUID,
        words: Annotated[Words, Query()],
        actor: Annotated[Actor, requires(DISTRICT)],
        request: Request,
    ) -> Response:
        """The same as an Excel workbook, with the rows of the CSV."""
        told, page, say = await _page(section_id, words, actor, request)
        book = await asyncio.to_thread(workbook.to_xlsx, page, list(rows_of(told, say)), told.as_of, say, HEADER)
        return _file(told, book, workbook.MEDIA_TYPE, "xlsx")

    async def _page(section_id: UUID, words: Words, actor: Actor, request: Request) -> tuple[Section, Handout, Wording]:
        told = Section.model_validate_json(await _body(section_id, actor))
        async with deps.db.reader(actor.district_id) as conn:
            say = Wording(words.language, await zone_of(conn, actor.district_id))
        rated = [(a.instrument, a.instrument_version) for a in told.agreement]
        names = await deps.words.of_instruments(request, rated)
        return told, document(told, say, names), say

    async def _body(section_id: UUID, actor: Actor) -> str:
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            body = await find_section(conn, section_id)
        if body is None:
            raise NotFound(say("errors.not_yours.section"))
        return body

    return api


def _file(told: Section, body: str | bytes, media_type: str, kind: str) -> Response:
    name = f"by-grade-and-subject-{told.since}-{told.until}-release-{told.release}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(body, media_type=media_type, headers=headers)


def _docs(media_type: str) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}


def to_csv(section: Section, words: Wording = ENGLISH) -> str:
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows_of(section, words))
    writer.writerow([])
    made, since, until = str(section.section_id), str(section.since), str(section.until)
    told = (
        say("reporting.csv.rule_schools", rule=rule_line(section.rule), schools=section.least_schools),
        version_line(section.rules),
        say("reporting.csv.section", section=made, release=section.release, at=section.as_of.isoformat()),
        say("reporting.csv.intervals", method=section.method, confidence=f"{section.confidence:.0%}"),
        say("reporting.csv.section_filters", since=since, until=until),
    )
    writer.writerow([line[words.language] for line in told])
    return out.getvalue()
