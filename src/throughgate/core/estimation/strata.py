"""By stratum with partial pooling, and totals that carry all the uncertainty.

Strata are not strangers: what share of people no list has is similar, not equal. So the log odds of being on no list
are taken as normal around a common mean,

    f[s] = log(unseen[s] / documented[s]) ~ normal(m, t),   t ~ half-Cauchy(0.5),   m flat

(Gelman, Bayesian Analysis 1, 2006, for t), and each stratum's posterior is weighed anew by it: a stratum that says
much by itself stays, one that says little moves to the others. All of it happens within one method at a time, and a
draw of the total takes the same method in every stratum: a wrong assumption is wrong everywhere, and is not averaged
away.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation import combining
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Combined, Draws, Estimate, Warning_, from_draws, missing
from throughgate.core.estimation.limits import FEWEST_LISTS, MOST_MOVED
from throughgate.core.estimation.tables import Table

METHOD = "strata"
FEWEST_STRATA = 3  # that must answer before a stratum that cannot is told by the others
SCALE = 0.5
DRAWS = 1000
GRID = np.geomspace(0.01, 4.0, 80)


@dataclass(frozen=True)
class Pooled:
    """The total with its parts, and each stratum after pooling."""

    total: Combined
    strata: Mapping[str, Estimate]


@dataclass(frozen=True)
class Stratum:
    """One stratum: its documented persons, and draws of its unseen log odds (None where it cannot tell)."""

    documented: int
    odds: Draws | None


def estimate(tables: Mapping[str, Table], *, seed: int = 0) -> Pooled:
    """The total over all strata and each stratum, partially pooled.

    A list that is empty in a stratum is left out there. A stratum that cannot answer by itself borrows wholly from the
    others, with a warning "borrowed", when three or more others answer; else it has no estimate, and nor has the total.
    Raises `EstimationError` when there are no strata, or nobody in any.
    """
    filled = {name: table for name, table in sorted(tables.items()) if table.documented}
    if not filled:
        raise EstimationError("There is no stratum with anybody in it.")
    alone = {name: _alone(table, seed) for name, table in filled.items()}
    weights = _weights(alone)
    by_method = {
        method: _pool([_stratum(filled[name], _draws(alone[name], method)) for name in filled], seed)
        for method in weights
    }
    if not weights or any(pooled is None for pooled in by_method.values()):
        return _unpooled(filled, alone)
    persons = {method: pooled for method, pooled in by_method.items() if pooled is not None}
    strata = {
        name: _mixture(
            {method: each[at] for method, each in persons.items()}, weights, filled[name].documented, _told(alone[name])
        )
        for at, name in enumerate(filled)
    }
    parts = {
        method: from_draws(method, each.sum(axis=0), warnings=_of_method(alone, method))
        for method, each in persons.items()
    }
    told = tuple(warning for warnings in map(_told, alone.values()) for warning in warnings)
    documented = sum(table.documented for table in filled.values())
    warnings = (*_once(told), *_driven(alone, strata))
    total = _mixture({method: each.sum(axis=0) for method, each in persons.items()}, weights, documented, warnings)
    return Pooled(Combined(total, tuple(parts.values()), weights), strata | _empty(tables, filled))


def _alone(table: Table, seed: int) -> Combined:
    """The stratum by itself; what cannot be computed has no estimate."""
    listed = [name for name in table.lists if table.on(name)]
    if len(listed) < FEWEST_LISTS:
        few = missing(combining.METHOD, table.documented, Warning_("few_lists", {"lists": len(listed)}))
        return Combined(few, ())
    table = table.restricted(listed)
    if copied := table.copies():  # of everybody they are none, or the table would have been refused
        same = Warning_("copied", {"one": copied[0], "other": copied[1]})
        return Combined(missing(combining.METHOD, table.documented, same), ())
    return combining.estimate(table, seed=seed, quick=True)


def _weights(alone: Mapping[str, Combined]) -> dict[str, float]:
    """The stated weights of the methods that every answering stratum has."""
    answering = [set(each.weights) for each in alone.values() if each.headline.exists]
    shared = set.intersection(*answering) if answering else set()
    return combining.shares([name for name in combining.WEIGHTS if name in shared]) if shared else {}


def _draws(found: Combined, method: str) -> Draws | None:
    if not found.headline.exists:
        return None
    return next((part.draws for part in found.parts if part.method == method), None)


def _stratum(table: Table, draws: Draws | None) -> Stratum:
    """Half a person is added to the unseen, for there may be none."""
    if draws is None:
        return Stratum(table.documented, None)
    unseen = np.maximum(np.asarray(draws) - table.documented, 0) + 0.5
    return Stratum(table.documented, np.log(unseen / table.documented))


def _pool(strata: Sequence[Stratum], seed: int) -> npt.NDArray[np.float64] | None:
    """(strata, 1000) persons, each column one draw of all; None when those that answer are too few for the rest."""
    odds = [each.odds for each in strata if each.odds is not None]
    if not odds or (len(odds) < len(strata) and len(odds) < FEWEST_STRATA):
        return None
    rng = np.random.default_rng([seed, len(strata)])
    middle, spread = _common(odds, rng)
    persons = np.empty((len(strata), DRAWS))
    for at, each in enumerate(strata):
        if each.odds is None:
            drawn = middle + spread * rng.standard_normal(DRAWS)
        elif len(odds) == 1:
            drawn = rng.choice(each.odds, DRAWS)
        else:
            drawn = _weighed_anew(each.odds, middle, spread, rng)
        persons[at] = each.documented * (1 + np.exp(drawn))
    return persons


def _common(odds: Sequence[Draws], rng: np.random.Generator) -> tuple[Draws, Draws]:
    """(1000,) draws of m and of t, each stratum's posterior taken as normal (Gelman et al. 2013, section 5.4)."""
    means = np.array([float(each.mean()) for each in odds])
    variances = np.array([max(float(each.var()), 1e-6) for each in odds])
    precision = 1 / (variances + GRID[:, None] ** 2)
    centre = (precision * means).sum(axis=1) / precision.sum(axis=1)
    height = 0.5 * (np.log(precision) - precision * (means - centre[:, None]) ** 2).sum(axis=1)
    height += -0.5 * np.log(precision.sum(axis=1)) - np.log1p((GRID / SCALE) ** 2) + np.log(GRID)
    mass = np.exp(height - height.max())
    chosen = rng.choice(GRID.size, DRAWS, p=mass / mass.sum())
    middle = centre[chosen] + rng.standard_normal(DRAWS) / np.sqrt(precision.sum(axis=1)[chosen])
    return middle, GRID[chosen]


