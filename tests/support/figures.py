"""Small rounds for tests of figures and disclosure control."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid5

from services.reporting.figures.facts import Presence, Rating, RoundFacts, Statement
from services.reporting.figures.tables import Figure, Table, figure, tables
from services.reporting.releases.compose import base_of

SPACE = UUID("7d9c1a52-0d5c-4c4a-8f0e-1f2b3c4d5e6f")


def an_id(name: str) -> UUID:
    return uuid5(SPACE, name)


def round_facts(
    *,
    slots: Sequence[tuple[int, int]] = (),
    observers: int = 3,
    said: Sequence[tuple[int, int, str]] = (),
    asked: Sequence[tuple[int, str]] = (),
    tagged: Sequence[tuple[int, int, str]] = (),
    answers: Sequence[tuple[int, int, str, str]] = (),
    questions: Sequence[str] = (),
    kind: str = "choice",
) -> RoundFacts:
    """`slots`: (slot, classroom), each visited by `observers`. `said`: (slot, observer, element). `asked`:
    (slot, question), a task statement of observer 0. `tagged`: (slot, observer, look-for), a task statement.
    `answers`: (slot, observer, look-for, code)."""
    rooms = dict(slots)

    def where(slot: int, observer: int) -> tuple[UUID, UUID, UUID]:
        return an_id(f"slot {slot}"), an_id(f"room {rooms[slot]}"), an_id(f"observer {observer}")

    return RoundFacts(
        round_id=an_id("round"),
        school_id=an_id("school"),
        day=date(2026, 10, 6),
        instrument="instructional-core",
        instrument_version=1,
        focus_question_ids=tuple(an_id(q) for q in questions),
        presences=tuple(Presence(*where(slot, o)) for slot, _ in slots for o in range(observers)),
        statements=(
            *(Statement(*where(slot, o), element) for slot, o, element in said),
            *(Statement(*where(slot, 0), "task", (an_id(q),)) for slot, q in asked),
            *(Statement(*where(slot, o), "task", (), (tag,)) for slot, o, tag in tagged),
        ),
        ratings=tuple(Rating(*where(slot, o), look_for, kind, code) for slot, o, look_for, code in answers),
    )


def shares(facts: RoundFacts) -> Iterator[tuple[Table, Figure]]:
    """Every share of a round, with its table."""
    found = tables(facts)
    base = base_of(found[0])
    for table in found:
        for category in table.categories[:1] if table.by_visits else table.categories:
            yield table, figure(table, category, base.classrooms, base.observers)
