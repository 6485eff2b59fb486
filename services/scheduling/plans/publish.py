"""Publishing: the accepted changes become rounds, all in one transaction, after the independent checker."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.scheduling.calendar.decide import closed_because
from services.scheduling.calendar.reasons import in_both
from services.scheduling.deps import Deps
from services.scheduling.pins import queries as board_pins
from services.scheduling.planning.check import check
from services.scheduling.plans import build, queries
from services.scheduling.plans.adopt import adopted
from services.scheduling.plans.commands import Publish, UndoPublication
from services.scheduling.plans.decide import Planbook, planbook, planbook_stream
from services.scheduling.plans.diff import Change, after_publishing, people_told
from services.scheduling.plans.events import ChangeKind, PlanPublished, PublishedChange
from services.scheduling.plans.stage import schedule_version
from services.scheduling.plans.table import note_publication
from services.scheduling.plans.today import Today
from services.scheduling.rounds import table as rounds_table
from services.scheduling.rounds.check import visit_begun
from services.scheduling.rounds.commands import AdoptRound, CancelRound, ScheduleRound
from services.scheduling.rounds.decide import Cancelled, planned_round
from services.scheduling.rounds.decide import State as RoundState
from services.scheduling.rounds.decide import stream as round_stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.finding import on_day
from services.scheduling.visits import queries as visits
from shared.command_handler import CommandHandler
from shared.errors import Refused, Stale
from shared.eventstore.port import NewEvent, WrongVersion
from shared.messages import CommandContext, Event
from shared.said import Said, say
from shared.upcasting import EventCodec


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one round is to become; `before`: its state and stream version as they were read."""

    round_id: UUID
    school_id: UUID
    kind: ChangeKind
    before: int
    events: Sequence[Event]


