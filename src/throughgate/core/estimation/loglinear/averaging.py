"""The estimate: every model weighed, those that do not exist left out and named, and the rest averaged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Interval, Warning_, missing
from throughgate.core.estimation.loglinear import existence, intervals, models, search, weights
from throughgate.core.estimation.loglinear.existence import Existence
from throughgate.core.estimation.loglinear.fitting import Fits, Floats, fit
from throughgate.core.estimation.tables import Table

FAMILIES = ("auto", "hierarchical", "two-way")
MOST_PROFILES = 40
MOST_CHECKS = 200
LEAST_WEIGHT = 1e-4  # a model below it changes no interval
DRAWS = 1000
STACKED = 100  # models with the best BIC among which stacking chooses


@dataclass(frozen=True)
class Candidate:
    """One model that is worth something."""

    fits: Fits
    at: int
    value: float

    @property
    def terms(self) -> tuple[int, ...]:
        """Its terms of two lists and more."""
        return self.fits.family.terms(int(self.fits.family.models[self.at]))

    @property
    def name(self) -> str:
        """As the literature writes it, with the heterogeneity if there is one."""
        spelled = models.name(self.terms, self.fits.family.k)
        return spelled if self.fits.kind == "none" else f"{spelled}+{self.fits.kind}"


@dataclass(frozen=True, eq=False)
class Weighed:
    """Models and the confidence distribution of the unseen count averaged over them.

    chosen   models, the weightiest first; worth (m,) their weights
    dropped  models left out, though they would weigh something, because their estimate does not exist
    grid     (g,) unseen counts; below (g,) the probability below each
    """

    chosen: tuple[Candidate, ...]
    worth: Floats
    dropped: int
    grid: Floats
    below: Floats

    def unseen(self, at: Floats) -> Floats:
        """The unseen count at each probability."""
        return intervals.quantiles(self.grid, self.below, at)


@lru_cache(maxsize=2)  # the bound and the estimate of one table want the same fits
def fitted(table: Table, family: str, kind: str, measure: str) -> Fits:
    """Every model of the family, or its Occam window beyond six lists."""
    if family not in FAMILIES:
        raise EstimationError(f"There is no family {family}; there are {', '.join(FAMILIES)}.")
    if family == "hierarchical" or (family == "auto" and table.k <= models.MOST_HIERARCHICAL):
        return fit(table, models.hierarchical(table.k), kind)
    if table.k <= models.MOST_TWO_WAY:
        return fit(table, models.two_way(table.k), kind)
    return search.window(table, kind, measure)


def estimate(
    table: Table,
    *,
    seed: int = 0,
    family: str = "auto",
    kinds: tuple[str, ...] = ("none",),
    criterion: str = "bic",
) -> Estimate:
    """Average over every log-linear model with its weight.

    family     "hierarchical" (to 4 lists), "two-way" (beyond 6 lists its Occam window), "auto": the largest there is
    kinds      heterogeneity columns, each fitted with every model: "none", "darroch", "chao", "gamma", "poisson"
    criterion  "bic", "aicc" or "stacking"
    Nothing is random: `seed` is taken so that all estimators are called alike. Raises `EstimationError` for unknown
    settings. An estimate without an upper end comes back when no model exists.
    """
    if criterion not in weights.CRITERIA:
        raise EstimationError(f"There is no criterion {criterion}; there are {', '.join(weights.CRITERIA)}.")
    table = table.canonical()
    found = weighed(table, family=family, kinds=kinds, criterion=criterion)
    if found is None:
        return missing("loglinear", table.documented, Warning_("no_estimate"))
    documented = float(table.documented)
    low, middle, high = (documented + found.unseen(np.array([0.025, 0.5, 0.975]))).tolist()
    draws = documented + found.unseen((np.arange(DRAWS) + 0.5) / DRAWS)
    points = [math.exp(each.fits.intercept[each.at]) for each in found.chosen]
    details = {
        "models": len(found.chosen),
        "models_without_estimate": found.dropped,
        "best": found.chosen[0].name,
        "best_estimate": documented + points[0],
        "weights": {each.name: float(share) for each, share in zip(found.chosen[:20], found.worth, strict=False)},
        "mean": documented + float(np.dot(found.worth, points)),
    }
    return Estimate("loglinear", middle, Interval(low, high), draws, _left_out(found.dropped), details)


def _left_out(models: int) -> tuple[Warning_, ...]:
    return (Warning_("loglinear_no_estimate", {"models": models}),) if models else ()


def weighed(
    table: Table, *, family: str = "auto", kinds: tuple[str, ...] = ("none",), criterion: str = "bic"
) -> Weighed | None:
    """What `estimate` is made of, for a table in canonical order; None when no model exists."""
    if table.documented == 0:
        return None
    measure = "bic" if criterion == "stacking" else criterion
    usable, dropped = _usable([fitted(table, family, kind, measure) for kind in kinds], measure)
    if not usable:
        return None
    values = np.array([each.value for each in usable])
    shares = _stacked(usable) if criterion == "stacking" else weights.from_criterion(values)
    order = [at for at in sorted(range(len(usable)), key=lambda at: (-shares[at], at)) if shares[at] >= LEAST_WEIGHT]
    chosen = [usable[at] for at in order]
    worth = shares[order] / shares[order].sum()
    roots = [intervals.signed_roots(each.fits, each.at) for each in chosen[:MOST_PROFILES]]
    others = [(each.fits.intercept[each.at], math.sqrt(each.fits.variance[each.at])) for each in chosen[MOST_PROFILES:]]
    grid, below = intervals.averaged(roots, np.array(others).reshape(-1, 2), worth)
    return Weighed(tuple(chosen), worth, dropped, grid, below)


def _usable(fits: list[Fits], measure: str) -> tuple[list[Candidate], int]:
    """Models that exist and weigh something, best first, and how many were left out though they weigh something."""
    values = [np.where(each.spread, weights.criterion(each, measure), np.inf) for each in fits]
    joined = np.concatenate(values)
    owner = np.repeat(np.arange(len(fits)), [each.size for each in values])
    place = np.concatenate([np.arange(each.size) for each in values])
    order = np.lexsort((place, owner, joined))
    order = order[np.isfinite(joined[order])]
    settled = {each.kind: existence.everything_exists(each.counts, each.family.optional, each.columns) for each in fits}
    usable: list[Candidate] = []
    dropped = 0
    furthest = -2.0 * math.log(LEAST_WEIGHT)
    for at in order.tolist():
        each = Candidate(fits[owner[at]], int(place[at]), float(joined[at]))
        if usable and each.value > usable[0].value + furthest:
            break
        found = Existence.EXISTS
        if not settled[each.fits.kind]:
            if len(usable) + dropped >= MOST_CHECKS:
                break
            found = existence.check(each.fits.counts, each.terms, each.fits.columns)
        if found.usable:
            usable.append(each)
        else:
            dropped += 1
    return usable, dropped


def _stacked(usable: list[Candidate]) -> Floats:
    """(m,) stacking weights; 0 beyond the first hundred."""
    first = usable[:STACKED]
    predictions = np.vstack([weights.left_out(each.fits, np.array([each.at])) for each in first])
    counts = first[0].fits.counts
    return np.concatenate([weights.stack(predictions, counts[counts > 0]), np.zeros(len(usable) - len(first))])


def one_model(table: Table, name: str, *, kind: str = "none") -> Estimate:
    """The estimate of one model such as [123,14,34] (lists in the table's order), with its profile-likelihood interval.

    `details` has the model's standard error, and the interval that is symmetric in the logarithm of the unseen count.
    Raises `EstimationError` when the name says no model, or its estimate does not exist for this table.
    """
    terms = models.from_name(name, table.k)
    if table.documented == 0:
        raise EstimationError("The table is empty: nobody is on any list.")
    family = models.Family(table.k, np.array(terms, dtype=np.int64), np.array([(1 << len(terms)) - 1], dtype=np.int64))
    fits = fit(table, family, kind)
    found = existence.check(fits.counts, terms, fits.columns)
    if not found.usable or not fits.converged[0]:
        raise EstimationError(f"The estimate of model {name} does not exist for this table ({found.value}).")
    unseen, error = math.exp(float(fits.intercept[0])), math.sqrt(float(fits.variance[0]))
    value = table.documented + unseen
    ratio = math.exp(min(intervals.NORMAL_975 * error, 50.0))
    details = {
        "model": models.name(terms, table.k),
        "standard_error": unseen * error,
        "log_normal": (table.documented + unseen / ratio, table.documented + unseen * ratio),
        "bic": float(weights.criterion(fits, "bic")[0]),
        "existence": found.value,
    }
    return Estimate("loglinear", value, intervals.profile_interval(fits, 0), None, (), details)
