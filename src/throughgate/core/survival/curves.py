"""How many are still free, and how many had each event, day by day.

Kaplan and Meier (1958), Aalen and Johansen (1978). Without weights the variance is that of Greenwood for the share
still free, and for the share with an event that of Gaynor et al. (1993, JASA 88, 400-409), the same thing for several
ends. With weights it is the infinitesimal jackknife (Efron 1981): the sum of squared influences of the persons, which
is equal to the former when all weights are equal and nobody came into view late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from throughgate.core.survival.counting import Counts, count, in_view, people_in_view
from throughgate.core.survival.persons import Floats, Ints, Persons

Z = 1.959963984540054  # of a 95 % interval
ALPHA = 0.025
_ALL = 1e-12  # a share nearer to one than this is one: sums of weights are rounded


@dataclass(frozen=True, eq=False)
class Curves:
    """K + 1 step functions that change at m times.

    times      (m,) ascending; every function keeps its value until the next time
    at_risk    (m,) persons in view just before, weighted; people counts each once
    events     (K, m) events, weighted
    free       (m,) share still without any event, with its variance
    share      (K, m) share with each event, with variances
    until      the last day on which somebody is in view; nothing is known after it unless free is 0
    names      of the K events
    effective  (m,) persons in view, worth as many unweighted ones (Kish)
    """

    names: tuple[str, ...]
    times: Floats
    at_risk: Floats
    people: Ints
    effective: Floats
    events: Floats
    free: Floats
    free_variance: Floats
    share: Floats
    share_variance: Floats
    until: float

    def at(self, day: float) -> int:
        """The place of the last time up to `day`; -1 before the first."""
        return int(np.searchsorted(self.times, day, side="right")) - 1

    def reaches(self, day: float) -> bool:
        """Whether anything is known on that day."""
        return day <= self.until or bool(len(self.free) and self.free[-1] <= 0)

    @property
    def ran_dry(self) -> bool:
        """Whether the few in view early all had an event, so that those who came into view later count for nothing."""
        return bool(len(self.free)) and bool(self.free[:-1].size) and bool(self.free[-2] <= 0)


def curves(persons: Persons) -> Curves:
    """Aalen and Johansen's curves of a group, in O(n log n)."""
    persons = persons.in_order()
    counts = count(persons)
    risk, events, everything = counts.at_risk, counts.events, counts.all
    free = np.asarray(np.cumprod(_staying(counts)), dtype=np.float64)
    before = np.concatenate(([1.0], free[:-1])) if len(free) else free
    steps = before * events / risk
    share = np.cumsum(steps, axis=1)
    if persons.weighted:
        from_weights = _Influence(persons, counts, before)
        free_variance = from_weights.of_free(free)
        share_variance = np.array([from_weights.of_share(k, share[k]) for k in range(len(events))])
        effective = risk**2 / in_view_squares(persons, counts.times)
    else:
        spread = _ratio(everything, risk * (risk - everything))
        spreads, each = np.cumsum(spread), persons.weight[0]
        free_variance = free**2 * spreads * each
        found = [_gaynor(share[k], steps[k], before, risk, spread, spreads) * each for k in range(len(events))]
        share_variance = np.array(found)
        effective = counts.persons.astype(np.float64)
    return Curves(
        names=persons.events, times=counts.times, at_risk=risk, people=counts.persons, effective=effective,
        events=events, free=free, free_variance=free_variance.clip(0), share=share.reshape(len(events), len(free)),
        share_variance=share_variance.reshape(len(events), len(free)).clip(0), until=float(persons.time.max()),
    )  # fmt: skip


def kaplan_meier(persons: Persons) -> Curves:
    """The share still without any event, all events taken for one."""
    return curves(persons.any_event())


