"""What an attacker knows, as a linear programme over counts; what may not be found out, as forms of it. Plain data.

`unknowns`: count -> (least, most). `rows`: what holds by the nature of things. `told`: what was released, by an id
that says where, each with the cost of hiding it. `protected`: forms whose range must stay open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
    blocks: dict[str, str] = field(default_factory=dict)
    """Count -> the block (round) that it is of, in a programme of many blocks that few told totals link."""
    world: dict[str, int] = field(default_factory=dict)
    """The true counts: one world that fits, from which others are found (`worlds.py`). No bound is taken from it."""

    by_itself: str = ""
    """The block of which new things are told: how far these narrow its forms without the other blocks is for its own
    control, and not held against them."""
    within: bool = False
    """Whether it is of some blocks of a larger one, the others as they are in truth: what is open here is open. What is
    not is to be asked of the whole."""

    def unknown(self, name: str, low: int = 0, high: int = MOST) -> str:
        self.unknowns[name] = (low, high)
        return name

    def as_json(self) -> dict[str, Any]:
        """Counts by their number: a district's have long names that stand in many forms."""
        number = {name: str(n) for n, name in enumerate(self.unknowns)}

        def told(form: Form) -> Form:
            return {number[name]: weight for name, weight in form.items()}

        return {
            "unknowns": {number[name]: ends for name, ends in self.unknowns.items()},
            "rows": [(told(r.form), r.low, r.high) for r in self.rows],
            "told": {key: (told(t.form), t.low, t.high, t.cost) for key, t in self.told.items()},
            "protected": {key: (told(p.form), p.width, p.low, p.high) for key, p in self.protected.items()},
            "only_new": self.only_new,
            "blocks": {number[name]: block for name, block in self.blocks.items()},
            "world": told(self.world),
            "by_itself": self.by_itself,
            "within": self.within,
        }

    @classmethod
    def of_json(cls, body: dict[str, Any]) -> Programme:
        return cls(
            {name: (low, high) for name, (low, high) in body["unknowns"].items()},
            [Row(*r) for r in body["rows"]],
            {key: Told(*t) for key, t in body["told"].items()},
            {key: Protected(*p) for key, p in body["protected"].items()},
            body["only_new"],
            body["blocks"],
            body["world"],
            body["by_itself"],
            body["within"],
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
    told things without which nothing is pinned; None when even all of them are not enough (or none was asked).
    `unproven`: of the pinned, those that are not known to be so: neither that they are open was proven."""

    ranges: dict[str, Range]
    pinned: tuple[str, ...]
    hide: tuple[str, ...] | None = None
    unproven: tuple[str, ...] = ()


def is_pinned(found: Range, wanted: Protected, tiny: float = 1e-6) -> bool:
    if found.high - found.low < wanted.width - tiny:
        return True
    if wanted.low is not None and found.low > wanted.low + tiny:
        return True
    return wanted.high is not None and found.high < wanted.high - tiny
