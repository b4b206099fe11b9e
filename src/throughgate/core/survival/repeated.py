"""How many returns a released person has on average by each day, when there may be several.

The mean cumulative count (Nelson 1988; Lawless and Nadeau 1995, Technometrics 37, 158-168): the sum of returns over
persons in view. Death and exile end it: nobody returns after them, and they are no censoring, so each step is
multiplied by the share who are alive and in the country (Ghosh and Lin 2000, Biometrics 56, 554-562). The variance is
the sum of squared influences of persons, so several returns of one person may depend on each other in any way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.curves import Z
from throughgate.core.survival.persons import Flags, Floats, Ints, Persons

_WORK = 4_000_000  # cells of persons x times held at once


@dataclass(frozen=True, eq=False)
class MeanCount:
    """times (m,) of returns or ends; mean (m,) returns per person released up to then, variance (m,); at_risk (m,)
    in view; persons and returns in all; until, the last day in view."""

    times: Floats
    mean: Floats
    variance: Floats
    at_risk: Floats
    persons: int
    returns: int
    until: float

    def at(self, day: float) -> tuple[float, float, float]:
        """Mean with its 95 % interval (on the log scale) on a day."""
        place = int(np.searchsorted(self.times, day, side="right")) - 1
        mean = float(self.mean[place]) if place >= 0 else 0.0
        if mean <= 0:
            people = float(self.at_risk[place]) if place >= 0 else float(self.persons)
            return 0.0, 0.0, -np.log(0.025) / max(people, 1.0)  # the exact limit of a Poisson count of none
        wide = np.exp(Z * np.sqrt(self.variance[place]) / mean)
        return mean, mean / wide, mean * wide


def mean_count(spells: Persons, person: npt.ArrayLike, returns: set[str], ends: set[str]) -> MeanCount:
    """From spells in view (entry, time] of persons (n,), their events split into returns and ends.

    A person's spells must not overlap and are on one clock, days since the first release. A gap between two spells is
    time out of view. Weights must be the same in all spells of a person.
    Raises EstimationError for overlapping spells, for an event that is neither, and after an end.
    """
    who, numbers = _numbered(spells, person)
    strange = set(spells.events) - returns - ends
    if strange:
        raise EstimationError(f"The event “{min(strange)}” is neither a return nor an end.")
    returned = np.isin(spells.event, [spells.number(name) for name in returns & set(spells.events)])
    ended = np.isin(spells.event, [spells.number(name) for name in ends & set(spells.events)])
    _check(spells, who, ended)
    times = np.unique(spells.time[returned | ended])
    order = np.lexsort((spells.event, spells.weight, spells.entry, spells.time))
    spells, who, returned, ended = spells.where(order), who[order], returned[order], ended[order]
    return _counted(spells, who, numbers, returned, ended, times)


def _counted(
    spells: Persons, who: Ints, numbers: int, returned: Flags, ended: Flags, times: Floats
) -> MeanCount:  # fmt: skip
    m = len(times)
    last = np.searchsorted(times, spells.time, side="right")
    first = np.searchsorted(times, spells.entry, side="right")
    change = np.bincount(first, spells.weight, minlength=m + 1) - np.bincount(last, spells.weight, minlength=m + 1)
    risk = change.cumsum()[:m]
    count = np.bincount(last[returned] - 1, spells.weight[returned], minlength=m)
    gone = np.bincount(last[ended] - 1, spells.weight[ended], minlength=m)
    hazard = np.divide(gone, risk, out=np.zeros(m), where=risk > 0)
    here = np.cumprod(1 - hazard)
    before = np.concatenate(([1.0], here[:-1])) if m else here
    rate = np.divide(count, risk, out=np.zeros(m), where=risk > 0)
    mean = np.cumsum(before * rate)
    variance = _variance(spells, who, numbers, (first, last), (returned, ended), (risk, before, rate, hazard, mean))
    return MeanCount(times, mean, variance, risk, numbers, int(returned.sum()), float(spells.time.max()))


def _variance(
    spells: Persons, who: Ints, numbers: int, places: tuple[Ints, Ints], kinds: tuple[Flags, Flags],
    steps: tuple[Floats, Floats, Floats, Floats, Floats],
) -> Floats:  # fmt: skip
    """(m,) sum over persons of the squared influence on the mean.

    The influence of a person at t is U - mean(t) Q: with dM the returns and dD the ends less what is expected,
    U = sum of before dM / risk + mean dD / (risk - gone), Q = sum of dD / (risk - gone), up to t.
    """
    (first, last), (returned, ended) = places, kinds
    risk, before, rate, hazard, mean = steps
    m = len(mean)
    jump = np.divide(before, risk, out=np.zeros(m), where=risk > 0)
    left = risk * (1 - hazard)
    pull = np.divide(1.0, left, out=np.zeros(m), where=left > 1e-12 * risk)
    total = np.zeros(m)
    rows = max(1, _WORK // max(m, 1))
    for begin in range(0, numbers, rows):
        mine = np.flatnonzero((who >= begin) & (who < begin + rows))
        size = min(rows, numbers - begin)
        u, q = np.zeros((size, m + 1)), np.zeros((size, m + 1))
        own = who[mine] - begin
        view = np.zeros((size, m + 1))
        np.add.at(view, (own, first[mine]), spells.weight[mine])
        np.add.at(view, (own, last[mine]), -spells.weight[mine])
        view = np.cumsum(view, axis=1)[:, :m]
        u[:, :m] = -view * (jump * rate + mean * pull * hazard)
        q[:, :m] = -view * (pull * hazard)
        for chosen, of_u, of_q in ((returned, jump, None), (ended, mean * pull, pull)):
            rows_of = mine[chosen[mine]]
            at = (who[rows_of] - begin, last[rows_of] - 1)
            np.add.at(u, at, spells.weight[rows_of] * of_u[at[1]])
            if of_q is not None:
                np.add.at(q, at, spells.weight[rows_of] * of_q[at[1]])
        influence = np.cumsum(u[:, :m], axis=1) - mean * np.cumsum(q[:, :m], axis=1)
        total += (influence**2).sum(axis=0)
    return total


def _numbered(spells: Persons, person: npt.ArrayLike) -> tuple[Ints, int]:
    """Persons as numbers that do not depend on their names or on the order of rows, but on what they lived through."""
    _, who = np.unique(np.asarray(person), return_inverse=True)
    if who.shape != spells.time.shape:
        raise EstimationError("Every spell needs its person.")
    lives: dict[int, list[tuple[float, ...]]] = {}
    for row, number in enumerate(who.tolist()):
        life = (spells.entry[row], spells.time[row], float(spells.event[row]), spells.weight[row])
        lives.setdefault(number, []).append(life)
    ranked = sorted(lives, key=lambda number: sorted(lives[number]))
    place = np.empty(len(ranked), dtype=np.int64)
    place[ranked] = np.arange(len(ranked))
    return place[who], len(ranked)


def _check(spells: Persons, who: Ints, ended: Flags) -> None:
    order = np.lexsort((spells.time, spells.entry, who))
    same = who[order][1:] == who[order][:-1]
    early = spells.entry[order][1:] < spells.time[order][:-1]
    if (same & early).any():
        row = int(order[1:][same & early][0])
        raise EstimationError(f"Row {row + 1}: the spell begins before the person's spell before it ended.")
    if (same & ended[order][:-1]).any():
        row = int(order[1:][same & ended[order][:-1]][0])
        raise EstimationError(f"Row {row + 1}: the person had died or left the country for good before it.")
    if (same & (spells.weight[order][1:] != spells.weight[order][:-1])).any():
        raise EstimationError("The weight must be the same in all rows of a person.")
