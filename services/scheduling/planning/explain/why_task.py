"""The documents of "why this day" and "why not that one". No solver is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from services.scheduling.planning.document import to_json
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan
from shared.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTask:
    """`day`: the day asked about; None asks why the plan's own. Rounds that `plan` lacks are as published."""

    instance: Instance
    plan: Plan
    round: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    rule: str
    say: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another day. `added`: points it costs more than the plan's day (less where negative), by rule in `parts`;
    None where rules forbid it."""

    day: date
    allowed: bool
    say: Said
    reasons: tuple[Reason, ...] = ()
    added: float | None = None
    parts: dict[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """`forbidden`: how many days each rule takes away. `others`: the day asked about, or the best of the rest. `near`:
    the school's rounds outside of the plan that some days are too near. `people`: what speaks against those of before.
    `sentences`: all but `others`."""

    round: str
    day: date | None
    forbidden: dict[str, int]
    allowed: int
    others: tuple[Other, ...]
    sentences: tuple[Said, ...]
    near: tuple[date, ...] = ()
    people: tuple[Said, ...] = ()


def why_task(instance: Instance | bytes, plan: Plan, round_id: str, day: date | None) -> bytes:
    """The document of a question. `instance`: also as JSON that was found right before."""
    raw = instance if isinstance(instance, bytes) else to_json(instance)
    return msgspec.json.encode({"instance": msgspec.Raw(raw), "plan": plan, "round": round_id, "day": day})
