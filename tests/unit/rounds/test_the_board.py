"""The board's order: any interleaving, any repetition, any time offline, and every page sees the same board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.rounds.board.commands import AnyWish, MakeGroup, PlaceStatement, RemoveGroup, RetitleGroup, Undo, Wish
from services.rounds.board.decide import Facts, decide
from services.rounds.board.events import Move
from services.rounds.board.state import Board, folded
from shared.errors import Refused

ROUND = uuid4()
PEOPLE = [UUID(int=n) for n in range(1, 4)]
STATEMENTS = [UUID(int=100 + n) for n in range(6)]
GROUPS = [UUID(int=200 + n) for n in range(3)]
FACTS = Facts(
    open=True, statements=frozenset(STATEMENTS), challenged=frozenset({STATEMENTS[5]}), acting=frozenset(PEOPLE)
)
WISH: TypeAdapter[Wish] = TypeAdapter(AnyWish)


class Table:
    """The server's side: one order of moves."""

    def __init__(self) -> None:
        self.board = Board()
        self.log: list[Move] = []

    def ask(self, by: UUID, wish: Wish, facts: Facts = FACTS) -> Sequence[Move]:
        made = decide(wish, by, ROUND, self.board, facts)
        for move in made:
            self.board.apply(move)
            self.log.append(move)
        return made

    def place(self, by: int, s: int, group: int | None, **more: Any) -> UUID:
        target = None if group is None else GROUPS[group]
        wish = PlaceStatement(
            kind="place_statement", move_id=uuid4(), statement_id=STATEMENTS[s], group_id=target, **more
        )
        self.ask(PEOPLE[by], wish)
        return wish.move_id

    def make(self, by: int, group: int, title: str = "Recall") -> UUID:
        wish = MakeGroup(kind="make_group", move_id=uuid4(), group_id=GROUPS[group], title=title)
        self.ask(PEOPLE[by], wish)
        return wish.move_id

    def undo(self, by: int, of: UUID) -> None:
        self.ask(PEOPLE[by], Undo(kind="undo", move_id=uuid4(), of=of))

    def lies(self, group: int) -> list[int]:
        return [STATEMENTS.index(s) for s in self.board.groups[GROUPS[group]].statements]


def wishes() -> st.SearchStrategy[dict[str, Any]]:
    ids, title = st.uuids(version=4), st.sampled_from("ABC")
    statement, group = st.sampled_from(STATEMENTS), st.sampled_from(GROUPS)

    def one(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({"kind": st.just(kind), "move_id": ids, **fields})

    return st.one_of(
        one("make_group", group_id=group, title=title),
        one("retitle_group", group_id=group, title=title),
        one("remove_group", group_id=group),
        one(
            "place_statement",
            statement_id=statement,
            group_id=st.none() | group,
            before=st.none() | statement,
            counter=st.booleans(),
        ),
        one("undo", of=st.integers(0, 30)),
    )


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), wishes()), max_size=40), st.randoms(use_true_random=False))
def test_any_interleaving_and_any_repetition_leave_one_board_for_all(
    story: list[tuple[UUID, dict[str, Any]]], random: Any
) -> None:
    table = Table()
    made: list[UUID] = []
    for by, raw in story:
        if raw["kind"] == "undo":
            raw = raw | {"of": made[raw["of"] % len(made)] if made else uuid4()}
        wish = WISH.validate_python(raw)
        made.append(wish.move_id)
        for _ in range(random.choice((1, 1, 2, 3))):  # the answer was lost: sent again, now or after others
            try:
                table.ask(by, wish)
            except Refused:
                break
        # whatever was refused changed nothing, and the board kept is the board folded anew
        assert folded(table.log) == table.board

    # a page that saw the first part and then the rest sees what a page sees that came late
    cut = random.randint(0, len(table.log))
    assert folded(table.log[cut:], folded(table.log[:cut])) == table.board
    placed = [s for g in table.board.groups.values() for s in g.statements]
    assert len(placed) == len(set(placed)), "a statement lies in one group"
    assert set(placed) == set(table.board.home), "and nowhere else"
    assert table.board.counter <= set(placed)
    assert STATEMENTS[5] not in placed, "a challenged statement is in no group"
    assert len({m.move_id for m in table.log}) == len(table.log), "a move counts once"


