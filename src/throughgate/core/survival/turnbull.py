"""How many had the event by each day, when its day is only known to lie between two days.

The estimate of greatest likelihood without a model (Turnbull 1976, JRSS B 38, 290-295), by self-consistency steps,
extrapolated (Varadhan and Roland 2008), until the bound on what the likelihood can still gain is met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.persons import Floats, Ints

STEPS = 20_000
GAIN = 1e-6  # by how much the mean log likelihood may still rise


@dataclass(frozen=True, eq=False)
class Intervals:
    """Mass (m,) in the intervals from `left` (m,) to `right` (m,), which is where the data can tell masses apart."""

    left: Floats
    right: Floats
    mass: Floats

    def at(self, day: float) -> tuple[float, float]:
        """The least and the greatest share by a day that the data allow: inside an interval they differ."""
        return float(self.mass[self.right <= day].sum()), float(self.mass[self.left < day].sum())


@dataclass(frozen=True)
class Reading:
    """The share by `day`: least and greatest estimate, and the 95 % interval around both."""

    day: float
    least: float
    greatest: float
    low: float
    high: float


def turnbull(left: npt.ArrayLike, right: npt.ArrayLike, weight: npt.ArrayLike | None = None) -> Intervals:
    """From n persons with the event after day `left` and up to day `right`: equal where the day is known, `right` inf
    where it did not happen while the person was in view. Raises EstimationError when right < left, when nobody had
    the event, and when the steps do not settle."""
    low, high = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    parts = np.ones(len(low)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not len(low) or low.shape != high.shape or parts.shape != low.shape:
        raise EstimationError("Every person needs the first and the last day on which the event may have happened.")
    if np.isnan(low).any() or np.isnan(high).any() or (high < low).any() or np.isinf(low).any():
        row = int(np.argmax(np.isnan(low) | np.isnan(high) | (high < low) | np.isinf(low)))
        raise EstimationError(f"Person {row + 1}: the last possible day is before the first one.")
    if np.isinf(high).all():
        raise EstimationError("Nobody had the event, so there is no curve of it.")
    starts, ends = _innermost(low, high)
    first = np.searchsorted(ends, low, side="right")
    exact = low == high
    first[exact] = np.searchsorted(ends, low[exact], side="left")
    last = np.searchsorted(ends, high, side="right")
    pairs, place = np.unique(np.stack((first, last)), axis=1, return_inverse=True)
    order = np.lexsort((parts, place))
    together = np.bincount(place[order], parts[order])
    return Intervals(starts, ends, _settle(pairs[0], pairs[1], together / together.sum(), len(starts)))


def turnbull_at(
    left: Floats, right: Floats, days: list[float], *, seed: int = 0, draws: int = 200
) -> list[Reading]:  # fmt: skip
    """Readings with intervals from a bootstrap of persons; the order of persons does not matter."""
    found = turnbull(left, right)
    rows, size = np.unique(np.stack((left, right)), axis=1, return_counts=True)
    random = np.random.default_rng(seed)
    lows, highs = np.zeros((draws, len(days))), np.zeros((draws, len(days)))
    for draw in range(draws):
        again = random.multinomial(size.sum(), size / size.sum())
        kept = again > 0
        if np.isinf(rows[1, kept]).all():
            continue
        curve = turnbull(rows[0, kept], rows[1, kept], again[kept])
        lows[draw], highs[draw] = np.array([curve.at(day) for day in days]).T
    edges = np.quantile(lows, 0.025, axis=0), np.quantile(highs, 0.975, axis=0)
    return [Reading(day, *found.at(day), float(low), float(high)) for day, low, high in zip(days, *edges, strict=True)]


def _innermost(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Intervals that begin at some person's first day and end at some person's last, with no such day between."""
    exact = low == high
    values = np.concatenate((low, high))
    # On one day: where an exactly known day begins, then where intervals end, then where open ones begin.
    rank = np.concatenate((np.where(exact, 0, 2), np.ones(len(high))))
    order = np.lexsort((rank, values))
    values, ending = values[order], rank[order] == 1
    at = np.flatnonzero(~ending[:-1] & ending[1:])
    return values[at], values[at + 1]


def _settle(first: Ints, last: Ints, parts: Floats, m: int) -> Floats:
    mass = np.full(m, 1.0 / m)
    for _ in range(STEPS // 3):
        once, gain, _ = _step(mass, first, last, parts, m)
        if gain <= GAIN:
            return mass
        twice, _, _ = _step(once, first, last, parts, m)
        jump, bend = once - mass, (twice - once) - (once - mass)
        size = -np.sqrt((jump @ jump) / max(float(bend @ bend), 1e-300))
        bold = np.maximum(mass - 2 * size * jump + size**2 * bend, 0)
        bold = np.where(twice > 0, np.maximum(bold, twice * 1e-6), 0)
        bold, _, fit_bold = _step(bold / bold.sum(), first, last, parts, m)
        plain, _, fit_plain = _step(twice, first, last, parts, m)
        mass = bold if fit_bold > fit_plain else plain
    raise EstimationError("The curve for days known only roughly did not settle; give more exact days.")


def _step(mass: Floats, first: Ints, last: Ints, parts: Floats, m: int) -> tuple[Floats, float, float]:
    """The next masses; how much the mean log likelihood can still gain at most; what it is."""
    running = np.concatenate(([0.0], np.cumsum(mass)))
    covered = running[last] - running[first]
    pull = parts / np.maximum(covered, 1e-300)
    slope = np.bincount(first, pull, minlength=m + 1) - np.bincount(last, pull, minlength=m + 1)
    gradient = np.cumsum(slope)[:m]
    ahead = np.maximum(mass * gradient, 0)
    return ahead / ahead.sum(), float(gradient.max() - 1), float(parts @ np.log(np.maximum(covered, 1e-300)))
