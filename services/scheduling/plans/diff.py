"""A proposed plan against today's: what is added, moved, restaffed, cancelled. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.scheduling.plans.events import ChangeKind, ProposedPlan


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as it stands in today's plan, or as a proposal would have it. `version`: of its stream, 0: new. `begun`:
    its visit has, and the round stays on its day. `planned`: the day of its plan, where that is another."""

    round_id: UUID
    school_id: UUID
    day: date
    facilitator_id: UUID | None
    observer_ids: frozenset[UUID]
    version: int = 0
    begun: bool = False
    planned: date | None = None

    @property
    def people(self) -> frozenset[UUID]:
        return self.observer_ids | ({self.facilitator_id} if self.facilitator_id else frozenset())


@dataclass(frozen=True, slots=True)
class Change:
    round_id: UUID
    kind: ChangeKind
    before: Standing | None
    after: Standing | None

    @property
    def school_id(self) -> UUID:
        standing = self.after or self.before
        assert standing is not None, "a change has a side"
        return standing.school_id

    @property
    def day(self) -> date:
        standing = self.after or self.before
        assert standing is not None, "a change has a side"
        return standing.day

    @property
    def joins(self) -> frozenset[UUID]:
        return (self.after.people if self.after else frozenset()) - (self.before.people if self.before else frozenset())

    @property
    def leaves(self) -> frozenset[UUID]:
        return (self.before.people if self.before else frozenset()) - (self.after.people if self.after else frozenset())

    @property
    def tells_host(self) -> bool:
        return self.kind != "restaffed"

    @property
    def affected(self) -> frozenset[UUID]:
        """Who of the round must be told: all of one that is new, moved or cancelled; of others who joins and leaves."""
        if self.kind == "restaffed":
            return self.joins | self.leaves
        return (self.after.people if self.after else frozenset()) | (self.before.people if self.before else frozenset())


def people_told(of: Collection[Change], hosts: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    """Everybody who is told of these changes. `hosts`: by school its principals, who are told as well."""
    host = (hosts.get(c.school_id, frozenset()) for c in of if c.tells_host)
    return frozenset().union(*(c.affected for c in of), *host)


def of_plan(plan: ProposedPlan) -> dict[UUID, Standing]:
    return {
        r.round_id: Standing(r.round_id, r.school_id, r.day, plan.facilitator_of(r), frozenset(plan.observers_of(r)))
        for r in plan.rounds
    }


def changes(today: Mapping[UUID, Standing], proposed: Mapping[UUID, Standing], scope: Collection[UUID]) -> list[Change]:
    """By day and school. `scope`: the rounds of today that the proposal was free to change; one of them that it
    leaves out is cancelled by it, others it says nothing about."""
    found: list[Change] = []
    for round_id, after in proposed.items():
        before = today.get(round_id)
        if before is None:
            found.append(Change(round_id, "added", None, after))
        elif before.day != after.day:
            found.append(Change(round_id, "moved", before, after))
        elif before.people != after.people or before.facilitator_id != after.facilitator_id:
            found.append(Change(round_id, "restaffed", before, after))
    found += [Change(r, "cancelled", today[r], None) for r in scope if r in today and r not in proposed]
    return sorted(found, key=lambda c: (c.day, str(c.school_id), str(c.round_id)))


def after_publishing(today: Mapping[UUID, Standing], accepted: Collection[Change]) -> dict[UUID, Standing]:
    """Today's plan with the accepted changes in it."""
    standing = dict(today)
    for change in accepted:
        if change.after is None:
            standing.pop(change.round_id, None)
        else:
            standing[change.round_id] = change.after
    return standing
