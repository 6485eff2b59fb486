"""What this service does when scheduling plans a round and when identity tells of a district."""

from __future__ import annotations

import structlog

from services.identity.contract import AccountErased, DistrictRegistered, DistrictSettingsChanged
from services.rounds.capture.corrections import erase_person
from services.rounds.cycles import erasing as coaching
from services.rounds.deps import Deps
from services.rounds.rounds.commands import TakeUpPlan, WithdrawRound
from services.rounds.rounds.events import Slot, Team
from services.rounds.rounds.queries import round_stream
from services.scheduling.contract import RoundCancelled, RoundRescheduled, RoundScheduled
from shared.errors import NotFound, Refused
from shared.messages import PublishedEvent
from shared.reactions import Reactions, reaction_context

log = structlog.get_logger(__name__)


def register(reactions: Reactions, deps: Deps) -> None:
    async def take_up(event: RoundScheduled, published: PublishedEvent) -> None:
        command = TakeUpPlan(
            round_id=event.round_id,
            school_id=event.school_id,
            day=event.day,
            timezone=event.timezone,
            facilitator_id=event.facilitator_id,
            instrument=event.instrument,
            instrument_version=event.instrument_version,
            teams=tuple(Team(**dict(t)) for t in event.teams),
            slots=tuple(Slot(**dict(s)) for s in event.slots),
            plan_version=published.version,
        )
        try:
            await deps.rounds.handle(round_stream(event.round_id), command, reaction_context(published))
        except Refused as refused:
            log.warning("a plan was not taken up", round_id=str(event.round_id), code=refused.code)

    async def withdraw(event: RoundCancelled, published: PublishedEvent) -> None:
        command = WithdrawRound(plan_version=published.version)
        try:
            await deps.rounds.handle(round_stream(event.round_id), command, reaction_context(published))
        except NotFound:
            log.warning("a round was cancelled that was never planned", round_id=str(event.round_id))

    async def settings(event: DistrictRegistered, published: PublishedEvent) -> None:
        async with deps.db.writer(published.district_id) as conn:
            await conn.execute(
                _DISTRICT,
                event.district_id,
                event.timezone,
                event.slot_minutes,
                event.min_visits,
                event.min_classrooms,
                event.min_observers,
                published.version,
            )

    async def erased(event: AccountErased, published: PublishedEvent) -> None:
        rounds = await erase_person(deps, published.district_id, event.person_id)
        cycles = await coaching.erase_person(deps, published.district_id, event.person_id)
        log.info("a person's words were erased", person_id=str(event.person_id), rounds=rounds, cycles=cycles)

    reactions.on("identity", AccountErased, erased)
    reactions.on("scheduling", RoundScheduled, take_up)
    reactions.on("scheduling", RoundRescheduled, take_up)
    reactions.on("scheduling", RoundCancelled, withdraw)
    reactions.on("identity", DistrictRegistered, settings)
    reactions.on("identity", DistrictSettingsChanged, settings)


_DISTRICT = """
insert into districts as d
    (district_id, timezone, slot_minutes, min_visits, min_classrooms, min_observers, version)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (district_id) do update set
    timezone = excluded.timezone, slot_minutes = excluded.slot_minutes, min_visits = excluded.min_visits,
    min_classrooms = excluded.min_classrooms, min_observers = excluded.min_observers, version = excluded.version
where d.version < excluded.version
"""
