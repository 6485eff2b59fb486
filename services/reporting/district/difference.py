"""The district's page at the ends of two days, made of what each school's own page told then. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.reporting.releases.changes import METHOD, Change, changes
from services.reporting.releases.queries import ReleaseLine, line_of
from services.reporting.releases.snapshot import Snapshot


class SchoolDifference(BaseModel):
    """`before`, `after`: the release that the school's page led with at the end of either day. `state`: `none` where
    there was none on either, `first` where on the later day alone, `same` where it is one and the same. `changes`:
    shares of visits by core element, the newer state against the older; empty unless `changed`."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str
    before: ReleaseLine | None
    after: ReleaseLine | None
    state: Literal["none", "first", "same", "changed"]
    changes: tuple[Change, ...] = ()


class DistrictDifference(BaseModel):
    """Schools by name; there is no other order."""

    model_config = ConfigDict(frozen=True)
    from_day: date
    to_day: date
    method: str = METHOD
    items: tuple[SchoolDifference, ...]


def differences(
    schools: Sequence[tuple[UUID, str]],
    then: Mapping[UUID, Snapshot],
    now: Mapping[UUID, Snapshot],
    shares: Callable[[Change], bool] = lambda c: c.definition == "core_element.visits",
) -> tuple[SchoolDifference, ...]:
    """`shares`: which of them `changes` holds."""
    return tuple(_difference(i, name, then.get(i), now.get(i), shares) for i, name in schools)


def _difference(
    school_id: UUID, name: str, then: Snapshot | None, now: Snapshot | None, shares: Callable[[Change], bool]
) -> SchoolDifference:
    state: Literal["none", "first", "same", "changed"] = "changed"
    if now is None:
        state = "none"
    elif then is None:
        state = "first"
    elif then.snapshot_id == now.snapshot_id:
        state = "same"
    moved = changes(then, now) if state == "changed" and then and now else ()
    return SchoolDifference(
        school_id=school_id,
        name=name,
        before=line_of(then) if then else None,
        after=line_of(now) if now else None,
        state=state,
        changes=tuple(filter(shares, moved)),
    )
