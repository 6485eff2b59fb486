"""Patterns, not people: the thresholds, and what hidden parts say."""

from __future__ import annotations

from services.reporting.disclosure.rule import Rule
from services.reporting.figures.tables import tables
from services.reporting.releases.compose import released_tables
from services.reporting.releases.difference import may_renew
from services.reporting.releases.snapshot import ReleasedTable
from tests.support.figures import round_facts

RULE = Rule()


def element(found: list[ReleasedTable], name: str) -> ReleasedTable:
    return next(t for t in found if t.definition == "core_element.visits" and t.subject == name)


def why(slots: list[tuple[int, int]], observers: int = 3, rule: Rule = RULE) -> str | None:
    table = element(released_tables(round_facts(slots=slots, observers=observers), rule), "task")
    return table.hidden.text if table.hidden else None


def test_five_visits_to_five_classrooms_by_three_observers_are_just_enough() -> None:
    assert why([(n, n) for n in range(5)]) is None


def test_each_part_of_the_rule_is_told_by_its_name() -> None:
    assert why([(n, n) for n in range(4)]) == "fewer than 5 classrooms"
    assert why([(n, n % 4) for n in range(20)]) == "fewer than 5 classrooms"
    assert why([(n, n) for n in range(5)], observers=2) == "fewer than 3 observers"
    assert why([(n, n) for n in range(6)], rule=Rule.of_district(7, 5, 3)) == "fewer than 7 visits"


def test_a_big_team_in_few_rooms_does_not_make_many_visits() -> None:
    facts = round_facts(slots=[(n, n) for n in range(4)], observers=9)
    assert {t.hidden.key for t in released_tables(facts, RULE) if t.hidden} == {"fewer_than_classrooms"}


def test_a_district_raises_the_rule_and_cannot_lower_it() -> None:
    assert Rule.of_district(1, 8, 2) == Rule(visits=5, classrooms=8, observers=3)


def test_one_of_six_visits_is_not_told_as_one() -> None:
    facts = round_facts(slots=[(n, n) for n in range(6)], said=[(0, 0, "task")])
    (cell,) = element(released_tables(facts, RULE), "task").cells
    assert (cell.state, cell.at_most, cell.count, cell.share) == ("coded", 2, None, None)
    assert cell.text == "at most 2 of 6 visits"


def test_five_of_six_visits_are_not_told_either_for_the_sixth_would_be_known() -> None:
    facts = round_facts(slots=[(n, n) for n in range(6)], said=[(n, 0, "task") for n in range(5)])
    (cell,) = element(released_tables(facts, RULE), "task").cells
    assert (cell.state, cell.at_least, cell.low) == ("coded", 4, None)


def test_the_bound_depends_on_the_plan_and_not_on_what_was_seen() -> None:
    slots = [(n, n if n < 8 else 4) for n in range(11)]  # the fifth room was visited four times
    worlds = ([], [(0, 0, "task")], [(4, 0, "task"), (8, 0, "task")], [(n, 0, "task") for n in (3, 4, 8, 9, 10)])
    outputs = {
        element(released_tables(round_facts(slots=slots, said=said), RULE), "task").model_dump_json() for said in worlds
    }
    assert len(outputs) == 1
    assert '"at_most":5' in outputs.pop()


def test_one_observers_opinion_is_not_told_as_the_rounds() -> None:
    slots = [(n, n) for n in range(10)]
    said = [(n, 0, "task") for n in range(10)] + [(n, n % 3, "student") for n in range(10)]
    said += [(n, n % 3, "teacher") for n in range(10)] + [(n, n % 3, "content") for n in range(4)]
    found = released_tables(round_facts(slots=slots, said=said), RULE)
    (spread,) = [t for t in found if t.definition == "core_element.statements"]
    states = {c.category: c.state for c in spread.cells}
    assert states["task"] == "hidden"
    assert list(states.values()).count("hidden") >= 2, "a sibling goes with it"


