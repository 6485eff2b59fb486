"""Why a day is lost or a school withdraws: a word of these and no more, for what is typed freely would sooner or later
name somebody."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal, get_args

from services.scheduling.calendar.events import DayKind
from shared.said import Said, say

CANNOT_HOST = say("findings.cannot_host").en
Reason = Literal["weather", "health", "building", "staffing", "transport", "event", "other"]


def words_of(reason: str | None) -> Said:
    """Of what an event holds: none, or a word of before there was the list, is told as another."""
    return say(f"findings.reason.{reason if reason in get_args(Reason) else 'other'}")


def title_of(reason: str | None) -> Said:
    """How the calendar names a day that is lost; it keeps the English."""
    return words_of(reason).begin()


def untitled(kind: DayKind) -> Said:
    """What a day of a calendar that is brought in is called where the calendar calls it nothing."""
    return say(f"findings.untitled.{kind}")


def still_planned(day: date) -> Said:
    """Why a school hosts nothing on the day for which the plan has a round that was moved to `day`."""
    return say("findings.still_planned", day=day)


def title_said(title: str) -> Said | None:
    """The title of a marked day, or why a school hosts nothing on it, in both languages when it is one of ours; None
    for what somebody typed."""
    if held := _STILL_PLANNED.fullmatch(title):
        return still_planned(datetime.strptime(held[1], "%d %B %Y").date())
    return _OURS.get(title)


def in_both(title: str) -> Said | str:
    """As `title_said`, or what somebody typed as it is."""
    return title_said(title) or title


_REASONS: tuple[Reason, ...] = get_args(Reason)
_KINDS: tuple[DayKind, ...] = get_args(DayKind)
_OURS = {
    **{untitled(kind).en: untitled(kind) for kind in _KINDS},
    **{reason: words_of(reason) for reason in _REASONS},
    **{title_of(reason).en: title_of(reason) for reason in _REASONS},
    CANNOT_HOST: say("findings.cannot_host"),
}
_STILL_PLANNED = re.compile(say("findings.still_planned", day=r"(\d{1,2} [A-Z][a-z]+ \d{4})").en)
