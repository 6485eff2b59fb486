"""A plan: which round on which day, led and observed by whom, what it costs and by which rule.

`UNITS` per point keep costs whole: one unit is one person driving one minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import msgspec

UNITS: Final = 5
"""Units of cost in one point."""

SOFT_RULES: Final = (
    "no_facilitator",
    "below_minimum",
    "missing_role",
    "empty_seat",
    "change",
    "same_host",
    "fair_share",
    "facilitator_load",
    "same_school",
    "disliked_day",
    "repeated_link",
    "driving",
    "no_exchange",
    "met_again",
    "uneven_pace",
)
"""Names of the parts of a plan's cost."""

BLOCKS_PUBLISHING: Final = ("no_facilitator", "below_minimum")
"""A plan with a cost in one of these may be shown but not published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """`day` is None where no day could be found: such a plan is never published.

    `empty`: seats below the target; `below_minimum`: of these, below the minimum.
    """

    round: str
    day: date | None
    facilitator: str | None = None
    observers: tuple[str, ...] = ()
    empty: int = 0
    below_minimum: int = 0
    principals_missing: int = 0
    teachers_missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`parts`: points by rule (SOFT_RULES), without those at 0; `cost` their sum. `bound`: no plan costs less."""

    rounds: tuple[RoundPlan, ...]
    parts: dict[str, float] = field(default_factory=dict)
    cost: float = 0.0
    bound: float | None = None
    method: str = ""

    @property
    def gap(self) -> float | None:
        """Share (0-1) by which the plan may at most be too dear; None without a bound."""
        return None if self.bound is None else gap_of(self.cost, self.bound)

    @property
    def complete(self) -> bool:
        return all(r.day is not None for r in self.rounds)

    @property
    def publishable(self) -> bool:
        return self.complete and not any(self.parts.get(rule) for rule in BLOCKS_PUBLISHING)


def gap_of(cost: float, bound: float) -> float:
    return max(0.0, cost - bound) / max(abs(cost), 1e-9) if cost > bound + 1e-6 else 0.0


def to_json(plan: Plan) -> bytes:
    return msgspec.json.encode(plan, order="deterministic")


def from_json(raw: bytes | str) -> Plan:
    return msgspec.json.decode(raw, type=Plan)
