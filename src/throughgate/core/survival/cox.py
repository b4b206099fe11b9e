"""What goes with an event coming sooner or later: Cox's regression (1972), ties by Efron (1977).

Own Newton steps in NumPy, equal to R's `survival` to eight digits with ties, late entry, weights and robust errors.
None of lifelines, statsmodels and greenwood is, and each is heavy to load: docs/survival.md has the comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.chances import chi_square_tail, normal_tails
from throughgate.core.survival.curves import Z
from throughgate.core.survival.persons import Flags, Floats, Ints, Persons
from throughgate.core.survival.refusing import Refusal

STEPS = 40
FAR = 20.0  # standard deviations' worth of log hazard: no such estimate is finite
TOLERANCE = 1e-10  # of the log likelihood, relative
MINIMUM = 5  # events a coefficient needs


@dataclass(frozen=True)
class Coefficient:
    """log_ratio of hazards for one unit more, its standard error, ratio with 95 % interval, and p (Wald)."""

    name: str
    log_ratio: float
    error: float
    ratio: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class Regression:
    """coefficients in the order asked for; log likelihoods without and with them; the test of all at once (p)

    covariance  (C, C); with weights the robust one (Lin and Wei 1989)
    moving      p that a coefficient changes over time (Grambsch and Therneau 1994), by name; small is bad
    """

    event: str
    coefficients: tuple[Coefficient, ...]
    covariance: Floats
    persons: int
    events: int
    likelihood: tuple[float, float]
    p: float
    moving: dict[str, float]


def cox(persons: Persons, columns: Floats, names: Sequence[str], event: str | None = None) -> Regression:
    """Regression of the hazard of one event, or of any, on (n, C) columns of numbers.

    Persons with another event leave the view on that day: a ratio is about those who are still free, alive and in the
    country. Raises EstimationError for columns that are constant, copies or sums of others, or not numbers; for too
    few events; and when no finite estimate exists, naming the column that separates the events.
    """
    had = persons.event > 0 if event is None else persons.event == persons.number(event)
    columns = _checked(np.asarray(columns, dtype=np.float64), names, len(persons), int(had.sum()))
    order = np.lexsort((*columns.T, persons.weight, persons.entry, had, persons.time))
    columns = columns[order]  # before any sum, so that rounding does not depend on the order of rows
    scale = columns.std(axis=0)
    work = _Work(persons.where(order), had[order], (columns - columns.mean(axis=0)) / scale)
    beta, likelihoods = _climb(work, names)
    _, _, information = work.at(beta)
    inverse = np.linalg.inv(information)
    found = inverse
    if persons.weighted:
        residuals = work.residuals(beta) * work.weight[:, None]
        found = inverse @ (residuals.T @ residuals) @ inverse
    covariance = found / np.outer(scale, scale)
    wald = float(beta @ np.linalg.solve(found, beta))
    return Regression(
        event=event or "any", coefficients=coefficients(names, beta / scale, covariance), covariance=covariance,
        persons=len(persons), events=int(had.sum()), likelihood=likelihoods, p=chi_square_tail(len(beta), wald),
        moving=_moving(work, beta, names),
    )  # fmt: skip


def _checked(columns: Floats, names: Sequence[str], n: int, events: int) -> Floats:
    if columns.ndim != 2 or columns.shape != (n, len(names)) or not names:
        raise EstimationError("A regression needs one column of numbers or more, each with a name.")
    if not np.isfinite(columns).all():
        bad = int(np.argmax(~np.isfinite(columns).all(axis=0)))
        raise EstimationError(f"Column “{names[bad]}” has a value that is not a number.")
    for name, column in zip(names, columns.T, strict=True):
        if (column == column[0]).all():
            raise Refusal("constant", column=name)
    centred = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    for place in range(1, len(names)):
        if np.linalg.matrix_rank(centred[:, : place + 1], tol=1e-8 * np.sqrt(n)) <= place:
            raise Refusal("copied", column=names[place])
    if events < MINIMUM * len(names):
        raise Refusal("few_events", events=events, columns=len(names), least=MINIMUM)
    return columns


class _Work:
    """Sums over those in view, for every event; persons sorted by time.

    Of d events on one day the l-th (l = 0 ... d - 1) is compared with those in view less l / d of those who had the
    event that day, and counts with the mean weight of the d: Efron's ties.
    """

    def __init__(self, persons: Persons, had: Flags, columns: Floats) -> None:
        self.persons, self.columns, self.weight = persons, columns, persons.weight / persons.weight.mean()
        self.rows = np.flatnonzero(had)
        self.had = had
        self.times, self.day, size = np.unique(persons.time[had], return_inverse=True, return_counts=True)
        starts = np.cumsum(size) - size
        self.tied = (np.arange(len(self.rows)) - starts[self.day]) / size[self.day]
        mean = np.bincount(self.day, self.weight[had]) / size
        self.event_weight = mean[self.day]
        self.last = np.searchsorted(self.times, persons.time, side="right")
        self.first = np.searchsorted(self.times, persons.entry, side="right")

    def in_view(self, values: Floats) -> Floats:
        """(T, ...) sums over those in view on every day of an event."""
        return _later(values, self.last, len(self.times)) - _later(values, self.first, len(self.times))

    def on_day(self, values: Floats) -> Floats:
        """(T, ...) sums over those with the event that day."""
        summed = np.zeros((len(self.times), *values.shape[1:]))
        np.add.at(summed, self.day, values[self.rows])
        return summed

    def sums(self, beta: Floats) -> tuple[Floats, Floats, Floats]:
        """(E,), (E, C), (E, C, C): sums of risks, of risks times columns, times their products, for every event."""
        risk = self.weight * np.exp(self.columns @ beta)
        first = risk[:, None] * self.columns
        second = first[:, :, None] * self.columns[:, None, :]
        parts = []
        for values in (risk, first, second):
            less = self.tied.reshape(-1, *[1] * (values.ndim - 1)) * self.on_day(values)[self.day]
            parts.append(self.in_view(values)[self.day] - less)
        return parts[0], parts[1], parts[2]

    def at(self, beta: Floats) -> tuple[float, Floats, Floats]:
        """Log likelihood, (C,) score, (C, C) information."""
        total, first, second = self.sums(beta)
        mean = first / total[:, None]
        own = self.columns[self.rows]
        weight = self.event_weight
        likelihood = float(self.weight[self.rows] @ (own @ beta) - weight @ np.log(total))
        score = self.weight[self.rows] @ own - weight @ mean
        spread = second / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
        return likelihood, score, np.einsum("e,eij->ij", weight, spread)

    def residuals(self, beta: Floats) -> Floats:
        """(n, C) score residuals per unit of weight (Therneau and Grambsch 2000, section 7.1)."""
        total, first, _ = self.sums(beta)
        mean = first / total[:, None]
        hazard = self.event_weight / total
        running = self._running(hazard), self._running(hazard[:, None] * mean)
        span = running[0][self.last] - running[0][self.first]
        span_mean = running[1][self.last] - running[1][self.first]
        risk = np.exp(self.columns @ beta)
        found: Floats = -risk[:, None] * (self.columns * span[:, None] - span_mean)
        size = np.bincount(self.day)
        average = np.zeros((len(self.times), mean.shape[1]))
        np.add.at(average, self.day, mean)
        found[self.rows] += self.columns[self.rows] - (average / size[:, None])[self.day]
        spared, spared_mean = np.bincount(self.day, self.tied * hazard), np.zeros_like(average)
        np.add.at(spared_mean, self.day, (self.tied * hazard)[:, None] * mean)
        back = self.columns[self.rows] * spared[self.day][:, None] - spared_mean[self.day]
        found[self.rows] += risk[self.rows][:, None] * back
        return found

    def _running(self, values: Floats) -> Floats:
        summed = np.zeros((len(self.times) + 1, *values.shape[1:]))
        np.add.at(summed, self.day + 1, values)
        return np.asarray(np.cumsum(summed, axis=0), dtype=np.float64)


def _later(values: Floats, place: Ints, m: int) -> Floats:
    """(m, ...) sum of the values whose place is past each of 0 ... m - 1."""
    summed = np.zeros((m + 1, *values.shape[1:]))
    np.add.at(summed, place, values)
    return np.asarray(np.cumsum(summed[::-1], axis=0)[::-1][1:], dtype=np.float64)


def _climb(work: _Work, names: Sequence[str]) -> tuple[Floats, tuple[float, float]]:
    """Newton's steps, halved when they lead down."""
    beta = np.zeros(work.columns.shape[1])
    here, score, information = work.at(beta)
    start = here
    settled = False
    for _ in range(STEPS):
        step = _solved(information, score, names, beta)
        ahead = work.at(beta + step)
        while not ahead[0] >= here - abs(here) * TOLERANCE and np.abs(step).max() > 1e-12:
            step = step / 2
            ahead = work.at(beta + step)
        beta = beta + step
        settled = abs(ahead[0] - here) <= TOLERANCE * (abs(here) + 1) and np.abs(step).max() < 1e-7
        here, score, information = ahead
        if settled or np.abs(beta).max() > FAR:
            break
    if not settled:
        raise _separated(names, beta)
    return np.asarray(beta, dtype=np.float64), (start, here)


