"""One thing that is wrong with a plan, as a sentence at its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Finding:
    """`refuses`: the plan cannot be kept with it; otherwise it is advice. `where` is a path in the plan."""

    code: str
    where: str
    detail: str
    mend: str
    refuses: bool = True


def on_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
