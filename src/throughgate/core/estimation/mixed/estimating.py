"""The mixed model's estimate: N for each draw, what doubled and halved priors would make of it, and what is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Warning_, from_draws, missing
from throughgate.core.estimation.limits import FEWEST_DRAWS, FEWEST_LISTS, LEAST_FIT, MOST_MOVED, MOST_RHAT
from throughgate.core.estimation.mixed import checking
from throughgate.core.estimation.mixed.prior import Floats, Layout, Prior
from throughgate.core.estimation.mixed.sampling import draw
from throughgate.core.estimation.tables import Table, check

METHOD = "mixed"
MOST_LISTS = 8
DRAWS = 1000


def estimate(table: Table, *, seed: int = 0, prior: Prior | None = None, quick: bool = False) -> Estimate:
    """N under the mixed model, with the prior 1/N.

    quick  takes one round of draws, for what is computed again and again, such as without each list

    `details` has `r_hat`, `effective_draws`, `fit` (the p-value of `checking`; 1 with three lists, whose tables all
    fit), `moved` (by how much the median moves when the prior of N, or of how people differ, is doubled or halved),
    and the posterior probabilities of a hidden kind and of a spread.
    Raises `EstimationError` for fewer than 3 or more than 8 lists.
    """
    table = check(table.canonical())
    if not FEWEST_LISTS <= table.k <= MOST_LISTS:
        raise EstimationError(f"The mixed model is for {FEWEST_LISTS} to {MOST_LISTS} lists, not {table.k}.")
    believed = prior or Prior()
    found = draw(table, believed, seed=seed, quick=quick)
    unseen = found.unseen.ravel()
    if not np.isfinite(unseen).all() or (unseen >= 1).any():
        return missing(METHOD, table.documented, Warning_("not_converged"))
    persons = table.documented + _on_no_list(table.documented, unseen, seed)
    parameters = found.parameters.reshape(-1, found.layout.size)
    moved = _moved(persons, parameters, found.layout, believed)
    agreed, worth = found.r_hat, found.effective
    fit = 1.0
    if table.k >= checking.FEWEST_LISTS:
        fit = checking.p_value(table, parameters, found.layout, believed, seed=seed)
    details = {
        "fit": round(fit, 4),
        "r_hat": round(agreed, 4),
        "effective_draws": round(worth),
        "moved": {name: round(by, 4) for name, by in moved.items()},
        "hidden_kind": round(float((parameters[:, found.layout.gap] > 0).mean()), 3),
        "spread": round(float((parameters[:, found.layout.spread] > 0).mean()), 3),
    }
    return from_draws(METHOD, _thinned(persons), warnings=_warnings(agreed, worth, moved, fit), details=details)


def _on_no_list(documented: int, unseen: Floats, seed: int) -> Floats:
    """Given that probability of being on no list, and the prior 1/N, the unseen are negative binomial."""
    rng = np.random.default_rng([seed, 1])
    return rng.negative_binomial(documented, np.clip(1 - unseen, 1e-9, 1 - 1e-12)).astype(np.float64)


def _thinned(persons: Floats) -> Floats:
    return np.asarray(np.quantile(persons, (np.arange(DRAWS) + 0.5) / DRAWS))


def _moved(persons: Floats, parameters: Floats, shape: Layout, prior: Prior) -> dict[str, float]:
    """By how much the median moves, as a share, by weighing the draws anew (importance weights).

    Of N: 1/N doubled is 1/N^2, halved 1/sqrt(N). Of people: twice and half the deviations of gap and spread.
    """
    middle = float(np.median(persons))
    tilts = {"size": [-np.log(persons), 0.5 * np.log(persons)], "people": []}
    for times in (2.0, 0.5):
        other = replace(
            prior, gap_deviation=prior.gap_deviation * times, spread_deviation=prior.spread_deviation * times
        )
        tilts["people"].append(_people(parameters, shape, other) - _people(parameters, shape, prior))
    return {name: max(abs(_median(persons, tilt) / middle - 1) for tilt in each) for name, each in tilts.items()}


def _people(parameters: Floats, shape: Layout, prior: Prior) -> Floats:
    """Log prior density of gap and spread, where the number alone decides; below nothing it is the same for all."""
    gap = (parameters[:, shape.gap] - prior.gap) / prior.gap_deviation
    spread = (parameters[:, shape.spread] - prior.spread) / prior.spread_deviation
    scale = np.log(prior.gap_deviation) + np.log(prior.spread_deviation)
    return np.asarray(-0.5 * (gap**2 + spread**2) - scale)


def _median(persons: Floats, tilt: Floats) -> float:
    order = np.argsort(persons, kind="stable")
    weight = np.cumsum(np.exp(tilt - tilt.max())[order])
    return float(persons[order][np.searchsorted(weight, weight[-1] / 2)])


def _warnings(agreed: float, worth: float, moved: dict[str, float], fit: float) -> tuple[Warning_, ...]:
    found = []
    if max(moved.values()) > MOST_MOVED:
        found.append(Warning_("prior_driven", {"moved": max(moved.values())}))
    if agreed > MOST_RHAT:
        found.append(Warning_("rhat", {"value": agreed}))
    if worth < FEWEST_DRAWS:
        found.append(Warning_("few_draws", {"value": int(worth)}))
    if fit < LEAST_FIT:
        found.append(Warning_("poor_fit", {"p": fit}))
    return tuple(found)
