"""What changed, and the three sentences that a principal reads first: from released cells alone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from services.reporting.disclosure.rule import Rule
from services.reporting.district.difference import differences
from services.reporting.releases.changes import changes, difference
from services.reporting.releases.decide import Releases
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.lead import ask_next, lead
from services.reporting.releases.snapshot import Cell, Snapshot
from tests.support.figures import round_facts

SLOTS = [(n, n) for n in range(20)]


def snapshot(*, task: int, student: int = 10, rooms: int = 20, question: str = "q1") -> Snapshot:
    said = [(n, n % 3, "task") for n in range(task)] + [(n, n % 3, "student") for n in range(student)]
    facts = round_facts(
        slots=SLOTS[:rooms], said=said, asked=[(n, question) for n in range(min(task, 4))], questions=[question]
    )
    release = Release(uuid4(), 1, 1, datetime(2026, 10, 6, tzinfo=UTC), Rule())
    return compose(release, facts, Releases(), {})[0]


def wilson(count: int, n: int) -> Cell:
    low, high = proportion_confint(count, n, method="wilson")
    return Cell(category="with", state="told", count=count, share=count / n, low=low, high=high, text="")


@pytest.mark.parametrize(("x1", "n1", "x2", "n2"), [(7, 20, 15, 22), (3, 12, 4, 30), (9, 18, 9, 18)])
def test_the_interval_of_a_difference_is_newcombes_for_two_independent_shares(
    x1: int, n1: int, x2: int, n2: int
) -> None:
    d, low, high = difference(wilson(x1, n1), wilson(x2, n2))
    expected = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", compare="diff")
    assert d == pytest.approx(x2 / n2 - x1 / n1)
    assert (low, high) == pytest.approx(expected)


def test_a_change_is_named_only_beyond_chance_and_never_of_what_is_bounded() -> None:
    found = {
        c.subject: c for c in changes(snapshot(task=4), snapshot(task=16)) if c.definition == "core_element.visits"
    }
    assert found["task"].verdict == "more"
    assert (found["task"].low or 0) > 0
    assert found["student"].verdict == "no_clear_change"
    assert found["content"].state == "cannot_say"
    assert found["content"].difference is None


def test_a_question_that_the_earlier_round_did_not_have_is_told_as_such() -> None:
    first, hidden = snapshot(task=4, question="q1"), snapshot(task=4, question="q2")
    hidden = hidden.model_copy(
        update={"tables": tuple(t.model_copy(update={"cells": ()}) if t.subject else t for t in hidden.tables)}
    )
    after = snapshot(task=16, question="q2")

    def of(before: Snapshot) -> set[str]:
        return {c.state for c in changes(before, after) if c.definition == "focus_question.visits"}

    assert of(first) == {"asked_later"}
    assert of(hidden) == {"cannot_say"}, "it was asked, and what was seen is not told"
    assert of(first.model_copy(update={"base": None, "tables": ()})) == {"cannot_say"}


def test_a_district_at_two_dates_is_told_what_each_schools_two_releases_tell() -> None:
    before, after = snapshot(task=4), snapshot(task=16)
    school, late, alike, empty = (uuid4() for _ in range(4))
    names = [(school, "Alder"), (late, "Birch"), (alike, "Cedar"), (empty, "Dogwood")]
    found = differences(names, {school: before, alike: before}, {school: after, late: after, alike: before})
    assert [(x.name, x.state) for x in found] == [
        ("Alder", "changed"),
        ("Birch", "first"),
        ("Cedar", "same"),
        ("Dogwood", "none"),
    ]
    core = tuple(c for c in changes(before, after) if c.definition == "core_element.visits")
    assert [x.changes for x in found] == [core, (), (), ()]
    assert core


def test_look_fors_of_another_instrument_are_not_compared() -> None:
    before, after = snapshot(task=4), snapshot(task=16)
    other = before.model_copy(update={"instrument": "another"})
    assert not any(c.definition.startswith("look_for") for c in changes(other, after))


def test_the_three_sentences_say_what_how_sure_and_what_changed() -> None:
    first = lead(snapshot(task=16), None)
    assert [s.key.partition(".")[0] for s in first] == ["most", "sure", "changed"]
    assert first[2].key == "changed.first"
    later = lead(snapshot(task=16), snapshot(task=4))
    assert later[2].key == "changed.more"
    assert later[2].params["element"] == "task"
    assert lead(snapshot(task=10), snapshot(task=10))[2].key == "changed.none"


def test_a_round_that_is_too_small_says_so_and_asks_for_rooms() -> None:
    small = snapshot(task=4, student=0, rooms=4)
    assert [s.key for s in lead(small, None)] == ["base.fewer_than_classrooms"]
    assert [s.key for s in ask_next(small, None)] == ["ask.more_rooms"]


def test_what_few_visits_spoke_to_is_asked_next() -> None:
    asked = [s.key for s in ask_next(snapshot(task=16), None)]
    assert "ask.focus" in asked
    assert len(asked) <= 4
