"""The auditor finds what was planted, and nothing in what the control lets through. HiGHS runs in its own process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from services.reporting.disclosure.attack import ToldCell, ToldTable, place
from services.reporting.disclosure.auditor import State, check, differences, findings_of, programmes
from services.reporting.disclosure.links import known_from_patterns
from services.reporting.disclosure.programme import Programme, Protected, Row, Told
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.solver import solve
from services.reporting.figures.facts import CORE_ELEMENTS, RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.releases.compose import as_told, released_tables
from services.reporting.releases.decide import Releases
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited, hidden_more
from services.reporting.releases.snapshot import Cell, Snapshot
from tests.support.figures import an_id, round_facts

RULE = Rule()
ID = UUID("018f0000-0000-7000-8000-000000000002")


def a_round(seed: int) -> RoundFacts:
    """Small rounds, where leaks would be."""
    chance = Random(seed)
    visits = chance.randint(5, 12)
    slots = [(n, n if n < 5 else chance.randrange(visits)) for n in range(visits)]
    likely = chance.choice([CORE_ELEMENTS, ("task",), ("task", "student"), ("teacher", "student", "task")])
    said = [
        (chance.randrange(visits), chance.randrange(3), chance.choice(likely)) for _ in range(chance.randint(0, 30))
    ]
    asked = [(chance.randrange(visits), chance.choice(["q1", "q2"])) for _ in range(chance.randint(0, 10))]
    codes = ["yes", "mostly", "no", "not_observed", "not_applicable"][: chance.randint(2, 5)]
    answers = [(n, chance.randrange(3), "1a", chance.choice(codes)) for n in range(visits) if chance.random() < 0.9]
    facts = round_facts(slots=slots, said=said, asked=asked, questions=["q1", "q2"], answers=answers)
    ids = [s for s in facts.statements]
    marked = tuple(replace(s, statement_id=an_id(f"statement {n}")) for n, s in enumerate(ids))
    several = round_facts(
        slots=slots,
        answers=[(n, chance.randrange(3), "2b", chance.choice(["a", "a b", "b c", "a c"])) for n in range(visits)],
        kind="multi_choice",
    )
    sampled = round_facts(
        slots=slots,
        answers=[(n, chance.randrange(3), "t1", chance.choice(["0:l 1:l", "0:g 1:l", "0:g"])) for n in range(visits)],
        kind="tally",
    )
    some = frozenset(s.statement_id for s in marked if s.statement_id and chance.random() < 0.6)
    return replace(
        facts, statements=marked, ratings=(*facts.ratings, *several.ratings, *sampled.ratings), patterns=(some,)
    )


def state_of(facts: RoundFacts) -> State:
    return State(as_told(released_tables(facts, RULE)), tuple(tables(facts)), known_from_patterns(facts, RULE))


def test_nothing_that_the_control_lets_through_can_be_worked_out() -> None:
    states = [state_of(a_round(seed)) for seed in range(60)]
    asked = [p for state in states for p in programmes(state)]
    assert len(asked) > 60
    assert findings_of(solve(asked)) == []
    assert [f for state in states for f in check(state, RULE)] == []


def steady() -> RoundFacts:
    """Task in 9 of 12 rooms, student in 6, content in one; look-for 1a 7 yes, 4 no, 1 mostly."""
    said = [(n, n % 3, "task") for n in range(9)] + [(n, n % 3, "student") for n in range(6)] + [(0, 0, "content")]
    answers = [(n, n % 3, "1a", "yes" if n < 7 else "no" if n < 11 else "mostly") for n in range(12)]
    return round_facts(slots=[(n, n) for n in range(12)], said=said, answers=answers)


def test_an_answer_that_everybody_gave_stays_open_as_at_least() -> None:
    everybody = round_facts(slots=[(n, n) for n in range(9)], answers=[(n, n % 3, "1a", "yes") for n in range(9)])
    assert findings_of(solve(programmes(state_of(everybody)))) == []


def planted(where: tuple[str, str | None], *cells: ToldCell, facts: RoundFacts | None = None) -> State:
    """What the control would tell, but for these cells of one table."""
    facts = facts or steady()
    state = state_of(facts)
    told = []
    for t in state.told:
        if (t.definition, t.subject) != where:
            told.append(t)
            continue
        n = len(next(x for x in state.tables if (x.definition, x.subject) == where).units)
        new = {c.category: c for c in cells}
        kept = [c for c in t.cells if c.category not in new]
        told.append(ToldTable(t.definition, t.subject, n, (*kept, *cells), t.not_rated, t.not_rated_cells))
    return replace(state, told=tuple(told))


def test_a_single_hidden_answer_is_found_by_subtraction() -> None:
    leak = planted(("look_for.answers", "1a"), ToldCell("yes", 7), ToldCell("no", 4))
    found, of_others = findings_of(solve(programmes(leak)))
    assert (found.kind, found.where) == ("pinned", "look_for.answers|1a|mostly")
    assert "mostly" not in found.text + found.mend, "which answers occur at all is hidden too"
    assert of_others.where == "look_for.answers|1a|", "and how few may have given an answer that nobody gave"


def test_that_nobody_gave_an_answer_is_found_where_what_is_told_adds_up() -> None:
    answers = [(n, n % 3, "1a", "yes" if n < 7 else "no") for n in range(12)]
    facts = round_facts(slots=[(n, n) for n in range(12)], answers=answers)
    leak = planted(("look_for.answers", "1a"), ToldCell("yes", 7), ToldCell("no", 5), facts=facts)
    (found,) = solve(programmes(leak)[-1:])
    assert found.pinned == ("look_for.answers|1a|",)
    assert found.hide == ("look_for.answers|1a|no",), "the cheaper of the two"
    assert findings_of(solve(programmes(state_of(facts)))) == []


def test_a_share_of_one_room_is_found_by_the_facts() -> None:
    leak = planted(("core_element.visits", "content"), ToldCell("with", 1))
    assert [(f.kind, f.where) for f in check(leak, RULE)] == [("few_classrooms", "core_element.visits|content|with")]


def test_a_bound_that_another_table_tightens_is_found() -> None:
    spread = ("core_element.statements", None)
    cells = (ToldCell("teacher", 0), ToldCell("task", 9), ToldCell("student", 6), ToldCell("content"))
    found = findings_of(solve(programmes(planted(spread, *cells))))
    wheres = {f.where for f in found}
    assert "core_element.statements||content" in wheres, "the rest of the total"
    assert "core_element.visits|teacher|with" in wheres, "no statement, no visit"


def test_a_table_below_the_rule_is_found() -> None:
    small = round_facts(slots=[(n, n) for n in range(4)], said=[(n, n % 3, "task") for n in range(4)])
    leak = planted(("core_element.visits", "task"), ToldCell("with", 4), facts=small)
    assert {"below_rule"} <= {f.kind for f in check(leak, RULE)}


def test_one_observers_word_is_found() -> None:
    answers = [(n, 0 if n < 5 else 1 + n % 2, "1a", "yes" if n < 5 else "no") for n in range(12)]
    facts = round_facts(slots=[(n, n) for n in range(12)], answers=answers)
    leak = planted(("look_for.answers", "1a"), ToldCell("yes", 5), ToldCell("no", 7), facts=facts)
    assert [f.kind for f in check(leak, RULE)] == ["few_observers"]


def test_two_releases_that_differ_in_one_room_are_found() -> None:
    before = steady()
    after = replace(before, statements=before.statements[1:])
    found = differences(state_of(before), state_of(after), RULE)
    assert {f.kind for f in found} == {"small_difference"}
    assert differences(state_of(before), state_of(before), RULE) == []


def test_the_cheapest_further_cell_is_hidden_and_no_more() -> None:
    programme = Programme()
    for name in "abcd":
        programme.unknown(name, 0, 20)
    programme.told["total"] = Told(dict.fromkeys("abcd", 1), 30, 30, None)
    for name, count in (("a", 10), ("b", 12), ("c", 6)):
        programme.told[name] = Told({name: 1}, count, count, count)
    programme.protected["d"] = Protected({"d": 1}, 2)
    (found,) = solve([programme])
    assert found.pinned == ("d",)
    assert found.hide == ("c",)


def test_what_no_hiding_can_help_is_said() -> None:
    programme = Programme(rows=[Row({"a": 1}, 3, 3)])
    programme.unknown("a", 0, 5)
    programme.protected["a"] = Protected({"a": 1}, 2)
    (found,) = solve([programme])
    assert found.hide is None


def frozen(facts: RoundFacts) -> tuple[Snapshot, dict[str, tuple[int, ...]]]:
    return compose(Release(ID, 1, 7, datetime(2026, 10, 6, tzinfo=UTC), RULE), facts, Releases(), {})


async def test_the_gate_mends_a_leak_by_hiding_more_and_lets_the_rest_be_told() -> None:
    snapshot, told = frozen(steady())
    leaking = tuple(
        t.model_copy(
            update={
                "n": 12,
                "hidden": None,
                "cells": (
                    Cell(category="yes", state="told", count=7, share=0.58, low=0.2, high=0.9, text="7 of 12"),
                    Cell(category="no", state="told", count=4, share=0.33, low=0.1, high=0.7, text="4 of 12"),
                ),
            }
        )
        if t.definition == "look_for.answers"
        else t
        for t in snapshot.tables
    )
    mended, findings = await audited(
        snapshot.model_copy(update={"tables": leaking}), told | {"answers:1a": (7,)}, (7, steady()), Ledger({}, {})
    )
    assert findings == ()
    (table,) = [t for t in mended.tables if t.definition == "look_for.answers"]
    assert [c.category for c in table.cells] == ["yes"], "the cheaper of the two is hidden with it"
    assert table.rest is not None


async def test_the_gate_stops_what_cannot_be_mended() -> None:
    snapshot, told = frozen(steady())
    one = Cell(category="with", state="told", count=1, share=0.08, low=0.0, high=0.4, text="1 of 12")
    leaking = tuple(
        t.model_copy(update={"cells": (one,)}) if (t.definition, t.subject) == ("core_element.visits", "content") else t
        for t in snapshot.tables
    )
    _, findings = await audited(snapshot.model_copy(update={"tables": leaking}), told, (7, steady()), Ledger({}, {}))
    assert {f.kind for f in findings} == {"few_classrooms"}
    assert all(f.mend for f in findings)


def test_hiding_more_makes_the_sentences_anew() -> None:
    snapshot, _ = frozen(steady())
    places = [place("core_element.visits", e, "with") for e in CORE_ELEMENTS]
    less = hidden_more(snapshot, places)
    assert less.sentences[1].key == "most.none"
    assert "9" not in less.sentences[1].text


def test_the_solver_stays_out_of_the_serving_process() -> None:
    code = (
        "import sys; import services.reporting.main; "
        "sys.exit(any(m.split('.')[0] in ('highspy', 'ortools', 'scipy', 'reportlab') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("seed", range(3))
def test_linear_ranges_hold_the_whole_numbers(seed: int) -> None:
    for solution in solve(programmes(state_of(a_round(seed)))):
        for found in solution.ranges.values():
            assert found.lp_low <= found.low + 1e-6
            assert found.high <= found.lp_high + 1e-6
