"""Statements that share their words are put side by side; the rest is left alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rounds.suggestions import jobs
from services.rounds.suggestions.worker import SMALLEST, group

COPY = [f"Four of {n} children copied the worked example from the slide." for n in range(4)]
WHY = [f"The girl near door {n} gave a reason: because both fractions share a denominator." for n in range(4)]
PREGUNTAS = [f"Hizo {n} preguntas de respuesta única sobre capitales." for n in range(4)]
ODD = ["A fire alarm rang.", "Rain."]


def named(words: list[str]) -> list[dict[str, str]]:
    return [{"id": f"{n:02}", "words": w} for n, w in enumerate(words)]


def test_what_says_the_same_is_found_in_both_languages_and_the_odd_is_left_out() -> None:
    statements = named([*COPY, *WHY, *PREGUNTAS, *ODD])
    found = {frozenset(g["statement_ids"]) for g in group(statements)}
    assert found == {frozenset(f"{n:02}" for n in range(k, k + 4)) for k in (0, 4, 8)}
    assert all(g["words"] for g in group(statements))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_words_give_groups_that_do_not_overlap(words: list[str]) -> None:
    groups = group(named(words))
    ids = [i for g in groups for i in g["statement_ids"]]
    assert len(ids) == len(set(ids))
    assert all(len(g["statement_ids"]) >= SMALLEST for g in groups)


async def test_a_worker_that_cannot_be_started_fails_and_can_be_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def none_to_be_had(statements: list[dict[str, str]]) -> bytes:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(jobs, "_grouped", none_to_be_had)
    held, round_id = jobs.Jobs(), uuid4()
    first = held.start(round_id, named(COPY))
    assert first.task is not None
    await first.task
    assert first.state == "failed"
    monkeypatch.undo()
    again = held.start(round_id, named([*COPY, *WHY, *PREGUNTAS, *ODD]))
    assert again is not first
    assert again.task is not None
    await again.task
    assert again.state == "done"
