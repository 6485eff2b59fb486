"""Norms are set by the facilitator, read and acknowledged by every observer, and again after each change."""

from __future__ import annotations

from uuid import uuid4

from services.rounds.rounds.commands import AcknowledgeNorms, SetNorms
from services.rounds.rounds.decide import ROUND
from services.rounds.rounds.events import NormsAcknowledged, NormsSet
from shared.errors import NotFound
from shared.testing.given_decider import given
from tests.support.rounds import a_plan

PLAN = a_plan()
OBSERVER = PLAN.teams[0].observer_ids[0]
NORMS = SetNorms(norms=("We describe  before we judge.", "", "What we see stays here."))


def acknowledging(revision: int = 1, *, trained: bool = True) -> AcknowledgeNorms:
    return AcknowledgeNorms(person_id=OBSERVER, revision=revision, trained=trained)


def test_norms_are_set_whole_and_each_change_counts() -> None:
    kept = ("We describe before we judge.", "What we see stays here.")
    given(ROUND).after(PLAN).when(NORMS).then(NormsSet(round_id=PLAN.round_id, norms=kept, revision=1))
    given(ROUND).after(PLAN, NORMS).when(NORMS).then_nothing()
    given(ROUND).after(PLAN).when(SetNorms(norms=(" ",))).then_refused("norms")
    given(ROUND).after(PLAN).when(SetNorms(norms=("x" * 301,))).then_refused("norms")


def test_an_observer_acknowledges_after_the_training_and_again_after_a_change() -> None:
    given(ROUND).after(PLAN).when(acknowledging()).then_refused("no_norms")
    ready = given(ROUND).after(PLAN, NORMS)
    ready.when(acknowledging(trained=False)).then_refused("training_missing")
    told = NormsAcknowledged(round_id=PLAN.round_id, person_id=OBSERVER, revision=1, trained=True)
    ready.when(acknowledging()).then(told)
    changed = ready.after(acknowledging(), SetNorms(norms=("Another.",)))
    assert changed.state.acknowledged[OBSERVER] < changed.state.norms_revision
    changed.when(acknowledging(1)).then_refused("norms_changed")
    changed.after(acknowledging(2)).when(acknowledging(2)).then_nothing()


def test_only_the_rounds_observers_acknowledge() -> None:
    stranger = AcknowledgeNorms(person_id=uuid4(), revision=1, trained=True)
    given(ROUND).after(PLAN, NORMS).when(stranger).then_error(NotFound)
