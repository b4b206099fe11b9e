"""One headline from a stated mixture of assumptions, and every single result beside it.

No assumption about the persons on no list can be tested on the persons on some, so none is chosen: each method's
posterior of N gets a weight that was written down beforehand, and the headline is their mixture (a linear opinion pool;
Stone, Annals of Mathematical Statistics 32, 1961; Clemen and Winkler, Risk Analysis 19, 1999). Its interval
leaves 2.5 % of the mixture on either side, so it widens where the methods disagree. No weight looks at the table.

No model holds exactly. The persons on no list, as every method has them, are therefore off by a factor whose logarithm
is normal with deviation 0.1 (a model discrepancy; Kennedy and O'Hagan, JRSS B 63, 2001): it matters where counts are
so large that an interval would be narrower than its own assumptions are true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation import graphs, latent, loglinear, mixed
from throughgate.core.estimation.estimates import Combined, Draws, Estimate, Interval, Warning_, missing
from throughgate.core.estimation.light import too_little
from throughgate.core.estimation.limits import MOST_MOVED
from throughgate.core.estimation.tables import Table, check

METHOD = "combined"
WEIGHTS: Mapping[str, float] = {
    "mixed": 0.7,  # people of several kinds, who differ within them, and lists tied to each other
    "heterogeneity": 0.15,  # people who differ along one line, or not, and lists tied to each other
    "loglinear": 0.075,  # people alike, lists tied to each other in any way
    "graphs": 0.075,  # people alike, lists tied to each other in chains
}
"""Latent classes are shown beside, without a weight: the mixed model has them within it."""
DRAWS = 1000
DISCREPANCY = 0.1
BLURRED = 15  # quantiles of the discrepancy for each draw
TOLD = ("rhat", "few_draws", "not_converged", "no_upper_end", "poor_fit")


def estimate(table: Table, *, seed: int = 0, quick: bool = False) -> Combined:
    """The mixture over all methods that give a posterior for *table*, and each of them.

    quick  takes fewer draws and leaves out what has no weight, for what is computed again and again

    Where the lists do not tell N - fewer than three, one that shares fewer than five persons with the others, or no
    posterior of the mixed model - the headline does not exist, and says why. Raises `EstimationError` for no table.
    """
    table = check(table.canonical())
    reasons = too_little(table)
    if reasons:
        return Combined(missing(METHOD, table.documented, *reasons), ())
    parts = _parts(table, seed, quick=quick)
    weighed = {part.method: part for part in parts if part.exists and part.draws is not None}
    if "mixed" not in weighed:
        return Combined(missing(METHOD, table.documented, Warning_("not_identified")), parts)
    weights = shares([name for name in WEIGHTS if name in weighed])
    draws = pooled({name: weighed[name] for name in weights}, weights, table.documented)
    return Combined(_headline(draws, weighed["mixed"], weights["mixed"]), parts, weights)


def shares(names: list[str]) -> dict[str, float]:
    """The stated weights of those methods, made to add up to 1."""
    whole = sum(WEIGHTS[name] for name in names)
    return {name: WEIGHTS[name] / whole for name in names}


def pooled(parts: Mapping[str, Estimate], weights: Mapping[str, float], documented: int) -> Draws:
    """(1000,) equally likely values of N from the mixture, discrepancy included: its quantiles."""
    values = [blurred(np.asarray(parts[name].draws), documented) for name in weights]
    mass = [np.full(each.size, weights[name] / each.size) for name, each in zip(weights, values, strict=True)]
    return quantiles(np.concatenate(values), np.concatenate(mass), (np.arange(DRAWS) + 0.5) / DRAWS)


def blurred(persons: Draws, documented: int) -> Draws:
    """Every value of N with its unseen persons off by the discrepancy: 15 times as many values."""
    factor = np.exp(DISCREPANCY * scipy.special.ndtri((np.arange(BLURRED) + 0.5) / BLURRED))
    unseen = np.maximum(persons - documented, 0.0)
    return np.asarray((documented + unseen[:, None] * factor).ravel(), dtype=np.float64)


def quantiles(values: Draws, mass: Draws, at: Draws) -> Draws:
    """Of weighted *values*: the smallest with at least that share of the *mass* at or below it."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(mass[order])
    found = np.searchsorted(below / below[-1], at - 1e-12)
    return np.asarray(values[order][np.minimum(found, values.size - 1)], dtype=np.float64)


def _parts(table: Table, seed: int, *, quick: bool) -> tuple[Estimate, ...]:
    fewer = _fewer(table)
    parts = [loglinear.estimate(table, seed=seed)]
    if not quick or table.k < graphs.MOST_LISTS:  # from six lists on there are too many models to fit three times
        unequal = loglinear.estimate(table, seed=seed, kinds=("none", "darroch", "chao"))
        parts.append(replace(unequal, method="heterogeneity"))
    if table.k <= graphs.MOST_LISTS:
        parts.append(graphs.estimate(table, seed=seed))
    if not quick:
        parts += [latent.estimate(fewer, seed=seed, dependence=tied) for tied in (False, True)]
    return (*parts, mixed.estimate(fewer, seed=seed, quick=quick))


def _fewer(table: Table) -> Table:
    """With its two shortest lists made one until the mixed model can take them: one list of both is a list too."""
    while table.k > mixed.MOST_LISTS:
        one, other = sorted(table.lists, key=lambda name: (table.on(name), name))[:2]
        table = table.merged(one, other)
    return table


def _headline(draws: Draws, mixture: Estimate, weight: float) -> Estimate:
    low, middle, high = (float(value) for value in np.quantile(draws, (0.025, 0.5, 0.975)))
    moved = max(_moved_by_size(draws), weight * _moved_by_people(mixture))
    warnings = [warning for warning in mixture.warnings if warning.code in TOLD]
    if moved > MOST_MOVED:
        warnings.append(Warning_("prior_driven", {"moved": moved}))
    return Estimate(METHOD, middle, Interval(low, high), draws, tuple(warnings), {"moved": round(moved, 4)})


def _moved_by_size(draws: Draws) -> float:
    """By how much the median moves when the prior 1/N is doubled (1/N^2) or halved (1/sqrt(N))."""
    middle = float(np.median(draws))
    scaled = draws / middle
    half = np.array([0.5])
    return max(abs(float(quantiles(scaled, scaled**power, half)[0]) - 1) for power in (-1.0, 0.5))


def _moved_by_people(mixture: Estimate) -> float:
    moved = mixture.details.get("moved")
    return float(moved["people"]) if isinstance(moved, dict) else 0.0