@given(st.permutations(range(6)))
def test_offline_moves_of_several_pages_replay_in_any_order_to_the_server_order(order: list[int]) -> None:
    """Six pages were offline, each moved one statement; whoever comes last has the last word, for all alike."""
    table = Table()
    table.make(0, 0)
    table.make(0, 1)
    for n in order:
        table.place(n % 3, 0, n % 2)
    last = order[-1] % 2
    assert table.lies(last) == [0]
    assert table.lies(1 - last) == []
    assert table.board.moved_by[STATEMENTS[0]] == PEOPLE[order[-1] % 3]


def test_a_statement_is_put_before_another() -> None:
    table = Table()
    table.make(0, 0)
    for s in range(3):
        table.place(0, s, 0)
    table.place(1, 2, 0, before=STATEMENTS[0])
    assert table.lies(0) == [2, 0, 1]
    table.place(1, 4, 0, before=STATEMENTS[3])  # it is not here: at the end
    assert table.lies(0) == [2, 0, 1, 4]


def test_undo_puts_it_back_where_it_was() -> None:
    table = Table()
    table.make(0, 0)
    table.make(0, 1)
    for s in range(3):
        table.place(0, s, 0, counter=s == 1)
    moved = table.place(1, 1, 1)
    table.undo(1, moved)
    assert table.lies(0) == [0, 1, 2]
    assert table.board.counter == {STATEMENTS[1]}
    with pytest.raises(Refused, match="already"):
        table.undo(1, moved)


def test_undo_does_not_take_back_what_others_did_since() -> None:
    table = Table()
    table.make(0, 0)
    table.make(0, 1)
    mine = table.place(0, 0, 0)
    table.place(1, 0, 1)
    with pytest.raises(Refused, match="moved it again"):
        table.undo(0, mine)
    with pytest.raises(Refused, match="no such move"):
        table.undo(2, mine)


def test_a_removed_group_comes_back_with_its_statements() -> None:
    table = Table()
    table.make(0, 0, "Recall")
    table.place(0, 0, 0)
    table.place(0, 1, 0, counter=True)
    table.place(0, 2, 0)
    remove = RemoveGroup(kind="remove_group", move_id=uuid4(), group_id=GROUPS[0])
    table.ask(PEOPLE[1], remove)
    assert table.board.home == {}
    table.make(2, 1)
    table.place(2, 2, 1)  # somebody used one meanwhile: it stays there
    table.undo(1, remove.move_id)
    assert table.board.groups[GROUPS[0]].title == "Recall"
    assert table.lies(0) == [0, 1]
    assert table.board.counter == {STATEMENTS[1]}
    assert table.lies(1) == [2]


def test_a_title_is_changed_and_taken_back() -> None:
    table = Table()
    table.make(0, 0, "  Recall \n questions ")
    assert table.board.groups[GROUPS[0]].title == "Recall questions"
    wish = RetitleGroup(kind="retitle_group", move_id=uuid4(), group_id=GROUPS[0], title="Recall leads")
    table.ask(PEOPLE[0], wish)
    table.undo(0, wish.move_id)
    assert table.board.groups[GROUPS[0]].title == "Recall questions"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"kind": "make_group", "group_id": GROUPS[0], "title": " "}, "group_title"),
        ({"kind": "remove_group", "group_id": GROUPS[0]}, "group_gone"),
        ({"kind": "place_statement", "statement_id": STATEMENTS[0], "group_id": GROUPS[0]}, "group_gone"),
        ({"kind": "place_statement", "statement_id": uuid4(), "group_id": None}, "unknown_statement"),
        ({"kind": "undo", "of": uuid4()}, "not_your_move"),
    ],
)
def test_what_is_refused_says_why(wish: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(WISH.validate_python(wish | {"move_id": uuid4()}), PEOPLE[0], ROUND, Board(), FACTS)
    assert refused.value.code == code


def test_a_challenged_statement_and_a_closed_board_take_no_moves() -> None:
    table = Table()
    table.make(0, 0)
    with pytest.raises(Refused, match="challenged"):
        table.place(0, 5, 0)
    closed = replace(FACTS, open=False)
    with pytest.raises(Refused, match="open from analyze"):
        table.ask(PEOPLE[0], RemoveGroup(kind="remove_group", move_id=uuid4(), group_id=GROUPS[0]), closed)


def test_whom_the_protocol_does_not_let_act_in_the_stage_moves_nothing() -> None:
    table = Table()
    with pytest.raises(Refused, match="others to act") as refused:
        table.ask(
            PEOPLE[0], MakeGroup(kind="make_group", move_id=uuid4(), group_id=GROUPS[0], title="Recall"),
            replace(FACTS, acting=frozenset(PEOPLE[1:])),
        )  # fmt: skip
    assert (refused.value.code, table.log) == ("not_your_part", [])
