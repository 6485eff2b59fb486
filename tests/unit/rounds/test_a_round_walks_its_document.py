"""The stages of a round are those of its protocol document, and so is what must be there between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.cycles.walk import Position, opening
from services.rounds.debrief.decide import DEBRIEF
from services.rounds.rounds.events import STAGES, Stage
from services.rounds.rounds.protocol import PROTOCOL, require_open
from shared.errors import Refused
from shared.testing.given_decider import given as given_events
from tests.unit.rounds.test_a_debrief import opening as command

FACTS = ("problem-of-practice", "statements", "standing-statements", "patterns", "predictions", "release")


def test_the_documents_stages_are_the_rounds_own() -> None:
    assert tuple(s.replace("-", "_") for s in PROTOCOL.stage_ids) == STAGES
    assert not PROTOCOL.policies.feedback_to_observed_teacher


@given(st.sampled_from(STAGES), st.sampled_from(STAGES), st.dictionaries(st.sampled_from(FACTS), st.integers(0, 3)))
def test_a_round_moves_as_the_engine_says(held: Stage, wanted: Stage, facts: dict[str, int]) -> None:
    at = Position(held.replace("_", "-"), opened={held.replace("_", "-"): 1})
    blocked = opening(PROTOCOL, at, wanted.replace("_", "-"), lambda k: facts.get(k.have, 0) >= k.least)
    if held == wanted:
        return  # a round that stands there already is not moved
    if blocked is None:
        require_open(held, wanted, facts)
    else:
        with pytest.raises(Refused) as refused:
            require_open(held, wanted, facts)
        assert (refused.value.code, refused.value.extra["say"]["es"]) == (blocked.code, blocked.say.es)


def test_a_refusal_of_the_debrief_is_told_in_the_documents_words_in_both_languages() -> None:
    refused = given_events(DEBRIEF).when(command("describe", statements=0)).then_refused("no_evidence")
    stage = PROTOCOL.stage("visit")
    assert stage is not None
    assert refused.extra["say"] == stage.leave_when[0].say.model_dump()
