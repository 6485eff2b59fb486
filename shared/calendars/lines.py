"""An iCalendar file as components, each with the line where it begins. A broken one leaves the others whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.tabular.problems import Problems, fault

LARGEST_FILE = 10_000_000
"""bytes"""
MOST_COMPONENTS = 20_000
_READ = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
_NAME = re.compile(r"[A-Za-z0-9-]+[;:]")
EXPORT_AGAIN = fault("export_again")


@dataclass(frozen=True, slots=True)
class Part:
    """One component: its name, its own content lines unfolded, the line (1-based) of its BEGIN."""

    name: str
    line: int
    content: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\r\n".join((f"BEGIN:{self.name}", *self.content, f"END:{self.name}", ""))


@dataclass(frozen=True, slots=True)
class Parts:
    """The calendar's own lines (`NAME:...`), and the components that are read."""

    own: tuple[str, ...]
    components: tuple[Part, ...]


def split(file: str, text: str, problems: Problems) -> Parts | None:
    """The components of `text`; None, with an error, when it is no iCalendar or has too many. Alarms, to-dos
    and journals are passed by."""
    own: list[str] = []
    found: list[Part] = []
    open_: list[str] = []
    began, content = 0, list[str]()
    for line, said in _unfolded(text):
        begins, ends = said[:6].upper() == "BEGIN:", said[:4].upper() == "END:"
        name = said.split(":", 1)[1].strip().upper() if begins or ends else ""
        if begins:
            if not open_ and name != "VCALENDAR":
                _no_calendar(file, line, problems)
                return None
            open_.append(name)
            if len(open_) == 2:
                began, content = line, []
                continue
        elif ends:
            if not open_ or open_[-1] != name:
                problems.error(
                    "unbalanced",
                    file,
                    fault("unbalanced", part=name),
                    EXPORT_AGAIN,
                    line=line,
                )
                return None
            open_.pop()
            if len(open_) == 1:
                if name in _READ:
                    found.append(Part(name, began, tuple(content)))
                if len(found) > MOST_COMPONENTS:
                    problems.error(
                        "too_many_events",
                        file,
                        fault("many_events", most=f"{MOST_COMPONENTS:,}"),
                        fault("fewer_years_or"),
                        line=line,
                    )
                    return None
                continue
        elif not open_:
            _no_calendar(file, line, problems)
            return None
        elif not _NAME.match(said):
            problems.warning("broken_line", file, fault("broken_line"), EXPORT_AGAIN, line=line)
            continue
        if len(open_) == 1 and not begins:
            own.append(said)
        elif open_[1:2] == ["VTIMEZONE"] or (len(open_) == 2 and not ends):
            content.append(said)
    if open_:
        problems.error("cut_off", file, fault("cut_off", part=open_[-1]), EXPORT_AGAIN)
        return None
    if not found and not own:
        _no_calendar(file, 1, problems)
        return None
    return Parts(tuple(own), tuple(found))


def _no_calendar(file: str, line: int, problems: Problems) -> None:
    problems.error(
        "no_calendar",
        file,
        fault("no_calendar"),
        fault("export_ics"),
        line=line,
    )


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the number of the line where each begins; CRLF, LF and CR all end a line."""
    held, at = "", 0
    lines: Sequence[str] = re.split(r"\r\n|\n|\r", text)
    for number, line in enumerate(lines, 1):
        if line[:1] in (" ", "\t") and held:
            held += line[1:]
            continue
        if held.strip():
            yield at, held.strip("\ufeff ")
        held, at = line, number
    if held.strip():
        yield at, held.strip("\ufeff ")
