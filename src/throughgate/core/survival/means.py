"""The mean number of days free within a window, and the mean number of days lost to each event.

The restricted mean (Irwin 1949; Karrison 1987) is the area under the share still free up to day tau; the days lost to
an event are the area under its share (Andersen 2013, Statistics in Medicine 32, 5278-5285). Together they are tau.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.counting import Counts, count
from throughgate.core.survival.curves import Curves, Z, curves, effective_at, interval, share_interval
from throughgate.core.survival.persons import Floats, Persons


class Days(NamedTuple):
    """A mean in days with its standard error and 95 % interval, kept between 0 and tau."""

    mean: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Means:
    """free: days without any event up to day `tau`; lost: days lost to each event, by name."""

    tau: float
    free: Days
    lost: dict[str, Days]


def restricted_means(persons: Persons, tau: float) -> Means:
    """Mean days up to `tau`. Raises EstimationError when nobody is in view that long."""
    found = curves(persons)
    if not tau > 0:
        raise EstimationError("The window of a mean must be longer than 0 days.")
    if not found.reaches(tau):
        raise EstimationError(f"Nobody is in view on day {tau:g}: the longest time is {found.until:g} days.")
    counts = count(persons)
    kept = counts.times <= tau
    counts = Counts(counts.times[kept], counts.at_risk[kept], counts.events[:, kept], counts.persons[kept])
    free, share = found.free[kept], found.share[:, kept]
    before = np.concatenate(([1.0], free[:-1])) if len(free) else free
    lasts = np.diff(np.append(counts.times, tau))
    left = counts.at_risk - counts.all
    per_person = np.divide(1.0, left, out=np.zeros_like(left), where=left > 1e-12 * counts.at_risk)
    ahead = _ahead(free * lasts)
    coefficients = np.tile(-ahead * per_person, (len(persons.events), 1))
    days_free = float(np.sum(free * lasts) + (counts.times[0] if len(free) else tau))
    lost = {}
    for k, name in enumerate(persons.events):
        more = _ahead(share[k] * lasts) - share[k] * (tau - counts.times)  # area above today's share from now on
        each = np.tile(-more * per_person, (len(persons.events), 1))
        each[k] += before * (tau - counts.times) / counts.at_risk
        variance = _variance(persons, counts, each)
        lost[name] = days(float(np.sum(share[k] * lasts)), variance, tau, (0.0, tau * _most(persons, found, tau, k)))
    still = tau * _least_free(persons, found, tau)
    return Means(tau, days(days_free, _variance(persons, counts, coefficients), tau, (still, tau)), lost)


def _most(persons: Persons, found: Curves, tau: float, k: int) -> float:
    """The upper end of the share with an event by tau."""
    place, (_, effective) = found.at(tau), effective_at(persons, tau)
    share, variance = (found.share[k, place], found.share_variance[k, place]) if place >= 0 else (0.0, 0.0)
    return float(share_interval(np.array([share]), np.array([variance]), np.array([effective]))[1][0])


def _least_free(persons: Persons, found: Curves, tau: float) -> float:
    """The lower end of the share still free at tau."""
    place, (_, effective) = found.at(tau), effective_at(persons, tau)
    free, variance = (found.free[place], found.free_variance[place]) if place >= 0 else (1.0, 0.0)
    return float(interval(np.array([free]), np.array([variance]), np.array([effective]))[0][0])


def _ahead(areas: Floats) -> Floats:
    return np.cumsum(areas[::-1])[::-1]


def days(mean: float, variance: float, tau: float, widest: tuple[float, float]) -> Days:
    """A mean with its interval. Where nobody had the event, or all on one day, the variance is 0 though nothing is
    certain: the interval is then `widest`, made of the interval of the share at tau, which no area can pass."""
    error = float(np.sqrt(max(variance, 0.0)))
    if error <= 1e-9 * tau:
        return Days(mean, 0.0, min(mean, widest[0]), max(mean, widest[1]))
    return Days(mean, error, max(mean - Z * error, 0.0), min(mean + Z * error, tau))


def _variance(persons: Persons, counts: Counts, coefficients: Floats) -> float:
    """Of a sum over events of (K, m) coefficients, less what is expected of all in view."""
    expected = (coefficients * counts.events).sum(axis=0)
    if not persons.weighted:
        own = (coefficients**2 * counts.events).sum() - (expected**2 / counts.at_risk).sum()
        return float(own * persons.weight[0])
    persons = persons.in_order()
    running = np.concatenate(([0.0], np.cumsum(expected / counts.at_risk)))
    last = np.searchsorted(counts.times, persons.time, side="right")
    first = np.searchsorted(counts.times, persons.entry, side="right")
    influence = -(running[last] - running[first])
    beyond = counts.times[-1] if len(counts.times) else -np.inf
    had = (persons.event > 0) & (persons.time <= beyond)
    influence[had] += coefficients[persons.event[had] - 1, last[had] - 1]
    return float(np.sum((persons.weight * influence) ** 2))
