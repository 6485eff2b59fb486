"""Rounds for tests: whole, small and valid; say only what your test is about.

a_scheduled_round(...)      scheduling's contract event, as it reaches other services
a_plan(...)                 the same as the rounds service's own command
a_statement(...), a_batch() what a device posts, as JSON-ready dicts
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.rounds.rounds.commands import TakeUpPlan
from services.rounds.rounds.events import FocusQuestion, Slot, Team
from services.scheduling.contract import RoundScheduled, ScheduledSlot, ScheduledTeam
from shared.access import Actor, Grant, Role
from shared.messages import new_id

DAY = date(2026, 11, 4)
MORNING = datetime(2026, 11, 4, 14, 0, tzinfo=UTC)
LONG_FACTS = (
    "Teacher asked 12 questions; 10 asked for one remembered fact.",
    "Students 3 and 7 compared two fractions with strips and told why.",
    "The task on the board: solve four equations in the order given.",
    "Four students wrote the definition from the slide.",
)


def a_scheduled_round(
    *,
    round_id: UUID | None = None,
    school_id: UUID | None = None,
    facilitator_id: UUID | None = None,
    observers: Sequence[UUID] | None = None,
    teams: int = 1,
    rooms: int = 2,
    instrument: str = "instructional-core",
    day: date = DAY,
) -> RoundScheduled:
    """`rooms` classrooms, each visited once for 20 minutes by one of `teams` teams of (by default) 3."""
    observers = list(observers) if observers is not None else [uuid4() for _ in range(3 * teams)]
    made = tuple(
        ScheduledTeam(team_id=uuid4(), name=f"Team {n + 1}", observer_ids=tuple(observers[n::teams]))
        for n in range(teams)
    )
    slots = tuple(
        ScheduledSlot(
            slot_id=uuid4(),
            team_id=made[n % teams].team_id,
            classroom_id=uuid4(),
            room=f"Room {n + 1}",
            grade_band="3-5",
            subject="Mathematics",
            period=None,
            starts_at=MORNING + timedelta(minutes=30 * (n // teams)),
            ends_at=MORNING + timedelta(minutes=30 * (n // teams) + 20),
        )
        for n in range(rooms)
    )
    return RoundScheduled(
        round_id=round_id or uuid4(),
        school_id=school_id or uuid4(),
        day=day,
        timezone="America/New_York",
        facilitator_id=facilitator_id or uuid4(),
        instrument=instrument,
        instrument_version=1,
        teams=made,
        slots=slots,
    )


def a_plan(scheduled: RoundScheduled | None = None, *, plan_version: int = 1, **changes: Any) -> TakeUpPlan:
    s = scheduled or a_scheduled_round()
    plan = TakeUpPlan(
        round_id=s.round_id,
        school_id=s.school_id,
        day=s.day,
        timezone=s.timezone,
        facilitator_id=s.facilitator_id,
        instrument=s.instrument,
        instrument_version=s.instrument_version,
        teams=tuple(Team(**dict(t)) for t in s.teams),
        slots=tuple(Slot(**dict(x)) for x in s.slots),
        plan_version=plan_version,
    )
    return plan.model_copy(update=changes)


def focus_questions(count: int = 2) -> tuple[FocusQuestion, ...]:
    return tuple(
        FocusQuestion(focus_question_id=uuid4(), words=f"What do students say about step {n}?")
        for n in range(1, count + 1)
    )


def an_actor(role: Role, *, person_id: UUID | None = None, district_id: UUID, school_id: UUID | None = None) -> Actor:
    return Actor(person_id or uuid4(), district_id, (Grant(role, school_id),))


class ADevice:
    """A tablet as the protocol sees it: numbers its items densely and can send any of them again."""

    def __init__(self, slot_id: UUID, *, clock: datetime = MORNING) -> None:
        self.device_id, self.slot_id, self.clock, self.seq = uuid4(), slot_id, clock, 0

    def item(self, kind: str, **content: Any) -> dict[str, Any]:
        self.seq += 1
        item = {
            "seq": self.seq,
            "client_id": str(new_id()),
            "kind": kind,
            "slot_id": str(self.slot_id),
            "device_time": self.clock.isoformat(),
        }
        return item | {k: str(v) if isinstance(v, UUID) else v for k, v in content.items()}

    def statement(self, words: str = LONG_FACTS[0], **content: Any) -> dict[str, Any]:
        return self.item("statement", **{"words": words, "minute": 3, "core_element": "teacher"} | content)

    def amend(self, of: dict[str, Any], words: str, base_revision: int = 0, **content: Any) -> dict[str, Any]:
        body = {"words": words, "minute": of["minute"], "core_element": of["core_element"]} | content
        return self.item("amend", of=of["client_id"], base_revision=base_revision, **body)

    def withdraw(self, of: dict[str, Any]) -> dict[str, Any]:
        return self.item("withdraw", of=of["client_id"])

    def rating(self, look_for_id: str = "student-talk", value: str | None = "3") -> dict[str, Any]:
        return self.item("rating", look_for_id=look_for_id, value=value)

    def submit(self) -> dict[str, Any]:
        return self.item("submit")

    def batch(self, *items: dict[str, Any], sent_at: datetime | None = None) -> dict[str, Any]:
        return {
            "device_id": str(self.device_id),
            "sent_at": (sent_at or self.clock).isoformat(),
            "items": list(items),
        }
