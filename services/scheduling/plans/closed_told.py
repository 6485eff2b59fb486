"""What pages tell of rounds that stand on days which were closed since, and which a plan goes around."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.scheduling.calendar.reasons import title_said
from services.scheduling.plans.closed_days import ClosedKind, on_closed_days
from services.scheduling.plans.events import Wish
from services.scheduling.plans.today import Today
from shared.said import Said


class ClosedOut(BaseModel):
    """A round that stands on a day which was closed since, and which the proposal may not move: it is planned around,
    and to be moved by hand, by a repair, or by a plan of its school."""

    round_id: UUID
    school_name: str
    day: date
    kind: ClosedKind = Field(description="what closes it; `school`: a day of the school's own")
    title: str = Field(description="of the mark in the calendar")
    say: Said | None = Field(default=None, description="the title in both languages, where it is one of ours")


def closed_told(wish: Wish, now: Today, moved: Collection[UUID]) -> list[ClosedOut]:
    """Of the days of the wish that are to come. `moved`: rounds that the plan moves, or was free to move."""
    ahead = [
        r
        for r in now.stage.rounds.values()
        if max(wish.first_day, now.day) <= r.day <= wish.last_day and r.round_id not in moved
    ]
    why = on_closed_days(ahead, now.stage, now.calendar)
    return [
        ClosedOut(
            round_id=r.round_id,
            school_name=now.stage.schools[r.school_id].name if r.school_id in now.stage.schools else "",
            day=r.day,
            kind=why[r.round_id].kind,
            title=why[r.round_id].title,
            say=title_said(why[r.round_id].title),
        )
        for r in ahead
        if r.round_id in why
    ]
