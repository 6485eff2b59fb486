"""GET and POST /district/sections: figures by grade band and subject, over all schools, frozen by period."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from services.reporting.deps import Deps
from services.reporting.projections.school_patterns.query import end_of
from services.reporting.releases.api import DISTRICT, AsOf, same_bytes
from services.reporting.releases.export import MEDIA_TYPE, rule_line, safe
from services.reporting.sections.queries import SectionLine, find_section, sections_at
from services.reporting.sections.section import Section
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import command_context, requires

FREEZE = "figures.section.freeze"
LONGEST = timedelta(days=400)
HEADER = (
    "grade_band", "subject", "category", "state", "count", "n", "share", "low", "high", "certainty", "words",
)  # fmt: skip


class Period(BaseModel):
    model_config = ConfigDict(extra="forbid")
    since: date
    until: date


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
            raise Invalid("A period is at most 400 days, its first day before its last.", where="body/until")
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
    async def section_csv(section_id: UUID, actor: Annotated[Actor, requires(DISTRICT)]) -> Response:
        """The same as CSV, with rule, filters, date and section at the foot."""
        told = Section.model_validate_json(await _body(section_id, actor))
        name = f"by-grade-and-subject-{told.since}-{told.until}-release-{told.release}.csv"
        return Response(
            to_csv(told), media_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    async def _body(section_id: UUID, actor: Actor) -> str:
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            body = await find_section(conn, section_id)
        if body is None:
            raise NotFound("There is no such section, or it is not yours to see.")
        return body

    return api


def to_csv(section: Section) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for group in section.groups:
        named = [safe(group.grade_band or "all"), safe(group.subject or "all")]
        if group.hidden is not None:
            writer.writerow([*named, "", "hidden", "", "", "", "", "", "", group.hidden.text])
        for c in group.cells:
            numbers = ("" if v is None else v for v in (c.count, group.n, c.share, c.low, c.high))
            writer.writerow([*named, c.category, c.state, *numbers, c.certainty or "", c.text])
    writer.writerow([])
    writer.writerow(
        [
            f"{rule_line(section.rule)}, and {section.least_schools} schools",
            f"section {section.section_id}, release {section.release}, as of {section.as_of.isoformat()}",
            f"intervals: {section.method} over schools, {section.confidence:.0%}",
            f"filters: rounds from {section.since} to {section.until}, each grade band and subject",
        ]
    )
    return out.getvalue()
