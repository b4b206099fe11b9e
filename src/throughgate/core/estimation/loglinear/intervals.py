"""Intervals of the unseen count: by profile likelihood for one model, by averaged tail areas for many."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.estimates import Interval
from throughgate.core.estimation.loglinear.fitting import Fits, Floats, profile

NODES = np.linspace(-4.5, 4.5, 19)  # standard errors of log unseen at which a profile is computed
WIDEST = 3.0  # the largest standard error of log unseen that is believed when the nodes are laid
NORMAL_975 = 1.959963984540054
GRID = 600


def profile_interval(fits: Fits, at: int) -> Interval:
    """The 95 % interval of all persons under model `at`: where twice the log likelihood falls by 3.84.

    The upper end is infinite where the likelihood never falls that far, up to a million times the documented.
    """
    documented = float(fits.counts.sum())

    def height(log_unseen: float) -> float:
        return float(profile(fits, at, np.array([math.exp(log_unseen)]))[0])

    start = max(float(fits.intercept[at]), math.log(0.1))
    step = min(math.sqrt(float(fits.variance[at])), WIDEST)
    top, best = _highest(height, start, step)
    floor = best - NORMAL_975**2 / 2
    low = _crossing(height, floor, top, -step, math.log(1e-3))
    high = _crossing(height, floor, top, step, math.log(1e6 * documented))
    return Interval(
        documented + (0.0 if low is None else math.exp(low)), math.inf if high is None else documented + math.exp(high)
    )


def _highest(height: Callable[[float], float], start: float, step: float) -> tuple[float, float]:
    """Golden section for the top of the profile, near the estimate."""
    ratio = (math.sqrt(5.0) - 1.0) / 2.0
    low, high = start - step, start + step
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = height(left), height(right)
    while high - low > 1e-7:
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = height(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = height(right)
    top = (low + high) / 2
    return top, height(top)


def _crossing(height: Callable[[float], float], floor: float, top: float, step: float, end: float) -> float | None:
    """Where the profile falls below `floor`, going from the top in steps; None if not before `end`."""
    inside, outside = top, top + step
    while not height(outside) < floor:
        inside, outside = outside, outside + step
        if (step > 0) == (outside > end):
            return None
    for _ in range(60):
        middle = (inside + outside) / 2
        if height(middle) < floor:
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2


def signed_roots(fits: Fits, at: int) -> tuple[Floats, Floats]:
    """Nodes of log unseen (g,), and there the signed root of the fall of twice the log profile likelihood (g,)."""
    spread = min(math.sqrt(float(fits.variance[at])), WIDEST)
    nodes = max(float(fits.intercept[at]), math.log(0.1)) + spread * NODES
    heights = profile(fits, at, np.exp(nodes))
    if not np.isfinite(heights).all():
        return nodes, (nodes - float(fits.intercept[at])) / math.sqrt(float(fits.variance[at]))
    top = int(heights.argmax())
    peak, best = float(nodes[top]), float(heights[top])
    if 0 < top < nodes.size - 1:
        before, here, after = heights[top - 1 : top + 2]
        bend = before - 2.0 * here + after
        shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
        peak += shift * float(nodes[1] - nodes[0])
        best = float(here - 0.25 * (before - after) * shift)
    roots = np.sign(nodes - peak) * np.sqrt(2.0 * np.maximum(best - heights, 0.0))
    return nodes, np.maximum.accumulate(roots)


def averaged(roots: list[tuple[Floats, Floats]], normals: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The confidence distribution of the unseen count averaged over models: grid (g,), cumulative probability (g,).

    roots    of the models with a profile; normals (m, 2) mean and standard error of log unseen of the others
    weights  (profiles + normals,)

    The averaged tail area is that of Turek and Fletcher 2012, its profile form that of Fletcher and Turek 2012: the
    interval's ends are where the weighted mean of the models' tail areas is 2.5 %.
    """
    ends = [(nodes[0], nodes[-1]) for nodes, _ in roots]
    ends += [(mean - 4.5 * spread, mean + 4.5 * spread) for mean, spread in np.minimum(normals, 30.0).tolist()]
    low = max(min(start for start, _ in ends), math.log(0.01))
    high = min(max(end for _, end in ends), 30.0)
    grid = np.linspace(low, max(high, low + 1.0), GRID)
    below = np.zeros(GRID)
    for (nodes, values), weight in zip(roots, weights[: len(roots)], strict=True):
        below += weight * scipy.special.ndtr(_extended(grid, nodes, values))
    if len(normals):
        means, spreads = normals.T
        below += weights[len(roots) :] @ scipy.special.ndtr((grid[None] - means[:, None]) / spreads[:, None])
    return np.exp(grid), np.maximum.accumulate(below)


def _extended(grid: Floats, nodes: Floats, values: Floats) -> Floats:
    """Linear between the nodes and beyond the last; level below the first, where the unseen count is next to none."""
    inside = np.interp(grid, nodes, values)
    slope = (values[-1] - values[-2]) / (nodes[-1] - nodes[-2])
    first = (values[1] - values[0]) / (nodes[1] - nodes[0])
    return np.where(
        grid > nodes[-1],
        values[-1] + slope * (grid - nodes[-1]),
        np.where(grid < nodes[0], values[0] + first * (grid - nodes[0]), inside),
    )


def quantiles(grid: Floats, below: Floats, at: Floats) -> Floats:
    """The unseen count at each probability: 0 below the first grid point, infinite beyond the last."""
    strict = below + np.arange(below.size) * 1e-15
    found = np.exp(np.interp(at, strict, np.log(grid)))
    return np.where(at < below[0], 0.0, np.where(at > below[-1], np.inf, found))
