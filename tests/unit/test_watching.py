"""Pages that are kept up to date: told of what changes alone, ended with the sign-in, and not without number."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from pydantic import BaseModel
from sse_starlette import ServerSentEvent

from shared.errors import Unavailable
from shared.watching import MOST_OF_ONE, Watches


class Seen(BaseModel):
    n: int


async def names(events: AsyncIterator[ServerSentEvent]) -> list[tuple[str | None, str]]:
    return [(e.event, str(e.data)) async for e in events]


async def test_a_page_is_told_of_changes_alone_and_of_its_end() -> None:
    answers: list[Seen | None] = [Seen(n=1), Seen(n=1), None, Seen(n=2)]

    async def read() -> Seen | None:
        return answers.pop(0)

    followed = Watches().follow(uuid4(), time.time() + 60, "seen", read, lambda now: now.n < 2, look=0)
    assert [e for e, _ in await names(followed)] == ["seen", "seen", "ended"]


async def test_a_ring_tells_at_once_and_the_end_of_the_sign_in_ends_the_page() -> None:
    watches, n = Watches(), 0

    async def read() -> Seen:
        nonlocal n
        n += 1
        return Seen(n=n)

    followed = watches.follow(uuid4(), time.time() + 0.5, "seen", read, look=60)
    assert (await anext(followed)).event == "seen"
    asyncio.get_running_loop().call_soon(watches.ring)
    assert (await anext(followed)).event == "seen"
    last = await names(followed)
    assert last == [("ended", '{"reason":"expired"}')]


async def test_many_appends_are_one_look() -> None:
    watches, looks, clock = Watches(), 0, asyncio.get_running_loop()

    async def read() -> Seen:
        nonlocal looks
        looks += 1
        return Seen(n=looks)

    followed = watches.follow(uuid4(), time.time() + 60, "seen", read, look=60, soonest=0.05)
    assert (await anext(followed)).event == "seen"
    rung, began = 0, clock.time()

    def ring() -> None:
        nonlocal rung
        watches.ring()
        rung += 1
        clock.call_soon(ring) if rung < 50 else None

    clock.call_soon(ring)
    assert (await anext(followed)).event == "seen"
    assert clock.time() - began >= 0.04
    assert (rung, looks) == (50, 2)
    await followed.aclose()  # type: ignore[attr-defined]  # it is a generator


async def test_one_person_keeps_so_many_pages_open_and_no_more() -> None:
    watches, person = Watches(), uuid4()
    opened = [watches.open(person) for _ in range(MOST_OF_ONE)]
    for one in opened:
        watches.admit(person)
        one.__enter__()
    with pytest.raises(Unavailable):
        watches.admit(person)
    watches.admit(uuid4())
    opened[0].__exit__(None, None, None)
    watches.admit(person)
