"""Two lists: never a number alone, but a curve over how the lists may depend on each other.

With one cell unknown of four, the odds ratio of the two lists is whatever one likes. For odds ratio r the persons on no
list are expected to be r * n10 * n01 / n11 (Lincoln and Petersen for r = 1; Chapman and others since for other r):
below 1 the lists avoid each other, above 1 they know the same people.
"""

from __future__ import annotations

import math

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Interval, Warning_
from throughgate.core.estimation.tables import Table, check

LEAST_RATIO, MOST_RATIO = 0.25, 4.0
POINTS = 17
DRAWS = 4000
WEIGHT = 0.5  # of a cell beforehand (Jeffreys 1946)


def estimate(table: Table, *, seed: int = 0) -> Estimate:
    """From the lower end at odds ratio 1/4 to the upper end at 4; the curve itself is in `details`.

    details["curve"]  (odds ratio, low, high) at 17 ratios evenly spaced by their logarithms: 95 % of N at that ratio

    The estimate is the middle at ratio 1; it has no meaning without the curve. Raises `EstimationError` for any other
    number of lists.
    """
    table = check(table.canonical())
    if table.k != 2:
        raise EstimationError(f"The curve over the odds ratio is for two lists, not {table.k}.")
    ratios = np.geomspace(LEAST_RATIO, MOST_RATIO, POINTS)
    rows = [_at(float(ratio), table, seed) for ratio in ratios]
    curve = [(ratio, low, high) for ratio, low, _, high in rows]
    warnings = [Warning_("few_lists", {"lists": 2})]
    if table.counts[3] == 0:
        warnings.append(Warning_("no_upper_end"))
    return Estimate(
        "two_lists", rows[POINTS // 2][2], Interval(curve[0][1], curve[-1][2]), None, tuple(warnings),
        {"curve": curve},
    )  # fmt: skip


def _at(ratio: float, table: Table, seed: int) -> tuple[float, float, float, float]:
    """The same random numbers at each ratio, so that the curve is smooth. Without overlap there is no upper end."""
    rng = np.random.default_rng(seed)
    first, second, both = rng.standard_gamma(table.counts[1:].astype(np.float64) + WEIGHT, size=(DRAWS, 3)).T
    unseen = ratio * first * second / np.maximum(both, 1e-12)
    spread = rng.standard_normal(DRAWS) * np.sqrt(unseen)
    persons = table.documented + np.maximum(unseen + spread, 0)
    low, middle, high = (float(value) for value in np.quantile(persons, (0.025, 0.5, 0.975)))
    return ratio, low, middle, high if table.counts[3] else math.inf
