"""A bootstrap that repeats the selection of the model (Silverman, Chan and Vincent 2024 show why it must)."""

from __future__ import annotations

import numpy as np

from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Warning_, from_draws, missing
from throughgate.core.estimation.loglinear.averaging import fitted
from throughgate.core.estimation.loglinear.fitting import observed
from throughgate.core.estimation.loglinear.weights import criterion as measured
from throughgate.core.estimation.tables import Table

REPETITIONS = 1000
BELIEVED = 60.0  # models whose criterion is further from the best cannot win in a resample, but for freak ones
MOST_MODELS = 1000  # the best of them, so that six lists take seconds and not minutes


def bootstrap(
    table: Table, *, seed: int = 0, repetitions: int = REPETITIONS, family: str = "auto", criterion: str = "bic"
) -> Estimate:
    """Resample the documented persons, choose the best model anew each time, and take its estimate.

    The interval is of percentiles, and says how much the choice of a model moves the number. The same seed gives
    the same draws. Raises `EstimationError` for unknown settings or fewer than 100 repetitions.
    """
    if repetitions < 100:
        raise EstimationError(f"A bootstrap of {repetitions} repetitions gives no interval: 100 or more do.")
    if table.documented == 0:
        raise EstimationError("The table is empty: nobody is on any list.")
    table = table.canonical()
    fits = fitted(table, family, "none", criterion)
    values = measured(fits, criterion)
    close = np.sort(np.argsort(values, kind="stable")[:MOST_MODELS])
    close = close[values[close] <= values.min() + BELIEVED]
    generator = np.random.default_rng(seed)
    persons = table.documented
    resamples = generator.multinomial(persons, fits.counts / persons, size=repetitions).astype(np.float64)
    penalties = values[close] + 2.0 * fits.likelihood[close]
    fitting, seen, none = fits.family, observed(table.k), np.empty((0, fits.counts.size))
    chosen, intercepts = np.empty(repetitions, dtype=np.int64), np.empty(repetitions)
    for at in range(repetitions):
        statistics, _, converged = kernels("loglinear").fit_models(
            resamples[[at]], seen, fitting.base, fitting.optional, fitting.models[close], none, fits.parameters[close]
        )
        reached = np.where(converged, penalties - 2.0 * statistics[:, 0], np.inf)
        best = int(reached.argmin())
        chosen[at], intercepts[at] = best if np.isfinite(reached[best]) else -1, statistics[best, 1]
    good = chosen >= 0
    failed = int((~good).sum())
    told = (Warning_("bootstrap_failed", {"failed": failed}),) if failed else ()
    if failed > repetitions // 10:
        return missing("bootstrap", persons, Warning_("no_estimate"), *told, details={"failed": failed})
    details = {"repetitions": repetitions, "failed": failed, "models_chosen": int(np.unique(chosen[good]).size)}
    return from_draws("bootstrap", persons + np.exp(intercepts[good]), warnings=told, details=details)
