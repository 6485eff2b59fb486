"""What other services may know of rounds: codes, counts and ids; never a statement's words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import ContractEvent

CoreElement = Literal["teacher", "student", "content", "task"]
Stage = Literal["prepare", "visit", "describe", "analyze", "predict", "next_level_of_work", "follow_up"]


SHIPPED_INSTRUMENTS: frozenset[tuple[str, int]] = frozenset(
    {("instructional-core", 1), ("instructional-core", 2), ("ipg", 1)}
)
"""Key and version of each instrument that comes with the product: nobody publishes these."""
_CORE = {
    "student-talk": frozenset("01234"),
    "grouping": frozenset(("whole_class", "groups", "pairs", "alone")),
    "task-demand": frozenset(("recall", "procedure", "explain", "create")),
    "task-material": frozenset(("text", "worksheet", "objects", "screen", "nothing")),
    "content-posted": frozenset(("seen_and_said", "seen", "said", "neither")),
}
_IPG = [f"1{c}" for c in "abc"] + [f"2{c}" for c in "abcdef"] + [f"3{c}" for c in "abcdef"]
_IPG += ["1-overall", "2-overall", "3-overall", "culture"]
SHIPPED_ANSWERS: dict[str, dict[str, frozenset[str]]] = {
    "instructional-core": _CORE,
    "ipg": dict.fromkeys(_IPG, frozenset(("yes", "mostly", "somewhat", "not_yet")))
    | {"overall": frozenset(("yes", "some_areas", "promising", "no"))},
}
"""What choices and scales of the shipped instruments offer, alike in all their versions: key -> look-for -> codes."""
CORE_INSTRUMENT = ("instructional-core", 2)
"""What a round pins that names no other."""


class Visit(BaseModel):
    """Where a statement or rating comes from: one observer in one classroom slot. Ids are opaque."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    round_id: UUID
    school_id: UUID
    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    grade_band: str
    subject: str
    day: date


class InstrumentPublished(ContractEvent):
    """A district published a version of an instrument of its own: rounds may pin it, and all before it."""

    key: str
    version: int  # from 1, without gaps


class RoundOpened(ContractEvent):
    """The rounds service took up a scheduled round (or, for imported observations, made one)."""

    round_id: UUID
    school_id: UUID
    day: date
    facilitator_id: UUID | None
    observer_ids: tuple[UUID, ...]
    instrument: str
    instrument_version: int
    slots_planned: int
    origin: str = "capture"  # or "import:<import id>"


class RoundReplanned(RoundOpened):
    """The plan changed before the visit; the whole of it."""


class RoundWithdrawn(ContractEvent):
    round_id: UUID
    school_id: UUID


class ProblemOfPracticeWritten(ContractEvent):
    """Its words stay in the rounds service; the ids let figures be told by focus question."""

    round_id: UUID
    school_id: UUID
    focus_question_ids: tuple[UUID, ...]


class EvidenceRecorded(ContractEvent):
    """One statement, without its words. `minute` counts from the slot's start (0-based)."""

    statement_id: UUID
    visit: Visit
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    minute: int
    device_time: datetime
    judgmental: bool = False
    origin: str = "capture"


class EvidenceAmended(EvidenceRecorded):
    """The statement's whole tagging after the change; `revision` counts from 1."""

    revision: int


class EvidenceWithdrawn(ContractEvent):
    statement_id: UUID
    visit: Visit


class LookForRated(ContractEvent):
    """One observer's answer to one look-for in one slot; a later one replaces it.

    `value` is the answer's code ("mostly", "3", "yes"; codes with spaces of a multi_choice; "0:lecture 1:groups" of
    a time-sampled tally); "not_observed" and "not_applicable" are never zero.
    """

    rating_id: UUID
    visit: Visit
    look_for_id: str
    kind: Literal["choice", "multi_choice", "count", "scale", "observed", "tally"]
    value: str
    device_time: datetime
    origin: str = "capture"


