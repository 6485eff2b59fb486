"""Waiting for what another process does, which cannot signal us."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

Found = TypeVar("Found")
_AGAIN_SECONDS = 0.02


async def until(look: Callable[[], Awaitable[Found] | Found], seconds: float = 30) -> Found:
    """What `look` finds, once that is not empty, zero or False. Raises AssertionError after `seconds`, with what it
    found last."""
    found: object = None
    try:
        async with asyncio.timeout(seconds) as limit:
            while True:
                found = look()
                if inspect.isawaitable(found):
                    found = await found
                if found:
                    return cast(Found, found)  # awaited, where it was to be
                await asyncio.sleep(_AGAIN_SECONDS)
    except TimeoutError:
        if not limit.expired():
            raise
        raise AssertionError(f"still {found!r} after {seconds} s") from None
