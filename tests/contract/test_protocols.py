"""The shipped protocols hold together, never change, and are told in docs/protocols.md as the schema has them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from services.rounds.lined_yaml import DocumentProblem
from services.rounds.protocols.library import newest, shipped, texts
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.read import problems, published, schema
from tests.contract.protocol_words import BEGIN, DOCUMENT, END, reference

SHIPPED = {
    "cognitive-coaching.v1": "3afc5bf8cb0631ea1a92c10da83bf1a61a430e4389a50a7127643dd7c980e06f",
    "growing-expertise.v1": "616a89c4261ebc841871807f4439258f25e937235b4a8edb9ccbb94bc968c71b",
    "instructional-rounds.v1": "823d7c3bf980e661bbc40790efae0f53fe117b57d854093779bc8052b82091f9",
    "lesson-study.v1": "8ec02100a62a72618343f4488b7d24b082eb978a4320888e87f3dba6729ff3e8",
    "peer-observation.v1": "09867438305a550c3b142ee15875dd1641d3e79baea5fd7bb276c9d6dda446e8",
    "reflective-practice.v1": "5889ce525bae9c135dd23c87f9b442576c9e41d260428608ca926727320612cb",
}
GOLDEN = Path(__file__).parent / "golden_protocols"
PEER = texts()["peer-observation", 1]


def wrong(text: str) -> list[DocumentProblem]:
    found = problems(text)
    assert isinstance(found, list), "this should not pass"
    return found


def test_every_shipped_version_is_as_it_was_published() -> None:
    found = {f"{key}.v{version}": hashlib.sha256(text.encode()).hexdigest() for (key, version), text in texts().items()}
    assert found == SHIPPED, "a published version never changes: add a new version instead"


@pytest.mark.parametrize("named", list(texts()), ids=lambda n: n[0])
def test_a_shipped_document_has_no_problem(named: tuple[str, int]) -> None:
    assert problems(texts()[named]) == shipped()[named]


def test_the_six_models_ship_and_no_two_ask_for_the_same() -> None:
    protocols = list(newest().values())
    assert len({p.model for p in protocols}) == len(protocols) == 6
    shapes = [{f"{a.id}/{f.id}" for a in p.artefacts for f in a.fields} for p in protocols]
    stages = [set(p.stage_ids) for p in protocols]
    for n in range(6):
        for m in range(n):
            assert not shapes[n] & shapes[m], "no artefact of one model is another's"
            assert len(stages[n] & stages[m]) <= 2


def test_rounds_give_no_feedback_to_the_observed_teacher() -> None:
    told = {p.key: p.policies.feedback_to_observed_teacher for p in newest().values()}
    assert [key for key, feedback in told.items() if feedback] == ["peer-observation"]


def test_references_are_refused_before_they_are_written_out() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert [p.line for p in wrong(bomb)] == [2]
    assert [p.line for p in wrong("a: &a\n  - *a\n")] == [2]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_reference_says_what_the_schema_says() -> None:
    kept = DOCUMENT.read_text("utf-8").split(BEGIN)[1].split(END)[0].strip()
    assert kept == reference().strip(), "run `python -m tests.contract.protocol_words`"
    assert not re.findall(r"\| {2}\|", kept), "every word is described"


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("order: fixed", "order: fixt"), "order:", "none of: fixed, free"),
        (("rotate: true", "rotates: true"), "rotate: true", "“rotates” is not a word"),
        (
            ("    back_to: [pre-conference]\n    leave", "    back_to: [goal]\n    leave"),
            "back_to: [pre-conference]",
            "no earlier stage “goal”",
        ),
        (("by: observer\n        say", "by: visitor\n        say"), "by: observer", "no role “visitor”"),
        (("minutes: 45", "minutes: soon"), "cadence:", "should be a whole number"),
        (("    swaps: true\n", ""), "rotate: true", "there is none"),
        (("artefacts: [own-view, feedback]", "artefacts: [own-view]"), "have: feedback", "cannot have been written"),
    ],
    ids=lambda c: str(c)[:40],
)  # fmt: skip
def test_a_problem_is_told_with_its_line(change: tuple[str, str], line: str, says: str) -> None:
    assert change[0] in PEER
    found = wrong(PEER.replace(*change, 1))
    told = next((p for p in found if says in p.detail), None)
    assert told is not None, found
    assert line.split("\n")[0] in PEER.splitlines()[told.line - 1], told


def test_what_is_no_yaml_at_all_has_a_line_too() -> None:
    (problem,) = wrong("key: a\nstages: [1\nversion: 2")
    assert problem.line in (2, 3)
    assert [p.line for p in wrong("just words")] == [1]


def test_two_shapes_of_the_same_word_do_not_pass() -> None:
    assert wrong(PEER + "\norder: free\n")[0].detail.startswith("This is not YAML")


def test_a_protocol_that_was_read_can_be_written_down_and_read_again() -> None:
    for protocol in newest().values():
        assert Protocol.model_validate_json(protocol.model_dump_json()) == protocol


def test_rounds_that_give_feedback_and_feedback_that_the_policy_forbids_are_refused() -> None:
    rounds = texts()["instructional-rounds", 1]
    found = wrong(rounds.replace("feedback_to_observed_teacher: false", "feedback_to_observed_teacher: true"))
    assert [(p.where, "patterns" in p.detail) for p in found] == [("policies/feedback_to_observed_teacher", True)]
    found = wrong(PEER.replace("feedback_to_observed_teacher: true", "feedback_to_observed_teacher: false"))
    assert [p.where for p in found] == ["artefacts/3/check"]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.yaml")), ids=lambda f: f.stem)
def test_a_text_that_was_published_is_read_whatever_is_checked_today(file: Path) -> None:
    """Texts that passed the checks of their day and not today's: cycles run on them."""
    text = file.read_text("utf-8")
    assert wrong(text)
    protocol = published(text)
    assert f"{protocol.key}.v{protocol.version}" == file.stem
