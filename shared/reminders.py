"""When people are told that a day comes near, by mail and in the app: two days before, at seven on the day's clocks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REMIND_DAYS = 2
REMIND_AT = time(7)


def remind_at(day: date, zone: ZoneInfo) -> datetime:
    """The aware instant from which on the people of `day` are reminded of it."""
    return datetime.combine(day - timedelta(days=REMIND_DAYS), REMIND_AT, zone)
