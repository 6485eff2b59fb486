"""The platform's front door, as one signed-in person of the demo uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from shared.messages import new_id

T = TypeVar("T")


class DemoFailed(Exception):
    """The demo district could not be brought in; says at which step."""


class Door:
    """Requests under `/api` as one person. Raises DemoFailed with the problem's own words."""

    def __init__(self, http: httpx.AsyncClient, token: str | None = None) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def sign_in(self, email: str, password: str) -> Door:
        credentials = {"email": email, "password": password}
        told = await self("POST", "identity/session", credentials, headers={"Accept-Token": "body"})
        return Door(self._http, told["access_token"])

    async def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: dict[str, str] | None = None,
        file: tuple[str, bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:  # JSON of many shapes
        key = {"Idempotency-Key": str(new_id())} if method == "POST" else {}
        request = self._http.build_request(
            method,
            f"/api/{path}",
            json=body,
            params=params,
            files={"file": file} if file else None,
            headers=self._headers | key | (headers or {}),
        )
        for wait in (0, 0.1, 0.3, 1, 3, 5, None):
            try:
                answer = await self._http.send(request)
                if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE or wait is None:
                    break  # "try again in a moment" is done: what a service waits for may still be on its way
            except httpx.TransportError:  # a kept connection may be closed just as we use it
                if wait is None:
                    raise
            await asyncio.sleep(wait)
        if answer.is_error:
            raise DemoFailed(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None

    async def all(self, path: str, **params: str) -> list[Any]:
        """Every item of a paged list."""
        items: list[Any] = []
        after: str | None = None
        while True:
            page = await self("GET", path, params=params | ({"after": after} if after else {}))
            items += page["items"]
            after = page.get("next")
            if not after:
                return items


async def until(what: str, look: Callable[[], Awaitable[T | None]], seconds: float = 60) -> T:
    """What `look` finds, asked again and again. Raises DemoFailed after `seconds`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        found = await look()
        if found is not None:
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise DemoFailed(f"waited {seconds:.0f} s for {what}")
        await asyncio.sleep(0.05)
