"""The interval of a share whose units sit together in classrooms.

Method `korn_graubard`: Clopper-Pearson limits on the effective sample size, after Korn & Graubard,
"Confidence intervals for proportions with small expected number of positive counts estimated from
survey data", Survey Methodology 24 (1998) 193-201, as the US National Center for Health Statistics
prescribes it (Parker et al., Vital and Health Statistics 2(175), 2017). The variance is the
linearised one of a ratio over clusters drawn with replacement (Cochran, Sampling Techniques, 1977,
sections 9A and 11; "ultimate clusters"). Quantiles are SciPy's; reporting loads it when it starts.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Literal

METHOD = "korn_graubard"
CONFIDENCE = 0.95

Certainty = Literal["fair", "rough", "too_few_to_say"]
FAIR_WIDTH = 0.30  # NCHS: an interval at least this wide is not reliable on its own
SAYABLE_WIDTH = 0.60  # beyond it the interval holds most of what is possible
LEAST_EFFECTIVE_N = 5.0

Clusters = Mapping[object, tuple[int, int]]
"""Cluster -> (units that have it, units)."""


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


def share_interval(classrooms: Clusters, observers: Clusters | None = None) -> Interval:
    """The 95 % interval of sum(x) / sum(n) over `classrooms`.

    `observers` groups the same units by who recorded them; the larger of the two variances counts,
    for units of one rater resemble each other as units of one room do. Degrees of freedom are
    classrooms - 1. Raises ValueError without units.
    """
    x = sum(c for c, _ in classrooms.values())
    n = sum(m for _, m in classrooms.values())
    if n == 0:
        raise ValueError("a share needs at least one unit")
    n_eff = _effective_n(x, n, classrooms, observers)
    low, high = _clopper_pearson(n_eff * x / n, n_eff)
    return Interval(low, high, n_eff)


def designed_interval(count: int, n: int, design_effect: float, degrees: int) -> Interval:
    """The 95 % interval of count / n where the design effect is known from elsewhere, with `degrees` of freedom: it
    depends on nothing else of the units. Raises ValueError without units."""
    if n == 0:
        raise ValueError("a share needs at least one unit")
    shrink = (_t_quantile(max(n - 1, 1)) / _t_quantile(max(degrees, 1))) ** 2
    n_eff = max(1.0, min(float(n), n / design_effect * shrink))
    low, high = _clopper_pearson(n_eff * count / n, n_eff)
    return Interval(low, high, n_eff)


def _effective_n(x: int, n: int, classrooms: Clusters, observers: Clusters | None) -> float:
    share = x / n
    if x in (0, n) or len(classrooms) < 2:
        return float(n) if len(classrooms) > 1 else 1.0
    variance = _variance(share, n, classrooms)
    if observers is not None and len(observers) > 1:
        variance = max(variance, _variance(share, n, observers))
    if variance <= 0:
        return float(n)
    shrink = (_t_quantile(n - 1) / _t_quantile(len(classrooms) - 1)) ** 2
    return max(1.0, min(float(n), share * (1 - share) / variance * shrink))


def _variance(share: float, n: int, clusters: Clusters) -> float:
    """The linearised variance of a ratio over `clusters`, taken as drawn with replacement. The exact sum
    makes it the same whatever order the rows came in."""
    residuals = fsum((x - share * m) ** 2 for x, m in clusters.values())
    return len(clusters) / (len(clusters) - 1) * residuals / n**2


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
