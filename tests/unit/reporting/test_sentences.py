"""Three plain sentences first, made of what may be told and nothing else."""

from __future__ import annotations

from services.reporting.disclosure.rule import Rule, hidden
from services.reporting.releases.compose import released_tables
from services.reporting.releases.sentences import TEXTS, sentences
from services.reporting.releases.snapshot import Base, Sentence
from tests.support.figures import round_facts

BASE = Base(visits=20, classrooms=20, observers=3)
SLOTS = [(n, n) for n in range(20)]


def told(said: list[tuple[int, int, str]], answers: list[tuple[int, int, str, str]] | None = None) -> list[Sentence]:
    facts = round_facts(slots=SLOTS, said=said, answers=answers or [])
    return list(sentences(BASE, None, released_tables(facts, Rule())))


def rooms(element: str, count: int) -> list[tuple[int, int, str]]:
    return [(n, n % 3, element) for n in range(count)]


def test_the_commonest_element_is_named_where_it_stands_out() -> None:
    found = told(rooms("task", 15) + rooms("student", 4) + rooms("teacher", 3))
    assert [s.key for s in found] == ["base.told", "most.told", "least.coded"]
    assert found[1].text.startswith("Statements about the task were most common: in 15 of 20 visits (75%;")


def test_no_order_is_claimed_that_chance_would_explain() -> None:
    found = told(rooms("task", 10) + rooms("student", 9))
    assert found[1].key == "most.alike"


def test_nearly_everywhere_is_said_without_the_exception() -> None:
    found = told(rooms("task", 19))
    assert found[1].text == "Statements about the task were recorded in at least 18 of 20 visits."


def test_the_surest_answer_to_a_look_for_is_the_third_sentence() -> None:
    answers = [(n, n % 3, "1a", "yes" if n < 14 else "no") for n in range(20)]
    found = told(rooms("task", 15), answers)
    assert found[2].key == "look_for.told"
    assert found[2].params["answer"] == "yes"
    assert found[2].params["percent"] == 70


def test_a_round_that_is_too_small_has_one_sentence() -> None:
    (only,) = sentences(None, hidden("fewer_than_classrooms", 5), [])
    assert only.text == "Too few to say: fewer than 5 classrooms were visited."


def test_each_text_is_filled_by_its_params_alone() -> None:
    for found in (told([]), told(rooms("task", 15)), told(rooms("task", 19) + rooms("content", 1))):
        for sentence in found:
            assert sentence.text == TEXTS[sentence.key].format(**sentence.params)
