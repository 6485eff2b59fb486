"""An appointment in words, for calendars and mail, in the languages of the catalogue."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.calendars.write import CalendarEvent

LANGUAGES = ("en", "es")
BETWEEN = " · "
"""What stands between the languages of one line."""
_CATALOGUE = Path(__file__).resolve().parents[3] / "shared" / "catalogue" / "notices.json"
_MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_DAYS_ES = "lunes martes miércoles jueves viernes sábado domingo".split()


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = json.loads(_CATALOGUE.read_text("utf-8"))
    return held


def say(key: str, language: str, **values: object) -> str:
    """The catalogue's text of `notices.<key>`, its placeholders filled."""
    return _texts()[key][language].format(**values)


def has(key: str) -> bool:
    return key in _texts()


def day_in_words(day: date, language: str) -> str:
    if language == "es":
        return f"{_DAYS_ES[day.weekday()]} {day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"


def short_day(day: date, language: str) -> str:
    """A day within a year that everyone has in mind."""
    return f"{day.day} de {_MONTHS_ES[day.month - 1]}" if language == "es" else f"{day:%B} {day.day}"


def summary(kind: str, school: str | None, language: str) -> str:
    """What stands in the calendar: never a person's name."""
    key = f"summary_{kind}" if has(f"summary_{kind}") else "summary_meeting"
    return say(key, language, school=school or "")


def times(row: Any, language: str) -> str:
    """Day and clock of an appointment's row."""
    words = day_in_words(row["day"], language)
    if row["starts_at"] is None:
        return words
    zone = ZoneInfo(row["timezone"])
    start, end = row["starts_at"].astimezone(zone), row["ends_at"].astimezone(zone)
    return f"{words}, {start:%H:%M} - {end:%H:%M} ({start:%Z})"


def debrief(row: Any, language: str) -> str | None:
    """Where and when the round is talked over; None where that is not settled."""
    if row["debrief_at"] is None:
        return None
    begins = row["debrief_at"].astimezone(ZoneInfo(row["timezone"]))
    return say("debrief", language, time=f"{begins:%H:%M}", room=row["debrief_room"])


def event_of(row: Any, language: str, public_url: str, *, part: str | None, gone: bool = False) -> CalendarEvent:
    """An appointment's row (joined with its school, its place open or SOMEWHERE) as calendars take it."""
    zone = ZoneInfo(row["timezone"])
    starts: datetime | date = row["starts_at"].astimezone(zone) if row["starts_at"] else row["day"]
    ends: datetime | date = row["ends_at"].astimezone(zone) if row["ends_at"] else row["day"]
    described = [say(f"part_{part}", language)] if part and has(f"part_{part}") else []
    if (talked := debrief(row, language)) is not None:
        described.append(talked)
    if row["no_school"] and not gone:
        described.append(say("no_school", language))
    return CalendarEvent(
        uid=uid(row["about"]),
        sequence=row["sequence"],
        summary=summary(row["kind"], row["school_name"], language),
        starts=starts,
        ends=ends,
        zone=row["timezone"],
        changed_at=row["changed_at"],
        description="\n".join(described),
        location=row["place"] or row["school_name"] or "",
        url=f"{public_url}/desk/visits" if row["kind"] == "round" else f"{public_url}/desk",
        position=(row["latitude"], row["longitude"]) if row["latitude"] is not None else None,
        cancelled=row["cancelled"] or gone,
        remind_before=timedelta(hours=18) if row["starts_at"] else None,
    )


def event_in_both(row: Any, public_url: str, *, part: str | None, gone: bool = False) -> CalendarEvent:
    """As `event_of`, for whoever asked for no language: what comes by mail."""
    english, spanish = (event_of(row, language, public_url, part=part, gone=gone) for language in LANGUAGES)
    return replace(
        english,
        summary=f"{english.summary}{BETWEEN}{spanish.summary}",
        description="\n\n".join(d for d in (english.description, spanish.description) if d),
    )


def uid(about: UUID) -> str:
    return f"{about}@rondo"