class RatingWithdrawn(ContractEvent):
    """An observer took the answer to one look-for in one slot back: it is not answered, and counts nowhere."""

    rating_id: UUID
    visit: Visit
    look_for_id: str
    device_time: datetime


class SlotNotesSubmitted(ContractEvent):
    """An observer handed in the notes of one slot."""

    visit: Visit
    statements: int
    ratings: int


class StageOpened(ContractEvent):
    round_id: UUID
    school_id: UUID
    stage: Stage


class EvidenceScreened(ContractEvent):
    """The team took these statements as evidence, or challenged them ("red dot"). The newest verdict on a
    statement counts; without one only the mark of its words is known (`judgmental`): nobody has screened it."""

    round_id: UUID
    statement_ids: tuple[UUID, ...]
    verdict: Literal["admitted", "challenged"]


class PatternNamed(ContractEvent):
    """A pattern exists (its name is words, and stays in rounds)."""

    round_id: UUID
    school_id: UUID
    pattern_id: UUID
    statement_ids: tuple[UUID, ...]
    counter_statement_ids: tuple[UUID, ...] = ()  # speak against it


class PatternDropped(ContractEvent):
    round_id: UUID
    school_id: UUID
    pattern_id: UUID


class SynthesisClosed(ContractEvent):
    round_id: UUID
    school_id: UUID


class RoundReleased(ContractEvent):
    """The facilitator released the patterns to the school: figures freeze as of this event's place in
    the log. `release` counts from 1; a later release takes up corrections."""

    round_id: UUID
    school_id: UUID
    release: int


class CommitmentStanding(BaseModel):
    """`number`: the commitment's place in the round's next level of work, from 1; None: nobody has said yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    number: int
    by_when: Literal["next_week", "next_month", "end_of_year"]
    status: Literal["kept", "partly", "not_yet", "given_up"] | None = None


class FollowUpSet(ContractEvent):
    """The day on which a round's next level of work is looked at again; one with a higher `sequence` replaces it.
    `person_ids`: the facilitator and those who own a commitment. The standing is the whole of it, as in the next."""

    round_id: UUID
    school_id: UUID
    day: date  # in `timezone`
    timezone: str
    sequence: int
    person_ids: tuple[UUID, ...]
    commitments: tuple[CommitmentStanding, ...]


class CommitmentsRevisited(ContractEvent):
    """Somebody reported on commitments; the newest tells how all of them stand. `held`: this was the check that
    `sequence` was set for."""

    round_id: UUID
    school_id: UUID
    day: date
    sequence: int
    held: bool
    commitments: tuple[CommitmentStanding, ...]


class MeetingPlanned(ContractEvent):
    """A meeting as it stands, whole: sent again with a higher `sequence` at each change. `title` is a code; whom it
    is for and when is all that anybody learns, and that there is no school on its day by now. `place` is sealed under
    the key `place_key`: it is opened for the calendars and mail of those people, and goes with the key."""

    meeting_id: UUID
    sequence: int
    title: str  # "coaching_meeting"
    person_ids: tuple[UUID, ...]
    starts_at: datetime  # aware
    ends_at: datetime
    timezone: str
    no_school: bool = False
    place: str = ""
    place_key: str = ""


class MeetingCancelled(ContractEvent):
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]


PUBLISHED: tuple[type[ContractEvent], ...] = (
    InstrumentPublished,
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    ProblemOfPracticeWritten,
    EvidenceRecorded,
    EvidenceAmended,
    EvidenceWithdrawn,
    LookForRated,
    RatingWithdrawn,
    SlotNotesSubmitted,
    StageOpened,
    EvidenceScreened,
    PatternNamed,
    PatternDropped,
    SynthesisClosed,
    RoundReleased,
    FollowUpSet,
    CommitmentsRevisited,
    MeetingPlanned,
    MeetingCancelled,
)
