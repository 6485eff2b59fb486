"""A round whose first release older code froze: `FROZEN` holds the events as they were written then, and is history.

`spread_of_rooms`: before the commit "Tell of a round nothing that pins a room visited again", when limits were made of
the spread over the rooms and three rooms on either side told a count exactly.
`tags_that_were_few`: before "Tell no more whether anybody was tagged with a look-for", when a look-for had a table
wherever anybody was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from shared.messages import ContractEvent
from tests.support.published import ARound

FROZEN = sorted(Path(__file__).parent.glob("*.json"))
ROOMS, LATE, OBSERVERS = 9, 10, 3
ANSWERED = {"d1": ("yes " * 6 + "mostly mostly no", "yes " * 3 + "mostly mostly no no some some some")}
"""Answers of the rooms that were released first, and of those that came late."""
SEEN = {"task": (range(5), range(5)), "student": (range(5, 9), range(5, 9)), "content": ((8,), ())}
TAGGED = {"1a": ((), range(5)), "1b": ((0,), ())}
"""Rooms with the core element, and of those with the task that were tagged; before and late."""


def the_round() -> ARound:
    return ARound(name="frozen before", school="frozen before", rooms=range(ROOMS + LATE), observers=OBSERVERS)


def visited(a_round: ARound, part: int, rooms: Sequence[int] | None = None) -> Iterator[ContractEvent]:
    """What came of the rooms that were released first (0), or of those that came late (1); of `rooms` of them alone."""
    first = part * ROOMS
    wanted = range((ROOMS, LATE)[part]) if rooms is None else rooms
    for room in wanted:
        slot = first + room
        yield from (a_round.handed_in(slot, o) for o in range(OBSERVERS))
        for element, parts in SEEN.items():
            if room in parts[part]:
                tags = tuple(tag for tag, of in TAGGED.items() if element == "task" and room in of[part])
                yield a_round.said(f"{slot} {element}", slot, slot % OBSERVERS, element, look_for_ids=tags)
        for look_for, answers in ANSWERED.items():
            yield a_round.rated(look_for, slot, slot % OBSERVERS, answers[part].split()[room])


def until_released(a_round: ARound) -> list[ContractEvent]:
    return [a_round.opened(), *visited(a_round, 0), a_round.closed(), a_round.released(1)]
