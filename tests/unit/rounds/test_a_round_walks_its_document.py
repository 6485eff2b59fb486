"""The stages of a round are those of its protocol document, and so is what must be there between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.cycles.walk import Position, opening
from services.rounds.debrief.decide import DEBRIEF
from services.rounds.lined_yaml import Unreadable
from services.rounds.protocols.library import texts
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.read import read
from services.rounds.rounds.commands import OpenVisit
from services.rounds.rounds.decide import ROUND
from services.rounds.rounds.events import STAGES, ProtocolPinned, Stage
from services.rounds.rounds.protocol import PROTOCOL, acts, require_open, require_part
from shared.access import Role
from shared.errors import Refused
from shared.testing.given_decider import given as given_events
from tests.unit.rounds.test_a_debrief import opening as command
from tests.unit.rounds.test_a_round_until_its_debrief import PROBLEM, a_plan

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


def own(change: str, to: str) -> Protocol:
    text = texts()["instructional-rounds", 1].replace("key: instructional-rounds", "key: our-rounds", 1)
    assert change in text
    return read(text.replace(change, to, 1))


def test_a_districts_own_document_drives_its_rounds() -> None:
    stricter = own("- have: patterns\n", "- have: patterns\n        least: 3\n")
    shorter = own("  - id: predict\n", "  - id: predict\n    optional: true\n")
    facts = {"patterns": 2, "predictions": 0}
    require_open("analyze", "predict", facts)
    with pytest.raises(Refused) as refused:
        require_open("analyze", "predict", facts, stricter)
    assert refused.value.code == "no_pattern"
    with pytest.raises(Refused):
        require_open("analyze", "next_level_of_work", facts)
    require_open("analyze", "next_level_of_work", facts, shorter)
    pinned = given_events(ROUND).after(a_plan(), PROBLEM).when(OpenVisit(protocol=stricter))
    assert ("our-rounds", 1) in [
        (e.protocol, e.protocol_version) for e in pinned.events if isinstance(e, ProtocolPinned)
    ]


def test_a_document_of_rounds_keeps_their_stages() -> None:
    with pytest.raises(Unreadable) as refused:
        own("  - id: follow-up\n", "  - id: party\n")
    assert "in this order" in str(refused.value.found)


def test_who_acts_in_a_stage_is_what_the_document_says() -> None:
    facilitator, observer, both_parts, nobody = (uuid4() for _ in range(4))
    people = {Role.FACILITATOR: [facilitator, both_parts], Role.OBSERVER: [observer, both_parts]}
    led = own("  - id: analyze\n", "  - id: analyze\n    acts: [facilitator]\n")
    told = {p: (acts(led, "describe", p, people), acts(led, "analyze", p, people)) for p in people_of(people)}
    assert told == {facilitator: (True, True), observer: (True, False), both_parts: (True, True)}
    assert not acts(led, "describe", nobody, people)
    with pytest.raises(Refused, match="Facilitator") as refused:
        require_part(led, "analyze", observer, people)
    assert (refused.value.code, "Facilitación" in refused.value.extra["say"]["es"]) == ("not_your_part", True)


def people_of(people: Mapping[Role, Sequence[UUID]]) -> set[UUID]:
    return {p for named in people.values() for p in named}


@pytest.mark.parametrize(
    ("stage", "roles", "says"),
    [("visit", "facilitator", "the observer acts"), ("analyze", "observer", "the facilitator acts")],
)
def test_a_document_that_leaves_a_round_without_who_must_act_is_refused(stage: str, roles: str, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        own(f"  - id: {stage}\n", f"  - id: {stage}\n    acts: [{roles}]\n")
    assert says in str(refused.value.found)
