"""A published log for tests: contract events of rounds, scheduling and identity, numbered as their relays would."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.rounds import contract as rounds
from shared.messages import ContractEvent, PublishedEvent

SPACE = UUID("0d6f9a1e-52c1-4a3e-9a55-0f4b7d1f2a33")
START = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
DISTRICT = uuid5(SPACE, "district")


@dataclass
class Log:
    """One service's published log. `add` numbers an event and keeps it."""

    service: str
    district_id: UUID = DISTRICT
    events: list[PublishedEvent] = field(default_factory=list)

    def add(self, event: ContractEvent, district_id: UUID | None = None) -> PublishedEvent:
        number = len(self.events) + 1
        published = PublishedEvent(
            service=self.service,
            log_seq=number,
            event_id=uuid5(SPACE, f"{self.service} {number}"),
            type=event.event_type(),
            schema_version=event.schema_version,
            stream=f"{self.service}-{number}",
            version=1,
            district_id=district_id or self.district_id,
            recorded_at=START + timedelta(seconds=number),
            data=event.model_dump_json().encode(),
        )
        self.events.append(published)
        return published


@dataclass
class ARound:
    """Makes the events of one round. `rooms`: the classroom of each slot."""

    name: str = "round"
    school: str = "school"
    rooms: Sequence[int] = range(8)
    observers: int = 4
    questions: int = 2
    day: date = date(2026, 10, 6)
    minutes: int = 0

    def id(self, what: str) -> UUID:
        return uuid5(SPACE, f"{self.name} {what}")

    @property
    def round_id(self) -> UUID:
        return self.id("id")

    @property
    def school_id(self) -> UUID:
        return uuid5(SPACE, self.school)

    @property
    def facilitator_id(self) -> UUID:
        return self.id("facilitator")

    @property
    def question_ids(self) -> tuple[UUID, ...]:
        return tuple(self.id(f"question {n}") for n in range(self.questions))

    def visit(self, slot: int, observer: int) -> rounds.Visit:
        return rounds.Visit(
            round_id=self.round_id,
            school_id=self.school_id,
            slot_id=self.id(f"slot {slot}"),
            classroom_id=self.id(f"room {self.rooms[slot]}"),
            observer_id=self.id(f"observer {observer}"),
            grade_band="3-5",
            subject="mathematics",
            day=self.day,
        )

    def opened(self) -> rounds.RoundOpened:
        return rounds.RoundOpened(
            round_id=self.round_id,
            school_id=self.school_id,
            day=self.day,
            facilitator_id=self.facilitator_id,
            observer_ids=tuple(self.id(f"observer {n}") for n in range(self.observers)),
            instrument="instructional-core",
            instrument_version=1,
            slots_planned=len(self.rooms),
        )

    def problem(self) -> rounds.ProblemOfPracticeWritten:
        return rounds.ProblemOfPracticeWritten(
            round_id=self.round_id, school_id=self.school_id, focus_question_ids=self.question_ids
        )

    def said(
        self, name: str, slot: int, observer: int, element: str = "task", *, revision: int = 0, **more: Any
    ) -> rounds.EvidenceRecorded:
        self.minutes += 1
        body: dict[str, Any] = {
            "statement_id": self.id(f"statement {name}"),
            "visit": self.visit(slot, observer),
            "core_element": element,
            "minute": 3,
            "device_time": START + timedelta(minutes=self.minutes),
            **more,
        }
        return rounds.EvidenceAmended(**body, revision=revision) if revision else rounds.EvidenceRecorded(**body)

    def withdrew(self, name: str, slot: int, observer: int) -> rounds.EvidenceWithdrawn:
        return rounds.EvidenceWithdrawn(statement_id=self.id(f"statement {name}"), visit=self.visit(slot, observer))

    def rated(self, look_for: str, slot: int, observer: int, value: str, kind: Any = "choice") -> rounds.LookForRated:
        self.minutes += 1
        return rounds.LookForRated(
            rating_id=self.id(f"rating {look_for} {slot} {observer} {self.minutes}"),
            visit=self.visit(slot, observer),
            look_for_id=look_for,
            kind=kind,
            value=value,
            device_time=START + timedelta(minutes=self.minutes),
        )

    def not_rated(self, look_for: str, slot: int, observer: int) -> rounds.RatingWithdrawn:
        self.minutes += 1
        return rounds.RatingWithdrawn(
            rating_id=self.id(f"rating {look_for} {slot} {observer} {self.minutes}"),
            visit=self.visit(slot, observer),
            look_for_id=look_for,
            device_time=START + timedelta(minutes=self.minutes),
        )

    def handed_in(self, slot: int, observer: int) -> rounds.SlotNotesSubmitted:
        return rounds.SlotNotesSubmitted(visit=self.visit(slot, observer), statements=1, ratings=1)

    def stage(self, stage: Any) -> rounds.StageOpened:
        return rounds.StageOpened(round_id=self.round_id, school_id=self.school_id, stage=stage)

    def screened(self, verdict: Any, *names: str) -> rounds.EvidenceScreened:
        ids = tuple(self.id(f"statement {name}") for name in names)
        return rounds.EvidenceScreened(round_id=self.round_id, statement_ids=ids, verdict=verdict)

    def closed(self) -> rounds.SynthesisClosed:
        return rounds.SynthesisClosed(round_id=self.round_id, school_id=self.school_id)

    def released(self, release: int = 1) -> rounds.RoundReleased:
        return rounds.RoundReleased(round_id=self.round_id, school_id=self.school_id, release=release)


