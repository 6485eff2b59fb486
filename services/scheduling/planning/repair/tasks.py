"""The documents of a repair: what is asked, what is answered. No solver is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from services.scheduling.planning.document import to_json
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.repair.disruption import Disruption


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairTask:
    """`only`: the rounds that it is about; whatever is wrong with others is left alone. None: every round."""

    instance: Instance
    plan: Plan
    today: date
    disruptions: tuple[Disruption, ...]
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the difference. `people`: whose calendars it touches."""

    round: str
    what: Literal["day", "facilitator", "observer_in", "observer_out", "cancelled"]
    before: str | None
    after: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """`touched`: rounds that differ. `notify`: everybody whose calendar changes, each once. `still_missing`: rounds
    that no repair could staff or place."""

    plan: Plan
    changes: tuple[Change, ...]
    touched: tuple[str, ...]
    notify: tuple[str, ...]
    widened: bool
    still_missing: tuple[str, ...]


def repair_task(
    instance: Instance,
    plan: Plan,
    today: date,
    disruptions: list[Disruption],
    only: tuple[str, ...] | None = None,
) -> bytes:
    """The document of a repair."""
    raw = {
        "instance": msgspec.Raw(to_json(instance)),
        "plan": plan,
        "today": today,
        "disruptions": disruptions,
        "only": only,
    }
    return msgspec.json.encode(raw)
