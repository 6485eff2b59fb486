"""What the events of a district's calendar mean for rounds: by their categories, else by their titles.

Only what is certain is taken; every other event is named, so that a person can mark it by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from services.scheduling.calendar.events import DayKind
from services.scheduling.calendar.reasons import untitled
from shared.calendars.occur import Occurrence, occurrences
from shared.calendars.read import CalendarFile, read_calendar
from shared.tabular.problems import Problems, fault

_SPAN = (timedelta(days=5 * 366), timedelta(days=5 * 366))  # before and after today, for what repeats
LONGEST_EVENT = 120
"""days"""

_RULES: tuple[tuple[DayKind, str], ...] = (
    ("early_release", r"early (dismissal|release|out)|half[- ]day|minimum day|partial day|(early|noon) dismissal"),
    ("late_start", r"delayed (opening|start)|late (start|opening|arrival)|hour delay"),
    (
        "testing",
        r"\b(state |standardi[sz]ed )?(testing|assessments?|test window|exams?)\b|\b(regents|mcas|njsla|sbac|ricas)\b",
    ),
    (
        "no_school",
        r"no[- ]school|no (students|classes)|(district|schools?|offices?) closed|closed|holiday|recess|\bbreak\b"
        r"|vacation|teacher (work|in-?service)|professional (development|learning)|staff development|non-?instructional"
        r"|student holiday|\bpd day|(teacher|staff)s?'? (institute|planning|preparation|prep|records?)\b"
        r"|\binstitute day"
        r"|\bnon[- ]?(school|student|pupil|attendance|contact) day|\bno attendance\b|(pupil|student)[- ]free"
        r"|\bstudents? off\b|not in session",
    ),
)
_RANK: dict[DayKind, int] = {"school_day": 0, "no_school": 1, "testing": 2, "early_release": 3, "late_start": 4}
"""Which of a day's marks counts: a day that was given back by name is cut out of its recess."""
_FIRST = re.compile(r"first[- ]day( of (school|classes|term))?|school (begins|opens|starts)", re.IGNORECASE)
_LAST = re.compile(r"last[- ]day( of (school|classes|term))?|school ends", re.IGNORECASE)
_SOME = re.compile(r"\(([^)]*)\)|\bonly\b", re.IGNORECASE)
_MAKE_UP = re.compile(r"make[- ]?up|school day", re.IGNORECASE)
_GIVEN_BACK = re.compile(r"(?=.*(school day|in session))(?=.*(make[- ]?up|snow day))", re.IGNORECASE)
_PERHAPS = re.compile(
    r"\b(possible|potential|tentative|if (needed|necessary|used)|contingency|unless)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    day: date
    kind: DayKind
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Understood:
    """`year`: the first and the last day of school, where the file tells both."""

    days: tuple[FoundDay, ...]
    year: tuple[date, date, int] | None


def understand(file: str, data: bytes, today: date, zone: ZoneInfo, problems: Problems) -> Understood:
    calendar = read_calendar(file, data, problems)
    if calendar is None:
        return Understood((), None)
    if not calendar.entries and problems.total == 0:
        _without_events(file, calendar, problems)
    found = occurrences(file, calendar, today - _SPAN[0], today + _SPAN[1], zone, problems)
    days: dict[date, FoundDay] = {}
    firsts: list[tuple[date, int]] = []
    lasts: list[tuple[date, int]] = []
    for one in found:
        text = " / ".join((*one.entry.categories, one.entry.summary))
        if _FIRST.search(text):
            firsts.append((one.first, one.entry.line))
        if _LAST.search(text):
            lasts.append((one.last, one.entry.line))
        kind = _kind(one)
        if kind is None:
            if not (_FIRST.search(text) or _LAST.search(text)):
                _not_understood(file, one, problems)
            continue
        for found_day in _days(file, one, kind, problems):
            held = days.get(found_day.day)
            if held is None or _RANK[kind] < _RANK[held.kind]:
                days[found_day.day] = found_day
    return Understood(tuple(days[d] for d in sorted(days)), _year(file, firsts, lasts, problems))


def _kind(one: Occurrence) -> DayKind | None:
    """The categories first: who made the calendar chose them; of the titles, the narrower words first."""
    title = one.entry.summary
    for text in (" / ".join(one.entry.categories).replace("-", " "), title):
        for kind, words in _RULES:
            if re.search(words, text, re.IGNORECASE):
                return kind
    if _PERHAPS.search(title):
        return None
    weekend = all((one.first + timedelta(days=n)).weekday() >= 5 for n in range((one.last - one.first).days + 1))
    return "school_day" if _GIVEN_BACK.search(title) or (weekend and _MAKE_UP.search(title)) else None


def _days(file: str, one: Occurrence, kind: DayKind, problems: Problems) -> list[FoundDay]:
    length = (one.last - one.first).days + 1
    if length > LONGEST_EVENT:
        problems.warning(
            "long_event",
            file,
            fault("long_event", title=one.entry.summary, days=length),
            fault("mark_by_hand"),
            line=one.entry.line,
        )
        return []
    if (part := _SOME.search(one.entry.summary)) is not None:
        problems.warning(
            "some_schools",
            file,
            fault("some_schools", title=one.entry.summary, which=part[1] or fault("only")),
            fault("mark_at_schools"),
            line=one.entry.line,
        )
    days = [one.first + timedelta(days=n) for n in range(length)]
    # a weekend is free anyway, unless it is what is marked
    return [
        FoundDay(d, kind, one.entry.summary or untitled(kind).en, one.entry.line)
        for d in days
        if d.weekday() < 5 or kind == "school_day"
    ]


def _without_events(file: str, calendar: CalendarFile, problems: Problems) -> None:
    if calendar.busy:
        problems.warning(
            "busy_time",
            file,
            fault("busy_time", times=len(calendar.busy)),
            fault("as_absences"),
        )
    else:
        problems.warning("no_events", file, fault("no_events"), fault("export_with_events"))


def _not_understood(file: str, one: Occurrence, problems: Problems) -> None:
    problems.note(
        "not_understood",
        file,
        fault("not_understood", title=one.entry.summary or fault("untitled"), day=str(one.first)),
        fault("mark_if_no_round"),
        line=one.entry.line,
    )


def _year(
    file: str, firsts: list[tuple[date, int]], lasts: list[tuple[date, int]], problems: Problems
) -> tuple[date, date, int] | None:
    if not firsts or not lasts:
        return None
    (first, line), (last, _) = min(firsts), max(lasts)
    if not timedelta(days=30) <= last - first <= timedelta(days=400):
        problems.warning(
            "odd_year",
            file,
            fault("odd_year", first=str(first), last=str(last)),
            fault("terms_by_hand"),
            line=line,
        )
        return None
    return first, last, line
