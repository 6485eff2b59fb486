"""The two cookies of a sign-in: out of scripts' reach, not sent along by other sites' forms."""

from __future__ import annotations

from fastapi import Request, Response

from services.identity.sessions.sessions import Tokens
from services.identity.settings import IdentitySettings
from shared.http import ACCESS_COOKIE

REFRESH_COOKIE = "rondo_refresh"


def client_address(request: Request) -> str:
    """Where the request came from (uvicorn resolves proxies that it is told to trust)."""
    return request.client.host if request.client else "unknown"


def set_cookies(response: Response, tokens: Tokens, settings: IdentitySettings) -> None:
    """The access cookie goes to every service, the refresh cookie to this one alone."""
    for name, value, path, seconds in (
        (ACCESS_COOKIE, tokens.access, "/", tokens.access_seconds),
        (REFRESH_COOKIE, tokens.refresh, settings.mount_path or "/", tokens.refresh_seconds),
    ):
        response.set_cookie(
            name, value, max_age=seconds, path=path, secure=settings.secure, httponly=True, samesite="lax"
        )


def clear_cookies(response: Response, settings: IdentitySettings) -> None:
    for name, path in ((ACCESS_COOKIE, "/"), (REFRESH_COOKIE, settings.mount_path or "/")):
        response.delete_cookie(name, path=path, secure=settings.secure, httponly=True, samesite="lax")
