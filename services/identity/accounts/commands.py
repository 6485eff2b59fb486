from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.access import Grant, Role
from shared.messages import Command


class GrantBody(BaseModel):
    """A role; `school_id` for a host principal and a teacher, and for an observer the home school."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    role: Role
    school_id: UUID | None = None

    def grant(self) -> Grant:
        return Grant(self.role, self.school_id)


class OpenAccount(Command):
    """Creates the account, or opens it again after a deactivation, with exactly these grants."""

    person_id: UUID
    grants: tuple[GrantBody, ...]


class SetGrants(Command):
    """The grants become exactly these. `by` is who asks."""

    grants: tuple[GrantBody, ...]
    by: UUID | None = None


class CloseAccount(Command):
    """Takes every role away and ends sign-in. `by` is who asks."""

    by: UUID | None = None


class EraseAccount(Command):
    """Forgets who the closed account belonged to."""
