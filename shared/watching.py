"""Pages that stay open and are told of changes: how many there may be, when they end, and what wakes them.

An append of this process rings; processes do not tell each other, so a page looks by itself every `LOOK_SECONDS` too.
However much is appended, a page looks no sooner than `SOONEST` after it looked last: an import of a thousand rows must
not be a thousand reads for each open page.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, JSONServerSentEvent, ServerSentEvent

from shared.access import Actor
from shared.errors import Unavailable
from shared.http import token_expires_at
from shared.said import say

Shown = TypeVar("Shown", bound=BaseModel)
LOOK_SECONDS = 2.0
SOONEST = 0.2
"""seconds between two looks of one page, at least"""
MOST = 400
"""open pages of one process"""
MOST_OF_ONE = 12
"""open pages of one person"""


class Watches:
    def __init__(self) -> None:
        self._bells: set[asyncio.Event] = set()
        self._of: Counter[UUID] = Counter()
        self.closed = False

    def ring(self) -> None:
        """Something was appended."""
        for bell in self._bells:
            bell.set()

    def close(self) -> None:
        """Ends every watch: the process stops."""
        self.closed = True
        self.ring()

    def admit(self, person_id: UUID) -> None:
        """Raises Unavailable when there are too many open pages already."""
        if len(self._bells) >= MOST or self._of[person_id] >= MOST_OF_ONE:
            raise Unavailable(say("errors.many_pages"), mend=say("errors.close_some"))

    @contextmanager
    def open(self, person_id: UUID) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self._bells.add(bell)
        self._of[person_id] += 1
        try:
            yield bell
        finally:
            self._bells.discard(bell)
            self._of[person_id] -= 1
            if not self._of[person_id]:
                del self._of[person_id]

    def page(
        self,
        actor: Actor,
        request: Request,
        name: str,
        read: Callable[[], Awaitable[Shown | None]],
        going: Callable[[Shown], bool] = lambda _: True,
        *,
        look: float = LOOK_SECONDS,
    ) -> EventSourceResponse:
        """The answer that stays open, see `follow`. Raises Unavailable when there are too many already."""
        self.admit(actor.person_id)
        events = self.follow(actor.person_id, token_expires_at(request), name, read, going, look=look)
        return EventSourceResponse(events, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    async def follow(
        self,
        person_id: UUID,
        expires_at: float,
        name: str,
        read: Callable[[], Awaitable[Shown | None]],
        going: Callable[[Shown], bool] = lambda _: True,
        *,
        look: float = LOOK_SECONDS,
        soonest: float = SOONEST,
    ) -> AsyncIterator[ServerSentEvent]:
        """What `read` gives (None: nothing new), as events of this name whenever it is another than before, until
        `going` says no. The last event is `ended`, with the reason `done`, or `expired` (sign in again, then
        reconnect)."""
        sent: str | None = None
        with self.open(person_id) as bell:
            while not self.closed:
                left = expires_at - time.time()
                if left <= 0:
                    yield JSONServerSentEvent({"reason": "expired"}, event="ended")
                    return
                bell.clear()
                looked = time.monotonic()
                now = await read()
                body = sent if now is None else now.model_dump_json()
                if body is not None and body != sent:
                    sent = body
                    yield ServerSentEvent(body, event=name)
                if now is not None and not going(now):
                    yield JSONServerSentEvent({"reason": "done"}, event="ended")
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(left, look)):
                        await bell.wait()
                if not self.closed:
                    await asyncio.sleep(min(left, looked + soonest - time.monotonic()))
