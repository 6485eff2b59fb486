"""`/session`, `/sessions`, `/jwks.json`: signing in, staying in, signing out."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.identity.accounts import queries
from services.identity.accounts.commands import GrantBody
from services.identity.deps import Deps
from services.identity.districts.districts import Districts
from services.identity.sessions.cookies import REFRESH_COOKIE, clear_cookies, client_address, set_cookies
from services.identity.sessions.keys import KeyRing
from services.identity.sessions.sessions import Sessions, Tokens
from services.identity.sessions.sign_in import SignIn
from shared.access import Actor
from shared.errors import Unauthenticated
from shared.http import public, requires, same_origin, signed_in
from shared.said import say


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)
    district_id: UUID | None = Field(default=None, description="needed only by people with accounts in several")


class SessionDistrict(BaseModel):
    district_id: UUID
    name: str
    timezone: str


class SignedIn(BaseModel):
    """`access_token` and `refresh_token` come only to those who sent `Accept-Token: body`."""

    person_id: UUID
    name: str
    email: str
    district: SessionDistrict
    grants: list[GrantBody]
    access_token: str | None = None
    refresh_token: str | None = None
    expires_in: int | None = Field(default=None, description="seconds that the access token lives")


class RefreshBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    refresh_token: str = Field(max_length=100)


AcceptToken = Annotated[
    str | None, Header(alias="Accept-Token", description="`body`: tokens in the answer, no cookies (command line)")
]


def router(deps: Deps, sessions: Sessions, sign_in: SignIn, districts: Districts, keys: KeyRing) -> APIRouter:
    api = APIRouter(tags=["session"])

    async def told(person: queries.Person) -> SignedIn:
        settings, _ = await districts.settings_of(person.district_id)
        return SignedIn(
            person_id=person.person_id,
            name=person.name,
            email=person.email,
            district=SessionDistrict(district_id=person.district_id, name=settings.name, timezone=settings.timezone),
            grants=[GrantBody(role=g.role, school_id=g.school_id) for g in person.grants],
        )

    async def answer(tokens: Tokens, response: Response, *, in_body: bool) -> SignedIn:
        response.headers["Cache-Control"] = "no-store"
        body = await told(tokens.person)
        if not in_body:
            set_cookies(response, tokens, deps.settings)
            return body
        return body.model_copy(
            update={
                "access_token": tokens.access,
                "refresh_token": tokens.refresh,
                "expires_in": tokens.access_seconds,
            }
        )

    @api.post("/session", response_model_exclude_none=True, dependencies=[public("this is where people sign in")])
    async def sign_in_with_password(
        body: Credentials, request: Request, response: Response, accept: AcceptToken = None
    ) -> SignedIn:
        same_origin(request)
        tokens = await sign_in.with_password(
            body.email, body.password, address=client_address(request), district_id=body.district_id
        )
        return await answer(tokens, response, in_body=accept == "body")

    @api.get("/session", response_model_exclude_none=True)
    async def get_session(actor: Annotated[Actor, requires("session.self")]) -> SignedIn:
        async with deps.db.reader(actor.district_id) as conn:
            person = await queries.by_id(conn, actor.person_id)
        if person is None or not person.active:
            raise Unauthenticated(say("errors.account_closed"), mend=say("errors.ask_administrator"))
        return await told(person)

    @api.post(
        "/session/refresh",
        response_model_exclude_none=True,
        dependencies=[public("the refresh token is the proof")],
    )
    async def refresh_session(request: Request, response: Response, body: RefreshBody | None = None) -> SignedIn:
        """Trades the refresh token (cookie; or body, for the command line) for new tokens. A token works
        once: two windows must take turns, for a second use ends the session on every window."""
        token = body.refresh_token if body else request.cookies.get(REFRESH_COOKIE)
        if body is None:
            same_origin(request)
        if not token:
            raise Unauthenticated(say("errors.signed_out"), mend=say("errors.sign_in"))
        tokens = await sessions.refresh(token, address=client_address(request))
        return await answer(tokens, response, in_body=body is not None)

    @api.delete(
        "/session",
        status_code=204,
        dependencies=[public("ends the session of the request's own cookies, even when the access token has expired")],
    )
    async def sign_out(request: Request, response: Response) -> None:
        address = client_address(request)
        refresh = request.cookies.get(REFRESH_COOKIE)
        try:
            actor = await signed_in(request)
        except Unauthenticated:
            same_origin(request)
        else:
            if actor.session_id is not None:
                await sessions.end(actor.session_id, address=address)
        if refresh:
            await sessions.end_by_token(refresh, address=address)
        clear_cookies(response, deps.settings)

    @api.delete("/sessions")
    async def sign_out_everywhere(
        actor: Annotated[Actor, requires("session.self")], request: Request, response: Response
    ) -> dict[str, int]:
        """Ends the person's sessions on every device. Access tokens that are about expire within ten minutes."""
        ended = await sessions.end_all(actor, address=client_address(request))
        clear_cookies(response, deps.settings)
        return {"ended": ended}

    @api.get("/jwks.json", dependencies=[public("public keys")])
    async def get_jwks(response: Response) -> dict[str, Any]:  # Any: JWK members are of several types
        response.headers["Cache-Control"] = "public, max-age=60"
        return dict(await keys.jwks())

    return api
