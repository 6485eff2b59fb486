"""What is read of rounds: the list, one round with its debrief, the district's settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.rounds.debrief.state import DebriefState
from services.rounds.deps import Deps
from services.rounds.protocols.model import Protocol
from services.rounds.rounds.decide import RoundState
from services.rounds.rounds.events import RoundOpened, Stage
from services.rounds.rounds.protocol import PROTOCOL
from shared.access import Role
from shared.database import Database
from shared.errors import NotFound
from shared.messages import CommandContext
from shared.said import say


def round_stream(round_id: UUID) -> str:
    return f"round-{round_id}"


def debrief_stream(round_id: UUID) -> str:
    return f"debrief-{round_id}"


@dataclass(frozen=True, slots=True)
class RoundFile:
    """A round and its debrief as they stand, each with its stream's version."""

    plan: RoundOpened
    round: RoundState
    version: int
    debrief: DebriefState
    debrief_version: int

    @property
    def stage(self) -> Stage:
        return self.debrief.stage or self.round.stage

    @property
    def people(self) -> dict[Role, Sequence[UUID]]:
        """Who is named on the round as it is planned, for `Actor.require`."""
        named: dict[Role, Sequence[UUID]] = {Role.OBSERVER: sorted(self.round.observer_ids)}
        if self.plan.facilitator_id is not None:
            named[Role.FACILITATOR] = [self.plan.facilitator_id]
        return named


async def round_file(deps: Deps, district_id: UUID, round_id: UUID) -> RoundFile:
    """Raises NotFound when the district has no such round."""
    context = CommandContext(district_id, None)
    state, version = await deps.rounds.load(round_stream(round_id), context)
    if state.plan is None:
        raise NotFound(say("errors.not_yours.round"))
    debrief, debrief_version = await deps.debriefs.load(debrief_stream(round_id), context)
    return RoundFile(state.plan, state, version, debrief, debrief_version)


@dataclass(frozen=True, slots=True)
class District:
    """A district's settings, as identity tells them. The minima of domain.md hold until it has."""

    timezone: str = "UTC"
    slot_minutes: int = 20
    min_visits: int = 5
    min_classrooms: int = 5
    min_observers: int = 3


async def district(db: Database, district_id: UUID) -> District:
    async with db.reader(district_id) as conn:
        row = await conn.fetchrow(
            "select timezone, slot_minutes, min_visits, min_classrooms, min_observers from districts "
            "where district_id = $1",
            district_id,
        )
    return District(**dict(row)) if row else District()


async def page(
    db: Database,
    district_id: UUID,
    *,
    everything: bool,
    schools: Sequence[UUID],
    facilitator_id: UUID | None,
    observer_id: UUID | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Rounds, newest day first: all of the district's, or those that one of the other three reaches."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            _PAGE,
            everything,
            list(schools),
            facilitator_id,
            observer_id,
            after[0] if after else None,
            after[1] if after else None,
            limit,
        )
    return [dict(r) for r in rows]


_PAGE = """
select round_id, school_id, day, facilitator_id, slots, origin, stage, problem_written, closed, release, withdrawn
from rounds
where ($1 or school_id = any($2) or facilitator_id = $3 or $4 = any(observer_ids))
  and ($5::date is null or (day, round_id) < ($5, $6))
order by day desc, round_id desc
limit $7
"""


async def protocol_of(deps: Deps, district_id: UUID, state: RoundState) -> Protocol:
    """The document that a round walks: pinned when its visit opens; until then the district's newest, and the
    product's where the district has none of its own."""
    if state.protocol is not None:
        return await deps.protocols.get(district_id, *state.protocol)
    if state.stage != "prepare":
        return PROTOCOL  # rounds that began before documents were pinned
    own = [p for p in await deps.protocols.all(district_id) if p.model == PROTOCOL.model and p.key != PROTOCOL.key]
    return own[0] if own else PROTOCOL  # a district has one, see the API of protocols