def _solved(information: Floats, score: Floats, names: Sequence[str], beta: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(information, score), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise _separated(names, beta) from None


def _separated(names: Sequence[str], beta: Floats) -> EstimationError:
    worst = names[int(np.argmax(np.abs(beta)))]
    return Refusal("separated", column=worst)


def coefficients(names: Sequence[str], beta: Floats, covariance: Floats) -> tuple[Coefficient, ...]:
    """Coefficients with what follows from their covariance."""
    errors = np.sqrt(np.diag(covariance))
    made = []
    for name, value, error in zip(names, beta.tolist(), errors.tolist(), strict=True):
        low, high = np.exp(value - Z * error), np.exp(value + Z * error)
        p = normal_tails(value / error)
        made.append(Coefficient(name, value, error, float(np.exp(value)), float(low), float(high), p))
    return tuple(made)


def _moving(work: _Work, beta: Floats, names: Sequence[str]) -> dict[str, float]:
    """p of the score test that a coefficient grows or falls with the day, for every column by itself."""
    total, first, second = work.sums(beta)
    mean = first / total[:, None]
    residual = work.weight[work.rows][:, None] * work.columns[work.rows] - work.event_weight[:, None] * mean
    spread = second / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
    day = work.times[work.day]
    day = day - day.mean()
    score = day @ residual
    plain, once, twice = (np.einsum("e,eij->ij", work.event_weight * day**power, spread) for power in (0, 1, 2))
    variance = np.diag(twice - once @ np.linalg.solve(plain, once))
    return {
        name: chi_square_tail(1, one**2 / of) if of > 0 else 1.0
        for name, one, of in zip(names, score.tolist(), variance.tolist(), strict=True)
    }
