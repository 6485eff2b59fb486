"""The interval of a share whose units sit together in classrooms.

Method `korn_graubard`: Clopper-Pearson limits on the effective sample size, after Korn & Graubard,
"Confidence intervals for proportions with small expected number of positive counts estimated from
survey data", Survey Methodology 24 (1998) 193-201, as the US National Center for Health Statistics
prescribes it (Parker et al., Vital and Health Statistics 2(175), 2017). The design effect is that of units
that resemble each other as much as is assumed (Kish, Survey Sampling, 1965), not as much as these do: the
spread of a share over its rooms tells of each room, as when there is none (docs/adr/0004, 6). Quantiles are
SciPy's; reporting loads it when it starts.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

METHOD = "korn_graubard"
CONFIDENCE = 0.95

Certainty = Literal["fair", "rough", "too_few_to_say"]
FAIR_WIDTH = 0.30  # NCHS: an interval at least this wide is not reliable on its own
SAYABLE_WIDTH = 0.60  # beyond it the interval holds most of what is possible
LEAST_EFFECTIVE_N = 5.0

CLASSROOM_LIKENESS = 0.25
"""Of two units of one classroom: assumed, not measured; docs/figures.md says against what to hold it."""
OBSERVER_LIKENESS = 0.1
"""Of two units of one observer: assumed too; less, for all of them see the same lessons."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Shares from 0 to 1. `effective_n` is the number of independent units worth the same."""

    low: float
    high: float
    effective_n: float

    @property
    def certainty(self) -> Certainty:
        width = self.high - self.low
        if self.effective_n < LEAST_EFFECTIVE_N or width >= SAYABLE_WIDTH:
            return "too_few_to_say"
        return "fair" if width < FAIR_WIDTH else "rough"


async def warm_up() -> None:
    """Loads SciPy's part beside the event loop; it takes a second once, and nothing afterwards."""
    if "scipy.special" not in sys.modules:
        await asyncio.to_thread(_t_quantile, 1)


def share_interval(count: int, n: int, classrooms: int, observers: int | None = None) -> Interval:
    """The 95% interval of count / n over that many classrooms; `observers` where each unit is what one of them said:
    the larger of the two design effects counts. It depends on these numbers and on nothing else of the units. Degrees
    of freedom are classrooms - 1. Raises ValueError without units."""
    effects = [_design_effect(n, classrooms, CLASSROOM_LIKENESS)]
    if observers is not None:
        effects.append(_design_effect(n, observers, OBSERVER_LIKENESS))
    return designed_interval(count, n, max(effects), classrooms - 1)


def _design_effect(n: int, clusters: int, likeness: float) -> float:
    """Of units that lie in clusters of one size; one cluster is as good as one unit."""
    return 1 + (max(n / clusters, 1.0) - 1) * likeness if clusters > 1 else float(max(n, 1))


def designed_interval(count: int, n: int, design_effect: float, degrees: int) -> Interval:
    """The 95% interval of count / n where the design effect is known from elsewhere, with `degrees` of freedom: it
    depends on nothing else of the units. Raises ValueError without units."""
    if n == 0:
        raise ValueError("a share needs at least one unit")
    shrink = (_t_quantile(max(n - 1, 1)) / _t_quantile(max(degrees, 1))) ** 2
    n_eff = max(1.0, min(float(n), n / design_effect * shrink))
    low, high = _clopper_pearson(n_eff * count / n, n_eff)
    return Interval(low, high, n_eff)


def _clopper_pearson(x: float, n: float) -> tuple[float, float]:
    """Exact binomial limits, continued to real x and n by the beta distribution."""
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if x <= 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x >= n else float(betaincinv(x + 1, n - x, 1 - tail))
    return low, high


@lru_cache(maxsize=4096)
def _t_quantile(df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, 1 - (1 - CONFIDENCE) / 2))
