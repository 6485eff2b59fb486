"""Counts are hidden as they come in; a change has the interval that others compute; a leader's counts betray nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.cycles.compare import compare
from services.rounds.cycles.counts import CountsUnreadable, changes, difference, take_in, wilson
from services.rounds.cycles.feedback import weak_points
from services.rounds.protocols.library import newest
from tests.support.coaching import DAY, filled


@given(st.integers(1, 400), st.data())
def test_intervals_are_those_of_statsmodels(total: int, data: st.DataObject) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    count = data.draw(st.integers(0, total))
    low, high = proportion_confint(count, total, method="wilson")
    assert wilson(count, total) == pytest.approx((low, high), abs=1e-9)
    after_total = data.draw(st.integers(1, 400))
    after = data.draw(st.integers(0, after_total))
    expected = confint_proportions_2indep(after, after_total, count, total, method="newcomb", compare="diff")
    assert difference((count, total), (after, after_total))[1:] == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12))
def test_no_small_count_is_kept(pairs: list[tuple[int, int]]) -> None:
    lines = [f"Skill {n},{met},{met + missed}" for n, (met, missed) in enumerate(pairs)]
    try:
        rows = take_in({"csv": "\n".join(["skill,count,total", *lines])})["rows"]
    except CountsUnreadable:
        assert all(met + missed < 10 for met, missed in pairs)
        return
    for (met, missed), row in zip(pairs, rows, strict=True):
        small = met + missed < 10 or met < 5 or missed < 5
        assert (row["count"] is None) == small
        assert (row["total"] is None) == (met + missed < 10)
    assert take_in({"rows": rows})["rows"] == rows, "what is kept may be sent again, and nothing comes back"


@pytest.mark.parametrize(
    ("csv", "says"),
    [
        ("student_id,skill,count,total\n7,a,20,40", "rows of students"),
        ("student,item,n,of\n7,a,20,40", "rows of students"),
        ("Alumno;destreza;cantidad;total\n7;a;20;40", "rows of students"),
        ("first,last,skill,count,total\nA,B,a,20,40", "rows of students"),
        ("Student No,skill,count,total\n7,a,20,40", "rows of students"),
        ("skill,count\na,20", "missing: total"),
        ("skill,count,total\na,50,40", "between 0 and the total"),
        ("skill,count,total\na,x,40", "whole numbers"),
        ("skill,count,total\na,20,40\nA,21,40", "same name"),
        ("", "empty"),
    ],
)
def test_a_table_that_does_not_do_says_why(csv: str, says: str) -> None:
    with pytest.raises(CountsUnreadable, match=says) as told_:
        take_in({"csv": csv})
    assert told_.value.say.es


def test_spanish_heads_and_semicolons_are_read() -> None:
    rows = take_in({"csv": "Destreza;Cantidad;Total\nRazones;12;40"})["rows"]
    assert rows == [{"skill": "Razones", "count": 12, "total": 40, "hidden": None}]


@pytest.mark.parametrize("head", ["Skill name,met,students", "Nombre de la destreza,cantidad,alumnos"])
def test_the_name_of_a_skill_is_no_students(head: str) -> None:
    assert take_in({"csv": f"{head}\nReasons,12,40"})["rows"][0]["skill"] == "Reasons"


def test_what_is_hidden_before_has_no_change() -> None:
    before = take_in({"csv": "skill,count,total\na,3,40\nb,20,40"})["rows"]
    after = take_in({"csv": "skill,count,total\na,30,40\nc,20,40"})["rows"]
    assert [(c.skill, c.before.hidden, c.difference) for c in changes(before, after)] == [
        ("a", "few", None), ("b", None, None), ("c", "absent", None),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_good_feedback_passes_and_a_pat_on_the_back_does_not(language: str) -> None:
    kind = newest()["peer-observation"].artefact("feedback")
    assert kind is not None
    assert weak_points(filled(kind, "¿por qué?", today=DAY), DAY) == []
    pats = {"en": ("Great lesson, well done", "Keep it up"), "es": ("Excelente clase", "Siga así")}
    evidence, step = pats[language]
    weak = weak_points({"points": [{"evidence": evidence, "effect": "x", "step": step, "by": "2026-11-20"}]}, DAY)
    assert {where for where, _ in weak} == {"points/0/evidence", "points/0/step"}


def test_a_comparison_loses_no_word() -> None:
    kind = newest()["lesson-study"].artefact("lesson-plan")
    assert kind is not None
    left = filled(kind, "halves")
    step = {"minutes": 5, "teacher": "Asks why.", "students": "They draw."}
    right = left | {"goal": "Compare fractions and say why.", "steps": [*left["steps"], step]}
    fields = compare(kind, left, right).fields
    for field in fields:
        joined = "".join(p.text for p in field.left), "".join(p.text for p in field.right)
        assert (joined[0] != joined[1]) == field.changed
    assert [(f.label.en, f.item) for f in fields if f.changed] == [
        ("Goal of the lesson", None),
        ("Minutes", 2),
        ("What the teacher does and asks", 2),
        ("What students may say and do", 2),
    ]
