"""The rule of domain.md, hard rule 2, and the words in which something hidden says so."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from services.reporting.figures.tables import Unit

VISITS, CLASSROOMS, OBSERVERS = 5, 5, 3
CELL_CLASSROOMS = 3
"""A share is told exactly only with this many classrooms on either side of it."""
CELL_OBSERVERS = 2
"""No single observer's opinion is told as the round's."""


RULES = 3
"""Of docs/adr/0004. One more whenever a release may tell what an earlier version of the code would not have, or the
other way round: of what older rules told, the worst is taken (10)."""


class Rule(BaseModel):
    """Least numbers behind any table. A district may raise them, never lower."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    visits: int = VISITS
    classrooms: int = CLASSROOMS
    observers: int = OBSERVERS

    @classmethod
    def of_district(cls, visits: int, classrooms: int, observers: int) -> Rule:
        return cls(
            visits=max(visits, VISITS), classrooms=max(classrooms, CLASSROOMS), observers=max(observers, OBSERVERS)
        )


class Hidden(BaseModel):
    """Why something is not told. `key` and `n` are for translation, `text` is plain English."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    n: int
    text: str


_TEXTS = {
    "fewer_than_classrooms": "fewer than {n} classrooms",
    "fewer_than_visits": "fewer than {n} visits",
    "fewer_than_observers": "fewer than {n} observers",
    "fewer_than_schools": "fewer than {n} schools",
    "few_or_linked": "could point to a single classroom or observer",
    "older_rules": "made by an older version: tags of look-fors are hidden now, likely ranges are today’s",
    "few_corrections": "changes since the last release touch fewer than {n} visits or classrooms; they wait",
}


def hidden(key: str, n: int) -> Hidden:
    return Hidden(key=key, n=n, text=_TEXTS[key].format(n=n))


def unsaid() -> Hidden:
    """The one reason for whatever is hidden for what was seen: few rooms, few observers, all alike, or beside a figure
    that is hidden. Which of them it is would tell: of five rooms, that "fewer than 5" answered is one that did not."""
    return hidden("few_or_linked", CELL_CLASSROOMS)


def hidden_keys() -> tuple[str, ...]:
    return tuple(_TEXTS)


def too_small(units: Iterable[Unit], rule: Rule) -> Hidden | None:
    """The first part of the rule that `units` do not meet, or None."""
    held = tuple(units)
    if len({u.classroom_id for u in held}) < rule.classrooms:
        return hidden("fewer_than_classrooms", rule.classrooms)
    if len({u.slot_id for u in held}) < rule.visits:
        return hidden("fewer_than_visits", rule.visits)
    if len(frozenset().union(*(u.observers for u in held))) < rule.observers:
        return hidden("fewer_than_observers", rule.observers)
    return None
