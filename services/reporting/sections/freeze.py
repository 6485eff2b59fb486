"""Composes a section, has it attacked, and freezes what may be told."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID

import structlog

from services.reporting.disclosure.rule import RULES
from services.reporting.disclosure.solver import AuditFailed, NotProven
from services.reporting.figures.intervals import warm_up
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.events import stream_of
from services.reporting.sections.attack import At
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.compose import agreements, group_of
from services.reporting.sections.control import judge
from services.reporting.sections.decide import SECTIONS, Sections, fits
from services.reporting.sections.events import SectionFrozen, sections_stream
from services.reporting.sections.gate import audited
from services.reporting.sections.known import Known, read_known, state_before, turn
from services.reporting.sections.queries import put_section, rounds_between
from services.reporting.sections.section import Section
from services.reporting.sections.spread import spread_of
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Refused, Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, new_id
from shared.said import say
from shared.tables import with_tables

log = structlog.get_logger(__name__)


class Sectioner:
    def __init__(self, db: Database, store: PostgresEventStore, tables: Tables) -> None:
        self._db, self._tables = db, tables
        self._releases: CommandHandler[object, Releases] = CommandHandler(store, RELEASES)  # type: ignore[arg-type]  # read alone
        self._handler: CommandHandler[FreezeSection, Sections] = CommandHandler(
            store, SECTIONS, append=with_tables(db, store, put_section)
        )

    async def freeze(self, since: date, until: date, context: CommandContext) -> Section:
        """The newest section of the period: a new one, or the one that stands when it would be the same.

        Raises Refused where the period overlaps another, nothing was released, or the audit keeps it back; Unavailable
        while the tables do not hold all that was released.
        """
        async with turn(self._db, context.district_id):
            return await self._freeze(since, until, context)

    async def _freeze(self, since: date, until: date, context: CommandContext) -> Section:
        stream = sections_stream(context.district_id)
        state, _ = await self._handler.load(stream, context)
        fits(since, until, state)
        earlier = state.of(since, until)
        told, older = await self._told(since, until, context)
        if not told:
            raise Refused("nothing_released", say("reporting.nothing_released"), where="since")
        now = {round_id: places[-1] for round_id, places in told.items()}
        known = await read_known(self._tables, context.district_id, told, earlier, older)
        if earlier and (earlier[-1].places, earlier[-1].section.rule) == (now, known.rule):
            return earlier[-1].section
        section = await self._composed(since, until, earlier, now, known)
        command = FreezeSection(section=section, places=now, frozen=len(state.frozen))
        handled = await self._handler.handle(stream, command, context)
        return handled.state.of(since, until)[-1].section

    async def _composed(
        self, since: date, until: date, earlier: tuple[SectionFrozen, ...], now: dict[UUID, int], known: Known
    ) -> Section:
        await warm_up()
        visits = [v for at in now.items() for v in known.visits[at]]
        before = [state_before(f, known.visits) for f in earlier]
        verdicts = judge(visits, [s.visits for s in before], known.rule)
        try:
            told, leaks = await audited(verdicts, visits, now, before, known.rounds)
        except NotProven as error:
            log.warning("the audit of a section did not end", reason=str(error))
            raise Refused(
                "section_not_proven",
                say("reporting.section_not_proven"),
                where="since",
                mend=say("reporting.less_busy"),
            ) from error
        except AuditFailed as error:
            raise Unavailable(say("reporting.section_audit_silent", why=str(error))) from error
        if leaks:
            log.warning("a section is kept back", findings=leaks)
            raise Refused(
                "section_leaks",
                say("reporting.section_leaks"),
                mend=say("reporting.more_schools"),
            )
        rounds = [known.facts[at] for at in now.items()]
        told_before = [[known.facts[at] for at in f.places.items()] for f in earlier]
        may_be_known = {round_id for (round_id, _), told in known.rounds.items() if told.known}
        agreed = await asyncio.to_thread(agreements, rounds, known.rule, told_before, may_be_known)
        schools = len({f.school_id for f in rounds})
        newest = [s for r, place in now.items() if (s := known.snapshots[r].get(place)) is not None]
        spread = await asyncio.to_thread(spread_of, newest, schools, len(visits))
        groups = tuple(group_of(verdict, spread) for verdict in told)
        return Section(
            section_id=new_id(),
            since=since,
            until=until,
            release=len(earlier) + 1,
            as_of=datetime.now(UTC),
            rule=known.rule,
            rules=RULES,
            rounds=len(rounds),
            schools=schools,
            groups=groups,
            agreement=agreed,
        )

    async def _told(
        self, since: date, until: date, context: CommandContext
    ) -> tuple[dict[UUID, tuple[int, ...]], set[At]]:
        """The rounds of the period, each with the places that its releases told of; and those that older rules told
        of."""
        async with self._db.reader(context.district_id) as conn:
            newest = await rounds_between(conn, since, until)
        told: dict[UUID, tuple[int, ...]] = {}
        older: set[At] = set()
        for round_id, place in newest.items():
            state, _ = await self._releases.load(stream_of(round_id), context)
            told[round_id] = state.told.get(STATEMENTS) or (place,)
            older |= {(round_id, at) for at in state.older}
        return told, older
