"""The pull loop: version check, apply, ack after commit.

The reader's checkpoint in PostgreSQL is the truth; JetStream only brings events early. Whatever order,
repetition or gap comes in, `apply` gets entry checkpoint+1, +2, +3 ...: what is old is dropped, what is
missing comes from the owner's log, and a tail that never comes is noticed by comparing heads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from shared.jetstream import Link, stream_name
from shared.messages import PublishedEvent
from shared.pull import Arrived, Pull
from shared.refill import OwnerSilent, Refill
from shared.wire import read_event

log = structlog.get_logger(__name__)
BATCH = 1_000
_BACK_OFF = (0.1, 15.0)  # seconds, doubling


class CheckpointMoved(Exception):
    """Somebody else applied events meanwhile: read the checkpoint again. Nothing was applied."""


class Ended(Exception):
    """The reader's work is over: `load` or `apply` say so, and `run` raises it."""


class Sequencer:
    """Turns what arrives into what comes next. Pure but for `fetch(after, upto)`, which must answer with
    all events in between or raise."""

    def __init__(self, checkpoint: int, fetch: Callable[[int, int], Awaitable[Sequence[PublishedEvent]]]) -> None:
        self.checkpoint = checkpoint
        self._fetch = fetch

    async def next_of(self, arrived: Sequence[PublishedEvent]) -> list[PublishedEvent]:
        """The events that follow the checkpoint without a gap, in order, through the newest that arrived."""
        at = self.checkpoint
        following: list[PublishedEvent] = []
        for event in arrived:
            if event.log_seq <= at:
                continue
            if event.log_seq > at + 1:
                missing = await self._fetch(at, event.log_seq - 1)
                if [e.log_seq for e in missing] != list(range(at + 1, event.log_seq)):
                    raise OwnerSilent(f"{event.service} did not hand out entries {at + 1} to {event.log_seq - 1}")
                following += missing
            following.append(event)
            at = event.log_seq
        return following


class Subscription:
    """Reads `source` into `apply(events)` for ever. `load` gives the checkpoint; `apply` must commit the
    events' effect and the new checkpoint together, or raise (CheckpointMoved when it lost a race).

    `healthy` is called with None or with what is wrong; a failing batch is tried again, never skipped.
    """

    def __init__(
        self,
        link: Link,
        refill: Refill,
        source: str,
        durable: str,
        *,
        load: Callable[[], Awaitable[int]],
        apply: Callable[[Sequence[PublishedEvent]], Awaitable[None]],
        failed: Callable[[Exception], None],
        healthy: Callable[[str | None], None],
        lag: Callable[[int], None],
        gap: Callable[[int], Awaitable[None]] | None = None,
        check_every: float = 2.0,
    ) -> None:
        """`gap` hears how many entries were missing and had to be fetched.
        `check_every`: seconds of silence between comparisons of the owner's head with the checkpoint."""
        self._link, self._refill, self._source = link, refill, source
        self._pull = Pull(link, stream_name(source), durable)
        self._load, self._apply, self._failed = load, apply, failed
        self._healthy, self._lag, self._check_every = healthy, lag, check_every
        self._gap = gap
        self._sequencer = Sequencer(0, self._fetch)
        self._head_seen = 0
        self._delay = _BACK_OFF[0]

    @property
    def checkpoint(self) -> int:
        return self._sequencer.checkpoint

    async def run(self) -> None:
        """Runs until cancelled, until `load` raises, or until `apply` raises Ended."""
        try:
            self._sequencer.checkpoint = await self._load()
            while True:
                try:
                    await self._round()
                except CheckpointMoved:
                    self._sequencer.checkpoint = await self._load()
                except OwnerSilent as error:
                    await self._later(f"{self._source}: entries are missing and their owner is silent: {error}")
                except NotFoundError:
                    await self._lost_tail()
                    await asyncio.sleep(_BACK_OFF[0])  # the owner's relay makes the stream anew
                except (NatsError, TimeoutError) as error:
                    await self._later(f"{self._source}: {error!r}")
        finally:
            await self._pull.close()

    async def _fetch(self, after: int, upto: int) -> Sequence[PublishedEvent]:
        found = await self._refill.between(self._source, after, upto)
        if self._gap is not None:
            await self._gap(len(found))
        return found

    async def _later(self, problem: str) -> None:
        self._healthy(problem)
        await asyncio.sleep(self._delay)
        self._delay = min(self._delay * 2, _BACK_OFF[1])

    async def _round(self) -> None:
        if self._pull.broken:
            # The stream's sequence is never behind the log's: an entry stands at its log_seq or later.
            await self._pull.open(self._sequencer.checkpoint + 1)
        messages = await self._pull.next(self._check_every)
        if not messages:
            await self._lost_tail()
            return
        arrived = [e for m in messages if (e := self._decode(m)) is not None]
        await self._advance(await self._sequencer.next_of(arrived))
        await self._pull.ack(messages[-1])

    def _decode(self, message: Arrived) -> PublishedEvent | None:
        try:
            return read_event(self._source, message.lines, message.data)
        except (KeyError, ValueError) as error:
            # Not the relay's: whoever wrote it, the log has no such entry.
            log.error("a message without our envelope", stream=stream_name(self._source), error=repr(error))
            return None

    async def _advance(self, events: Sequence[PublishedEvent]) -> None:
        for start in range(0, len(events), BATCH):
            batch = events[start : start + BATCH]
            while True:
                try:
                    await self._apply(batch)
                    break
                except (CheckpointMoved, Ended):
                    raise
                except Exception as error:
                    self._failed(error)
                    first, last = batch[0].log_seq, batch[-1].log_seq
                    await self._later(f"{self._source}: entries {first}-{last} cannot be applied: {error!r}")
            self._delay = _BACK_OFF[0]
            self._sequencer.checkpoint = batch[-1].log_seq
            self._lag(max(self._head_seen - self.checkpoint, 0))
        self._healthy(None)

    async def _lost_tail(self) -> None:
        """After a silence: entries that the owner had one silence ago and that have not come are lost on the
        way; they are fetched."""
        before = self._head_seen
        try:
            self._head_seen = await self._refill.head(self._source)
        except OwnerSilent as error:
            log.debug("the owner of the log is silent", source=self._source, error=str(error))
            return
        stored = await self._load()
        if stored != self.checkpoint:
            self._sequencer.checkpoint = stored
        self._lag(max(self._head_seen - self.checkpoint, 0))
        if before > self.checkpoint:
            log.warning("fetching a lost tail", source=self._source, after=self.checkpoint, upto=before)
            await self._advance(await self._fetch(self.checkpoint, before))
        self._healthy(None)