def _weighed_anew(odds: Draws, middle: Draws, spread: Draws, rng: np.random.Generator) -> Draws:
    """One of the stratum's own draws for each (m, t), by how likely normal(m, t) makes it."""
    height = -0.5 * ((odds[None, :] - middle[:, None]) / spread[:, None]) ** 2
    below = np.cumsum(np.exp(height - height.max(axis=1, keepdims=True)), axis=1)
    picked = (below < rng.random((DRAWS, 1)) * below[:, -1:]).sum(axis=1)
    return np.asarray(odds[np.minimum(picked, odds.size - 1)], dtype=np.float64)


def _mixture(
    draws: Mapping[str, Draws], weights: Mapping[str, float], documented: int, told: tuple[Warning_, ...]
) -> Estimate:
    parts = {method: from_draws(method, each) for method, each in draws.items()}
    return from_draws(METHOD, combining.pooled(parts, weights, documented), warnings=told)


def _told(found: Combined) -> tuple[Warning_, ...]:
    """Its own warnings where it answers; else that it borrows, which is amber and no longer red."""
    return found.headline.warnings if found.headline.exists else (Warning_("borrowed"),)


def _once(warnings: Sequence[Warning_]) -> tuple[Warning_, ...]:
    """Each code once. That one stratum by itself is driven by its prior does not make the total so: see `_driven`."""
    return tuple({each.code: each for each in warnings if each.code != "prior_driven"}.values())


def _driven(alone: Mapping[str, Combined], pooled: Mapping[str, Estimate]) -> tuple[Warning_, ...]:
    """Whether the total is driven by what was assumed beforehand.

    It moves as its strata do, each by its persons. That pooling holds them back is left aside: otherwise a column
    with one value would turn a red light amber.
    """
    answering = [name for name, each in alone.items() if each.headline.exists]
    by = [cast("float", alone[name].headline.details.get("moved", 0.0)) for name in answering]
    moved = float(np.average(by, weights=[pooled[name].estimate for name in answering]))
    return (Warning_("prior_driven", {"moved": moved}),) if moved > MOST_MOVED else ()


def _of_method(alone: Mapping[str, Combined], method: str) -> tuple[Warning_, ...]:
    """What is wrong with a method in any stratum, each code once."""
    parts = [part for each in alone.values() for part in each.parts if part.method == method]
    found: dict[str, Warning_] = {}
    for warning in (warning for part in parts for warning in part.warnings):
        found.setdefault(warning.code, warning)
    return tuple(found.values())


def _unpooled(filled: Mapping[str, Table], alone: Mapping[str, Combined]) -> Pooled:
    documented = sum(table.documented for table in filled.values())
    silent = [name for name, each in alone.items() if not each.headline.exists]
    reason = Warning_("strata_silent", {"strata": ", ".join(silent)})
    return Pooled(
        Combined(missing(METHOD, documented, reason), ()), {name: each.headline for name, each in alone.items()}
    )


def _empty(tables: Mapping[str, Table], filled: Mapping[str, Table]) -> dict[str, Estimate]:
    """Strata with nobody in them: nothing can be said, least of all that there is nobody."""
    nobody = Warning_("refused", {"why": "Nobody of this stratum is on any list."})
    return {
        name: Estimate(METHOD, math.inf, missing(METHOD, 0).interval, None, (nobody,))
        for name in tables
        if name not in filled
    }
