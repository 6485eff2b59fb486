"""The projection reads frequent events as plain JSON: their shape must be the contract's."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from pydantic import BaseModel

from services.reporting.projections.school_patterns import bodies
from services.reporting.projections.school_patterns.fold import FREQUENT, SELDOM, Reading
from services.rounds import contract
from tests.support.published import ARound, Log

PAIRS: list[tuple[Any, type[BaseModel]]] = [
    (bodies.VisitBody, contract.Visit),
    (bodies.StatementBody, contract.EvidenceRecorded),
    (bodies.StatementBody, contract.EvidenceAmended),
    (bodies.WithdrawnBody, contract.EvidenceWithdrawn),
    (bodies.RatingBody, contract.LookForRated),
    (bodies.NotRatedBody, contract.RatingWithdrawn),
    (bodies.HandedInBody, contract.SlotNotesSubmitted),
]


@pytest.mark.parametrize(("body", "model"), PAIRS, ids=lambda kind: kind.__name__)
def test_a_body_names_only_fields_of_the_contract(body: Any, model: type[BaseModel]) -> None:
    assert get_type_hints(body).keys() <= model.model_fields.keys()


def test_what_the_contract_writes_has_every_field_that_the_body_reads() -> None:
    a_round, log = ARound(), Log("rounds")
    for event in (
        a_round.said("a", 0, 0),
        a_round.said("a", 0, 0, revision=1),
        a_round.withdrew("a", 0, 0),
        a_round.rated("1a", 0, 0, "yes"),
        a_round.not_rated("1a", 0, 0),
        a_round.handed_in(0, 0),
    ):
        log.add(event)
    expected = {model.__name__: body for body, model in PAIRS}
    reading = Reading(log.events)
    assert set(reading.told.types) == FREQUENT
    for type_, body in zip(reading.told.types, reading.bodies, strict=True):
        assert type(body) is expected[type_]
        assert type(reading.places.of(body.visit, log.events[0].district_id).visit) is bodies.VisitBody


def test_what_tells_nothing_of_a_round_is_passed_over() -> None:
    others = {t.event_type() for t in contract.PUBLISHED if "round_id" not in t.model_fields} - FREQUENT
    assert "MeetingPlanned" in others
    assert not others & SELDOM.keys()
