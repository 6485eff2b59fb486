"""When the check usually is: three months on, on a day when the host school is open. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from services.rounds.meetings.fit import Calendar

MONTHS = 3
LONGEST_BREAK = 120  # days: longer than a summer


def usual_day(calendar: Calendar, today: date) -> date:
    """The first school day from three months after `today` on."""
    month = today.month - 1 + MONTHS
    year, month = today.year + month // 12, month % 12 + 1
    day = date(year, month, min(today.day, monthrange(year, month)[1]))
    return next((d for n in range(LONGEST_BREAK) if calendar.open(d := day + timedelta(days=n))), day)
