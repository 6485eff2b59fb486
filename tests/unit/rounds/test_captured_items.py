"""What becomes of one item: stored, repeated, kept beside another version, or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import hypothesis
import pytest
from hypothesis import strategies as st

from services.rounds.capture.commands import Item, Malformed, RatingItem, StatementItem, read_batch
from services.rounds.capture.decide import LONGEST_WORDS, NOTES, SlotFacts, TakeItem
from services.rounds.capture.events import (
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    EvidenceWithdrawn,
    LookForRated,
    RatingConflictKept,
    RatingWithdrawn,
    ReceiptFields,
    SlotNotesSubmitted,
)
from services.rounds.capture.judging import judges, judging
from services.rounds.capture.repeats import says_the_same
from services.rounds.capture.streams import statement_id
from services.rounds.instruments.documents import shipped
from shared.errors import Invalid
from shared.testing.given_decider import Given, given
from tests.support.rounds import DAY, MORNING, ADevice

OBSERVER = uuid4()
QUESTION = uuid4()
SLOT = SlotFacts(
    round_id=uuid4(),
    school_id=uuid4(),
    slot_id=uuid4(),
    classroom_id=uuid4(),
    grade_band="3-5",
    subject="Mathematics",
    day=DAY,
    minutes=20,
    observer_ids=frozenset({OBSERVER}),
    focus_question_ids=frozenset({QUESTION}),
    look_fors=shipped()["instructional-core", 1].by_id,
)


@pytest.fixture
def tablet() -> ADevice:
    return ADevice(SLOT.slot_id)


def understood(tablet: ADevice, item: dict[str, Any]) -> Item:
    found = read_batch(json.dumps(tablet.batch(item)).encode()).items[0]
    assert not isinstance(found, Malformed)
    return found


def take(tablet: ADevice, item: dict[str, Any], *, repeats: bool = False, slot: SlotFacts = SLOT) -> TakeItem:
    read = understood(tablet, item)
    receipt: ReceiptFields = {
        "client_id": read.client_id,
        "device_id": tablet.device_id,
        "seq": read.seq,
        "device_time": read.device_time,
        "elapsed_seconds": None,
        "sent_at": MORNING,
        "received_at": MORNING + timedelta(seconds=2),
        "skew_seconds": -2.0,
        "late": None,
    }
    return TakeItem(
        item=read,
        statement_id=statement_id(read.slot_id, OBSERVER, read.client_id),
        slot=slot,
        visit=slot.visit(OBSERVER),
        receipt=receipt,
        sealed=f"sealed:{item.get('words')}",
        repeats=repeats,
    )


def notes(*commands: TakeItem) -> Given[TakeItem, Any]:
    return given(NOTES).after(*commands)


def test_a_statement_is_recorded_with_both_clocks(tablet: ADevice) -> None:
    command = take(tablet, tablet.statement(focus_question_ids=[str(QUESTION)], look_for_ids=["grouping"]))
    event = notes().when(command).then_one(EvidenceRecorded)
    assert isinstance(event, EvidenceRecorded)
    assert event.content.focus_question_ids == (QUESTION,)
    assert (event.receipt.device_time, event.receipt.received_at) == (MORNING, MORNING + timedelta(seconds=2))
    assert event.receipt.skew_seconds == -2.0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"words": ""}, "words_empty"),
        ({"words": " \n "}, "words_empty"),
        ({"words": "x" * (LONGEST_WORDS + 1)}, "words_too_long"),
        ({"minute": -1}, "minute_out_of_range"),
        ({"minute": 81}, "minute_out_of_range"),
        ({"focus_question_ids": [str(uuid4())]}, "unknown_focus_question"),
        ({"look_for_ids": ["no-such-item"]}, "unknown_look_for"),
        ({"look_for_ids": ["grouping"] * 60}, "too_many_tags"),
    ],
)
def test_a_statement_that_breaks_a_rule_is_refused_by_name(tablet: ADevice, content: dict[str, Any], code: str) -> None:
    notes().when(take(tablet, tablet.statement(**content))).then_refused(code)


def test_the_same_item_again_is_a_repetition(tablet: ADevice) -> None:
    first = tablet.statement()
    notes(take(tablet, first)).when(take(tablet, first, repeats=True)).then_nothing()


def test_the_same_client_id_with_other_words_is_kept_beside_the_first(tablet: ADevice) -> None:
    first = tablet.statement()
    changed = first | {"words": "Teacher asked 11 questions."}
    story = notes(take(tablet, first)).when(take(tablet, changed))
    kept = story.then_one(EvidenceConflictKept)
    assert isinstance(kept, EvidenceConflictKept)
    assert (kept.cause, kept.content.words) == ("other_content", "sealed:Teacher asked 11 questions.")
    statement = next(iter(story.state.statements.values()))
    assert statement.content.words == f"sealed:{first['words']}"
    assert statement.conflicts == (kept,)


def test_an_edit_on_the_newest_revision_replaces_it(tablet: ADevice) -> None:
    first = tablet.statement()
    story = notes(take(tablet, first)).when(take(tablet, tablet.amend(first, "Teacher asked 13 questions.")))
    event = story.then_one(EvidenceAmended)
    assert isinstance(event, EvidenceAmended)
    assert event.revision == 1
    assert next(iter(story.state.statements.values())).content.words == "sealed:Teacher asked 13 questions."


def test_two_edits_of_one_revision_are_both_kept(tablet: ADevice) -> None:
    phone = ADevice(SLOT.slot_id)
    first = tablet.statement()
    story = notes(take(tablet, first), take(tablet, tablet.amend(first, "A")))
    late = story.when(take(phone, phone.amend(first, "B", base_revision=0)))
    kept = late.then_one(EvidenceConflictKept)
    assert isinstance(kept, EvidenceConflictKept)
    assert (kept.cause, kept.base_revision) == ("stale_base", 0)
    statement = next(iter(late.state.statements.values()))
    assert (statement.content.words, [c.content.words for c in statement.conflicts]) == ("sealed:A", ["sealed:B"])


def test_a_later_edit_on_the_newest_revision_settles_the_conflict(tablet: ADevice) -> None:
    first = tablet.statement()
    story = notes(
        take(tablet, first), take(tablet, tablet.amend(first, "A")), take(tablet, tablet.amend(first, "B"))
    ).when(take(tablet, tablet.amend(first, "A and B", base_revision=1)))
    assert not next(iter(story.state.statements.values())).conflicts


def test_an_edit_of_a_withdrawn_statement_is_kept(tablet: ADevice) -> None:
    first = tablet.statement()
    story = notes(take(tablet, first), take(tablet, tablet.withdraw(first)))
    kept = story.when(take(tablet, tablet.amend(first, "After all"))).then_one(EvidenceConflictKept)
    assert isinstance(kept, EvidenceConflictKept)
    assert kept.cause == "withdrawn"


def test_a_change_of_a_statement_that_never_came_is_refused(tablet: ADevice) -> None:
    ghost = tablet.statement()
    notes().when(take(tablet, tablet.amend(ghost, "x"))).then_refused("unknown_statement")
    notes().when(take(tablet, tablet.withdraw(ghost))).then_refused("unknown_statement")


def test_a_statement_is_withdrawn_once(tablet: ADevice) -> None:
    first = tablet.statement()
    story = notes(take(tablet, first))
    after = story.when(take(tablet, tablet.withdraw(first)))
    after.then_one(EvidenceWithdrawn)
    assert after.state.standing == []
    story.after(take(tablet, tablet.withdraw(first))).when(take(tablet, tablet.withdraw(first))).then_nothing()


@pytest.mark.parametrize(
    ("look_for_id", "value"),
    [
        ("grouping", "pairs"),
        ("teacher-questions-recall", "0"),
        ("teacher-questions-recall", "200"),
        ("student-talk", "4"),
        ("student-talk", "not_observed"),
        ("task-demand", "not_applicable"),
    ],
)
def test_a_look_for_takes_the_answers_of_its_kind(tablet: ADevice, look_for_id: str, value: str) -> None:
    event = notes().when(take(tablet, tablet.rating(look_for_id, value))).then_one(LookForRated)
    assert isinstance(event, LookForRated)
    assert event.value == value


@pytest.mark.parametrize(
    ("look_for_id", "value", "code"),
    [
        ("no-such-item", "1", "unknown_look_for"),
        ("grouping", "Pairs", "unknown_answer"),
        ("teacher-questions-recall", "201", "unknown_answer"),
        ("teacher-questions-recall", "-1", "unknown_answer"),
        ("teacher-questions-recall", "1.5", "unknown_answer"),
        ("teacher-questions-recall", "٣", "unknown_answer"),
        ("student-talk", "5", "unknown_answer"),
        ("student-talk", "", "unknown_answer"),
        ("student-talk", "03", "unknown_answer"),
    ],
)
def test_other_answers_are_refused(tablet: ADevice, look_for_id: str, value: str, code: str) -> None:
    notes().when(take(tablet, tablet.rating(look_for_id, value))).then_refused(code)


def test_a_later_rating_replaces_and_the_same_client_id_with_another_answer_is_kept(tablet: ADevice) -> None:
    first = tablet.rating(value="3")
    story = notes(take(tablet, first), take(tablet, tablet.rating(value="2")))
    assert story.state.ratings["student-talk"].value == "2"
    changed = story.when(take(tablet, first | {"value": "1"}))
    changed.then_one(RatingConflictKept)
    assert changed.state.ratings["student-talk"].value == "2"


def test_an_answer_can_be_taken_back_and_given_again(tablet: ADevice) -> None:
    cleared = notes(take(tablet, tablet.rating(value="3"))).when(take(tablet, tablet.rating(value=None)))
    cleared.then_one(RatingWithdrawn)
    assert cleared.state.ratings == {}
    again = notes(
        *(take(tablet, tablet.rating(value=value)) for value in ("3", None, "0")),
    )
    assert again.state.ratings["student-talk"].value == "0"


def test_taking_back_is_one_item_however_often_it_comes(tablet: ADevice) -> None:
    back = tablet.rating(value=None)
    story = notes(take(tablet, tablet.rating(value="3")), take(tablet, back), take(tablet, tablet.rating(value="2")))
    story.when(take(tablet, back, repeats=True)).then_nothing()
    changed = story.when(take(tablet, back | {"value": "1"}))
    changed.then_one(RatingConflictKept)
    assert changed.state.ratings["student-talk"].value == "2"


def test_an_answer_that_was_never_given_is_taken_back_all_the_same(tablet: ADevice) -> None:
    """Both were done before the tablet first sent: it is one item, and no number is left out."""
    notes().when(take(tablet, tablet.rating(value=None))).then_one(RatingWithdrawn)
    notes().when(take(tablet, tablet.rating("no-such-item", None))).then_refused("unknown_look_for")


def test_submitting_counts_what_stands(tablet: ADevice) -> None:
    gone = tablet.statement()
    story = notes(
        take(tablet, tablet.statement()),
        take(tablet, gone),
        take(tablet, tablet.withdraw(gone)),
        take(tablet, tablet.rating()),
    )
    event = story.when(take(tablet, tablet.submit())).then_one(SlotNotesSubmitted)
    assert isinstance(event, SlotNotesSubmitted)
    assert (event.statements, event.ratings) == (1, 1)


def test_a_number_of_a_device_belongs_to_one_item(tablet: ADevice) -> None:
    first, second = tablet.statement(), tablet.statement()
    notes(take(tablet, first)).when(take(tablet, second | {"seq": first["seq"]})).then_refused("sequence_reused")


def test_a_client_id_belongs_to_one_kind_of_item(tablet: ADevice) -> None:
    first, rating = tablet.statement(), tablet.rating()
    notes(take(tablet, first)).when(take(tablet, rating | {"client_id": first["client_id"]})).then_refused(
        "client_id_reused"
    )
    withdrawal = tablet.withdraw(first)
    notes(take(tablet, first)).when(take(tablet, withdrawal | {"client_id": first["client_id"]})).then_refused(
        "client_id_reused"
    )


def test_a_repetition_is_told_by_its_content(tablet: ADevice) -> None:
    first = tablet.statement(look_for_ids=["grouping", "student-talk"])
    state = notes(take(tablet, first)).state
    event = state.received[UUID(first["client_id"])][0]

    def same(item: dict[str, Any], words: str | None) -> bool:
        return says_the_same(understood(tablet, item), event, words, state)

    assert same(first, first["words"])
    assert same(first | {"look_for_ids": ["student-talk", "grouping"]}, first["words"])
    assert same(first, None), "erased words cannot come back by repetition"
    for change in ({"words": "x"}, {"minute": 4}, {"core_element": "task"}, {"look_for_ids": []}):
        assert not same(first | change, first["words"])
    assert not same(first | {"slot_id": str(uuid4())}, first["words"])


def test_an_unknown_instrument_refuses_ratings_and_keeps_statements(tablet: ADevice) -> None:
    bare = replace(SLOT, look_fors={})
    notes().when(take(tablet, tablet.rating(), slot=bare)).then_refused("unknown_look_for")
    notes().when(take(tablet, tablet.statement(), slot=bare)).then_one(EvidenceRecorded)


def test_one_poisoned_item_is_refused_alone(tablet: ADevice) -> None:

    good, bad, odd = tablet.statement(), tablet.rating(), tablet.statement()
    bad["value"] = 3
    odd["teacher"] = "a name"
    delivery = read_batch(json.dumps(tablet.batch(good, bad, odd, {**good, "seq": 4, "kind": "song"})).encode())
    assert [type(i).__name__ for i in delivery.items] == ["StatementItem", "Malformed", "Malformed", "Malformed"]
    assert isinstance(delivery.items[1], Malformed)
    assert "value" in delivery.items[1].detail


@pytest.mark.parametrize("clock", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "9000-01-01T00:00:00Z"])
def test_a_time_that_no_database_holds_is_refused_with_its_item_alone(tablet: ADevice, clock: str) -> None:
    wild, good = tablet.statement(), tablet.rating()
    wild["device_time"] = clock
    first, second = read_batch(json.dumps(tablet.batch(wild, good)).encode()).items
    assert isinstance(first, Malformed)
    assert "device_time" in first.detail
    assert isinstance(second, RatingItem)


def test_a_clock_that_was_reset_to_its_beginning_costs_nothing(tablet: ADevice) -> None:
    early = tablet.statement()
    early["device_time"] = "1969-12-31T19:00:00-05:00"
    assert isinstance(read_batch(json.dumps(tablet.batch(early)).encode()).items[0], StatementItem)


def test_half_an_emoji_becomes_a_question_mark_and_costs_nothing(tablet: ADevice) -> None:
    cut = tablet.statement(words="Students clapped \ud83d")
    first, second = read_batch(json.dumps(tablet.batch(cut, tablet.rating())).encode()).items
    assert isinstance(first, StatementItem)
    assert first.words == "Students clapped ?"
    assert isinstance(second, RatingItem)


@pytest.mark.parametrize(
    "change",
    [
        {"device_id": "tablet 7"},
        {"sent_at": "2026-11-04T10:00:00"},
        {"sent_at": "9999-12-31T23:59:59-14:00"},
        {"items": []},
        {"items": [{"kind": "submit"}]},
        {"items": "all"},
        {"user": "x"},
    ],
)
def test_a_malformed_envelope_is_refused_whole(tablet: ADevice, change: dict[str, Any]) -> None:

    with pytest.raises(Invalid):
        read_batch(json.dumps(tablet.batch(tablet.statement()) | change).encode())


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_a_body_that_is_not_json_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_batch(body)


def test_judging_words_are_marked_and_quoted_speech_is_not() -> None:
    assert judges("Good questioning throughout.")
    assert judges("La maestra hizo buenas preguntas.")
    assert judges("Teacher SHOULD wait longer")
    assert not judges("Teacher said “good job” to four students.")
    assert not judges("Teacher asked 12 questions, 10 recall.")
    assert judges("Buena explicacio\u0301n"), "an accent that comes as a sign of its own"
    assert judges("Good\0bad")
    assert judging(["Nine wrote.", "Good work."]) == [False, True]
    assert not judges("Students read about wells and goods in the market.")


_PIECES = ["Good", "good job", "12 questions", "needs", "to", "too", "hay que", '"', "“", "”", "«", "»", "Σ", "", "\n"]


@hypothesis.given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=5).map(" ".join), max_size=6))
def test_many_statements_are_judged_as_each_alone(texts: list[str]) -> None:
    assert judging(texts) == [judges(words) for words in texts]
