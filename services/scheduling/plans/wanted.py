"""Which of the rounds that differ a page asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Query

from services.scheduling.plans.diff import Change
from services.scheduling.plans.events import ChangeKind
from services.scheduling.plans.stage import Stage
from shared.http import page_key, page_token

LONGEST_PAGE = 200
PartOfName = Annotated[str | None, Query(max_length=100, description="part of the name of who leads, comes or goes")]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`school`, `person`: parts of names; `person`: who leads, comes or goes. None: any."""

    kind: ChangeKind | None = None
    school: str | None = None
    region: str | None = None
    network: str | None = None
    person: str | None = None

    def of(self, found: Iterable[Change], stage: Stage) -> list[Change]:
        people = named(self.person, stage)
        return [c for c in found if self._fits(c, stage) and (people is None or _people(c) & people)]

    def _fits(self, c: Change, stage: Stage) -> bool:
        known = stage.schools.get(c.school_id)
        if self.kind is not None and c.kind != self.kind:
            return False
        if self.school and (known is None or _lower(self.school) not in known.name.casefold()):
            return False
        if self.region and (known is None or known.region != self.region):
            return False
        return not self.network or (known is not None and self.network in known.networks)


def _people(c: Change) -> set[UUID | None]:
    leads = {s.facilitator_id for s in (c.before, c.after) if s}
    return {*c.joins, *c.leaves, *leads}


def named(person: str | None, stage: Stage) -> set[UUID] | None:
    """Who has this in their name; None where nobody is asked for."""
    part = _lower(person)
    return {p for p, o in stage.observers.items() if part in o.name.casefold()} if part else None


def wanted(
    kind: ChangeKind | None = None,
    school: Annotated[str | None, Query(max_length=100, description="part of the school's name")] = None,
    region: Annotated[str | None, Query(max_length=100)] = None,
    network: Annotated[str | None, Query(max_length=100)] = None,
    person: PartOfName = None,
) -> Wanted:
    return Wanted(kind, school, region, network, person)


def _lower(words: str | None) -> str:
    return (words or "").strip().casefold()


def counted(found: Iterable[Change]) -> dict[str, int]:
    """Changes by kind."""
    return dict(Counter(c.kind for c in found))


def regions(stage: Stage) -> list[str]:
    return sorted({s.region for s in stage.schools.values() if s.region})


def networks(stage: Stage) -> list[str]:
    return sorted({n for s in stage.schools.values() for n in s.networks})


def page_of(items: Sequence[T], after: str | None, limit: int) -> tuple[Sequence[T], str | None]:
    """A page of a list that is known as a whole, and the mark of the next one."""
    at = page_key(after, int)
    start = at[0] if at else 0
    return items[start : start + limit], page_token(str(start + limit)) if len(items) > start + limit else None
