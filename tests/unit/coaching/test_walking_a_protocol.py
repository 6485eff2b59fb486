"""Any path that a protocol document allows can be walked, and any other is refused with the reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rounds.cycles import commands as c
from services.rounds.cycles.decide import CYCLE
from services.rounds.cycles.walk import Position, moves
from services.rounds.protocols.library import newest
from services.rounds.protocols.model import Bilingual, Condition, Protocol
from shared.errors import NotFound, Refused
from tests.support.coaching import Walker

COACHING = [p for p in newest().values() if p.model != "instructional-rounds"]
BOTH = {"en": "Words.", "es": "Palabras."}


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """Documents that hold together, of every shape that the model has."""
    order = draw(st.sampled_from(["fixed", "free"]))
    number = draw(st.integers(1, 6))
    stages: list[dict[str, Any]] = []
    artefacts = []
    rotate = order == "fixed" and draw(st.booleans())
    for n in range(number):
        stage: dict[str, Any] = {"id": f"s{n}", "title": BOTH, "purpose": BOTH, "repeatable": draw(st.booleans())}
        if draw(st.booleans()):
            artefacts.append(
                {"id": f"a{n}", "title": BOTH, "many": draw(st.booleans()),
                 "fields": [{"id": "x", "kind": "text", "label": BOTH, "required": True}]}
            )  # fmt: skip
            stage["artefacts"] = [f"a{n}"]
        if order == "fixed":
            stage["optional"] = draw(st.booleans())
            stage["back_to"] = [f"s{m}" for m in range(n) if draw(st.booleans())]
            if "artefacts" in stage and draw(st.booleans()):
                by = draw(st.sampled_from([None, "everyone"]))
                stage["leave_when"] = [{"have": f"a{n}", "by": by, "say": BOTH}]
        stages.append(stage)
    if rotate:
        stages[-1]["swaps"] = True
    return Protocol.model_validate(
        {
            "key": "made-up", "version": 1, "model": "peer-observation", "title": BOTH, "about": BOTH,
            "people": {"least": 2, "most": 3, "rotate": rotate,
                       "roles": [{"id": "one", "takes": "one", "title": BOTH}, {"id": "rest", "title": BOTH}]},
            "order": order, "stages": stages, "artefacts": artefacts, "norms": [BOTH],
            "policies": {"feedback_to_observed_teacher": False, "on_withdrawal": "erase_own"},
        }
    )  # fmt: skip


def oracle(protocol: Protocol, at: Position, wanted: str, satisfied: set[str]) -> bool:
    """The rule of the documents told another way: reachability by single steps over optional stages."""
    ids = protocol.stage_ids
    stage = protocol.stage(wanted)
    assert stage is not None
    fresh = stage.repeatable or at.opened.get(wanted, 0) == 0
    if protocol.order == "free":
        return fresh
    if at.stage is not None and wanted in (protocol.stage(at.stage) or stage).back_to:
        return True
    start = -1 if at.stage is None else ids.index(at.stage)
    if at.stage is not None and at.stage not in satisfied:
        return False
    if wanted == at.stage:
        return fresh
    reach = start + 1
    while reach < len(ids):
        if ids[reach] == wanted:
            return True
        if not protocol.stages[reach].optional:
            return False
        reach += 1
    return False


@settings(max_examples=150)
@given(protocols(), st.data())
def test_a_cycle_walks_exactly_the_paths_that_its_document_allows(protocol: Protocol, data: st.DataObject) -> None:
    walker = Walker(protocol, people=data.draw(st.integers(2, 3)))
    walker.agree()
    for _ in range(data.draw(st.integers(1, 8))):
        if walker.state.at.stage and data.draw(st.booleans()):
            walker.write_everything()
        state = walker.state
        satisfied = {
            s.id for s in protocol.stages if all(state.holds(protocol, k, {}) for k in s.leave_when)
        }  # fmt: skip
        wanted = data.draw(st.sampled_from(protocol.stage_ids))
        allowed = oracle(protocol, state.at, wanted, satisfied)
        if not allowed:
            with pytest.raises(Refused) as refused:
                walker.open(wanted)
            assert refused.value.code in ("stage_skipped", "stage_passed", "stage_once", "still_missing")
            assert refused.value.extra["say"]["es"], "the reason is told in both languages"
            assert walker.state == state
        else:
            walker.open(wanted)
            assert walker.state.at.stage == wanted
        told = moves(protocol, walker.state.at, lambda k: walker.state.holds(protocol, k, {}))
        assert set(told) == set(protocol.stage_ids)


@pytest.mark.parametrize("protocol", COACHING, ids=lambda p: p.key)
def test_every_shipped_protocol_can_be_walked_to_its_end(protocol: Protocol) -> None:
    for people in {protocol.people.least, protocol.people.most}:
        walker = Walker(protocol, people)
        walker.agree()
        for stage in protocol.stages:
            if stage.swaps:
                continue
            walker.open(stage.id)
            walker.write_everything()
        walker.do(c.FinishCycle, walker.people[0])
        assert walker.state.standing == "finished"


def test_in_peer_observation_the_parts_go_round_until_everybody_was_observed() -> None:
    protocol = newest()["peer-observation"]
    walker = Walker(protocol, people=3)
    walker.agree()
    observed = []
    for _ in range(3):
        for stage in protocol.stages[:-1]:
            walker.open(stage.id)
            walker.write_everything()
        observed += walker.state.in_role(protocol, "observee")
        walker.open("swap")
    assert sorted(observed) == sorted(walker.people)


def test_a_group_is_told_for_whom_the_next_stage_waits_as_far_as_it_reads_what_they_write() -> None:
    walker = Walker(newest()["peer-observation"], 5)
    walker.agree()
    walker.open("pre-conference")
    walker.write_everything()
    walker.open("observe")
    (needed,) = walker.protocol.stage("observe").leave_when  # type: ignore[union-attr]
    observers = walker.people[1:]
    walker.write(observers[0], "observation-notes")
    walker.write(observers[1], "observation-notes", ready=False)
    for reader in walker.people:
        assert walker.state.waits_for(walker.protocol, needed, reader) == observers[1:]
    kinds = [k.model_copy(update={"read_by": ["observee"]}) for k in walker.protocol.artefacts]
    closer = walker.protocol.model_copy(update={"artefacts": kinds})
    assert walker.state.waits_for(closer, needed, walker.people[0]) == observers[1:]
    assert not walker.state.waits_for(closer, needed, observers[0]), "it would say who has written what is not theirs"
    assert not walker.state.waits_for(walker.protocol, needed, uuid4())


def test_cognitive_coaching_has_no_order_and_nothing_compulsory() -> None:
    walker = Walker(newest()["cognitive-coaching"])
    walker.agree()
    for stage in ("problem-resolving", "planning", "planning", "reflecting", "problem-resolving"):
        walker.open(stage)
    walker.do(c.FinishCycle, walker.people[0])


def test_nothing_begins_before_everybody_has_signed_the_newest_agreement() -> None:
    walker = Walker(newest()["lesson-study"])
    with pytest.raises(Refused, match="not written"):
        walker.open("theme")
    walker.agree()
    walker.do(c.WriteAgreement, walker.people[1], body="changed", base_revision=1)
    with pytest.raises(Refused, match="signed"):
        walker.open("theme")
    for person in walker.people:
        walker.do(c.SignAgreement, person, revision=2)
    walker.open("theme")


def test_a_stranger_is_told_that_there_is_no_such_cycle() -> None:
    walker = Walker(newest()["growing-expertise"])
    walker.agree()
    for kind, rest in (
        (c.OpenCycleStage, {"stage": "snapshot"}),
        (c.LeaveCycle, {}),
        (c.SignAgreement, {"revision": 1}),
        (c.AnswerInvitation, {"accept": True}),
    ):
        with pytest.raises(NotFound):
            walker.do(kind, uuid4(), **rest)


@pytest.mark.parametrize(
    ("key", "erased", "ends"),
    [("peer-observation", "everybody", True), ("cognitive-coaching", "everybody", True), ("lesson-study", "own", True),
     ("growing-expertise", "own", True), ("reflective-practice", "everybody", True)],
)  # fmt: skip
def test_leaving_does_with_the_notes_what_was_said_beforehand(key: str, erased: str, ends: bool) -> None:
    walker = Walker(newest()[key])
    walker.agree()
    walker.open(walker.protocol.stage_ids[0])
    walker.write_everything()
    leaver = walker.people[-1]
    walker.do(c.LeaveCycle, leaver)
    assert walker.state.erased == (set(walker.people) if erased == "everybody" else {leaver})
    assert walker.state.ended is ends


def test_a_team_that_is_large_enough_goes_on_when_one_leaves() -> None:
    walker = Walker(newest()["lesson-study"], people=5)
    walker.agree()
    walker.open("theme")
    walker.do(c.LeaveCycle, walker.people[4])
    walker.people.pop()
    walker.write_everything()
    walker.open("study")


def test_leaving_publishes_no_report_that_the_leaver_had_not_agreed_to() -> None:
    walker = Walker(newest()["lesson-study"], people=5)
    walker.agree()
    for stage in walker.protocol.stage_ids:
        walker.open(stage)
        walker.write_everything()
    (written,) = walker.state.standing_artefacts("report")
    report = written.artefact_id
    for person in walker.people[:4]:
        walker.do(c.AgreeToPublish, person, artefact_id=report, revision=1)
    walker.do(c.LeaveCycle, walker.people[4])
    assert not walker.state.published(walker.state.artefacts[report])

    for person in walker.people[:4]:
        assert not walker.state.published(walker.state.artefacts[report])
        walker.do(c.AgreeToPublish, person, artefact_id=report, revision=1)
    assert walker.state.published(walker.state.artefacts[report])
    walker.do(c.LeaveCycle, walker.people[3])
    assert walker.state.published(walker.state.artefacts[report]), "they had agreed, and it was said that it stays"


def test_whoever_has_left_is_not_asked_back_into_the_same_cycle() -> None:
    walker = Walker(newest()["lesson-study"], people=4)
    walker.do(c.LeaveCycle, walker.people[3])
    with pytest.raises(Refused) as refused:
        walker.do(c.InvitePartner, walker.people[0], person_id=walker.people[3], role="member", message="sealed")
    assert refused.value.code == "has_left"
    walker.do(c.InvitePartner, walker.people[0], person_id=uuid4(), role="member", message="sealed")


def test_a_cycle_takes_as_many_as_its_document_says_and_not_one_more() -> None:
    walker = Walker(newest()["lesson-study"], people=6)
    with pytest.raises(Refused) as refused:
        walker.do(c.InvitePartner, walker.people[0], person_id=uuid4(), role="member", message="sealed")
    assert refused.value.code == "cycle_full"


def test_a_document_that_asks_for_the_impossible_does_not_get_this_far() -> None:
    condition = Condition(have="nothing", say=Bilingual(**BOTH))
    assert not CYCLE.initial.holds(newest()["lesson-study"], condition, {})
