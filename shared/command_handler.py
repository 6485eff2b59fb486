"""load -> fold -> decide -> append -> retry: the one way in which a command becomes events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from shared.decider import Decider
from shared.errors import Conflict, KeyReused, Stale
from shared.eventstore.port import EventStore, NewEvent, WrongVersion
from shared.messages import AppendResult, CommandContext, Event
from shared.said import say
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


class Append(Protocol):
    """How a handler stores what was decided; raises WrongVersion."""

    async def __call__(
        self, stream: str, events: Sequence[Event], *, expected: int, context: CommandContext
    ) -> AppendResult: ...


class CommandHandler(Generic[C, S]):
    """`append` replaces the store's own append, see `shared.tables`; `stored` is called when something was stored."""

    def __init__(
        self,
        store: EventStore,
        decider: Decider[C, S],
        *,
        append: Append | None = None,
        stored: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._append = append or self._append_alone
        self._stored = stored
        self._decider = decider
        self._codec = EventCodec(decider.events)

    async def _append_alone(
        self, stream: str, events: Sequence[Event], *, expected: int, context: CommandContext
    ) -> AppendResult:
        return await self._store.append(stream, [NewEvent.of(e) for e in events], expected=expected, context=context)

    async def load(self, stream: str, context: CommandContext) -> tuple[S, int]:
        """The stream's state and version; the initial state and 0 when it is empty."""
        stored = await self._store.read_stream(stream, context.district_id)
        return self._decider.fold(self._codec.decode(e) for e in stored), len(stored)

    async def handle(
        self, stream: str, command: C, context: CommandContext, *, if_match: int | None = None
    ) -> Handled[S]:
        """Decides and stores. Raises what `decide` raises (Refused, ...), Stale when `if_match` is not
        the stream's version, Conflict when others kept winning for four tries."""
        repeated = False
        for _ in range(RETRIES + 1):
            stored = await self._store.read_stream(stream, context.district_id)
            state = self._decider.fold(self._codec.decode(e) for e in stored)
            version = len(stored)
            earlier = [e for e in stored if e.meta.command_id == context.command_id]
            if earlier:
                return Handled(state, version, [self._codec.decode(e) for e in earlier], duplicate=True)
            if if_match is not None and if_match != version:
                raise Stale(
                    say("errors.old_version", seen=if_match, newest=version),
                    mend=say("errors.read_again"),
                )
            events = self._decider.decide(command, state)
            if not events:
                return Handled(state, version, events)
            try:
                result = await self._append(stream, events, expected=version, context=context)
            except WrongVersion:
                continue
            except KeyReused:
                # The same command twice at once, each with its own clock: the next read finds the first.
                if repeated:
                    raise
                repeated = True
                continue
            self._stored()
            return Handled(self._decider.fold(events, state), result.version, events, result.duplicate)
        raise Conflict(say("errors.others_changed"), mend=say("errors.try_again"))
