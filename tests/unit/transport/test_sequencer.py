"""Any order, repetition or gap of deliveries gives the same tables."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messages import PublishedEvent
from shared.refill import OwnerSilent
from shared.subscription import Sequencer

LENGTH = 12


def event(log_seq: int) -> PublishedEvent:
    return PublishedEvent(
        "rounds", log_seq, UUID(int=log_seq), "Counted", 1, "count-1", log_seq, UUID(int=0), datetime.now(UTC), b"{}"
    )


LOG = [event(n) for n in range(1, LENGTH + 1)]


async def owner(after: int, upto: int) -> Sequence[PublishedEvent]:
    return [e for e in LOG if after < e.log_seq <= upto]


deliveries = st.lists(st.lists(st.sampled_from(LOG), max_size=8), max_size=10)


@given(deliveries, st.integers(0, LENGTH))
def test_any_order_repetition_or_gap_of_deliveries_gives_the_same_tables(
    batches: list[list[PublishedEvent]], checkpoint: int
) -> None:
    async def deliver() -> list[int]:
        sequencer = Sequencer(checkpoint, owner)
        table: list[int] = []
        for batch in [*batches, [LOG[-1]]]:  # the comparison of heads brings the last one at the end
            following = await sequencer.next_of(batch)
            table += [e.log_seq for e in following]
            if following:
                sequencer.checkpoint = following[-1].log_seq
        return table

    assert asyncio.run(deliver()) == list(range(checkpoint + 1, LENGTH + 1))


@given(deliveries)
def test_without_the_version_check_the_same_deliveries_give_other_tables(batches: list[list[PublishedEvent]]) -> None:
    """What the property above guards against is real: applying what comes, as it comes, is right only for
    deliveries that happen to be perfect."""
    naive = [e.log_seq for batch in batches for e in batch]
    perfect = naive == list(range(1, len(naive) + 1))

    async def ours() -> list[int]:
        sequencer = Sequencer(0, owner)
        table: list[int] = []
        for batch in batches:
            following = await sequencer.next_of(batch)
            table += [e.log_seq for e in following]
            if following:
                sequencer.checkpoint = following[-1].log_seq
        return table

    assert (asyncio.run(ours()) == naive) is perfect


async def test_an_owner_that_hands_out_too_little_is_not_believed() -> None:
    async def forgetful(after: int, upto: int) -> Sequence[PublishedEvent]:
        return LOG[after : upto - 1]

    sequencer = Sequencer(0, forgetful)
    with pytest.raises(OwnerSilent):
        await sequencer.next_of([LOG[4]])
    assert sequencer.checkpoint == 0
