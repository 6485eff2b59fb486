"""The same command, sent twice at once, is one command."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

from shared.command_handler import CommandHandler
from shared.decider import Decider
from shared.eventstore.port import NewEvent
from shared.eventstore.store import PostgresEventStore
from shared.messages import AppendResult, Command, CommandContext, Event
from tests.contract.event_store_contract import asked_by, stream


class Note(Command):
    text: str


class Noted(Event):
    text: str
    tick: int


_ticks = itertools.count()
NOTES: Decider[Note, tuple[Event, ...]] = Decider(
    initial=(),
    decide=lambda command, _: [Noted(text=command.text, tick=next(_ticks))],
    evolve=lambda state, event: (*state, event),
    events=(Noted,),
)


async def test_of_two_deciders_of_one_command_with_their_own_clocks_the_second_finds_the_first(
    store: PostgresEventStore,
) -> None:
    both_have_decided = asyncio.Barrier(2)

    async def append(name: str, events: Sequence[Event], *, expected: int, context: CommandContext) -> AppendResult:
        await both_have_decided.wait()
        return await store.append(name, [NewEvent.of(e) for e in events], expected=expected, context=context)

    handler = CommandHandler(store, NOTES, append=append)
    name, context = stream(), asked_by()
    handled = await asyncio.gather(*(handler.handle(name, Note(text="one"), context) for _ in range(2)))
    assert sorted(h.duplicate for h in handled) == [False, True]
    assert handled[0].events == handled[1].events
    assert len(await store.read_stream(name, context.district_id)) == 1
