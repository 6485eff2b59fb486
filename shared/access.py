"""Who may do what: the roles of domain.md, the actor behind a request, the policy table.

Every route names exactly one action of `POLICY` (through `shared.http.requires`) or says why it is
public; a test fails on a route that does neither. A role that holds an action within a scope narrower
than the district must have its object checked by the handler: `actor.require(...)`. An object outside
the scope is told as NotFound, so that its existence is not betrayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from shared.errors import Forbidden, NotFound
from shared.said import say

What = Literal["object", "district", "follow-up", "projection", "proposal", "release", "round", "school"]


class Role(StrEnum):
    DISTRICT_ADMIN = "district_admin"
    DISTRICT_LEADER = "district_leader"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    HOST_PRINCIPAL = "host_principal"
    TEACHER = "teacher"
    ANALYST = "analyst"
    COACH = "coach"


class Scope(StrEnum):
    """How far a role's action reaches."""

    DISTRICT = "district"  # every object of the actor's district
    OWN_SCHOOL = "own_school"  # objects of a school that the grant names
    OWN_ROUND = "own_round"  # rounds where the actor is named (facilitator, team member)
    SELF = "self"  # the actor's own objects


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held by a person. `school_id` is set for host_principal and teacher, and for an
    observer names the home school."""

    role: Role
    school_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person behind a request, as the verified token tells it."""

    person_id: UUID
    district_id: UUID
    grants: tuple[Grant, ...] = ()
    session_id: UUID | None = None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(g.role for g in self.grants)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def schools(self, role: Role) -> frozenset[UUID]:
        return frozenset(g.school_id for g in self.grants if g.role is role and g.school_id is not None)

    def scopes(self, action: str) -> frozenset[Scope]:
        rule = POLICY[action]
        return frozenset(scope for role, scope in rule.items() if self.has(role))

    def may(
        self,
        action: str,
        *,
        school_id: UUID | None = None,
        people: Mapping[Role, Iterable[UUID]] | None = None,
        owner_id: UUID | None = None,
    ) -> bool:
        """True when some role of the actor reaches the object described by the keyword arguments.

        `school_id`: the object's school. `people`: who is named on the object's round, by the role
        in which they are named. `owner_id`: the person the object belongs to.
        """
        for role, scope in POLICY[action].items():
            if not self.has(role):
                continue
            if scope is Scope.DISTRICT:
                return True
            if scope is Scope.OWN_SCHOOL and school_id is not None and school_id in self.schools(role):
                return True
            if scope is Scope.OWN_ROUND and people is not None and self.person_id in set(people.get(role, ())):
                return True
            if scope is Scope.SELF and owner_id is not None and owner_id == self.person_id:
                return True
        return False

    def require(
        self,
        action: str,
        *,
        what: What = "object",
        school_id: UUID | None = None,
        people: Mapping[Role, Iterable[UUID]] | None = None,
        owner_id: UUID | None = None,
    ) -> None:
        """Raises NotFound when the object is outside every scope of the actor."""
        if not self.may(action, school_id=school_id, people=people, owner_id=owner_id):
            raise NotFound(say(f"errors.not_yours.{what.replace('-', '_')}"))

    def require_role_for(self, action: str) -> None:
        """Raises Forbidden when no role of the actor holds the action at any scope."""
        if not self.scopes(action):
            raise Forbidden(say("errors.roles", action=action), mend=say("errors.ask_administrator"))


_ADMIN, _LEADER, _FACIL = Role.DISTRICT_ADMIN, Role.DISTRICT_LEADER, Role.FACILITATOR
_OBS, _PRINC, _TEACH, _ANALYST, _COACH = (
    Role.OBSERVER,
    Role.HOST_PRINCIPAL,
    Role.TEACHER,
    Role.ANALYST,
    Role.COACH,
)
_D, _S, _R, _O = Scope.DISTRICT, Scope.OWN_SCHOOL, Scope.OWN_ROUND, Scope.SELF
_EVERYONE = {role: _D for role in Role}
_SELF = {role: _O for role in Role}

