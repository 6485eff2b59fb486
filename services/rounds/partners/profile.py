"""What a person offers in the directory, and how well two fit. Pure.

The directory is a table and no history: what somebody offered last year is nobody's business today. A person is in it
only while they wish to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.rounds.protocols.model import Model
from shared.errors import Unfit
from shared.said import say

GradeBand = Literal["PK", "K-2", "3-5", "6-8", "9-12"]
Tag = Annotated[str, Field(min_length=1, max_length=60)]
LEAST_TOGETHER = 30  # minutes that two must be free at once for the time to count


class FreeTime(BaseModel):
    """Every week, in the district's time zone. Monday is 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    weekday: int = Field(ge=1, le=7)
    starts: time
    ends: time

    @model_validator(mode="after")
    def _in_order(self) -> FreeTime:
        if self.ends <= self.starts or self.starts.tzinfo or self.ends.tzinfo:
            raise Unfit(say("rounds.free_time"))
        return self


class Profile(BaseModel):
    """`models`: the kinds of coaching that the person is open to."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    models: tuple[Model, ...] = Field(min_length=1, max_length=6)
    interests: tuple[Tag, ...] = Field(default=(), max_length=12)
    subjects: tuple[Tag, ...] = Field(default=(), max_length=12)
    grade_bands: tuple[GradeBand, ...] = Field(default=(), max_length=5)
    languages: tuple[Tag, ...] = Field(default=(), max_length=8)
    free: tuple[FreeTime, ...] = Field(default=(), max_length=20)


@dataclass(frozen=True, slots=True)
class Listed:
    person_id: UUID
    school_id: UUID | None
    profile: Profile


class Fit(BaseModel):
    """Why two fit: a code, and what they share."""

    code: Literal["interests", "subjects", "grade_bands", "languages", "free", "other_school"]
    shared: list[str] = []


@dataclass(frozen=True, slots=True)
class Match:
    listed: Listed
    score: int
    reasons: tuple[Fit, ...]


def ranked(me: Listed | None, others: Iterable[Listed], model: Model | None = None) -> list[Match]:
    """Those who fit, best first, then the others; a shared free time counts most, for without one nobody meets."""
    found = [match(me, o, model) if me else Match(o, 0, ()) for o in others]
    return sorted(found, key=lambda m: (-m.score, m.listed.person_id))


def match(me: Listed, other: Listed, model: Model | None = None) -> Match:
    """Nothing in common, or not open to the same model: a score of 0."""
    mine, theirs = me.profile, other.profile
    models = set(mine.models) & set(theirs.models)
    if not models or (model is not None and model not in theirs.models):
        return Match(other, 0, ())
    reasons: list[Fit] = []
    score = 0
    for code, weight in (("interests", 3), ("subjects", 2), ("grade_bands", 1), ("languages", 1)):
        shared = _shared(getattr(mine, code), getattr(theirs, code))
        if shared:
            score += weight * min(len(shared), 3)
            reasons.append(Fit.model_validate({"code": code, "shared": shared}))
    times = free_together(mine.free, theirs.free)
    if times:
        score += 4
        reasons.append(Fit(code="free", shared=[f"{t.weekday} {t.starts:%H:%M}-{t.ends:%H:%M}" for t in times]))
    if score and me.school_id and other.school_id and me.school_id != other.school_id:
        reasons.append(Fit(code="other_school"))
    return Match(other, score, tuple(reasons))


def _shared(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    known = {t.casefold() for t in theirs}
    return [m for m in mine if m.casefold() in known]


def free_together(mine: Sequence[FreeTime], theirs: Sequence[FreeTime]) -> list[FreeTime]:
    """The times of the week in which both are free for at least half an hour."""
    found = []
    for a in mine:
        for b in theirs:
            if a.weekday != b.weekday:
                continue
            starts, ends = max(a.starts, b.starts), min(a.ends, b.ends)
            if ends > starts and _minutes(ends) - _minutes(starts) >= LEAST_TOGETHER:
                found.append(FreeTime(weekday=a.weekday, starts=starts, ends=ends))
    return sorted(found, key=lambda t: (t.weekday, t.starts))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