class Publisher:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._rounds: CommandHandler[ScheduleRound | CancelRound | AdoptRound, RoundState] = CommandHandler(
            deps.store, planned_round
        )
        self._book: CommandHandler[Publish | UndoPublication, Planbook] = CommandHandler(deps.store, planbook)
        self._codec = EventCodec(planned_round.events)

    async def publish(
        self,
        proposal_id: UUID,
        accepted: Sequence[Change],
        now: Today,
        built: build.Built,
        context: CommandContext,
        *,
        if_match: int | None,
        repair: bool,
    ) -> PlanPublished:
        """Raises Stale when the schedule moved on since `if_match`, Refused when the checker finds fault."""
        await self._fresh(now, if_match, context)
        violations = await asyncio.to_thread(_faults, built, now, accepted)
        violations += await self._begun(accepted, now, context)
        if not repair:
            violations += await self._pinned(accepted, now, context)
        book, version = await self._book.load(planbook_stream(context.district_id), context)
        wanted = []
        if not violations:
            wanted = [await self._wanted(change, now, context) for change in accepted]
        hosts = await queries.hosts_told(self._deps.db, context.district_id, accepted)
        command = Publish(
            proposal_id=proposal_id,
            changes=_told(wanted) if not violations else _promised(accepted),
            schedule_version=now.schedule_version + sum(len(w.events) for w in wanted),
            notify=tuple(sorted(people_told(accepted, hosts), key=str)),
            violations=tuple(violations),
            repair=repair,
        )
        [event] = planbook.decide(command, book)
        assert isinstance(event, PlanPublished)
        await self._store(wanted, event, version, now, context)
        return event

    async def undo(self, version: int, now: Today, context: CommandContext, *, if_match: int | None) -> PlanPublished:
        """Takes back what publication `version` changed, where nobody has changed it since."""
        await self._fresh(now, if_match, context)
        book, book_version = await self._book.load(planbook_stream(context.district_id), context)
        planbook.decide(UndoPublication(version, (), 0, ()), book)  # refused before anything is read
        published = book.published[version - 1]
        wanted = [await self._back(change, now, context) for change in published.changes]
        command = UndoPublication(
            version,
            _told(wanted),
            now.schedule_version + sum(len(w.events) for w in wanted),
            published.notify,
        )
        [event] = planbook.decide(command, book)
        assert isinstance(event, PlanPublished)
        await self._store(wanted, event, book_version, now, context)
        return event

    async def _fresh(self, now: Today, if_match: int | None, context: CommandContext) -> None:
        if if_match is not None and if_match != now.schedule_version:
            raise await self._stale(if_match, context)

    async def _pinned(self, accepted: Sequence[Change], now: Today, context: CommandContext) -> list[Said]:
        """What the board's pins forbid: they may have been set since the plan was asked for."""
        async with self._deps.db.reader(context.district_id) as conn:
            pins = await board_pins.all_pins(conn)
        held = {p.round_id: p.day for p in pins if p.round_id is not None}
        free = {(p.school_id, p.day) for p in pins if p.round_id is None}
        found = []
        for change in accepted:
            school = now.stage.schools[change.school_id].name
            if change.round_id in held and (change.after is None or change.after.day != held[change.round_id]):
                found.append(say("publishing.pinned", school=school, day=on_day(held[change.round_id])))
            if change.after is not None and (change.school_id, change.after.day) in free:
                found.append(say("publishing.kept_free", day=on_day(change.after.day), school=school))
        return found

    async def _begun(self, accepted: Sequence[Change], now: Today, context: CommandContext) -> list[Said]:
        """Visits that have begun stay where their observers are; who else comes may change."""
        async with self._deps.db.reader(context.district_id) as conn:
            begun = await visits.all_begun(conn)
        return [
            say("publishing.begun", school=now.stage.schools[change.school_id].name, day=on_day(held.day))
            for change in accepted
            if (held := begun.get(change.round_id)) and (change.after is None or change.after.day != held.day)
        ]

    async def _stale(self, seen: int, context: CommandContext) -> Stale:
        changed = await queries.rounds_changed_since(self._deps.db, context.district_id, seen)
        names = sorted({name for _, name, _ in changed})
        where: str | Said = ", ".join(names[:5]) or say("publishing.another_publication")
        if len(names) > 5:
            where = say("publishing.and_more", names=where, count=len(names) - 5)
        return Stale(
            say("publishing.schedule_changed", where=where),
            mend=say("publishing.look_again"),
            changed=[{"round_id": str(r), "school_name": n, "at": at.isoformat()} for r, n, at in changed],
        )

    async def _wanted(self, change: Change, now: Today, context: CommandContext) -> Wanted:
        state, version = await self._rounds.load(round_stream(change.round_id), context)
        if change.after is None:
            command: AdoptRound | CancelRound = CancelRound(change.round_id, now.day, "planned anew")
        else:
            held = state if isinstance(state, RoundPlanned) else state.plan if isinstance(state, Cancelled) else None
            homes = {p: o.homes[0] if o.homes else None for p, o in now.stage.observers.items()}
            command = AdoptRound(adopted(change.after, held, now.stage.timezone, homes), now.day)
        events = planned_round.decide(command, state)
        return Wanted(change.round_id, change.school_id, change.kind, version, events)

    async def _back(self, change: PublishedChange, now: Today, context: CommandContext) -> Wanted:
        stored = await self._deps.store.read_stream(round_stream(change.round_id), context.district_id)
        state = planned_round.fold(self._codec.decode(e) for e in stored)
        if len(stored) != change.after:
            raise Refused(
                "changed_since",
                say("publishing.changed_since", school=_school(change, now)),
                mend=say("publishing.by_hand"),
            )
        then = planned_round.fold(self._codec.decode(e) for e in stored[: change.before])
        async with self._deps.db.reader(context.district_id) as conn:
            begun = await visits.begun(conn, change.round_id)
        if begun and (not isinstance(then, RoundPlanned) or any(visit_begun(then, begun))):
            raise Refused(
                "visit_begun",
                say("publishing.begun_told", school=_school(change, now), day=on_day(begun.day)),
                mend=say("publishing.by_hand_others"),
            )
        school = now.stage.schools.get(change.school_id)
        if (
            school
            and isinstance(then, RoundPlanned)
            and not (isinstance(state, RoundPlanned) and state.day == then.day)
        ):
            why: Said | str | None = closed_because(now.calendar, then.day)
            if why is None and then.day in school.blackouts:
                why = in_both(school.blackouts[then.day])
            if why is not None:
                raise Refused(
                    "day_closed",
                    say("publishing.would_go_back", school=school.name, day=on_day(then.day), why=why),
                    mend=say("publishing.clear_mark"),
                )
        if isinstance(then, RoundPlanned):
            command: AdoptRound | CancelRound = AdoptRound(then, now.day)
        else:
            command = CancelRound(change.round_id, now.day, "publication undone")
        return Wanted(change.round_id, change.school_id, change.kind, len(stored), planned_round.decide(command, state))

    async def _store(
        self, wanted: Sequence[Wanted], event: PlanPublished, version: int, now: Today, context: CommandContext
    ) -> None:
        """All or nothing. Bookings of the touched rounds are freed first, so that two rounds may swap people."""
        book = planbook_stream(context.district_id)
        touched = [w.round_id for w in wanted if w.events]
        store, n = self._deps.store, 0
        try:
            async with self._deps.db.writer(context.district_id) as conn:
                await store.lock_streams(conn, [book, *(round_stream(r) for r in touched)])
                await store.append_in(
                    conn, book, [NewEvent.of(event, context.event_id(0))], expected=version, context=context
                )
                await conn.execute("delete from bookings where round_id = any($1)", touched)
                await conn.execute("update rounds set status = 'cancelled' where round_id = any($1)", touched)
                for w in wanted:
                    for v, e in enumerate(w.events, start=w.before + 1):
                        n += 1
                        new = NewEvent.of(e, context.event_id(n))
                        await store.append_in(conn, round_stream(w.round_id), [new], expected=v - 1, context=context)
                        await rounds_table.apply(conn, context.district_id, e, v)
                await note_publication(conn, context.district_id, event, context.actor_id)
                if await schedule_version(conn) != event.schedule_version:
                    raise WrongVersion("schedule", event.schedule_version, 0)
        except WrongVersion:
            raise await self._stale(now.schedule_version, context) from None


def _school(change: PublishedChange, now: Today) -> str | Said:
    known = now.stage.schools.get(change.school_id)
    return known.name if known else say("publishing.a_school")


def _told(wanted: Sequence[Wanted]) -> tuple[PublishedChange, ...]:
    return tuple(
        PublishedChange(
            round_id=w.round_id, school_id=w.school_id, kind=w.kind, before=w.before, after=w.before + len(w.events)
        )
        for w in wanted
        if w.events
    )


def _promised(accepted: Sequence[Change]) -> tuple[PublishedChange, ...]:
    return tuple(
        PublishedChange(round_id=c.round_id, school_id=c.school_id, kind=c.kind, before=0, after=0) for c in accepted
    )


def _faults(built: build.Built, now: Today, accepted: Sequence[Change]) -> list[Said]:
    """What the independent checker says of the plan with the changes, less what stood so already."""
    before = check(*build.checked(built, now.stage.rounds))
    after = check(*build.checked(built, after_publishing(now.stage.rounds, accepted)))
    stood = {v.say for v in before.violations}
    told = [v.say for v in after.violations if v.say not in stood]
    for change in accepted:
        if change.after and change.after.facilitator_id is None:
            school = now.stage.schools[change.school_id].name
            told.append(say("publishing.no_facilitator", school=school, day=on_day(change.day)))
    return told
