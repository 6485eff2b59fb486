from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.identity.accounts.commands import CloseAccount, EraseAccount, GrantBody, OpenAccount, SetGrants
from services.identity.accounts.decide import Account, account, decide, grants_of
from services.identity.accounts.events import (
    AccountCreated,
    AccountDeactivated,
    AccountErased,
    AccountReactivated,
    RoleGranted,
    RoleRevoked,
)
from shared.access import Grant, Role
from shared.errors import NotFound, Refused
from shared.messages import Event

PERSON, SCHOOL, OTHER = uuid4(), uuid4(), uuid4()


def grant(role: Role, school_id: UUID | None = None) -> GrantBody:
    return GrantBody(role=role, school_id=school_id)


def given(*events: Event) -> Account | None:
    return account.fold(events)


CREATED = AccountCreated(person_id=PERSON)
OBSERVES = RoleGranted(person_id=PERSON, role="observer", school_id=SCHOOL)
ADMINISTERS = RoleGranted(person_id=PERSON, role="district_admin")


def test_a_new_account_gets_its_roles_as_facts_of_their_own() -> None:
    command = OpenAccount(person_id=PERSON, grants=(grant(Role.OBSERVER, SCHOOL), grant(Role.FACILITATOR)))
    assert decide(command, None) == [CREATED, RoleGranted(person_id=PERSON, role="facilitator"), OBSERVES]


def test_opening_an_account_twice_changes_nothing() -> None:
    command = OpenAccount(person_id=PERSON, grants=(grant(Role.OBSERVER, SCHOOL),))
    assert decide(command, given(CREATED, OBSERVES)) == []


def test_setting_grants_revokes_what_is_gone_and_grants_what_is_new() -> None:
    command = SetGrants(grants=(grant(Role.OBSERVER, OTHER),))
    assert decide(command, given(CREATED, OBSERVES)) == [
        RoleRevoked(person_id=PERSON, role="observer", school_id=SCHOOL),
        RoleGranted(person_id=PERSON, role="observer", school_id=OTHER),
    ]


def test_a_principal_is_principal_of_a_school() -> None:
    with pytest.raises(Refused) as refused:
        decide(SetGrants(grants=(grant(Role.HOST_PRINCIPAL),)), given(CREATED))
    assert refused.value.code == "grant_needs_school"


def test_a_district_role_names_no_school() -> None:
    with pytest.raises(Refused) as refused:
        decide(SetGrants(grants=(grant(Role.DISTRICT_LEADER, SCHOOL),)), given(CREATED))
    assert refused.value.code == "grant_has_school"


def test_administrators_cannot_lock_themselves_out() -> None:
    state = given(CREATED, ADMINISTERS)
    with pytest.raises(Refused) as refused:
        decide(SetGrants(grants=(), by=PERSON), state)
    assert refused.value.code == "own_administration"
    with pytest.raises(Refused) as refused:
        decide(CloseAccount(by=PERSON), state)
    assert refused.value.code == "own_account"
    assert decide(SetGrants(grants=(), by=uuid4()), state)


def test_closing_an_account_revokes_every_role_so_that_other_services_learn_of_it() -> None:
    state = given(CREATED, OBSERVES, ADMINISTERS)
    events = decide(CloseAccount(by=uuid4()), state)
    assert [type(e) for e in events] == [RoleRevoked, RoleRevoked, AccountDeactivated]
    closed = account.fold(events, state)
    assert closed is not None
    assert not closed.active
    assert grants_of(closed) == ()
    assert decide(CloseAccount(), closed) == []


def test_a_closed_account_takes_no_roles_until_it_is_opened_again() -> None:
    closed = given(CREATED, AccountDeactivated(person_id=PERSON))
    with pytest.raises(Refused) as refused:
        decide(SetGrants(grants=(grant(Role.ANALYST),)), closed)
    assert refused.value.code == "account_closed"
    assert decide(OpenAccount(person_id=PERSON, grants=(grant(Role.ANALYST),)), closed) == [
        AccountReactivated(person_id=PERSON),
        RoleGranted(person_id=PERSON, role="analyst"),
    ]


def test_only_a_closed_account_is_erased_and_only_once() -> None:
    with pytest.raises(Refused):
        decide(EraseAccount(), given(CREATED))
    closed = given(CREATED, AccountDeactivated(person_id=PERSON))
    erased = decide(EraseAccount(), closed)
    assert erased == [AccountErased(person_id=PERSON)]
    assert decide(EraseAccount(), account.fold(erased, closed)) == []


def test_an_unknown_account_is_not_found() -> None:
    for command in (SetGrants(grants=()), CloseAccount(), EraseAccount()):
        with pytest.raises(NotFound):
            decide(command, None)


def test_a_role_that_newer_code_wrote_gives_no_rights_and_breaks_nothing() -> None:
    state = given(CREATED, OBSERVES, RoleGranted(person_id=PERSON, role="superintendent"))
    assert state is not None
    assert grants_of(state) == (Grant(Role.OBSERVER, SCHOOL),)
