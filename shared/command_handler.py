"""load -> fold -> decide -> append -> retry: the one way in which a command becomes events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.decider import Decider
from shared.errors import Conflict, Stale
from shared.eventstore.port import EventStore, NewEvent, WrongVersion
from shared.messages import CommandContext, Event
from shared.upcasting import EventCodec

C = TypeVar("C")
S = TypeVar("S")
RETRIES = 3


@dataclass(frozen=True, slots=True)
class Handled(Generic[S]):
    """`state` and `version` after the command; `events` that it made (none when it changed nothing);
    `duplicate` when the same command was stored before."""

    state: S
    version: int
    events: Sequence[Event]
    duplicate: bool = False


class CommandHandler(Generic[C, S]):
    def __init__(self, store: EventStore, decider: Decider[C, S]) -> None:
        self._store = store
        self._decider = decider
        self._codec = EventCodec(decider.events)

    async def load(self, stream: str, context: CommandContext) -> tuple[S, int]:
        """The stream's state and version; the initial state and 0 when it is empty."""
        stored = await self._store.read_stream(stream, context.district_id)
        return self._decider.fold(self._codec.decode(e) for e in stored), len(stored)

    async def handle(
        self, stream: str, command: C, context: CommandContext, *, if_match: int | None = None
    ) -> Handled[S]:
        """Decides and stores. Raises what `decide` raises (Refused, ...), Stale when `if_match` is not
        the stream's version, Conflict when others kept winning for four tries."""
        for _ in range(RETRIES + 1):
            stored = await self._store.read_stream(stream, context.district_id)
            state = self._decider.fold(self._codec.decode(e) for e in stored)
            version = len(stored)
            earlier = [e for e in stored if e.meta.command_id == context.command_id]
            if earlier:
                return Handled(state, version, [self._codec.decode(e) for e in earlier], duplicate=True)
            if if_match is not None and if_match != version:
                raise Stale(
                    f"You changed version {if_match}, but version {version} is the newest.",
                    mend="Read it again, then repeat your change.",
                )
            events = self._decider.decide(command, state)
            if not events:
                return Handled(state, version, events)
            try:
                result = await self._store.append(
                    stream, [NewEvent.of(e) for e in events], expected=version, context=context
                )
            except WrongVersion:
                continue
            return Handled(self._decider.fold(events, state), result.version, events, result.duplicate)
        raise Conflict("Others changed this at the same moment.", mend="Try again.")
