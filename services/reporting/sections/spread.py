"""How sure a section's shares are, from what the rounds themselves told and nothing else. Pure.

The spread of a group over its schools would tell of single schools: where it is none, each has the group's own share.
So how much visits of one school resemble each other is estimated from released shares of whole rounds, and a group
takes the design effect of that (Kish, *Survey Sampling*, 1965): 1 + (visits a school - 1) * likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.reporting.figures.intervals import Interval, designed_interval
from services.reporting.figures.pooling import likeness
from services.reporting.releases.seen import seen_in
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.visits import ELEMENTS, LEAST_SCHOOLS

USUAL = 0.2
"""With too few schools to estimate it: what is usual between schools (Hedges & Hedberg, "Intraclass correlation values
for planning group-randomized trials in education", Educational Evaluation and Policy Analysis 29, 2007)."""


@dataclass(frozen=True, slots=True)
class Spread:
    """`schools`, `visits`: of the whole section, as it tells them. `likeness`: per core element."""

    schools: int
    visits: int
    likeness: Mapping[str, float]

    def interval(self, element: str, count: int, n: int) -> Interval:
        """The more visits a school has, the less each adds: taken as many as in the whole, or as three schools can have
        of the group."""
        each = max(1.0, min(self.visits / self.schools, n / LEAST_SCHOOLS))
        return designed_interval(count, n, 1 + (each - 1) * self.likeness[element], self.schools - 1)


def spread_of(snapshots: Iterable[Snapshot], schools: int, visits: int) -> Spread:
    held = list(snapshots)
    found = {}
    for element in ELEMENTS:
        known = likeness([s for h in held if (s := seen_in(h, element)) is not None])
        found[element] = USUAL if known is None else known
    return Spread(schools, visits, found)
