"""What the moves amount to. Every page folds the same moves in the same order, and so sees the same board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from services.rounds.board.events import (
    GroupMade,
    GroupRemoved,
    GroupRetitled,
    Move,
    StatementPlaced,
    VoiceHeard,
)
from shared.messages import Event


@dataclass(frozen=True, slots=True)
class Group:
    group_id: UUID
    title: str
    statements: tuple[UUID, ...] = ()


class Place(NamedTuple):
    """Where a statement lies; in no group it is unsorted."""

    group_id: UUID | None = None
    before: UUID | None = None
    counter: bool = False


class Done(NamedTuple):
    """A move that was taken, with what is needed to take it back."""

    move: Move
    was: Group | Place | None = None
    title: str = ""
    counter: frozenset[UUID] = frozenset()  # of a group that was removed
    undone: bool = False


@dataclass(slots=True)
class Board:
    """Mutable for the sake of bulk: `copy` before `apply`, unless the board is your own."""

    groups: dict[UUID, Group] = field(default_factory=dict)  # in the order in which they were made
    home: dict[UUID, UUID] = field(default_factory=dict)  # statement -> group
    counter: set[UUID] = field(default_factory=set)
    moved_by: dict[UUID, UUID] = field(default_factory=dict)  # statement -> who moved it last
    done: dict[UUID, Done] = field(default_factory=dict)  # by move_id
    heard: set[UUID] = field(default_factory=set)

    def copy(self) -> Board:
        return Board(
            dict(self.groups),
            dict(self.home),
            set(self.counter),
            dict(self.moved_by),
            dict(self.done),
            set(self.heard),
        )

    def place_of(self, statement_id: UUID) -> Place:
        group_id = self.home.get(statement_id)
        if group_id is None:
            return Place()
        listed = self.groups[group_id].statements
        at = listed.index(statement_id) + 1
        return Place(group_id, listed[at] if at < len(listed) else None, statement_id in self.counter)

    def moves_of(self, person_id: UUID) -> int:
        return sum(d.move.by == person_id for d in self.done.values())

    def apply(self, event: Event) -> None:
        match event:
            case GroupMade():
                self._done(event, None)
                self.groups.setdefault(event.group_id, Group(event.group_id, event.title))
            case GroupRetitled():
                held = self.groups.get(event.group_id)
                self._done(event, None, held.title if held else "")
                if held:
                    self.groups[event.group_id] = replace(held, title=event.title)
            case GroupRemoved():
                gone = self.groups.pop(event.group_id, None)
                self._done(event, gone, counter=frozenset(self.counter.intersection(gone.statements if gone else ())))
                for statement_id in gone.statements if gone else ():
                    self._lift(statement_id)
            case StatementPlaced():
                self._done(event, self.place_of(event.statement_id))
                self._place(event)
            case VoiceHeard():
                self.heard.add(event.person_id)

    def _done(
        self, move: Move, was: Group | Place | None, title: str = "", counter: frozenset[UUID] = frozenset()
    ) -> None:
        self.done.setdefault(move.move_id, Done(move, was, title, counter))
        if move.undoes in self.done:
            self.done[move.undoes] = self.done[move.undoes]._replace(undone=True)

    def _lift(self, statement_id: UUID) -> None:
        group_id = self.home.pop(statement_id, None)
        self.counter.discard(statement_id)
        held = self.groups.get(group_id) if group_id else None
        if held:
            left = tuple(s for s in held.statements if s != statement_id)
            self.groups[held.group_id] = replace(held, statements=left)

    def _place(self, event: StatementPlaced) -> None:
        self.moved_by[event.statement_id] = event.by
        self._lift(event.statement_id)
        held = self.groups.get(event.group_id) if event.group_id else None
        if held is None:
            return
        listed = list(held.statements)
        at = listed.index(event.before) if event.before in listed else len(listed)
        listed.insert(at, event.statement_id)
        self.groups[held.group_id] = replace(held, statements=tuple(listed))
        self.home[event.statement_id] = held.group_id
        if event.counter:
            self.counter.add(event.statement_id)


def folded(events: Iterable[Event], board: Board | None = None) -> Board:
    """The pure fold: `board` itself is left as it was."""
    after = board.copy() if board else Board()
    for event in events:
        after.apply(event)
    return after