def interval(free: Floats, variance: Floats, effective: Floats) -> tuple[Floats, Floats]:
    """95 % for a share still free, by log(-log) (Kalbfleisch and Prentice 1980); (m,) lower, (m,) upper.

    Where nobody had the event yet, the lower end is that of Clopper and Pearson for the persons in view; where
    everybody had, the upper one. The interval of a share with an event is one less that of its complement.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        logged = np.log(free)
        width = np.exp(Z * np.sqrt(variance) / (free * np.abs(logged)))
        low, high = np.exp(logged * width), np.exp(logged / width)
    edge = ALPHA ** (1 / np.maximum(effective, 1.0))
    untouched, over = free >= 1 - _ALL, free <= _ALL
    low = np.where(untouched, edge, np.where(over, 0.0, low))
    high = np.where(untouched, 1.0, np.where(over, 1 - edge, high))
    return low, high


def share_interval(share: Floats, variance: Floats, effective: Floats) -> tuple[Floats, Floats]:
    """95 % for a share with an event."""
    low, high = interval(1 - share, variance, effective)
    return 1 - high, 1 - low


def in_view_squares(persons: Persons, times: Floats) -> Floats:
    """(m,) sum of squared weights of those in view."""
    return in_view(_reweighted(persons, persons.weight**2), times)


def effective_at(persons: Persons, day: float) -> tuple[int, float]:
    """How many persons are in view on a day, and how many unweighted ones they are worth."""
    times = np.array([day])
    squares = float(in_view_squares(persons, times)[0])
    people = int(people_in_view(persons, times)[0])
    return people, float(in_view(persons, times)[0] ** 2 / squares) if people else 0.0


def _reweighted(persons: Persons, weight: Floats) -> Persons:
    return replace(persons, weight=weight)


def _staying(counts: Counts) -> Floats:
    left = 1 - counts.all / counts.at_risk
    left[left < _ALL] = 0
    return left


def _ratio(above: Floats, below: Floats) -> Floats:
    """0 where nobody is left: what follows is multiplied by a share that is 0."""
    good = below > _ALL * np.maximum(above, 1)
    return np.divide(above, below, out=np.zeros_like(above), where=good)


def _gaynor(share: Floats, steps: Floats, before: Floats, risk: Floats, spread: Floats, spreads: Floats) -> Floats:
    """(m,) variance of one share: the equation of Gaynor et al., as running sums in powers of the share.

    `steps` are those of the share; `spreads` is the running sum of `spread`.
    """
    once = spread * share
    cross = steps / risk
    own = (before - steps) * cross
    mixed = np.cumsum(once + cross)
    return share**2 * spreads - 2 * share * mixed + np.cumsum((once + 2 * cross) * share + own)


class _Influence:
    """Sums of squared influences at all times at once.

    The influence of a person on the share F at t is U - F(t) Q, where U and Q are integrals over the days the person
    was in view; those still in view at t have the same integrand behind them since they came, so that running sums
    over persons who came, and over persons who left, are enough.
    """

    def __init__(self, persons: Persons, counts: Counts, before: Floats) -> None:
        self.counts, self.before, self.persons = counts, before, persons
        self.square = persons.weight**2
        self.last = np.searchsorted(counts.times, persons.time, side="right")
        self.first = np.searchsorted(counts.times, persons.entry, side="right")
        self.left = counts.at_risk - counts.all
        self.had = persons.event > 0
        ones = np.ones_like(self.left)
        self.risen = _led(_ratio(counts.all, counts.at_risk * self.left))  # running sum of the hazard of any event
        self.q = -(self.risen[self.last] - self.risen[self.first])
        self.q[self.had] += _ratio(ones, self.left)[self.last[self.had] - 1]

    def of_free(self, free: Floats) -> Floats:
        done = self._gone(self.q**2)
        here, there = self.risen[1:], self.risen[self.first]
        still = here**2 * self._still(1) - 2 * here * self._still(there) + self._still(there**2)
        return free**2 * (done + still)

    def of_share(self, kind: int, share: Floats) -> Floats:
        counts = self.counts
        jump, drag = self.before / counts.at_risk, share * _ratio(np.ones_like(share), self.left)
        sum_u = _led(jump * counts.events[kind] / counts.at_risk + drag * counts.all / counts.at_risk)
        u = -(sum_u[self.last] - sum_u[self.first])
        where = self.last[self.had] - 1
        u[self.had] += drag[where] + np.where(self.persons.event[self.had] == kind + 1, jump[where], 0.0)
        done = self._gone(u**2) - 2 * share * self._gone(u * self.q) + share**2 * self._gone(self.q**2)
        from_u, from_q = sum_u[self.first], self.risen[self.first]
        here = sum_u[1:] - share * self.risen[1:]
        still = here**2 * self._still(1) - 2 * here * (self._still(from_u) - share * self._still(from_q))
        apart = self._still(from_u**2) - 2 * share * self._still(from_u * from_q) + share**2 * self._still(from_q**2)
        return done + still + apart

    def _gone(self, values: Floats) -> Floats:
        """(m,) weighted sum over those whose days are over at each time."""
        return self._running(self.last, values)

    def _still(self, values: Floats | int) -> Floats:
        """(m,) the same over those who came before and are still in view after."""
        return self._running(self.first, values) - self._running(self.last, values)

    def _running(self, place: Ints, values: Floats | int) -> Floats:
        m = len(self.counts.times)
        return np.bincount(place, self.square * values, minlength=m + 1).cumsum()[1 : m + 1]


def _led(steps: Floats) -> Floats:
    """Running sums that begin with 0."""
    return np.concatenate(([0.0], np.cumsum(steps)))
