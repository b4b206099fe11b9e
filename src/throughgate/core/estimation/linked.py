"""Over many plausible linkages: who is the same person as whom is itself not certain.

Each linkage gives a table, each table a posterior of N. The linkages are equally likely, so the posterior over all is
the mixture of theirs in equal parts: its variance is that within linkages plus that between them (Rubin 1987, chapter
3; Sadinle, Annals of Applied Statistics 12, 2018, for capture-recapture).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.estimation import combining
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Combined, Draws, Estimate, Warning_, from_draws, missing
from throughgate.core.estimation.tables import Table

METHOD = "linked"
MOST_UNANSWERED = 0.05
FULL_RUNS = 1  # with more tables than that, each gets fewer draws: together they have enough


@dataclass(frozen=True)
class Weighed:
    """What one table says, and the number of linkages that gave that table."""

    found: Combined
    times: int


def estimate(tables: Sequence[Table], *, seed: int = 0) -> Combined:
    """The headline and each method over all linkages. Equal tables are computed once, and their order does not matter.

    A method stays away unless it has an estimate for all but one linkage in twenty, and so does the headline. Raises
    `EstimationError` when there is no table, or one from which nothing can be said.
    """
    if not tables:
        raise EstimationError("There is no linkage to estimate from.")
    counted = Counter(table.canonical() for table in tables)
    quick = len(counted) > FULL_RUNS
    ordered = sorted(counted, key=lambda table: (table.lists, table.counts.tolist()))
    weighed = [Weighed(combining.estimate(table, seed=seed, quick=quick), counted[table]) for table in ordered]
    methods = list(dict.fromkeys(part.method for each in weighed for part in each.found.parts))
    parts = [_over([(_named(each.found, method), each.times) for each in weighed], method) for method in methods]
    headline = _over([(each.found.headline, each.times) for each in weighed], METHOD)
    return Combined(
        headline or _none(weighed), tuple(part for part in parts if part is not None), _weights(weighed)
    )  # fmt: skip


def _named(found: Combined, method: str) -> Estimate | None:
    return next((part for part in found.parts if part.method == method), None)


def _over(estimates: Sequence[tuple[Estimate | None, int]], method: str) -> Estimate | None:
    """The mixture of those that exist; None when too many do not."""
    there = [(each, times) for each, times in estimates if each is not None and each.exists and each.draws is not None]
    whole = sum(times for _, times in estimates)
    answered = sum(times for _, times in there)
    if not there or answered < (1 - MOST_UNANSWERED) * whole:
        return None
    draws = [np.asarray(each.draws) for each, _ in there]
    mass = [np.full(each.size, times / each.size) for each, (_, times) in zip(draws, there, strict=True)]
    at = (np.arange(combining.DRAWS) + 0.5) / combining.DRAWS
    mixture = combining.quantiles(np.concatenate(draws), np.concatenate(mass), at)
    details = {"linkages": whole, "answered": answered, "between": _between(draws, [times for _, times in there])}
    return from_draws(method, mixture, warnings=_warnings(there), details=details)


def _between(draws: Sequence[Draws], times: Sequence[int]) -> float:
    """Share of the variance of N that comes from not knowing who is who."""
    means = np.array([each.mean() for each in draws])
    share = np.array(times) / sum(times)
    between = float(share @ (means - share @ means) ** 2)
    within = float(share @ np.array([each.var() for each in draws]))
    return round(between / (between + within), 4) if between + within > 0 else 0.0


def _warnings(there: Sequence[tuple[Estimate, int]]) -> tuple[Warning_, ...]:
    """Of all linkages, each code once, as the first in the tables' order that has it tells it."""
    found: dict[str, Warning_] = {}
    for each, _ in there:
        for warning in each.warnings:
            found.setdefault(warning.code, warning)
    return tuple(found.values())


def _none(weighed: Sequence[Weighed]) -> Estimate:
    """Why there is no headline: the reasons of the linkages that have none."""
    reasons: dict[str, Warning_] = {}
    for each in weighed:
        if not each.found.headline.exists:
            for warning in each.found.headline.warnings:
                reasons.setdefault(warning.code, warning)
    documented = min(int(each.found.headline.interval.low) for each in weighed)
    return missing(METHOD, documented, *reasons.values())


def _weights(weighed: Sequence[Weighed]) -> Mapping[str, float]:
    """Stated weights, averaged over the linkages."""
    whole = sum(each.times for each in weighed)
    sums: dict[str, float] = {}
    for each in weighed:
        for method, weight in each.found.weights.items():
            sums[method] = sums.get(method, 0.0) + weight * each.times / whole
    return sums
