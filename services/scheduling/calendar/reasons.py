"""Why a day is lost or a school withdraws: a word of these and no more, for what is typed freely would sooner or later
name somebody."""

from __future__ import annotations

from typing import Literal, get_args

from shared.said import Said, say

Reason = Literal["weather", "health", "building", "staffing", "transport", "event", "other"]


def words_of(reason: str | None) -> Said:
    """Of what an event holds: none, or a word of before there was the list, is told as another."""
    return say(f"findings.reason.{reason if reason in get_args(Reason) else 'other'}")


def title_of(reason: str | None) -> Said:
    """How the calendar names a day that is lost; it keeps the English."""
    return words_of(reason).begin()


def title_said(title: str) -> Said | None:
    """The title of a marked day in both languages when it is one of ours; None for what somebody typed."""
    return _OURS.get(title)


_OURS = {title_of(reason).en: title_of(reason) for reason in get_args(Reason)}
