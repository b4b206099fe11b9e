"""One result from the results of several draws of days known only roughly (Rubin 1987)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from throughgate.core.survival.chances import chi_square_tail
from throughgate.core.survival.comparing import Test
from throughgate.core.survival.cox import Regression, coefficients
from throughgate.core.survival.means import Days, Means, days


def pool_tests(found: Sequence[Test]) -> Test:
    """The test of the middle p (Eekhout et al. 2017, BMC Medical Research Methodology 17, 129)."""
    return sorted(found, key=lambda test: test.p)[len(found) // 2]


def pool_means(found: Sequence[Means]) -> Means:
    """Means with the spread between draws in their errors."""
    if len(found) == 1:
        return found[0]
    tau = found[0].tau
    lost = {name: _pooled([each.lost[name] for each in found], tau) for name in found[0].lost}
    return Means(tau, _pooled([each.free for each in found], tau), lost)


def _pooled(found: Sequence[Days], tau: float) -> Days:
    means = np.array([each.mean for each in found])
    variance = np.mean([each.error**2 for each in found]) + (1 + 1 / len(found)) * means.var(ddof=1)
    widest = min(each.low for each in found), max(each.high for each in found)
    return days(float(means.mean()), float(variance), tau, widest)


def pool_regressions(found: Sequence[Regression]) -> Regression:
    """Coefficients with the spread between draws in their covariance; the middle of the other figures."""
    first = found[0]
    if len(found) == 1:
        return first
    names = [each.name for each in first.coefficients]
    beta = np.array([[each.log_ratio for each in one.coefficients] for one in found])
    covariance = np.mean([one.covariance for one in found], axis=0)
    covariance = covariance + (1 + 1 / len(found)) * np.atleast_2d(np.cov(beta.T))
    mean = beta.mean(axis=0)
    wald = float(mean @ np.linalg.solve(covariance, mean))
    middle = np.median([one.likelihood for one in found], axis=0)
    return Regression(
        first.event, coefficients(names, mean, covariance), covariance, first.persons, first.events,
        (float(middle[0]), float(middle[1])), chi_square_tail(len(names), wald),
        {name: float(np.median([one.moving[name] for one in found])) for name in names},
    )  # fmt: skip
