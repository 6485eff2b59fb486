"""A proposal becomes the round's visit day, in one transaction with its event and, of a repair, its mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Connection

from services.scheduling.deps import Deps
from services.scheduling.rounds import looking
from services.scheduling.rounds import table as rounds_table
from services.scheduling.rounds.check import findings
from services.scheduling.rounds.commands import AdoptRound, RescheduleRound
from services.scheduling.rounds.decide import planned_of, planned_round, refuse_impossible
from services.scheduling.rounds.decide import stream as round_stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.visit_days.commands import AcceptDay, DayCommand, TakeBackDay
from services.scheduling.visit_days.decide import DayProposal, State, day_proposal, stream
from services.scheduling.visit_days.events import VisitDayProposed, VisitDayRepairProposed
from services.scheduling.visit_days.facts import DayFacts, day_facts
from services.scheduling.visit_days.layouts import plan_of
from services.scheduling.visit_days.mail import mails
from services.scheduling.visit_days.tasks import faults
from shared.command_handler import CommandHandler
from shared.errors import NotFound, Refused, Stale
from shared.eventstore.port import NewEvent, WrongVersion
from shared.mail import outbox
from shared.messages import CommandContext, Event
from shared.said import say
from shared.upcasting import EventCodec


@dataclass(frozen=True, slots=True)
class _Change:
    """What one proposal does: to the round, and to itself; `told`: who is mailed their visits anew."""

    proposal_id: UUID
    version: int
    events: Sequence[Event]
    round_events: Sequence[Event]
    told: Sequence[UUID]


class Accepting:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._handler: CommandHandler[DayCommand, State] = CommandHandler(deps.store, day_proposal)
        self._codec = EventCodec(planned_round.events)

    async def _held(self, proposal_id: UUID, context: CommandContext) -> tuple[DayProposal, int]:
        state, version = await self._handler.load(stream(proposal_id), context)
        if state is None:
            raise NotFound(say("dayplans.no_proposal"))
        return state, version

    async def accept(self, proposal_id: UUID, context: CommandContext, *, if_match: int | None) -> int:
        """Answers the round's version after it. Raises Stale when the round moved on since `if_match`, Refused when
        the checker finds fault."""
        state, version = await self._held(proposal_id, context)
        facts = await day_facts(self._deps, state.asked.round_id, context)
        if if_match is not None and if_match != facts.version:
            raise _stale()
        outcome = state.outcome
        if not isinstance(outcome, VisitDayProposed):
            day_proposal.decide(AcceptDay(0, 0, ()), state)  # refuses, and says why
            raise NotFound(say("dayplans.no_proposal"))
        _same_people(facts, state)
        events = await self._events(facts, state, outcome, context)
        notify = outcome.notify if isinstance(outcome, VisitDayRepairProposed) else ()
        command = AcceptDay(
            before=facts.version,
            after=facts.version + len(events),
            notify=notify,
            faults=faults(facts, outcome.layout, begun=state.repair is not None),
        )
        change = _Change(proposal_id, version, day_proposal.decide(command, state), events, notify)
        return await self._store(facts, change, context)

    async def take_back(self, proposal_id: UUID, context: CommandContext) -> int:
        """The visit day as it was before the proposal, where nobody has changed it since."""
        state, version = await self._held(proposal_id, context)
        facts = await day_facts(self._deps, state.asked.round_id, context)
        events = day_proposal.decide(TakeBackDay(facts.version), state)
        assert state.accepted is not None
        stored = await self._deps.store.read_stream(round_stream(facts.plan.round_id), context.district_id)
        then = planned_round.fold(self._codec.decode(e) for e in stored[: state.accepted.before])
        assert isinstance(then, RoundPlanned)
        back = planned_round.decide(AdoptRound(then, facts.today), facts.plan)
        change = _Change(proposal_id, version, events, back, state.accepted.notify)
        return await self._store(facts, change, context)

    async def _events(
        self, facts: DayFacts, state: DayProposal, outcome: VisitDayProposed, context: CommandContext
    ) -> Sequence[Event]:
        """The round's events. During the day nothing but the visits themselves is judged anew."""
        plan = plan_of(facts, outcome.layout)
        known = await looking.facts_for(self._deps, plan, facts.plan.round_id, context)
        command = RescheduleRound(facts.plan.round_id, plan, known)
        if state.repair is None:
            return planned_round.decide(command, facts.plan)
        refuse_impossible([f for f in findings(plan, known) if f.where.startswith(("slots/", "debrief/"))])
        return planned_round.decide(AdoptRound(planned_of(command, facts.plan), facts.today), facts.plan)

    async def _store(self, facts: DayFacts, change: _Change, context: CommandContext) -> int:
        """All or nothing."""
        store, name = self._deps.store, stream(change.proposal_id)
        target = round_stream(facts.plan.round_id)
        try:
            async with self._deps.db.writer(context.district_id) as conn:
                await store.lock_streams(conn, [name, target])
                for n, e in enumerate(change.events):
                    new = NewEvent.of(e, context.event_id(n))
                    await store.append_in(conn, name, [new], expected=change.version + n, context=context)
                for n, e in enumerate(change.round_events):
                    new = NewEvent.of(e, context.event_id(100 + n))
                    await store.append_in(conn, target, [new], expected=facts.version + n, context=context)
                    await rounds_table.apply(conn, context.district_id, e, facts.version + n + 1)
                await self._tell(conn, facts, change, context)
        except WrongVersion:
            raise _stale() from None
        return facts.version + len(change.round_events)

    async def _tell(self, conn: Connection, facts: DayFacts, change: _Change, context: CommandContext) -> None:
        if change.told and change.round_events:
            now = change.round_events[-1]
            assert isinstance(now, RoundPlanned)
            school = await conn.fetchval("select name from schools where school_id = $1", now.school_id)
            version = facts.version + len(change.round_events)
            await outbox.put(conn, mails(now, version, school or "", change.told, context.district_id, self._deps))


def _stale() -> Stale:
    return Stale(say("dayplans.changed_now"), mend=say("dayplans.look_again"))


def _same_people(facts: DayFacts, state: DayProposal) -> None:
    then = {p for t in state.asked.standing.teams for p in t.observer_ids}
    if then != {p for t in facts.plan.teams for p in t.observer_ids}:
        raise Refused(
            "changed_since",
            say("dayplans.other_people"),
            mend=say("dayplans.ask_again"),
        )
