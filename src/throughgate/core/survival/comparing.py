"""Whether groups differ: the log-rank test, and that of Gray for one of several ends.

The log-rank test (Mantel 1966; Peto and Peto 1972) compares hazards: how often the event comes among those to whom
nothing happened yet. Gray's test (1988, Annals of Statistics 16, 1141-1154) compares the shares with the event, and
is the one that belongs to the curves when there are other ends. Where persons have weights (and, for Gray's test, where
they came into view late) the scores are made of weighted sums and their variance is the robust one of `robust`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.chances import chi_square_tail
from throughgate.core.survival.counting import count, in_view, people_in_view
from throughgate.core.survival.persons import Floats, Persons
from throughgate.core.survival.refusing import Refusal
from throughgate.core.survival.robust import gray_covariance, log_rank_covariance, over

_ALL = 1e-12  # a share nearer to one than this is one: sums of weights are rounded

NOTHING = 1e-9
"""A variance that is this share of the largest is a rounding error."""


@dataclass(frozen=True)
class Test:
    """statistic   chi-square with `freedom` degrees of freedom if the groups do not differ, `p` its tail
    variance    `hypergeometric` (log-rank), `gray` (of his article), or `robust`
    observed    events in every group, weighted; expected if they did not differ (None for Gray's test)"""

    name: str
    statistic: float
    freedom: int
    p: float
    variance: str
    observed: tuple[float, ...]
    expected: tuple[float, ...] | None = None


def log_rank(groups: Sequence[Persons], event: str | None = None) -> Test:
    """Compares the hazard of one event, or of any, among two or more groups.

    Others who had another event leave the view on that day. Ties take the exact hypergeometric variance; with weights
    the variance is robust. Raises EstimationError with fewer than two groups, and when no group had the event.
    """
    groups, weighted = _scaled(groups)
    only = [_only(group, event) for group in groups]
    times = _times(only, event)
    risk = np.array([_risk(group, times) for group in only])
    had = np.array([_at(group, times)[0] for group in only])
    total, events = risk.sum(axis=0), had.sum(axis=0)
    part = risk / total
    expected = (part * events).sum(axis=1)
    if weighted:
        covariance = log_rank_covariance(only, times, part, events / total)
    else:
        factor = events * (total - events) / np.maximum(total - 1, 1)
        covariance = np.diag((part * factor).sum(axis=1)) - np.einsum("it,jt,t->ij", part, part, factor)
    observed = had.sum(axis=1)
    variance = "robust" if weighted else "hypergeometric"
    return _test("log-rank", variance, observed - expected, covariance, observed, expected)


def gray(groups: Sequence[Persons], event: str) -> Test:
    """Compares the share with one event among two or more groups; other events are ends that prevent it.

    With weights, and when persons came into view late, the variance is robust (Gray's own holds for neither). Raises
    EstimationError as `log_rank` does, and when all in view early had an event before others came into view.
    """
    groups, weighted = _scaled(groups)
    number = groups[0].number(event)
    times = _times(groups, None)
    main = np.array([_at(group, times)[number - 1] for group in groups])
    rest = np.array([_at(group, times).sum(axis=0) for group in groups]) - main
    if not main.any():
        raise EstimationError(f"Nobody had the event “{event}”, so there is nothing to compare.")
    risk = np.array([_risk(group, times) for group in groups])
    pooled = _Pooled.of(risk, main, rest)
    if ((pooled.before <= 0) & (risk > 0)).any():
        raise Refusal("dry_group")
    robust = weighted or any(group.delayed for group in groups)
    if robust:
        lines = [(risk[i], main[i], rest[i], pooled.before[i], pooled.share[i]) for i in range(len(groups))]
        covariance = gray_covariance(groups, times, number, lines)
    else:
        covariance = np.sum([pooled.from_group(i) for i in range(len(groups))], axis=0)
    return _test("Gray", "robust" if robust else "gray", pooled.score(), covariance, main.sum(axis=1), None)


@dataclass(frozen=True, eq=False)
class _Pooled:
    """What happens in G groups on T days, and the curves without and with the assumption that they are alike.

    risk, main, rest   (G, T) persons in view, with the event asked for, with another one
    free, before       (G, T) share still free after and before every day
    share              (G, T) share with the event before every day
    exposed            (G, T) persons in view over the share still free: those who would be, had nobody had an event
    step, common       (T,) the share with the event if the groups do not differ: what a day adds, and the sum
    """

    risk: Floats
    main: Floats
    rest: Floats
    free: Floats
    before: Floats
    share: Floats
    exposed: Floats
    step: Floats
    common: Floats

    @classmethod
    def of(cls, risk: Floats, main: Floats, rest: Floats) -> _Pooled:
        free, before = _free(risk, main, rest)
        exposed = over(np.where(before > 0, risk, 0.0), before)
        step = over(main.sum(axis=0), exposed.sum(axis=0))
        own = over(before * main, risk)
        return cls(risk, main, rest, free, before, np.cumsum(own, axis=1) - own, exposed, step, np.cumsum(step))

    def score(self) -> Floats:
        """(G,) events of the group less its part of all, those with other events staying in its weight."""
        weight = self.exposed * (1 - self.share)
        expected = self.main.sum(axis=0) * over(weight, weight.sum(axis=0))
        difference: Floats = (self.main - expected).sum(axis=1)
        return difference

    def from_group(self, i: int) -> Floats:
        """(G, G) part of the covariance that comes from what is uncertain in group i.

        What happens on a day moves the scores at once (`weight`) and, through the estimated share, later (`ahead`).
        """
        pooled, before, risk = self.exposed.sum(axis=0), self.before[i], self.risk[i]
        unit = np.zeros((len(self.exposed), 1))
        unit[i] = 1
        weight = self.exposed[i] * (unit - over(self.exposed, pooled))
        behind = np.cumsum(weight * self.step / (1 - self.common + self.step), axis=1)
        ahead = behind[:, -1:] - behind
        blocked = over(1 - self.common, self.free[i])
        events = self.main.sum(axis=0)
        spread = over((1 - over(np.maximum(events - 1, 0), pooled * before - 1)) * before * self.step, risk)
        tied = 1 - over(np.maximum(self.rest[i] - 1, 0), risk - 1)
        spread_rest = over(tied * before**2 * self.rest[i], risk**2)
        main, rest = weight + (1 - blocked) * ahead, blocked * ahead
        made: Floats = (main * spread) @ main.T + (rest * spread_rest) @ rest.T
        return made


def _free(risk: Floats, main: Floats, rest: Floats) -> tuple[Floats, Floats]:
    staying = 1 - over(main + rest, risk)
    staying[staying < _ALL] = 0
    free = np.cumprod(staying, axis=1)
    before = np.concatenate((np.ones((len(risk), 1)), free[:, :-1]), axis=1)
    return np.asarray(free, dtype=np.float64), np.asarray(before, dtype=np.float64)


def _scaled(groups: Sequence[Persons]) -> tuple[list[Persons], bool]:
    """The groups, and whether some persons stand for more than others; one weight for all counts each as one."""
    if len(groups) < 2:
        raise EstimationError("A comparison needs two groups or more.")
    first = groups[0].weight[0]
    if any((group.weight != first).any() for group in groups):
        return list(groups), True
    return [replace(group, weight=np.ones(len(group))) for group in groups], False


def _only(group: Persons, event: str | None) -> Persons:
    """One kind of event left, others made an end of view."""
    if event is None:
        return group.any_event()
    mine = group.event == group.number(event)
    return Persons.coded(group.time, mine.astype(np.int64), (event,), entry=group.entry, weight=group.weight)


def _times(groups: Sequence[Persons], event: str | None) -> Floats:
    times = np.unique(np.concatenate([group.time[group.event > 0] for group in groups]))
    if len(times) == 0:
        raise EstimationError(f"Nobody had {'an' if event is None else 'the'} event, so there is nothing to compare.")
    return times


def _risk(group: Persons, times: Floats) -> Floats:
    """(T,) weight of those in view; 0, not a rounding error, where there is nobody."""
    people = people_in_view(group, times)
    return np.where(people > 0, in_view(group, times), 0.0) if group.weighted else people * group.weight[0]


def _at(group: Persons, times: Floats) -> Floats:
    """(K, T) events of a group at the times of all groups."""
    counts = count(group)
    spread = np.zeros((len(group.events), len(times)))
    spread[:, np.searchsorted(times, counts.times)] = counts.events
    return spread


def _test(
    name: str, variance: str, score: Floats, covariance: Floats, observed: Floats, expected: Floats | None
) -> Test:  # fmt: skip
    # The scores of all groups add up to nothing, so one direction varies by rounding only, and counts for none.
    spread, along = np.linalg.eigh(covariance)
    real = spread > NOTHING * spread.max()
    freedom = int(real.sum())
    statistic = float(((score @ along)[real] ** 2 / spread[real]).sum())
    return Test(
        name, statistic, freedom, chi_square_tail(freedom, statistic), variance,
        tuple(observed.tolist()), None if expected is None else tuple(expected.tolist()),
    )  # fmt: skip