_TABLE: dict[str, dict[Role, Scope]] = {
    # identity
    "session.self": _SELF,  # who am I, sign out, sign out everywhere
    "account.manage": {_ADMIN: _D},
    "name.read": _EVERYONE,  # of people whose ids one holds
    "grant.manage": {_ADMIN: _D},
    "district.read": _EVERYONE,
    "district.settings": {_ADMIN: _D},
    "audit.read": {_ADMIN: _D},
    # scheduling
    "roster.import": {_ADMIN: _D},
    "roster.read": {_ADMIN: _D, _LEADER: _D},
    "school.read": _EVERYONE,
    "calendar.read": _EVERYONE,
    "calendar.edit": {_ADMIN: _D, _LEADER: _D},
    "classroom.read": {_ADMIN: _D, _LEADER: _D, _PRINC: _S},
    "classroom.edit": {_ADMIN: _D, _LEADER: _D, _PRINC: _S},
    "round.schedule": {_LEADER: _D},
    "round.schedule.read": {_LEADER: _D, _FACIL: _R, _OBS: _R, _PRINC: _S},
    "plan.ask": {_LEADER: _D},
    "plan.read": {_LEADER: _D},  # one's own proposals, and those that were published
    "plan.change": {_LEADER: _O},
    "plan.publish": {_LEADER: _D},
    "visit.own.read": {_OBS: _O, _FACIL: _O},
    "stage.read": {_ADMIN: _D, _LEADER: _D},  # observers, networks, hosts, pairs, travel
    "stage.edit": {_ADMIN: _D, _LEADER: _D},
    "school.stage": {_ADMIN: _D, _LEADER: _D, _PRINC: _S},  # a school's bells, own days, cover
    "availability.own": {_OBS: _O, _FACIL: _O},
    "mail.read": {_ADMIN: _D},
    "feed.own": _SELF,
    "feed.school": {_ADMIN: _D, _LEADER: _D, _PRINC: _S},
    "feed.network": {_ADMIN: _D, _LEADER: _D},
    "substitutes.read": {_ADMIN: _D, _LEADER: _D, _PRINC: _S},
    "fairness.read": {_ADMIN: _D, _LEADER: _D},
    # rounds
    "round.read": {_LEADER: _D, _FACIL: _R, _OBS: _R, _PRINC: _S},
    "round.prepare": {_PRINC: _S},
    "round.acknowledge": {_OBS: _R},
    "instrument.read": _EVERYONE,
    "instrument.write": {_LEADER: _D},
    "capture.own": _SELF,  # one's own device: its queue, its ledger, its day
    "evidence.record": {_OBS: _R},
    "evidence.own.read": {_OBS: _O},
    "evidence.team.read": {_OBS: _R},
    "evidence.deidentified.read": {_FACIL: _R},
    "debrief.lead": {_FACIL: _R},
    "debrief.read": {_FACIL: _R, _OBS: _R},
    "debrief.take_part": {_FACIL: _R, _OBS: _R},  # screen statements, sort them on the board
    "synthesis.released.read": {_LEADER: _D, _PRINC: _S, _TEACH: _S, _FACIL: _R},
    "follow_up.read": {_LEADER: _D, _PRINC: _S, _TEACH: _S, _FACIL: _R, _OBS: _R},  # observers: who own a commitment
    "follow_up.report": {_PRINC: _S, _FACIL: _R, _OBS: _R},
    "follow_up.lead": {_PRINC: _S, _FACIL: _R},  # move the day, hold the check
    "synthesis.statements.read": {_PRINC: _S, _TEACH: _S, _FACIL: _R},  # behind released patterns, of nobody
    "observations.import": {_ADMIN: _D},
    # coaching: a cycle is its people's alone, whatever other roles they or others hold
    "cycle.own": _SELF,
    "cycle.progress.read": {_ADMIN: _D, _LEADER: _D},
    "protocol.read": _EVERYONE,
    "protocol.publish": {_ADMIN: _D, _LEADER: _D},
    "training.record": {_ADMIN: _D, _LEADER: _D},
    # reporting
    "figures.live.read": {_FACIL: _R},
    "figures.released.read": {_LEADER: _D, _PRINC: _S, _TEACH: _S, _FACIL: _R, _ANALYST: _D},
    "figures.district.read": {_LEADER: _D, _ANALYST: _D},
    "figures.section.freeze": {_LEADER: _D},  # figures by grade and subject, over all schools
    "operations.read": {_ADMIN: _D},
    "operations.change": {_ADMIN: _D},  # rebuilds, the way back, dead letters
}

POLICY: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {action: MappingProxyType(rule) for action, rule in _TABLE.items()}
)


@dataclass(frozen=True, slots=True)
class PublicRoute:
    """A route that needs no sign-in, and why."""

    reason: str = field()
