"""Composes a section, has it attacked, and freezes what may be told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import structlog

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.solver import AuditFailed, NotProven
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.intervals import warm_up
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.query import read_rule
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.events import stream_of
from services.reporting.releases.freeze import facts_of
from services.reporting.releases.queries import released_before
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.attack import RoundTold, State
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.compose import agreements, group_of
from services.reporting.sections.control import judge
from services.reporting.sections.decide import SECTIONS, Sections, fits
from services.reporting.sections.events import SectionFrozen, sections_stream
from services.reporting.sections.gate import audited
from services.reporting.sections.queries import put_section, rounds_between, slot_kinds
from services.reporting.sections.section import Section
from services.reporting.sections.spread import spread_of
from services.reporting.sections.visits import Group, Visit, named_alike, visits_of
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Refused, Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, new_id
from shared.tables import with_tables

log = structlog.get_logger(__name__)

At = tuple[UUID, int]
"""round, place in the log"""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a section of a period is made of and compared with."""

    rule: Rule
    now: dict[UUID, int]
    facts: Mapping[At, RoundFacts]
    visits: Mapping[At, list[Visit]]
    rounds: Mapping[At, RoundTold]
    snapshots: tuple[Snapshot, ...]
    """What the newest release of each round tells."""


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
        stream = sections_stream(context.district_id)
        state, _ = await self._handler.load(stream, context)
        fits(since, until, state)
        earlier = state.of(since, until)
        known = await self._known(since, until, earlier, context)
        if not known.now:
            raise Refused("nothing_released", "No round of this period has been released.", where="since")
        if earlier and (earlier[-1].places, earlier[-1].section.rule) == (known.now, known.rule):
            return earlier[-1].section
        section = await self._composed(since, until, earlier, known)
        command = FreezeSection(section=section, places=known.now, frozen=len(state.frozen))
        handled = await self._handler.handle(stream, command, context)
        return handled.state.of(since, until)[-1].section

    async def _composed(self, since: date, until: date, earlier: tuple[SectionFrozen, ...], known: Known) -> Section:
        await warm_up()
        visits = [v for at in known.now.items() for v in known.visits[at]]
        before = [_state(f, known) for f in earlier]
        verdicts = judge(visits, [s.visits for s in before], known.rule)
        try:
            told, leaks = await audited(verdicts, visits, known.now, before, known.rounds)
        except NotProven as error:
            log.warning("the audit of a section did not end", reason=str(error))
            raise Refused(
                "section_not_proven",
                "Whether these figures let a hidden count be worked out was not proven in the time the audit has.",
                where="since",
                mend="Try again when the platform is less busy; if that is of no help, freeze shorter periods.",
            ) from error
        except AuditFailed as error:
            raise Unavailable(f"The audit of the section gave no answer: {error}.") from error
        if leaks:
            log.warning("a section is kept back", findings=leaks)
            raise Refused(
                "section_leaks",
                "Figures by grade and subject of this period would let a hidden count be worked out.",
                mend="Release the rounds of more schools first.",
            )
        rounds = [known.facts[at] for at in known.now.items()]
        told_before = [[known.facts[at] for at in f.places.items()] for f in earlier]
        agreed = await asyncio.to_thread(agreements, rounds, known.rule, told_before)
        schools = len({f.school_id for f in rounds})
        spread = await asyncio.to_thread(spread_of, known.snapshots, schools, len(visits))
        groups = tuple(group_of(verdict, spread) for verdict in told)
        return Section(
            section_id=new_id(),
            since=since,
            until=until,
            release=len(earlier) + 1,
            as_of=datetime.now(UTC),
            rule=known.rule,
            rounds=len(rounds),
            schools=schools,
            groups=groups,
            agreement=agreed,
        )

    async def _known(
        self, since: date, until: date, earlier: Iterable[SectionFrozen], context: CommandContext
    ) -> Known:
        async with self._db.reader(context.district_id) as conn:
            newest = await rounds_between(conn, since, until)
        now: dict[UUID, int] = {}
        wanted = {at for f in earlier for at in f.places.items()}
        for round_id, place in newest.items():
            state, _ = await self._releases.load(stream_of(round_id), context)
            places = state.told.get(STATEMENTS) or (place,)
            now[round_id] = places[-1]
            wanted |= {(round_id, at) for at in places}
        async with self._tables.complete(context.district_id, max((place for _, place in wanted), default=0)) as conn:
            rule = await read_rule(conn, context.district_id)
            facts = {at: await facts_of(conn, *at) for at in sorted(wanted)}
            kinds = named_alike(await slot_kinds(conn, sorted({r for r, _ in wanted})))
            snapshots = {r: await released_before(conn, r) for r in sorted({r for r, _ in wanted})}
        visits = {at: visits_of(found, kinds) for at, found in facts.items()}
        rounds = {at: _told(snapshots[at[0]].get(at[1]), visits[at]) for at in facts}
        told = tuple(s for r, place in now.items() if (s := snapshots[r].get(place)) is not None)
        return Known(rule, now, facts, visits, rounds, told)


def _told(snapshot: Snapshot | None, visits: Sequence[Visit]) -> RoundTold:
    if snapshot is None or snapshot.base is None:
        return RoundTold(None, {}, visits)
    cells = {
        t.subject or "": ToldCell(t.subject or "", t.cells[0].count, t.cells[0].at_most, t.cells[0].at_least)
        for t in snapshot.tables
        if t.definition == "core_element.visits" and t.cells
    }
    return RoundTold(snapshot.base.visits, cells, visits)


def _state(frozen: SectionFrozen, known: Known) -> State:
    """What an earlier section told, its groups under the names of today."""
    visits = [v for at in frozen.places.items() for v in known.visits[at]]
    today = {name.casefold(): name for v in visits for name in (v.grade_band, v.subject)}

    def named(name: str | None) -> str | None:
        return None if name is None else today.get(name.casefold(), name)

    groups = {Group(named(g.grade_band), named(g.subject)): g for g in frozen.section.groups}
    return State(
        visits,
        frozen.places,
        {
            group: None
            if g.hidden
            else {c.category: ToldCell(c.category, c.count, c.at_most, c.at_least) for c in g.cells}
            for group, g in groups.items()
        },
        {group: g.n for group, g in groups.items()},
    )
