"""`/imports/calendar`: a district's own calendar as an iCalendar file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request

from services.scheduling.calendar import table
from services.scheduling.calendar.commands import ClearDay, MarkDay
from services.scheduling.calendar.decide import Calendar, calendar
from services.scheduling.calendar.decide import stream as calendar_stream
from services.scheduling.calendar.reasons import title_said
from services.scheduling.calendar.understand import Understood, understand
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage import tables
from services.scheduling.stage.bulk import Step, run
from services.scheduling.stage.report import StageReport, report
from services.scheduling.terms.commands import SetTerm
from services.scheduling.terms.decide import Terms, terms
from services.scheduling.terms.decide import stream as terms_stream
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.http import IdempotencyKey, command_context, requires
from shared.tabular.problems import Fault, Problems, fault, series
from shared.uploads import MULTIPART, read_upload

LARGEST_UPLOAD = 10_000_000


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["imports"])
    calendars: CommandHandler[Any, Any] = CommandHandler(deps.store, calendar)
    held_terms: CommandHandler[Any, Any] = CommandHandler(deps.store, terms)

    @api.post("/imports/calendar", openapi_extra=MULTIPART, max_body_size=LARGEST_UPLOAD + 1_000_000)
    async def import_calendar(
        actor: Annotated[Actor, requires("calendar.edit")],
        request: Request,
        dry_run: bool = False,
        full: Annotated[
            bool, Query(description="the file is the whole year: marked days of its span that it lacks are cleared")
        ] = False,
        key: IdempotencyKey = None,
    ) -> StageReport:
        """Days without school, early release, late starts, testing; first and last day make a term."""
        upload = await read_upload(request, LARGEST_UPLOAD)
        context = command_context(actor, request, key)
        problems = Problems()
        zone = ZoneInfo(await rounds.timezone(deps.db, actor.district_id))
        today = rounds.today(deps.clock(), zone.key)
        found = await asyncio.to_thread(understand, upload.name, upload.data, today, zone, problems)
        marked, _ = await calendars.load(calendar_stream(actor.district_id), context)
        known, _ = await held_terms.load(terms_stream(actor.district_id), context)
        steps = list(_steps(actor.district_id, found, marked, known, full=full))
        done = await run(deps, steps, context, file=upload.name, problems=problems, dry_run=dry_run)
        return report("calendar", upload, done, problems, dry_run=dry_run)

    return api


def _steps(district_id: UUID, found: Understood, marked: Calendar, known: Terms, *, full: bool) -> Iterator[Step]:
    for day in found.days:
        yield _day(district_id, MarkDay(day=day.day, kind=day.kind, title=day.title[:200]), day.line)
    if full and found.days:
        ours = {d.day for d in found.days}
        first, last = min(ours), max(ours)
        for lost in sorted(d for d in marked if first <= d <= last and d not in ours):
            yield _day(district_id, ClearDay(day=lost), None)
    # a district that has terms already (semesters) is not given another over them
    if found.year is not None and not any(
        t.starts_on <= found.year[1] and found.year[0] <= t.ends_on for t in known.values()
    ):
        first, last, line = found.year
        name = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
        command = SetTerm(term_id=uuid5(district_id, f"term {name}"), name=name, starts_on=first, ends_on=last)
        yield Step(
            terms_stream(district_id),
            terms,
            command,
            tables.apply,
            fault("told.term_named", name=name),
            lambda state: _term_words(state, command.term_id),
            line,
        )


def _day(district_id: UUID, command: MarkDay | ClearDay, line: int | None) -> Step:
    return Step(
        calendar_stream(district_id),
        calendar,
        command,
        table.apply_for(None),
        series([command.day.isoformat()]),
        lambda state: _day_words(state, command.day),
        line,
    )


def _day_words(state: Calendar, day: date) -> Fault | None:
    held = state.get(day)
    if held is None:
        return None
    return fault("told.day", kind=fault(f"told.{held.kind}"), title=title_said(held.title) or held.title)


def _term_words(state: Terms, term_id: UUID) -> Fault | None:
    held = state.get(term_id)
    return fault("told.span", first=str(held.starts_on), last=str(held.ends_on)) if held else None
