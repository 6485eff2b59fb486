"""Roles follow the account: a closed one has none, and nobody takes away their own key to the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.identity.accounts.commands import CloseAccount, EraseAccount, GrantBody, OpenAccount, SetGrants
from services.identity.accounts.events import (
    EVENTS,
    AccountCreated,
    AccountDeactivated,
    AccountErased,
    AccountReactivated,
    RoleGranted,
    RoleRevoked,
)
from shared.access import Grant, Role
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

AccountCommand = OpenAccount | SetGrants | CloseAccount | EraseAccount
Held = tuple[str, UUID | None]
NEEDS_SCHOOL = frozenset({Role.HOST_PRINCIPAL, Role.TEACHER})
MAY_NAME_SCHOOL = NEEDS_SCHOOL | {Role.OBSERVER}


@dataclass(frozen=True, slots=True)
class Account:
    """`grants` are (role, school) pairs; a role that newer code wrote is kept as its name."""

    person_id: UUID
    active: bool = True
    erased: bool = False
    grants: frozenset[Held] = frozenset()


def stream(person_id: UUID) -> str:
    return f"account-{person_id}"


def decide(command: AccountCommand, state: Account | None) -> Sequence[Event]:
    if isinstance(command, OpenAccount):
        return _open(command, state)
    if state is None:
        raise NotFound(say("errors.no_account"))
    match command:
        case SetGrants():
            if not state.active:
                raise Refused("account_closed", say("errors.account_is_closed"), mend=say("errors.create_again"))
            wanted = _checked(command.grants)
            _keep_own_admin(command.by, state, wanted)
            return _difference(state.person_id, state.grants, wanted)
        case CloseAccount():
            if not state.active:
                return []
            if command.by == state.person_id:
                raise Refused(
                    "own_account",
                    say("errors.own_account"),
                    mend=say("errors.ask_another"),
                )
            return [
                *_difference(state.person_id, state.grants, frozenset()),
                AccountDeactivated(person_id=state.person_id),
            ]
        case EraseAccount():
            if state.active:
                raise Refused("account_open", say("errors.account_open"), mend=say("errors.close_account"))
            return [] if state.erased else [AccountErased(person_id=state.person_id)]


def _open(command: OpenAccount, state: Account | None) -> Sequence[Event]:
    wanted = _checked(command.grants)
    if state is None:
        opened: list[Event] = [AccountCreated(person_id=command.person_id)]
        held: frozenset[Held] = frozenset()
    else:
        opened = [] if state.active else [AccountReactivated(person_id=command.person_id)]
        held = state.grants
    return [*opened, *_difference(command.person_id, held, wanted)]


def _checked(grants: Iterable[GrantBody]) -> frozenset[Held]:
    for grant in grants:
        if grant.role in NEEDS_SCHOOL and grant.school_id is None:
            raise Refused(
                "grant_needs_school", say("errors.needs_school", role=grant.role.value), mend=say("errors.name_school")
            )
        if grant.school_id is not None and grant.role not in MAY_NAME_SCHOOL:
            raise Refused(
                "grant_has_school",
                say("errors.has_school", role=grant.role.value),
                mend=say("errors.no_school_named"),
            )
    return frozenset((g.role.value, g.school_id) for g in grants)


def _keep_own_admin(by: UUID | None, state: Account, wanted: frozenset[Held]) -> None:
    admin: Held = (Role.DISTRICT_ADMIN.value, None)
    if by == state.person_id and admin in state.grants and admin not in wanted:
        raise Refused(
            "own_administration",
            say("errors.own_administration"),
            mend=say("errors.ask_another"),
        )


def _difference(person_id: UUID, held: frozenset[Held], wanted: frozenset[Held]) -> list[Event]:
    def ordered(grants: frozenset[Held]) -> list[Held]:
        return sorted(grants, key=lambda g: (g[0], str(g[1])))

    return [
        *(RoleRevoked(person_id=person_id, role=role, school_id=school) for role, school in ordered(held - wanted)),
        *(RoleGranted(person_id=person_id, role=role, school_id=school) for role, school in ordered(wanted - held)),
    ]


def evolve(state: Account | None, event: Event) -> Account | None:
    match event:
        case AccountCreated():
            return Account(event.person_id)
        case RoleGranted() if state:
            return replace(state, grants=state.grants | {(event.role, event.school_id)})
        case RoleRevoked() if state:
            return replace(state, grants=state.grants - {(event.role, event.school_id)})
        case AccountDeactivated() if state:
            return replace(state, active=False)
        case AccountReactivated() if state:
            return replace(state, active=True, erased=False)
        case AccountErased() if state:
            return replace(state, erased=True)
    return state


def grants_of(account: Account) -> tuple[Grant, ...]:
    """The account's grants in the roles that this code knows."""
    known = {role.value for role in Role}
    return tuple(Grant(Role(role), school) for role, school in sorted(account.grants, key=str) if role in known)


account: Decider[AccountCommand, Account | None] = Decider(initial=None, decide=decide, evolve=evolve, events=EVENTS)