ANSWERS = (
    ("choice", ("yes", "mostly", "somewhat", "not_yet")),
    ("multi_choice", ("talk", "talk write", "write draw", "talk write draw")),
    ("tally", ("0:lecture 1:groups", "0:groups", "0:lecture 1:lecture 2:alone 3:groups")),
)
LOOK_FORS = {"choice": ("1a", "1b"), "multi_choice": ("2b",), "tally": ("t1",)}


def lived(a_round: ARound, seed: int, statements: int = 60) -> list[ContractEvent]:
    """A round as days bring it: statements, amendments, withdrawals, answers that are changed, hand-ins."""
    chance = random.Random(seed)
    slots, people = range(len(a_round.rooms)), range(a_round.observers)
    found: list[ContractEvent] = [a_round.opened(), a_round.problem(), a_round.stage("visit")]
    standing: list[tuple[str, int, int]] = []
    for n in range(statements):
        slot, observer = chance.choice(slots), chance.choice(people)
        tags: dict[str, Any] = {
            "element": chance.choice(["teacher", "student", "content", "task", "task"]),
            "focus_question_ids": tuple(q for q in a_round.question_ids if chance.random() < 0.4),
            "look_for_ids": ("1a",) if chance.random() < 0.2 else (),
            "judgmental": chance.random() < 0.1,
        }
        kind = chance.random()
        if kind < 0.55 or not standing:
            standing.append((f"{seed}-{n}", slot, observer))
            found.append(a_round.said(f"{seed}-{n}", slot, observer, **tags))
        elif kind < 0.65:
            found.append(a_round.said(*chance.choice(standing), revision=n, **tags))
        elif kind < 0.7:
            found.append(a_round.withdrew(*standing.pop(chance.randrange(len(standing)))))
        elif kind < 0.95:
            kind_of, values = chance.choice(ANSWERS)
            value = chance.choice([*values, "not_observed", "not_applicable"])
            found.append(a_round.rated(chance.choice(LOOK_FORS[kind_of]), slot, observer, value, kind_of))
        elif kind < 0.975 or not standing:
            found.append(a_round.handed_in(slot, observer))
        else:
            names = [name for name, _, _ in chance.sample(standing, min(3, len(standing)))]
            found.append(a_round.screened(chance.choice(["admitted", "admitted", "challenged"]), *names))
    return found
