"""In a protocol whose parts go round, whoever leaves changes nothing of what was begun: neither who had which part in a
turn, nor who reads what was written in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rounds.cycles import commands as c
from services.rounds.cycles.reading import readable
from services.rounds.protocols.model import Protocol
from tests.support.coaching import Walker

BOTH = {"en": "Words.", "es": "Palabras."}
TEXT = [{"id": "x", "kind": "text", "label": BOTH}]


def rotating(on_withdrawal: str) -> Protocol:
    kinds: list[dict[str, Any]] = [
        {"id": f"{by}-for-{to}", "title": BOTH, "written_by": [by], "read_by": [to], "fields": TEXT, "many": True}
        for by in ("host", "guest")
        for to in ("host", "guest")
    ]
    stage = {"title": BOTH, "purpose": BOTH}
    return Protocol.model_validate(
        {
            "key": "our-visits", "version": 1, "model": "peer-observation", "title": BOTH, "about": BOTH,
            "people": {"least": 2, "most": 6, "rotate": True,
                       "roles": [{"id": "host", "takes": "one", "title": BOTH}, {"id": "guest", "title": BOTH}]},
            "order": "fixed", "artefacts": kinds, "norms": [BOTH],
            "stages": [stage | {"id": "visit", "artefacts": [k["id"] for k in kinds], "repeatable": True},
                       stage | {"id": "swap", "swaps": True, "optional": True, "back_to": ["visit"]}],
            "policies": {"feedback_to_observed_teacher": True, "on_withdrawal": on_withdrawal},
        }
    )  # fmt: skip


def begun(on_withdrawal: str, people: int) -> Walker:
    walker = Walker(rotating(on_withdrawal), people)
    walker.agree()
    walker.open("visit")
    return walker


def following_turn(walker: Walker) -> None:
    walker.open("swap")
    walker.open("visit")


def host(walker: Walker, turn: int | None = None) -> UUID:
    (one,) = walker.state.in_role(walker.protocol, "host", turn)
    return one


@settings(max_examples=150)
@given(st.sampled_from(["erase_own", "keep"]), st.integers(3, 6), st.data())
def test_leaving_changes_neither_parts_nor_readers_of_what_was_begun(
    notes: str, people: int, data: st.DataObject
) -> None:
    walker = begun(notes, people)
    for _ in range(data.draw(st.integers(1, 7))):
        match data.draw(st.sampled_from(["write", "turn", "leave"])):
            case "write":
                walker.write_everything()
            case "turn":
                following_turn(walker)
            case "leave":
                before, turns = walker.state, range(1, walker.state.at.turn + 1)
                leaver = data.draw(st.sampled_from(walker.people))
                walker.do(c.LeaveCycle, leaver)
                walker.people.remove(leaver)
                for person in walker.people:
                    for turn in turns:
                        assert walker.state.role_of(person, turn, rotate=True) == before.role_of(
                            person, turn, rotate=True
                        )
                    for id_, note in before.artefacts.items():
                        if note.first.author_id not in walker.state.erased:
                            now = walker.state.artefacts[id_]
                            assert readable(walker.protocol, walker.state, now, person) == readable(
                                walker.protocol, before, note, person
                            )
                if walker.state.ended:
                    assert len(walker.people) < 2 or [leaver] == before.in_role(walker.protocol, "host")
                    return


@pytest.mark.parametrize("people", [3, 4, 6])
def test_those_who_stay_are_each_visited_once_before_anybody_is_again(people: int) -> None:
    for leaving in range(1, people):
        for turns in range(1, leaving + 1):
            walker = begun("erase_own", people)
            hosts = [host(walker)]
            for _ in range(turns - 1):
                following_turn(walker)
                hosts.append(host(walker))
            leaver = walker.people[leaving]
            if leaver in hosts:
                continue
            walker.do(c.LeaveCycle, leaver)
            walker.people.remove(leaver)
            while len(hosts) < people - 1:
                following_turn(walker)
                hosts.append(host(walker))
            assert sorted(hosts) == sorted(walker.people)


def test_a_cycle_ends_when_the_one_who_had_a_part_of_the_present_turn_leaves_and_goes_on_otherwise() -> None:
    first = begun("erase_own", 4)
    began = host(first)
    following_turn(first)
    first.do(c.LeaveCycle, began)
    assert not first.state.ended, "they were visited in an earlier turn"
    second = begun("erase_own", 4)
    following_turn(second)
    second.do(c.LeaveCycle, host(second))
    assert second.state.ended
