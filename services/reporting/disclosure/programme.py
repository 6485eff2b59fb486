"""What an attacker knows, as a linear programme over counts; what may not be found out, as forms of it. Plain data.

`unknowns`: count -> (least, most). `rows`: what holds by the nature of things. `told`: what was released, by an id
that says where, each with the cost of hiding it. `protected`: forms whose range must stay open.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Form = dict[str, int]
"""Count -> coefficient."""

MOST = 100_000
"""More than any count of a round: where nothing bounds it."""


@dataclass(frozen=True, slots=True)
class Row:
    form: Form
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Told:
    """`cost`: what is lost when it is hidden; with None it cannot be (it was released before, or is the plan)."""

    form: Form
    low: int
    high: int
    cost: int | None = 1


@dataclass(frozen=True, slots=True)
class Protected:
    """At least `width` + 1 values must stay possible, and where given all from `low` to `high`."""

    form: Form
    width: int
    low: int | None = None
    high: int | None = None


@dataclass(slots=True)
class Programme:
    unknowns: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    protected: dict[str, Protected] = field(default_factory=dict)
    only_new: bool = False
    """Whether what was known before the things that may still be hidden were told is not held against them."""

    def unknown(self, name: str, low: int = 0, high: int = MOST) -> str:
        self.unknowns[name] = (low, high)
        return name

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, body: dict[str, Any]) -> Programme:
        return cls(
            {name: (low, high) for name, (low, high) in body["unknowns"].items()},
            [Row(**r) for r in body["rows"]],
            {key: Told(**t) for key, t in body["told"].items()},
            {key: Protected(**p) for key, p in body["protected"].items()},
            body["only_new"],
        )


@dataclass(frozen=True, slots=True)
class Range:
    """What the attacker can conclude: by linear programming (any numbers) and by integer programming (counts)."""

    lp_low: float
    lp_high: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Solution:
    """`ranges`: of every protected form. `pinned`: those that are narrower than they must be. `hide`: the cheapest
    told things without which nothing is pinned; None when even all of them are not enough (or none was asked)."""

    ranges: dict[str, Range]
    pinned: tuple[str, ...]
    hide: tuple[str, ...] | None = None


def is_pinned(found: Range, wanted: Protected, tiny: float = 1e-6) -> bool:
    if found.high - found.low < wanted.width - tiny:
        return True
    if wanted.low is not None and found.low > wanted.low + tiny:
        return True
    return wanted.high is not None and found.high < wanted.high - tiny
