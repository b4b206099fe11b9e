"""Draws from the posterior of the mixed model: find its height, measure its shape, and let four chains walk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.estimation.mixed.convergence import effective, r_hat
from throughgate.core.estimation.mixed.kernels import chain, density
from throughgate.core.estimation.mixed.prior import Floats, Layout, Prior, layout
from throughgate.core.estimation.tables import Table

NODES = 4
CHAINS = 4
WARM = 125  # steps of each of the two warm-ups: the second knows the shape that the first has found
STEPS = 500
STRIDE = 0.2
LENGTH = 2.0  # of the longest trajectory, in posterior deviations
MOST_LEAPS = 16
LEAST_CURVATURE = 0.3
PROBE = 1e-3
# The chains start apart: with and without a hidden kind, with and without a spread among people.
GAPS = (-0.5, 1.5, 0.5, 2.0)
SPREADS = (-0.3, 0.3, 0.8, -0.2)


@dataclass(frozen=True)
class Draws:
    """What the chains brought home.

    unseen      (chains, draws) the probability of being on no list
    parameters  (chains, draws, parameters)
    """

    unseen: Floats
    parameters: Floats
    layout: Layout

    @property
    def r_hat(self) -> float:
        return r_hat(self.unseen)

    @property
    def effective(self) -> float:
        return effective(self.unseen)


@cache
def quadrature() -> tuple[Floats, Floats]:
    """Nodes and masses of Gauss and Hermite for a standard normal number."""
    nodes, masses = np.polynomial.hermite_e.hermegauss(NODES)
    return np.asarray(nodes), np.asarray(masses / masses.sum())


@dataclass(frozen=True)
class Target:
    """The posterior of one table."""

    counts: Floats
    layout: Layout
    prior: Floats

    @classmethod
    def of(cls, table: Table, prior: Prior) -> Target:
        return cls(table.counts.astype(np.float64), layout(table.k), prior.values())

    def at(self, point: Floats) -> tuple[float, Floats]:
        """Log density and its gradient."""
        slope = np.empty(point.size)
        shape = self.layout
        value, _ = density(
            point, shape.k, self.counts, shape.terms, shape.pairs, *quadrature(), self.prior, slope
        )  # fmt: skip
        return value, slope

    def walk(
        self, start: Floats, whiten: Floats, steps: int, stride: float, seed: int, *, adapts: bool
    ) -> tuple[Floats, Floats, float]:
        shape = self.layout
        kept, unseen, found = chain(
            start, whiten, shape.k, self.counts, shape.terms, shape.pairs, *quadrature(), self.prior,
            steps, stride, adapts, LENGTH, MOST_LEAPS, seed,
        )  # fmt: skip
        return kept, unseen, found


def draw(table: Table, prior: Prior, *, seed: int, steps: int = STEPS) -> Draws:
    """Four chains of *steps* draws each after the warm-up. The same table, prior, seed and steps give the same draws."""
    target = Target.of(table, prior)
    rng = np.random.default_rng(seed)
    seeds = rng.integers(2**31, size=(3, CHAINS)).tolist()
    height = _height(target, _start(table, target.layout, prior))
    whiten = _whitening(target, height)
    starts = []
    for gap, spread in zip(GAPS, SPREADS, strict=True):
        start = height + whiten @ rng.standard_normal(height.size)
        start[target.layout.gap], start[target.layout.spread] = gap, spread
        starts.append(start)
    rough = [
        target.walk(start, whiten, WARM, STRIDE, seed_, adapts=True)
        for start, seed_ in zip(starts, seeds[0], strict=True)
    ]
    whiten = _shape([kept[WARM // 2 :] for kept, _, _ in rough])
    warm = [
        target.walk(kept[-1], whiten, WARM, STRIDE, seed_, adapts=True)
        for (kept, _, _), seed_ in zip(rough, seeds[1], strict=True)
    ]
    stride = float(np.median([found for _, _, found in warm]))
    walked = [
        target.walk(kept[-1], whiten, steps, stride, seed_, adapts=False)
        for (kept, _, _), seed_ in zip(warm, seeds[2], strict=True)
    ]
    return Draws(
        np.array([unseen for _, unseen, _ in walked]), np.array([kept for kept, _, _ in walked]), target.layout
    )  # fmt: skip


def _start(table: Table, shape: Layout, prior: Prior) -> Floats:
    """Rates as if a third of all persons were on no list, and everything else about as believed beforehand."""
    start = np.zeros(shape.size)
    share = np.array([table.on(name) for name in table.lists]) / (1.5 * table.documented)
    share = np.clip(share, 0.005, 0.9)
    start[: shape.k] = np.log(share / (1 - share))
    start[3 * shape.k : 3 * shape.k + 6] = (0.0, prior.other_share, 0.5, prior.turn, 0.2, -0.2)
    return start


def _height(target: Target, start: Floats) -> Floats:
    def falling(point: Floats) -> tuple[float, Floats]:
        value, slope = target.at(point)
        return -value, -slope

    found = minimize(falling, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return np.asarray(found, dtype=np.float64)


def _whitening(target: Target, height: Floats) -> Floats:
    """From standard normal numbers to about the posterior near its height, by the curvature there."""
    curvature = np.empty((height.size, height.size))
    for i in range(height.size):
        probe = height.copy()
        probe[i] += PROBE
        above = target.at(probe)[1]
        probe[i] -= 2 * PROBE
        curvature[i] = (target.at(probe)[1] - above) / (2 * PROBE)
    values, vectors = np.linalg.eigh((curvature + curvature.T) / 2)
    return np.asarray(vectors / np.sqrt(np.maximum(values, LEAST_CURVATURE)))


def _shape(kept: list[Floats]) -> Floats:
    """The same by the covariance of draws, drawn somewhat to its diagonal: there are few of them."""
    draws = np.concatenate(kept)
    covariance = np.cov(draws.T)
    worth = len(draws) / 6
    mixed = (worth * covariance + 5 * np.diag(np.diag(covariance))) / (worth + 5)
    return np.linalg.cholesky(mixed + 1e-6 * np.eye(len(mixed)))
