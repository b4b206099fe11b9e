"""Whether groups differ: the log-rank test, and that of Gray for one of several ends.

The log-rank test (Mantel 1966; Peto and Peto 1972) compares hazards: how often the event comes among those to whom
nothing happened yet. Gray's test (1988, Annals of Statistics 16, 1141-1154) compares the shares with the event, and
is the one that belongs to the curves when there are other ends. Neither takes weights: with weights, ask `cox`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.chances import chi_square_tail
from throughgate.core.survival.counting import count, in_view
from throughgate.core.survival.persons import Floats, Persons


@dataclass(frozen=True)
class Test:
    """statistic   chi-square with `freedom` degrees of freedom if the groups do not differ, `p` its tail
    observed    events in every group; expected if they did not differ (None for Gray's test)"""

    name: str
    statistic: float
    freedom: int
    p: float
    observed: tuple[float, ...]
    expected: tuple[float, ...] | None = None


def log_rank(groups: Sequence[Persons], event: str | None = None) -> Test:
    """Compares the hazard of one event, or of any, among two or more groups.

    Others who had another event leave the view on that day. Ties take the exact hypergeometric variance.
    Raises EstimationError with fewer than two groups, with weights, and when no group had the event.
    """
    _check(groups)
    only = [_only(group, event) for group in groups]
    times = _times(only, event)
    risk = np.array([in_view(group, times) for group in only])
    had = np.array([_at(group, times)[0] for group in only])
    total, events = risk.sum(axis=0), had.sum(axis=0)
    part = risk / total
    expected = (part * events).sum(axis=1)
    factor = events * (total - events) / np.maximum(total - 1, 1)
    covariance = np.diag((part * factor).sum(axis=1)) - np.einsum("it,jt,t->ij", part, part, factor)
    observed = had.sum(axis=1)
    return _test("log-rank", observed - expected, covariance, observed, expected)


def gray(groups: Sequence[Persons], event: str) -> Test:
    """Compares the share with one event among two or more groups; other events are ends that prevent it.

    Raises EstimationError as `log_rank` does, and when persons came into view late, for which it is not made.
    """
    _check(groups)
    if any(group.delayed for group in groups):
        raise EstimationError("Gray's test is not made for persons who came into view late; use the log-rank test.")
    number = groups[0].number(event)
    times = _times(groups, None)
    main = np.array([_at(group, times)[number - 1] for group in groups])
    rest = np.array([_at(group, times).sum(axis=0) for group in groups]) - main
    if not main.any():
        raise EstimationError(f"Nobody had the event “{event}”, so there is nothing to compare.")
    risk = np.array([in_view(group, times) for group in groups])
    score, covariance = _gray_score(risk, main, rest)
    return _test("Gray", score, covariance, main.sum(axis=1), None)


def _gray_score(risk: Floats, main: Floats, rest: Floats) -> tuple[Floats, Floats]:
    """Score and covariance (G,), (G, G) from (G, T) persons in view, events asked for, and other events.

    With S the share still free of a group, F the common share with the event, Y those in view: the weight of a group
    is Y / S, and the influence on its score of what happens in group i is the derivative of the weighted difference
    between the group's own and the common share, with F estimated from all groups together (Gray 1988, section 3).
    """
    free, before = _free(risk, main, rest)
    inside = np.where((risk > 0) & (before > 0), risk, 0.0)
    exposed = np.divide(inside, before, out=np.zeros_like(risk), where=before > 0)  # Y / S
    pooled = exposed.sum(axis=0)
    events = main.sum(axis=0)
    step = np.divide(events, pooled, out=np.zeros_like(pooled), where=pooled > 0)
    common = np.cumsum(step)
    common_before = common - step
    own_steps = np.divide(before * main, risk, out=np.zeros_like(risk), where=risk > 0)
    own_before = np.cumsum(own_steps, axis=1) - own_steps
    ridge = exposed * (1 - own_before)
    score = (main - events * ridge / np.where(ridge.sum(axis=0) > 0, ridge.sum(axis=0), 1)).sum(axis=1)
    covariance = np.zeros((len(risk), len(risk)))
    for i in range(len(risk)):
        covariance += _from_group(i, exposed, pooled, step, common, common_before, free, before, risk, main, rest)
    return score, covariance


def _from_group(
    i: int, exposed: Floats, pooled: Floats, step: Floats, common: Floats, common_before: Floats,
    free: Floats, before: Floats, risk: Floats, main: Floats, rest: Floats,
) -> Floats:  # fmt: skip
    """(G, G) part of the covariance that comes from what is uncertain in group i."""
    unit = np.zeros((len(exposed), 1))
    unit[i] = 1
    share = np.divide(exposed, pooled, out=np.zeros_like(exposed), where=pooled > 0)
    weight = exposed[i] * (unit - share)  # (G, T)
    behind = np.cumsum(weight * step / (1 - common_before), axis=1)
    ahead = behind[:, -1:] - behind
    pull = 1 - np.divide(1 - common, free[i], out=np.zeros_like(common), where=free[i] > 0)
    pull_rest = np.divide(1 - common, free[i], out=np.zeros_like(common), where=free[i] > 0)
    events, here = main.sum(axis=0), risk[i] > 0
    tied = 1 - np.divide(events - 1, pooled * before[i] - 1, out=np.zeros_like(pooled), where=events > 1)
    spread = np.divide(tied * before[i] * step, risk[i], out=np.zeros_like(step), where=here)
    tied_rest = 1 - np.divide(rest[i] - 1, risk[i] - 1, out=np.zeros_like(step), where=rest[i] > 1)
    spread_rest = np.divide(tied_rest * before[i] ** 2 * rest[i], risk[i] ** 2, out=np.zeros_like(step), where=here)
    one, other = weight + pull * ahead, pull_rest * ahead
    made: Floats = (one * spread) @ one.T + (other * spread_rest) @ other.T
    return made


def _free(risk: Floats, main: Floats, rest: Floats) -> tuple[Floats, Floats]:
    hazard = np.divide(main + rest, risk, out=np.zeros_like(risk), where=risk > 0)
    free = np.cumprod(1 - hazard, axis=1)
    return free, np.concatenate((np.ones((len(risk), 1)), free[:, :-1]), axis=1)


def _check(groups: Sequence[Persons]) -> None:
    if len(groups) < 2:
        raise EstimationError("A comparison needs two groups or more.")
    if any(group.weighted for group in groups):
        raise EstimationError("The log-rank test and Gray's do not take weights; compare the groups by regression.")


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


def _at(group: Persons, times: Floats) -> Floats:
    """(K, T) events of a group at the times of all groups."""
    counts = count(group)
    spread = np.zeros((len(group.events), len(times)))
    spread[:, np.searchsorted(times, counts.times)] = counts.events
    return spread


def _test(name: str, score: Floats, covariance: Floats, observed: Floats, expected: Floats | None) -> Test:
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True))
    statistic = float(score @ np.linalg.pinv(covariance, hermitian=True) @ score)
    return Test(
        name, statistic, freedom, chi_square_tail(freedom, statistic),
        tuple(observed.tolist()), None if expected is None else tuple(expected.tolist()),
    )  # fmt: skip
