"""Partial pooling of one share across schools, so that a school with few visits is not noise.

Empirical Bayes with a beta-binomial model (Casella, "An introduction to empirical Bayes data analysis", The American
Statistician 39, 1985): the schools' true shares follow a beta distribution, whose two parameters are fitted by maximum
likelihood over all schools. Visits cluster, so a school counts with its effective number of visits, as Chen, Wakefield
& Lumley do for survey shares ("The use of sampling weights in Bayesian hierarchical models for small area estimation",
Spatial and Spatio-temporal Epidemiology 11, 2014). What was told as a bound enters as a bound (a censored count), for
leaving it out would pool only the middling schools. Distributions and optimiser are SciPy's. See docs/adr.

Input is what was released and nothing else, so that a pooled share tells nothing that was not told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

METHOD = "beta_binomial_empirical_bayes"
LEAST_SCHOOLS = 5
"""With fewer schools the spread between them cannot be estimated."""
_Z = 1.959963984540054  # 97.5 % quantile of the normal distribution
_TAIL = 0.025
_PRECISION = (0.05, 400.0)  # visits that the district's mean may be worth, least and most


@dataclass(frozen=True, slots=True)
class Seen:
    """One school's released share. `share`, `low`, `high` when told; else the bounds of the count."""

    n: int
    share: float | None = None
    low: float = 0.0
    high: float = 1.0
    at_most: int | None = None
    at_least: int | None = None

    @property
    def effective(self) -> float:
        """Independent visits worth the released interval, at most the visits made."""
        if self.share is None:
            return float(self.n)
        variance = ((self.high - self.low) / (2 * _Z)) ** 2
        inner = min(max(self.share, 0.5 / self.n), 1 - 0.5 / self.n)
        return max(1.0, min(float(self.n), inner * (1 - inner) / variance)) if variance > 0 else float(self.n)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The school's share with what is usual in the district taken into account, and its 95% interval. `weight`: how
    much is the school's own (0 to 1)."""

    share: float
    low: float
    high: float
    weight: float


def pool(schools: Sequence[Seen]) -> list[Pooled] | None:
    """One pooled share per school, in their order; None with fewer than LEAST_SCHOOLS."""
    if len(schools) < LEAST_SCHOOLS:
        return None
    a, b = _fit(schools)
    return [_posterior(seen, a, b) for seen in schools]


def likeness(schools: Sequence[Seen]) -> float | None:
    """How much visits of one school resemble each other: the intraclass correlation of the fitted beta-binomial, 1 / (a
    + b + 1), from 0 to 1; None with fewer than LEAST_SCHOOLS."""
    return None if len(schools) < LEAST_SCHOOLS else 1 / (sum(_fit(schools)) + 1)


def _fit(schools: Sequence[Seen]) -> tuple[float, float]:
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import betaln, expit
    from scipy.stats import betabinom

    told = [s for s in schools if s.share is not None]
    n = np.array([s.effective for s in told])
    x = np.array([(s.share or 0.0) * s.effective for s in told])
    few = np.array([(s.at_most, s.n) for s in schools if s.at_most is not None]).reshape(-1, 2)
    many = np.array([(s.at_least, s.n) for s in schools if s.at_least is not None]).reshape(-1, 2)

    def parameters(at: Any) -> tuple[float, float]:
        mean, precision = float(expit(at[0])), float(np.exp(at[1]))
        return mean * precision, (1 - mean) * precision

    def cost(at: Any) -> float:
        """Minus the log likelihood, up to what does not depend on the two parameters."""
        a, b = parameters(at)
        total = float(np.sum(betaln(a + x, b + n - x) - betaln(a, b)))
        total += float(np.sum(betabinom.logcdf(few[:, 0], few[:, 1], a, b))) if len(few) else 0.0
        total += float(np.sum(betabinom.logsf(many[:, 0] - 1, many[:, 1], a, b))) if len(many) else 0.0
        return -total

    bounds = [(-6.0, 6.0), tuple(float(np.log(p)) for p in _PRECISION)]
    found = [minimize(cost, start, bounds=bounds, method="L-BFGS-B") for start in ((0.0, 1.0), (0.0, 3.0))]
    return parameters(min(found, key=lambda f: float(f.fun)).x)


def _bounds(seen: Seen) -> tuple[int, int]:
    return seen.at_least or 0, seen.n if seen.at_most is None else seen.at_most


def _posterior(seen: Seen, a: float, b: float) -> Pooled:
    """A beta distribution for a told share; for a bound, the mixture over the counts that it leaves open."""
    import numpy as np
    from scipy.stats import beta, betabinom

    n = seen.effective
    if seen.share is not None:
        p, q = a + seen.share * n, b + n - seen.share * n
        low, high = (float(limit) for limit in beta.ppf((_TAIL, 1 - _TAIL), p, q))
        return Pooled(p / (p + q), low, high, n / (n + a + b))
    least, most = _bounds(seen)
    counts = np.arange(least, most + 1)
    weights = betabinom.pmf(counts, seen.n, a, b)
    weights = weights / (weights.sum() or 1.0)
    ps, qs = a + counts, b + seen.n - counts

    def cdf(at: float) -> float:
        return float(np.sum(weights * beta.cdf(at, ps, qs)))

    mean = float(np.sum(weights * ps / (ps + qs)))
    return Pooled(mean, _quantile(cdf, _TAIL), _quantile(cdf, 1 - _TAIL), n / (n + a + b))


def _quantile(cdf: Callable[[float], float], goal: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(lambda at: cdf(at) - goal, 0.0, 1.0, xtol=1e-9))
