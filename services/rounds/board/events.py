"""The storage format of `board-<round>`: moves in the order in which the server took them, which is the order for all.

`move_id` is made by the page that moves: it is the move's identity for ever, so that sending it again is safe.
A title is a working title of the table; statements are named by id alone.
"""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class _Move(Event):
    round_id: UUID
    move_id: UUID
    by: UUID
    undoes: UUID | None = None  # the move that this one takes back


class GroupMade(_Move):
    group_id: UUID
    title: str


class GroupRetitled(_Move):
    group_id: UUID
    title: str


class GroupRemoved(_Move):
    """Its statements are unsorted again."""

    group_id: UUID


class StatementPlaced(_Move):
    """Into a group (None: unsorted again), before another statement of it (None: at its end). `counter`: it is
    evidence against what the group says, and belongs there as such."""

    statement_id: UUID
    group_id: UUID | None
    before: UUID | None
    counter: bool = False


class VoiceHeard(Event):
    """The facilitator heard this person speak at the table."""

    round_id: UUID
    person_id: UUID
    by: UUID


MOVES = (GroupMade, GroupRetitled, GroupRemoved, StatementPlaced)
Move = GroupMade | GroupRetitled | GroupRemoved | StatementPlaced
EVENTS: tuple[type[Event], ...] = (*MOVES, VoiceHeard)
