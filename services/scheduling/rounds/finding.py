"""One thing that is wrong with a plan, as a sentence at its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # JSON

from shared.said import Said, Value, in_spanish, say, weekday


@dataclass(frozen=True, slots=True)
class Finding:
    """`refuses`: the plan cannot be kept with it; otherwise it is advice. `where` is a path in the plan."""

    code: str
    where: str
    say: Said
    say_mend: Said
    refuses: bool = True

    @property
    def detail(self) -> str:
        return self.say.en

    @property
    def mend(self) -> str:
        return self.say_mend.en

    def told(self) -> dict[str, Any]:
        """As HTTP tells it."""
        known = {"code": self.code, "where": self.where, "refuses": self.refuses}
        return known | {"detail": self.detail, "mend": self.mend, "es": in_spanish(self.say, self.say_mend)}


def finding(key: str, where: str, *, code: str | None = None, refuses: bool = True, **values: Value) -> Finding:
    """`key` names its words in the catalogue, and the rule where `code` does not."""
    text, mend = say(f"findings.{key}", **values), say(f"findings.{key}.mend", **values)
    return Finding(code or key, where, text, mend, refuses)


def on_day(day: date) -> Said:
    return say("findings.day", weekday=weekday(day), day=day)