def test_an_answer_given_in_one_room_leaves_no_trace_of_its_code() -> None:
    codes = ["yes", "yes", "yes", "mostly", "mostly", "mostly", "mostly", "never"]
    facts = round_facts(
        slots=[(n, n) for n in range(8)], answers=[(n, n % 3, "1a", code) for n, code in enumerate(codes)]
    )
    (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.answers"]
    assert "never" not in table.model_dump_json()
    assert table.rest is not None
    assert [c.category for c in table.cells] == ["mostly"]


def test_not_observed_and_not_applicable_stand_outside_of_the_share() -> None:
    codes = ["yes"] * 4 + ["no"] * 4 + ["not_observed"] * 3 + ["not_applicable"] * 3
    facts = round_facts(
        slots=[(n, n) for n in range(14)], answers=[(n, n % 3, "1a", code) for n, code in enumerate(codes)]
    )
    (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.answers"]
    assert (table.n, table.not_rated) == (8, 6)
    assert {c.category: c.share for c in table.cells} == {"no": 0.5}
    assert {c.category: c.count for c in table.not_rated_cells} == {"not_observed": 3, "not_applicable": 3}


def test_a_change_in_few_rooms_may_not_be_released_and_one_in_many_may() -> None:
    slots = [(n, n) for n in range(10)]
    before = tables(round_facts(slots=slots, said=[(n, n % 3, "task") for n in range(5)]))
    for extra, allowed in ((0, True), (1, False), (4, False), (5, True)):
        said = [(n, n % 3, "task") for n in range(5 + extra)]
        assert may_renew(before, tables(round_facts(slots=slots, said=said)), RULE) is allowed
    one_more_room = round_facts(slots=[*slots, (10, 10)], said=[(n, n % 3, "task") for n in range(5)])
    assert may_renew(before, tables(one_more_room), RULE) is False


def test_one_changed_statement_behind_five_changed_visits_of_another_kind_still_waits() -> None:
    slots = [(n, n) for n in range(10)]
    before = tables(round_facts(slots=slots))
    said = [(n, n % 3, "task") for n in range(10)] + [(0, 0, "student")]
    assert may_renew(before, tables(round_facts(slots=slots, said=said)), RULE) is False


def test_answers_that_add_up_leave_one_out_for_what_nobody_answered_and_not_where_all_that_exist_are_told() -> None:
    def told(kind: str, answers: str, look_for: str = "1a") -> dict[str, int | None]:
        given = [(n, n % 3, look_for, code) for n, code in enumerate(answers.split())]
        facts = round_facts(slots=[(n, n) for n in range(len(given))], answers=given, kind=kind)
        (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.answers"]
        assert (table.rest is None) == (sum(c.count or 0 for c in table.cells) == len(given))
        return {c.category: c.count for c in table.cells}

    assert told("choice", "yes yes yes yes yes no no no") == {"yes": 5}, "another answer is at most the other 3"
    assert told("scale", "4 4 4 4 3 3 3 2 2 2") == {"2": 3, "4": 4}
    assert told("choice", "a a a a b b b b") == {"a": 4}, "of equal ones the last"
    assert told("observed", "yes yes yes yes yes no no no") == {"yes": 5, "no": 3}, "there are no others"
    three = "recall recall recall procedure procedure procedure explain explain explain explain"
    assert told("choice", three, "task-demand") == {"explain": 4, "procedure": 3}
    four = f"{three} create create create"
    assert told("choice", four, "task-demand") == {"create": 3, "explain": 4, "procedure": 3, "recall": 3}, (
        "that is all"
    )


def test_each_option_of_a_multi_choice_answer_is_counted_by_itself() -> None:
    chosen = ["talk write" if n < 6 else "write" if n < 9 else "draw" if n == 9 else "write not" for n in range(12)]
    answers = [(n, n % 3, "2b", code) for n, code in enumerate(chosen)]
    facts = round_facts(
        slots=[(n, n) for n in range(12)], answers=[*answers[:11], (11, 2, "2b", "not_observed")], kind="multi_choice"
    )
    (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.options"]
    assert (table.n, table.not_rated) == (11, 1)
    assert [(c.category, c.count, c.at_least) for c in table.cells] == [("talk", 6, None), ("write", None, 7)], (
        "an observer gave four answers, two rooms only two"
    )
    assert "draw" not in table.model_dump_json(), "an option that one room named looks like one that nobody did"
    assert table.rest is not None


def test_an_option_that_one_observer_alone_named_is_named_nowhere_however_often() -> None:
    answers = [(n, 0 if n < 8 else n - 7, "2b", "talk" if n < 8 else "write") for n in range(10)]
    facts = round_facts(slots=[(n, n) for n in range(10)], answers=answers, kind="multi_choice")
    tables = [t for t in released_tables(facts, RULE) if t.definition == "look_for.options"]
    assert "talk" not in "".join(t.model_dump_json() for t in tables)


def test_each_interval_of_a_tally_is_counted() -> None:
    def sampled(n: int) -> str:
        return "0:lecture 1:lecture 2:groups" if n < 5 else "0:groups 1:groups 2:lecture"

    answers = [(n, n % 3, "t1", sampled(n)) for n in range(10)]
    facts = round_facts(slots=[(n, n) for n in range(10)], answers=answers, kind="tally")
    (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.intervals"]
    assert (table.n, table.unit) == (30, "interval")
    assert {c.category: c.count for c in table.cells} == {"groups": 15}
    assert all(c.low is not None and c.low < 0.5 < (c.high or 0) for c in table.cells)
