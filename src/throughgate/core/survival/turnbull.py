"""How many had each event by each day, when its day is only known to lie between two days.

The estimate of greatest likelihood without a model (Turnbull 1976, JRSS B 38, 290-295; for several ends Hudgens,
Satten and Longini 2001, Biometrics 57, 74-80), by self-consistency steps, extrapolated (Varadhan and Roland 2008),
until the bound on what the likelihood can still gain is met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.curves import share_interval
from throughgate.core.survival.persons import Floats, Ints
from throughgate.core.survival.refusing import Refusal

STEPS = 20_000
GAIN = 1e-6  # by how much the mean log likelihood may still rise
ROUGH_GAIN = 1e-5  # the same for a draw of the bootstrap
DRAWS = 100  # of the bootstrap


@dataclass(frozen=True, eq=False)
class Intervals:
    """Mass (m,) in the intervals from `left` (m,) to `right` (m,), which is where the data can tell masses apart.

    event   (m,) code of the event, from 1; 0 for what is still open after the last day in view
    """

    left: Floats
    right: Floats
    mass: Floats
    event: Ints

    def at(self, day: float, event: int | None = None) -> tuple[float, float]:
        """The least and the greatest share by a day that the data allow, of one event or of any: inside an interval
        they differ."""
        mine = (self.event == event) | (self.event == 0) if event else np.ones(len(self.mass), dtype=bool)
        by = mine & (self.right <= day)
        begun = by | (mine & (self.left < day))
        return float(self.mass[by].sum()), float(self.mass[begun].sum())


@dataclass(frozen=True)
class Reading:
    """The share with an event by `day`: least and greatest estimate, and the 95 % interval around both."""

    day: float
    event: int
    least: float
    greatest: float
    low: float
    high: float


def turnbull(
    left: npt.ArrayLike, right: npt.ArrayLike, weight: npt.ArrayLike | None = None, event: npt.ArrayLike | None = None,
    *, gain: float = GAIN,
) -> Intervals:  # fmt: skip
    """From n persons with the event after day `left` and up to day `right`: equal where the day is known, `right` inf
    where none happened while the person was in view. `event` is which one, from 1; one for all if it is not given.

    Raises EstimationError when right < left, when nobody had an event, and when the steps do not settle."""
    low, high = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    parts = np.ones(len(low)) if weight is None else np.asarray(weight, dtype=np.float64)
    code = np.ones(len(low), dtype=np.int64) if event is None else np.asarray(event, dtype=np.int64)
    if not len(low) or not low.shape == high.shape == parts.shape == code.shape:
        raise EstimationError("Every person needs the first and the last day on which the event may have happened.")
    if np.isnan(low).any() or np.isnan(high).any() or (high < low).any() or np.isinf(low).any():
        row = int(np.argmax(np.isnan(low) | np.isnan(high) | (high < low) | np.isinf(low)))
        raise EstimationError(f"Person {row + 1}: the last possible day is before the first one.")
    if np.isinf(high).all():
        raise Refusal("limits_none")
    cells, ranges = _cells(low, high, np.where(np.isinf(high), 0, code))
    kinds, place = np.unique(ranges, axis=0, return_inverse=True)
    place = place.reshape(-1)
    order = np.lexsort((parts, place))
    together = np.bincount(place[order], parts[order])
    return Intervals(cells[0], cells[1], _settle(kinds, together / together.sum(), len(cells[0]), gain), cells[2])


def turnbull_at(
    left: Floats, right: Floats, days: list[float], *, weight: Floats | None = None, event: Ints | None = None,
    seed: int = 0, draws: int = DRAWS,
) -> list[Reading]:  # fmt: skip
    """Readings of every event, the variance from a bootstrap of persons; the order of persons does not matter.

    The bootstrap is exact in the limit where most days are known; where all are rough the estimate converges more
    slowly than it supposes (Groeneboom and Wellner 1992), and the interval is a guide.
    """
    parts = np.ones(len(left)) if weight is None else weight
    code = np.where(np.isinf(right), 0, 1 if event is None else event)
    rows, size = np.unique(np.stack((left, right, parts, code)), axis=1, return_counts=True)
    asked = [(day, kind) for kind in np.unique(code[code > 0]).tolist() for day in days]
    if not asked:
        raise Refusal("limits_none")
    found = _shares(rows, size, asked, GAIN)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(size.sum(), size / size.sum(), size=draws)
    variance = np.var([_shares(rows, each, asked, ROUGH_GAIN) for each in drawn], axis=0, ddof=1)
    effective = np.array([_effective(parts[left >= day]) for day, _ in asked])
    low, high = (share_interval(found[:, end], variance[:, end], effective)[end] for end in (0, 1))
    return [
        Reading(day, kind, float(found[place, 0]), float(found[place, 1]), float(low[place]), float(high[place]))
        for place, (day, kind) in enumerate(asked)
    ]


def _effective(weight: Floats) -> float:
    """As how many unweighted persons these count (Kish)."""
    return float(weight.sum() ** 2 / (weight**2).sum()) if len(weight) else 0.0


def _shares(rows: Floats, size: Ints, asked: list[tuple[float, int]], gain: float) -> Floats:
    """(asked, 2) least and greatest shares from so many persons of each row (left, right, weight, event)."""
    left, right, weight, event = rows[:, size > 0]
    if np.isinf(right).all():
        return np.zeros((len(asked), 2))
    curve = turnbull(left, right, weight * size[size > 0], event, gain=gain)
    return np.array([curve.at(day, kind) for day, kind in asked])


def _cells(low: Floats, high: Floats, code: Ints) -> tuple[tuple[Floats, Floats, Ints], Ints]:
    """Where mass may lie: left, right, event (m,), one event after the other; and for every person the cells it may
    have been: (n, 2 (K + 1)), first and past the last of each event, and of what comes after the last day in view."""
    opened = code == 0
    found: list[tuple[Floats, Floats, Ints]] = []
    ranges: list[Ints] = []
    begun, beyond = 0, bool(opened.any())
    for kind in range(1, int(code.max()) + 1):
        near = opened | (code == kind)
        left, right = _innermost(low[near], high[near])
        beyond = beyond and not np.isfinite(right[-1:]).all()
        left, right = left[np.isfinite(right)], right[np.isfinite(right)]
        first = np.where(low == high, np.searchsorted(right, low, "left"), np.searchsorted(right, low, "right"))
        last = np.searchsorted(right, high, side="right")
        ranges += [np.where(near, begun + first, 0), np.where(near, begun + last, 0)]
        found.append((left, right, np.full(len(left), kind)))
        begun += len(left)
    if beyond:
        found.append((low[opened].max(keepdims=True), np.array([np.inf]), np.array([0])))
        ranges += [np.where(opened, begun, 0), np.where(opened, begun + 1, 0)]
    left, right, event = (np.concatenate(each) for each in zip(*found, strict=True))
    return (left, right, event), np.stack(ranges, axis=1)


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


def _settle(kinds: Ints, parts: Floats, m: int, enough: float) -> Floats:
    """(m,) masses from (kinds, 2 (K + 1)) ranges of cells and the part of the persons with each."""
    first, last = kinds[:, ::2], kinds[:, 1::2]
    mass = np.full(m, 1.0 / m)
    for _ in range(STEPS // 3):
        once, gain, _ = _step(mass, first, last, parts, m)
        if gain <= enough:
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
    covered = (running[last] - running[first]).sum(axis=1)
    pull = parts / np.maximum(covered, 1e-300)
    each = np.repeat(pull, first.shape[1])
    slope = np.bincount(first.ravel(), each, minlength=m + 1) - np.bincount(last.ravel(), each, minlength=m + 1)
    gradient = np.cumsum(slope)[:m]
    ahead = np.maximum(mass * gradient, 0)
    return ahead / ahead.sum(), float(gradient.max() - 1), float(parts @ np.log(np.maximum(covered, 1e-300)))
