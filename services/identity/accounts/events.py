"""Facts of an account: ids and roles. Who it is lies in an erasable table beside the log."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class AccountCreated(Event):
    person_id: UUID


class RoleGranted(Event):
    person_id: UUID
    role: str
    school_id: UUID | None = None


class RoleRevoked(Event):
    person_id: UUID
    role: str
    school_id: UUID | None = None


class AccountDeactivated(Event):
    person_id: UUID


class AccountReactivated(Event):
    person_id: UUID


class AccountErased(Event):
    """The name and the e-mail address were destroyed; the id stays, so that history stays readable."""

    person_id: UUID


EVENTS = (AccountCreated, RoleGranted, RoleRevoked, AccountDeactivated, AccountReactivated, AccountErased)
