"""Runs chains until they agree and are worth enough draws, or until the time allowed is over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.diagnostics import effective_draws, rhat
from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.latent.model import Model
from throughgate.core.estimation.limits import FEWEST_DRAWS, MOST_RHAT
from throughgate.core.estimation.tables import Table

Floats = npt.NDArray[np.float64]

CHAINS = 4
# Draws of each chain in the windows that only tune, and in the rounds of which the last is kept: each round learns
# from the one before, and is the last when the chains agree.
WINDOWS = (80, 120, 200)
ROUNDS = (500, 1000, 2000, 4000)


@dataclass(frozen=True)
class Sample:
    """Draws of all chains.

    draws      (chains, draws, size) float64, parameters as in `model.Model`
    seen       (chains, draws) float64, the probability of being on any list
    rhat       of the logarithm of `seen`, which is what N is drawn from
    effective  draws of it
    """

    draws: Floats
    seen: Floats
    rhat: float
    effective: float

    @property
    def settled(self) -> bool:
        """Whether the chains agree and are worth enough draws."""
        return self.rhat <= MOST_RHAT and self.effective >= FEWEST_DRAWS


def sample(table: Table, model: Model, *, seed: int, rounds: tuple[int, ...] = ROUNDS) -> Sample:
    """Draws from the posterior of the model for this table, whose lists are in their canonical order.

    The same seed gives the same draws. Raises `MissingEngine` without numba.
    """
    target = (table.counts.astype(np.float64), model.lists, model.classes, model.prior.packed())
    streams = np.random.default_rng(seed).spawn(CHAINS)
    points = np.array([model.start(table, stream) for stream in streams])
    root = np.eye(model.size) * min(0.1, 1 / np.sqrt(table.documented))
    steps = np.full(CHAINS, 0.5)
    archive = np.empty((0, model.size))

    def run(length: int, adapt: bool) -> tuple[Floats, Floats]:
        found, seen = np.empty((CHAINS, length, model.size)), np.empty((CHAINS, length))
        for c, stream in enumerate(streams):
            found[c], seen[c], steps[c] = kernels("latent").advance(
                points[c], length, root, steps[c], adapt, archive, target, stream
            )
        points[:] = found[:, -1]
        return found, seen

    for window in WINDOWS:
        found, _ = run(window, adapt=True)
        root = _rounded(found[:, window // 3 :])
        archive = np.ascontiguousarray(found[:, window // 2 :].reshape(-1, model.size))
        steps[:] = 0.5
    for length in rounds:
        run(60, adapt=True)
        found, seen = run(length, adapt=False)
        logs = np.log(seen)
        result = Sample(found, seen, rhat(logs), effective_draws(logs))
        if result.settled:
            break
        root, archive = _rounded(found), np.ascontiguousarray(found[:, ::2].reshape(-1, model.size))
    return result


def _rounded(draws: Floats) -> Floats:
    """Lower triangle of the draws' covariance (chains, draws, size), drawn a little towards independence."""
    flat = draws.reshape(-1, draws.shape[-1])
    n, size = flat.shape
    deviations = flat.std(0) + 1e-9
    correlations = ((flat - flat.mean(0)) / deviations).T @ ((flat - flat.mean(0)) / deviations) / n
    kept = n / (n + size)
    root: Floats = np.linalg.cholesky(kept * correlations + (1 - kept + 1e-6) * np.eye(size))
    root *= deviations[:, None]
    return root
