"""One round of a change as pages show it: its school, and its day and people on each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.scheduling.plans.diff import Change, Standing
from services.scheduling.plans.today import Today


class Someone(BaseModel):
    person_id: UUID
    name: str


class Side(BaseModel):
    day: date
    facilitator: Someone | None
    observers: int


def round_of(c: Change, now: Today) -> dict[str, Any]:
    """The fields that tell which round it is, and what became of it."""
    known = now.stage.schools.get(c.school_id)
    return {
        "round_id": c.round_id,
        "school_id": c.school_id,
        "school_name": known.name if known else "",
        "region": known.region if known else "",
        "kind": c.kind,
    }


def side(s: Standing | None, names: Mapping[UUID, str]) -> Side | None:
    if s is None:
        return None
    leads = _someone(s.facilitator_id, names) if s.facilitator_id else None
    return Side(day=s.day, facilitator=leads, observers=len(s.observer_ids))


def by_name(people: Iterable[UUID], names: Mapping[UUID, str]) -> list[Someone]:
    return sorted((_someone(p, names) for p in people), key=lambda p: p.name)


def _someone(person_id: UUID, names: Mapping[UUID, str]) -> Someone:
    return Someone(person_id=person_id, name=names.get(person_id, "(erased)"))
