"""Whether a move is taken, on the board as it is at its turn. Pure.

A move may come late, from a page that was offline: it is judged on what the board has become. Two moves of one
statement are no conflict: the one that the server takes later says where it lies, and both stay in the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.rounds.board.commands import (
    LONGEST_TITLE,
    MakeGroup,
    PlaceStatement,
    RemoveGroup,
    RetitleGroup,
    Undo,
    Wish,
)
from services.rounds.board.events import (
    GroupMade,
    GroupRemoved,
    GroupRetitled,
    Move,
    StatementPlaced,
)
from services.rounds.board.state import Board, Done, Group, Place
from shared.errors import Refused
from shared.messages import uuid_of
from shared.said import say

MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What the board must know of its round: `open` while the synthesis is made, the statements that stand,
    those among them that the team challenged, and the people whose part acts in the present stage."""

    open: bool
    statements: frozenset[UUID]
    challenged: frozenset[UUID]
    acting: frozenset[UUID]


def decide(wish: Wish, by: UUID, round_id: UUID, board: Board, facts: Facts) -> Sequence[Move]:
    """The events of the move; none when it was taken before. Raises Refused."""
    if wish.move_id in board.done:
        return ()
    if not facts.open:
        raise Refused(
            "board_closed",
            say("rounds.board_closed"),
            mend=say("rounds.open_analyze"),
        )
    if by not in facts.acting:
        raise Refused("not_your_part", say("rounds.others_act"), mend=say("rounds.ask_to_move"))
    base = {"round_id": round_id, "move_id": wish.move_id, "by": by}
    match wish:
        case MakeGroup():
            if len(board.groups) >= MOST_GROUPS:
                raise Refused(
                    "too_many_groups", say("rounds.too_many_groups", most=MOST_GROUPS), mend=say("rounds.join_two")
                )
            if wish.group_id in board.groups:
                raise Refused("group_taken", say("rounds.group_taken"))
            return [GroupMade(group_id=wish.group_id, title=_title(wish.title), **base)]
        case RetitleGroup():
            held = _group(wish.group_id, board)
            title = _title(wish.title)
            return [] if held.title == title else [GroupRetitled(group_id=wish.group_id, title=title, **base)]
        case RemoveGroup():
            _group(wish.group_id, board)
            return [GroupRemoved(group_id=wish.group_id, **base)]
        case PlaceStatement():
            return [_place(wish, base, board, facts)]
        case Undo():
            return _undo(wish, by, base, board)


def _title(title: str) -> str:
    found = " ".join(title.split())
    if not 1 <= len(found) <= LONGEST_TITLE:
        raise Refused("group_title", say("rounds.group_title", longest=LONGEST_TITLE), where="title")
    return found


def _group(group_id: UUID, board: Board) -> Group:
    held = board.groups.get(group_id)
    if held is None:
        raise Refused("group_gone", say("rounds.group_gone"), mend=say("rounds.make_again"))
    return held


def _place(wish: PlaceStatement, base: Mapping[str, UUID], board: Board, facts: Facts) -> Move:
    if wish.statement_id not in facts.statements:
        raise Refused("unknown_statement", say("rounds.unknown_statement"))
    if wish.group_id is not None:
        _group(wish.group_id, board)
        if wish.statement_id in facts.challenged:
            raise Refused(
                "statement_challenged",
                say("rounds.statement_challenged"),
                mend=say("rounds.admit_first"),
            )
    return StatementPlaced(
        statement_id=wish.statement_id,
        group_id=wish.group_id,
        before=wish.before if wish.before != wish.statement_id else None,
        counter=wish.counter and wish.group_id is not None,
        **base,
    )


def _undo(wish: Undo, by: UUID, base: Mapping[str, UUID], board: Board) -> Sequence[Move]:
    done = board.done.get(wish.of)
    if done is None or done.move.by != by:
        raise Refused("not_your_move", say("rounds.not_your_move"), mend=say("rounds.own_moves"))
    if done.undone:
        raise Refused("undone_already", say("rounds.undone_already"))
    back = dict(base) | {"undoes": wish.of}
    move = done.move
    match move:
        case StatementPlaced():
            now = board.place_of(move.statement_id)
            if now.group_id != (move.group_id if move.group_id in board.groups else None):
                raise _moved_on()
            was = done.was if isinstance(done.was, Place) else Place()
            return [
                StatementPlaced(
                    statement_id=move.statement_id,
                    group_id=was.group_id if was.group_id in board.groups else None,
                    before=was.before,
                    counter=was.counter,
                    **back,
                )
            ]
        case GroupMade():
            if _group(move.group_id, board).statements:
                raise _moved_on()
            return [GroupRemoved(group_id=move.group_id, **back)]
        case GroupRetitled():
            if _group(move.group_id, board).title != move.title:
                raise _moved_on()
            return [GroupRetitled(group_id=move.group_id, title=done.title, **back)]
        case GroupRemoved():
            return _restore(done, move, back, board)


def _restore(done: Done, move: GroupRemoved, back: Mapping[str, UUID], board: Board) -> Sequence[Move]:
    gone = done.was
    if not isinstance(gone, Group) or move.group_id in board.groups:
        raise _moved_on()
    events: list[Move] = [GroupMade(group_id=gone.group_id, title=gone.title, **back)]
    for n, statement_id in enumerate(gone.statements, start=1):
        if statement_id not in board.home:
            events.append(
                StatementPlaced(
                    statement_id=statement_id,
                    group_id=gone.group_id,
                    before=None,
                    counter=statement_id in done.counter,
                    **dict(back) | {"move_id": _part(back["move_id"], n)},
                )
            )
    return events


def _part(move_id: UUID, n: int) -> UUID:
    """The id of the n-th further event of one wish."""
    return uuid_of((move_id.int ^ n << 64).to_bytes(16))


def _moved_on() -> Refused:
    return Refused("moved_on", say("rounds.moved_on"), mend=say("rounds.by_hand"))
