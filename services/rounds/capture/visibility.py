"""Whose notes an actor may read of a round, at its stage. domain.md, "Who sees what"; pure.

Observers read their own always, the team's once all of it has submitted, everyone's once the
facilitator opened describe. The facilitator reads without names until the synthesis closes. No other
role reads evidence, ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.rounds.errors import Gone
from services.rounds.rounds.queries import RoundFile
from shared.access import Actor
from shared.errors import NotFound
from shared.said import say

Reading = Literal["own", "team", "round", "deidentified"]
Key = tuple[UUID, UUID]  # slot, observer


@dataclass(frozen=True, slots=True)
class Visible:
    """`others` may be read without saying whose they are; `own` is the actor's."""

    reading: Reading
    own: frozenset[Key]
    others: frozenset[Key]


def every_key(file: RoundFile) -> frozenset[Key]:
    """All notes that the round may have: every slot by everyone who was ever on its team."""
    return frozenset((slot_id, o) for slot_id, once in file.round.slots.items() for o in once.observer_ids)


def visible(actor: Actor, file: RoundFile, submitted: Collection[Key]) -> Visible:
    """Raises NotFound for who may read none, Gone for the facilitator after the synthesis closed."""
    keys = every_key(file)
    me = actor.person_id
    own = frozenset(k for k in keys if k[1] == me and actor.may("evidence.own.read", owner_id=k[1]))
    others = keys - own
    on_a_team = actor.may("evidence.team.read", people=file.people)
    if on_a_team and file.debrief.stage is not None:
        return Visible("round", own, others)
    if actor.may("evidence.deidentified.read", people=file.people):
        if not file.debrief.closed:
            return Visible("deidentified", own, others)
        if not own:
            raise Gone(
                say("rounds.evidence_gone"),
                mend=say("rounds.read_patterns"),
            )
    if not own:
        raise NotFound(say("rounds.no_evidence"))
    if on_a_team:
        team = _team_when_complete(me, file, submitted) - own
        if team:
            return Visible("team", own, team)
    return Visible("own", own, frozenset())


def _team_when_complete(me: UUID, file: RoundFile, submitted: Collection[Key]) -> frozenset[Key]:
    """The notes of my teams that have handed in every slot."""
    found: set[Key] = set()
    for team in file.plan.teams:
        if me not in team.observer_ids:
            continue
        keys = {(s.slot_id, o) for s in file.plan.slots if s.team_id == team.team_id for o in team.observer_ids}
        if keys.issubset(submitted):
            found |= keys
    return frozenset(found)
