"""Opening, changing and closing accounts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from services.identity.accounts import queries
from services.identity.accounts.commands import (
    CloseAccount,
    EraseAccount,
    GrantBody,
    OpenAccount,
    SetGrants,
)
from services.identity.accounts.decide import Account, AccountCommand, account, stream
from services.identity.accounts.tables import describe, project
from services.identity.deps import Deps
from shared.access import Grant
from shared.command_handler import CommandHandler, Handled
from shared.errors import NotFound, Refused
from shared.messages import CommandContext
from shared.said import say
from shared.tables import with_tables


def bodies(grants: Sequence[Grant]) -> tuple[GrantBody, ...]:
    return tuple(GrantBody(role=g.role, school_id=g.school_id) for g in grants)


class Accounts:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def open(
        self, email: str, name: str, grants: Sequence[Grant], context: CommandContext, *, person_id: UUID | None = None
    ) -> tuple[UUID, Handled[Account | None]]:
        """Creates the account of `email`, opens it again, or sets the grants of the one that is there.

        Without `person_id` it is the district's account with that address, or a new person. Raises
        Refused when the address belongs to another account.
        """
        email, name = email.strip(), name.strip()
        if person_id is None:
            found = await queries.person_with_email(self._deps.db, context.district_id, email)
            person_id = found or uuid5(context.command_id, "person")
        command = OpenAccount(person_id=person_id, grants=bodies(grants))
        async with self._deps.db.writer(context.district_id) as conn:
            await describe(conn, person_id, email=email, name=name)
        handled = await self._handle(person_id, command, context, email=email, name=name)
        return person_id, handled

    async def set_grants(
        self, person_id: UUID, grants: Sequence[Grant], context: CommandContext, *, if_match: int | None = None
    ) -> Handled[Account | None]:
        """A change reaches the person's access tokens at the next refresh, ten minutes at most."""
        command = SetGrants(grants=bodies(grants), by=context.actor_id)
        return await self._handle(person_id, command, context, if_match=if_match)

    async def close(
        self, person_id: UUID, context: CommandContext, *, erase: bool, if_match: int | None = None
    ) -> Handled[Account | None]:
        """Takes the roles, ends every session, destroys the password; `erase` also the name and address."""
        command = CloseAccount(by=context.actor_id)
        handled = await self._handle(person_id, command, context, if_match=if_match)
        if erase:
            forget = CommandContext(context.district_id, context.actor_id, uuid5(context.command_id, "erase"))
            handled = await self._handle(person_id, EraseAccount(), forget)
        return handled

    async def _handle(
        self,
        person_id: UUID,
        command: AccountCommand,
        context: CommandContext,
        *,
        email: str = "",
        name: str = "",
        if_match: int | None = None,
    ) -> Handled[Account | None]:
        append = with_tables(self._deps.db, self._deps.store, project(self._deps, context, email=email, name=name))
        handler: CommandHandler[AccountCommand, Account | None] = CommandHandler(
            self._deps.store, account, append=append
        )
        try:
            return await handler.handle(stream(person_id), command, context, if_match=if_match)
        except PermissionError:  # the id belongs to a person of another district
            if isinstance(command, OpenAccount):
                raise Refused("person_id_unusable", say("errors.person_id"), where="person_id") from None
            raise NotFound(say("errors.no_account")) from None
