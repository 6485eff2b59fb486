"""`/providers`, `/oidc/...`: the way to a district's own sign-in and back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from services.identity.deps import Deps
from services.identity.sessions.cookies import client_address, set_cookies
from services.identity.sessions.oidc import TRIP_SECONDS, OidcSignIn, SignInRefused
from shared.errors import Forbidden, Invalid
from shared.http import public
from shared.said import say

TRIP_COOKIE = "rondo_oidc"
HOME = "/desk/"


class ProviderView(BaseModel):
    key: str
    name: str
    start_url: str


class Providers(BaseModel):
    items: list[ProviderView]


def router(deps: Deps, oidc: OidcSignIn) -> APIRouter:
    api = APIRouter(tags=["session"])
    settings = deps.settings

    @api.get("/providers", dependencies=[public("the sign-in page shows them as buttons")])
    async def list_providers() -> Providers:
        return Providers(
            items=[
                ProviderView(key=p.key, name=p.name, start_url=f"{settings.mount_path}/oidc/{p.key}/start")
                for p in settings.oidc_providers
            ]
        )

    @api.get(
        "/oidc/{provider}/start",
        status_code=303,
        response_class=RedirectResponse,
        dependencies=[public("the way to the district's own sign-in")],
    )
    async def start_oidc(
        provider: str, return_to: Annotated[str, Query(max_length=500, description="a path of ours")] = HOME
    ) -> Response:
        url, sealed = await oidc.start(provider, _own_path(return_to))
        response = RedirectResponse(url, 303)
        response.set_cookie(
            TRIP_COOKIE,
            sealed,
            max_age=TRIP_SECONDS,
            path=f"{settings.mount_path}/oidc",
            secure=settings.secure,
            httponly=True,
            samesite="lax",
        )
        return response

    @api.get(
        "/oidc/{provider}/callback",
        status_code=303,
        response_class=RedirectResponse,
        dependencies=[public("the provider's signed answer is the proof")],
    )
    async def finish_oidc(
        provider: str,
        request: Request,
        code: Annotated[str | None, Query(max_length=4096)] = None,
        state: Annotated[str | None, Query(max_length=200)] = None,
    ) -> Response:
        """Ends at the page where the person wanted to go, or at the sign-in page with `problem=` saying why not."""
        address = client_address(request)
        try:
            trip = oidc.trip(provider, request.cookies.get(TRIP_COOKIE), state)
            if code is None:
                raise await oidc.refuse(trip, address=address)
            tokens = await oidc.finish(trip, code, address=address)
        except SignInRefused as refusal:
            response = _back_to_sign_in(refusal.reason)
        except Forbidden:
            response = _back_to_sign_in("no-role")
        else:
            response = RedirectResponse(trip.return_to, 303)
            set_cookies(response, tokens, settings)
        response.delete_cookie(TRIP_COOKIE, path=f"{settings.mount_path}/oidc")
        response.headers["Cache-Control"] = "no-store"
        return response

    return api


def _own_path(return_to: str) -> str:
    """A redirect must stay with us: `//evil`, `/\\evil` and whole addresses do not. Raises Invalid."""
    if not return_to.startswith("/") or return_to[1:2] in ("/", "\\") or not return_to.isprintable():
        raise Invalid(say("errors.own_path"), where="query/return_to")
    return return_to


def _back_to_sign_in(reason: str) -> RedirectResponse:
    return RedirectResponse(f"/desk/sign-in?{urlencode({'problem': reason})}", 303)
