"""A release is frozen once; what was told stays told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.releases.commands import BlockRelease, FreezeFigures
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.export import safe
from services.reporting.releases.figures import Release, compose
from shared.errors import Conflict
from tests.support.figures import round_facts

SLOTS = [(n, n) for n in range(10)]


def facts(task: int, *, late_rooms: int = 0) -> RoundFacts:
    slots = [(n, n) for n in range(10 + late_rooms)]
    return round_facts(slots=slots, said=[(n, n % 3, "task") for n in range(task)])


def frozen(state: Releases, number: int, known: RoundFacts, earlier: dict[int, RoundFacts]) -> Releases:
    release = Release(uuid4(), number, number * 100, datetime(2026, 10, number, tzinfo=UTC), Rule())
    snapshot, told = compose(release, known, state, earlier)
    after = state.latest.snapshot_id if state.latest else None
    command = FreezeFigures(snapshot=snapshot, log_seq=release.log_seq, told=told, after=after)
    return RELEASES.fold(RELEASES.decide(command, state), state)


def test_a_small_correction_waits_until_enough_has_changed() -> None:
    first = frozen(RELEASES.initial, 1, facts(4), {})
    assert first.told == {"statements": (100,)}
    second = frozen(first, 2, facts(5), {100: facts(4)})
    assert second.latest is not None
    assert first.latest is not None
    assert second.latest.tables == first.latest.tables
    assert second.latest.held is not None
    assert second.told == {"statements": (100,)}, "nothing new was told"
    third = frozen(second, 3, facts(9), {100: facts(4)})
    assert third.latest is not None
    assert third.latest.held is None
    assert third.told == {"statements": (100, 300)}


def test_small_steps_do_not_add_up_to_a_small_difference() -> None:
    """Back to nearly what was told first: five rooms differ from the last release, one from the first."""
    first = frozen(RELEASES.initial, 1, facts(4), {})
    second = frozen(first, 2, facts(9), {100: facts(4)})
    third = frozen(second, 3, facts(3), {100: facts(4), 200: facts(9)})
    assert third.latest is not None
    assert second.latest is not None
    assert third.latest.held is not None
    assert third.latest.tables == second.latest.tables


def test_one_room_more_does_not_show_in_the_counts() -> None:
    first = frozen(RELEASES.initial, 1, facts(4), {})
    second = frozen(first, 2, facts(4, late_rooms=1), {100: facts(4)})
    assert second.latest is not None
    assert first.latest is not None
    assert second.latest.base == first.latest.base


def test_freezing_the_same_release_again_does_nothing() -> None:
    state = frozen(RELEASES.initial, 1, facts(4), {})
    assert state.latest is not None
    again = FreezeFigures(snapshot=state.latest, log_seq=100, told={})
    assert RELEASES.decide(again, state) == ()


def test_figures_composed_before_another_release_are_refused() -> None:
    state = frozen(RELEASES.initial, 1, facts(4), {})
    assert state.latest is not None
    late = FreezeFigures(snapshot=state.latest.model_copy(update={"release": 2}), log_seq=200, told={}, after=uuid4())
    with pytest.raises(Conflict):
        RELEASES.decide(late, state)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "'=1", "\r=1", "%x", "|x"])
def test_a_formula_becomes_text(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_plain_words_stay_as_they_are() -> None:
    assert safe("Ash School - North") == "Ash School - North"


def test_a_release_that_was_kept_back_is_not_tried_twice_and_a_later_one_is_free() -> None:
    blocked = BlockRelease(
        round_id=uuid4(),
        school_id=uuid4(),
        release=1,
        day=date(2026, 10, 6),
        as_of=datetime(2026, 10, 7, tzinfo=UTC),
        log_seq=3,
        findings=(),
    )
    (event,) = RELEASES.decide(blocked, Releases())
    state = RELEASES.evolve(Releases(), event)
    assert state.number == 1
    assert RELEASES.decide(blocked, state) == ()
