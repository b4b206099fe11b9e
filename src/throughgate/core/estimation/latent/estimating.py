"""N by latent classes: several kinds of people whom the lists reach unequally."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Warning_, from_draws
from throughgate.core.estimation.latent.model import Model, Prior, softplus
from throughgate.core.estimation.latent.sampling import Sample, sample
from throughgate.core.estimation.limits import FEWEST_DRAWS, FEWEST_LISTS, MOST_MOVED, MOST_RHAT
from throughgate.core.estimation.tables import Table, check

Floats = npt.NDArray[np.float64]

MOST_LISTS = 8
MOST_CLASSES = 5
CLASSES = 3
KEPT = 4000
# A sample stands for the posterior under another prior while its weights leave it this many draws.
FEWEST_WEIGHED = 100.0
# Smaller probabilities of being seen than this are no number any more.
LEAST_SEEN = 1e-9


def estimate(
    table: Table, *, seed: int = 0, classes: int = CLASSES, dependence: bool = False, prior: Prior | None = None
) -> Estimate:
    """The posterior of N under up to `classes` kinds of people, with or without dependence of lists within kinds.

    The same table, seed and settings give the same draws, whatever the order of the lists. `details` has R-hat, the
    effective draws, shares and rates of the kinds, and the medians of N with each prior doubled and halved. Where the
    chains did not agree or are worth too few draws the warnings "rhat" and "few_draws" say so; "prior_driven" where
    the median moves by more than a fifth. Raises `EstimationError` for fewer than 3 or more than 8 lists.
    """
    table = check(table.canonical())
    if not FEWEST_LISTS <= table.k <= MOST_LISTS:
        raise EstimationError(
            f"Latent classes need {FEWEST_LISTS} to {MOST_LISTS} lists, and the table has {table.k}: "
            "leave some out, or merge those of one source."
        )
    if not 1 <= classes <= MOST_CLASSES:
        raise EstimationError(f"There can be 1 to {MOST_CLASSES} latent classes, not {classes}.")
    model = Model(table.k, classes, dependence, prior or Prior())
    result = sample(table, model, seed=seed)
    persons = _persons(table, result, seed)
    moved = sensitivity(table, model, result, persons, seed)
    middle = float(np.median(persons))
    worst = max(abs(value / middle - 1) for value in moved.values())
    details = {
        "classes": classes,
        "dependence": dependence,
        "rhat": result.rhat,
        "effective_draws": result.effective,
        "chains": result.seen.shape[0],
        "draws": result.seen.size,
        "kinds": kinds(table, model, result),
        "sensitivity": moved,
        "moved": worst,
    }
    kept = persons[:: -(-persons.size // KEPT)]
    method = "latent_dependent" if dependence else "latent"
    return from_draws(method, kept, warnings=_warnings(result, worst), details=details)


def _persons(table: Table, result: Sample, seed: int) -> Floats:
    """A draw of N for each draw of the parameters: the unseen are negative binomial given them."""
    rng = np.random.default_rng((seed, 1))
    seen = np.maximum(result.seen.ravel(), LEAST_SEEN)
    return table.documented + rng.negative_binomial(table.documented, seen).astype(np.float64)


def _warnings(result: Sample, moved: float) -> tuple[Warning_, ...]:
    found = []
    if result.rhat > MOST_RHAT:
        found.append(Warning_("rhat", {"value": round(result.rhat, 3)}))
    if result.effective < FEWEST_DRAWS:
        found.append(Warning_("few_draws", {"value": int(result.effective)}))
    if moved > MOST_MOVED:
        found.append(Warning_("prior_driven", {"moved": round(moved, 3)}))
    return tuple(found)


def sensitivity(table: Table, model: Model, result: Sample, persons: Floats, seed: int) -> dict[str, float]:
    """The median of N with the scale of gaps, that of ties and the power of the prior 1/N doubled and halved.

    The draws are weighed by the ratio of the priors; where that leaves too few of them, new chains are run.
    """
    found = {f"n_{word}": weighted_median(persons, persons ** (1 - times)) for word, times in TIMES.items()}
    flat = result.draws.reshape(-1, model.size)
    gaps, ties = softplus(flat[:, model.gaps]), flat[:, model.ties]
    others = {}
    for word, times in TIMES.items():
        if model.classes > 1:
            prior = model.prior.gaps(times)
            others[f"gaps_{word}"] = prior, prior.log_gaps(gaps) - model.prior.log_gaps(gaps)
        if model.dependence:
            prior = model.prior.ties(times)
            others[f"ties_{word}"] = prior, prior.log_ties(ties) - model.prior.log_ties(ties)
    for name, (prior, logs) in others.items():
        weights = np.exp(logs - logs.max())
        share = weights.sum() ** 2 / (weights**2).sum() / weights.size
        if share * min(result.effective, weights.size) >= FEWEST_WEIGHED:
            found[name] = weighted_median(persons, weights)
        else:
            again = sample(table, replace(model, prior=prior), seed=seed, rounds=(500,))
            found[name] = float(np.median(_persons(table, again, seed)))
    return found


TIMES = {"doubled": 2.0, "halved": 0.5}


def weighted_median(values: Floats, weights: Floats) -> float:
    """The value below which half of the weight is."""
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order[np.searchsorted(total, total[-1] / 2)]])


def kinds(table: Table, model: Model, result: Sample) -> list[dict[str, object]]:
    """Of each class, the most reached first: the median of its share of all persons, and of its rates on the lists."""
    flat = result.draws.reshape(-1, model.size)
    steps = model.classes - 1
    departures = flat[:, model.gaps.stop : model.shares.start].reshape(len(flat), steps, model.lists)
    drops = softplus(flat[:, model.gaps])[:, :, None] * (1 - model.prior.departure * departures)
    logits = flat[:, None, model.rates] - np.concatenate(
        (np.zeros((len(flat), 1, model.lists)), np.cumsum(drops, axis=1)), axis=1
    )
    shares = np.exp(np.concatenate((np.zeros((len(flat), 1)), flat[:, model.shares]), axis=1))
    shares /= shares.sum(1, keepdims=True)
    rates = np.median(1 / (1 + np.exp(-logits)), axis=0)
    return [
        {
            "share": float(np.median(shares[:, h])),
            "rates": {name: float(rates[h, j]) for j, name in enumerate(table.lists)},
        }
        for h in range(model.classes)
    ]
