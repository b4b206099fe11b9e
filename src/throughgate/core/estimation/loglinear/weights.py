"""How much each model is worth: BIC, AICc, or stacking of predictions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.loglinear.fitting import Fits, Floats, observed

CRITERIA = ("bic", "aicc", "stacking")


def criterion(fits: Fits, kind: str) -> Floats:
    """(m,) BIC (Schwarz 1978; n = persons documented) or AICc (Hurvich and Tsai 1989); infinite where no fit.

    AICc is infinite where there are as many parameters as persons. Terms whose margin is empty count as parameters:
    they are fitted, as minus infinity.
    """
    persons = float(fits.counts.sum())
    size = fits.sizes.astype(np.float64)
    if kind == "bic":
        penalty = np.log(persons) * size
    elif kind == "aicc":
        room = persons - size - 1.0
        penalty = np.where(room > 0, 2.0 * size + 2.0 * size * (size + 1.0) / np.maximum(room, 0.5), np.inf)
    else:
        raise EstimationError(f"There is no criterion {kind}; there are {', '.join(CRITERIA)}.")
    found = penalty - 2.0 * fits.likelihood
    return np.where(fits.converged & np.isfinite(fits.variance), found, np.inf)


def from_criterion(values: Floats) -> Floats:
    """(m,) weights exp(-difference / 2), summing to 1, or all 0 (Burnham and Anderson 2002, equation 2.9)."""
    least = values.min(initial=np.inf)
    if not np.isfinite(least):
        return np.zeros_like(values)
    raw = np.exp(-0.5 * (values - least))
    return np.asarray(raw / raw.sum())


def left_out(fits: Fits, places: npt.NDArray[np.int64]) -> Floats:
    """(m, h) probability of each history that has persons, among documented ones, without one of its persons."""
    filled = np.flatnonzero(fits.counts)
    found = np.zeros((places.size, filled.size))
    models = fits.family.models[places]
    base, optional, seen = fits.family.base, fits.family.optional, observed(fits.family.k)
    for column, at in enumerate(filled):
        counts = fits.counts.copy()
        counts[at] -= 1.0
        _, parameters, converged = kernels("loglinear").fit_models(
            counts[None], seen, base, optional, models, fits.columns, fits.parameters[places]
        )
        inside = np.arange(counts.size) & at == np.arange(counts.size)
        eta = parameters[:, : counts.size][:, inside].sum(axis=1) + parameters[:, counts.size :] @ fits.columns[:, at]
        total = counts.sum()
        gone = _emptied(counts, fits, models, int(at))
        found[:, column] = np.where(converged & ~gone, np.exp(np.clip(eta, -50.0, 50.0)) / total, 1e-9)
    return found


def _emptied(counts: Floats, fits: Fits, models: npt.NDArray[np.int64], at: int) -> npt.NDArray[np.bool_]:
    """(m,) whether the history is impossible once its only person is left out, because a margin of the model is 0."""
    histories = np.arange(counts.size)
    gone = np.zeros(models.size, dtype=np.bool_)
    for place, term in enumerate(fits.family.optional.tolist()):
        if at & term == term and counts[histories & term == term].sum() == 0:
            gone |= (models >> place & 1).astype(np.bool_)
    return gone


def stack(predictions: Floats, persons: Floats, rounds: int = 2000) -> Floats:
    """(m,) weights that predict left-out persons best (Yao, Vehtari, Simpson and Gelman 2018, equation 2), by EM.

    predictions  (m, h) from `left_out`; persons (h,) by history
    """
    weights = np.full(predictions.shape[0], 1.0 / predictions.shape[0])
    share = persons / persons.sum()
    scaled = predictions / predictions.max(axis=0)
    for _ in range(rounds):
        new = weights * (scaled @ (share / (weights @ scaled)))
        if np.abs(new - weights).max() < 1e-9:
            return np.asarray(new)
        weights = new
    return weights
