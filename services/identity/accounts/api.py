"""`/accounts`, `/password`: people, their roles, their passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.identity.accounts import queries
from services.identity.accounts.accounts import Accounts
from services.identity.accounts.commands import GrantBody
from services.identity.accounts.links import PasswordLinks
from services.identity.accounts.queries import AccountView
from services.identity.deps import Deps
from services.identity.sessions.cookies import client_address
from shared.access import Actor
from shared.errors import Refused
from shared.http import (
    IdempotencyKey,
    IfMatch,
    command_context,
    etag,
    page_key,
    page_token,
    public,
    requires,
    same_origin,
)
from shared.messages import CommandContext
from shared.said import Said

Grants = Annotated[list[GrantBody], Field(max_length=50)]
EMAIL = r"^[^@\s]+@[^@\s]+$"


class NewAccount(BaseModel):
    """`person_id` is the roster's, for a person that the roster lists."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    person_id: UUID | None = None
    email: str = Field(max_length=254, pattern=EMAIL)
    name: str = Field(min_length=1, max_length=200)
    grants: Grants = Field(default_factory=list)


class NewAccounts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    items: list[NewAccount] = Field(min_length=1, max_length=500)


class OpenedAccount(BaseModel):
    """`password_url` works once, until `expires_at`; it is shown this one time. None where the account has a
    password already, and where it was refused (`detail` and `code` say why)."""

    email: str
    status: Literal["opened", "unchanged", "refused"]
    person_id: UUID | None = None
    password_url: str | None = None
    expires_at: datetime | None = None
    code: str | None = None
    detail: str | None = None
    say: Said | None = Field(default=None, description="`detail` in both languages")


class OpenedAccounts(BaseModel):
    items: list[OpenedAccount]


class AccountPage(BaseModel):
    items: list[AccountView]
    next: str | None


class Names(BaseModel):
    names: dict[UUID, str]


class GrantsBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    grants: Grants


class PasswordLink(BaseModel):
    password_url: str
    expires_at: datetime


class NewPassword(BaseModel):
    model_config = ConfigDict(extra="forbid")
    token: str = Field(max_length=100)
    password: str = Field(max_length=1000)


def router(deps: Deps, accounts: Accounts, links: PasswordLinks) -> APIRouter:
    api = APIRouter(tags=["accounts"])

    @api.get("/accounts")
    async def list_accounts(
        actor: Annotated[Actor, requires("account.manage")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        q: Annotated[str | None, Query(max_length=200, description="part of a name or an address")] = None,
    ) -> AccountPage:
        items = await queries.page(deps.db, actor.district_id, after=_cursor(after), limit=limit + 1, q=q)
        more = len(items) > limit
        return AccountPage(items=items[:limit], next=page_token(*queries.sort_key(items[limit - 1])) if more else None)

    @api.post("/accounts")
    async def open_accounts(
        body: NewAccounts,
        actor: Annotated[Actor, requires("account.manage")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> OpenedAccounts:
        """Opens each account, or says why not. Sending the same again changes nothing but the links."""
        context = command_context(actor, request, key)
        return OpenedAccounts(
            items=[await open_one(item, _nth(context, n), actor) for n, item in enumerate(body.items)]
        )

    async def open_one(item: NewAccount, context: CommandContext, actor: Actor) -> OpenedAccount:
        try:
            person_id, handled = await accounts.open(
                item.email, item.name, [g.grant() for g in item.grants], context, person_id=item.person_id
            )
        except Refused as refusal:
            why, both = refusal.detail, refusal.say
            return OpenedAccount(email=item.email, status="refused", code=refusal.code, detail=why, say=both)
        status: Literal["opened", "unchanged"] = "opened" if handled.events else "unchanged"
        async with deps.db.reader(actor.district_id) as conn:
            person = await queries.by_id(conn, person_id)
        if person is not None and person.password_hash is not None:
            return OpenedAccount(email=item.email, status=status, person_id=person_id)
        link = await links.issue(person_id, actor.district_id, by=actor.person_id)
        return OpenedAccount(
            email=item.email, status=status, person_id=person_id, password_url=link.url, expires_at=link.expires_at
        )

    @api.get("/names")
    async def list_names(
        actor: Annotated[Actor, requires("name.read")], id: Annotated[list[UUID], Query(min_length=1, max_length=100)]
    ) -> Names:
        """The names of people of the district; those that it does not have, or that were erased, are left out."""
        async with deps.db.reader(actor.district_id) as conn:
            return Names(names=await queries.names(conn, id))

    @api.put("/accounts/{person_id}/grants")
    async def set_grants(
        person_id: UUID,
        body: GrantsBody,
        actor: Annotated[Actor, requires("grant.manage")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> GrantsBody:
        """The account's roles become exactly these; its access tokens follow within ten minutes."""
        context = command_context(actor, request, key)
        handled = await accounts.set_grants(person_id, [g.grant() for g in body.grants], context, if_match=if_match)
        response.headers.update(etag(handled.version))
        return body

    @api.post("/accounts/{person_id}/password-link")
    async def issue_password_link(person_id: UUID, actor: Annotated[Actor, requires("account.manage")]) -> PasswordLink:
        """A new one-time link, for a new or a forgotten password; earlier links stop working."""
        link = await links.issue(person_id, actor.district_id, by=actor.person_id)
        return PasswordLink(password_url=link.url, expires_at=link.expires_at)

    @api.delete("/accounts/{person_id}", status_code=204)
    async def close_account(
        person_id: UUID,
        actor: Annotated[Actor, requires("account.manage")],
        request: Request,
        if_match: IfMatch,
        erase: Annotated[bool, Query(description="also forget the name and the e-mail address, for good")] = False,
    ) -> None:
        await accounts.close(person_id, command_context(actor, request), erase=erase, if_match=if_match)

    @api.post("/password", status_code=204, dependencies=[public("the one-time link is the proof")])
    async def set_password(body: NewPassword, request: Request) -> None:
        same_origin(request)
        await links.redeem(body.token, body.password, address=client_address(request))

    return api


def _nth(context: CommandContext, n: int) -> CommandContext:
    """Each account of a batch is a command of its own, repeatable with the batch."""
    return CommandContext(
        context.district_id,
        context.actor_id,
        uuid5(context.command_id, f"account {n}"),
        correlation_id=context.command_id,
        traceparent=context.traceparent,
    )


def _cursor(after: str | None) -> tuple[str, UUID] | None:
    key = page_key(after, str, UUID)
    return (key[0], key[1]) if key else None
