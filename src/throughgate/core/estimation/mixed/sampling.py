"""Draws from the posterior of the mixed model: find its height, measure its shape, and let four chains walk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.limits import FEWEST_DRAWS, MOST_RHAT
from throughgate.core.estimation.mixed.convergence import effective, r_hat
from throughgate.core.estimation.mixed.prior import Floats, Layout, Prior, layout
from throughgate.core.estimation.tables import Table

NODES = 4
CHAINS = 4
WARM = 125  # steps of each of the two warm-ups: the second knows the shape that the first has found
STEPS = 300
MOST_ROUNDS = 30  # of so many steps, until the chains agree and are worth enough
STRIDE = 0.2
LENGTH = 4.0  # of the longest trajectory, in posterior deviations
MOST_LEAPS = 32
LEAST_CURVATURE = 0.3
NEGLIGIBLE = 6.0
PROBE = 1e-3
# The chains start apart, if they can: with and without a hidden kind, with and without a spread among people.
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

    @property
    def is_enough(self) -> bool:
        return self.r_hat <= MOST_RHAT and self.effective >= FEWEST_DRAWS


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
        value, _ = kernels("mixed").density(
            point, shape.k, self.counts, shape.terms, shape.pairs, *quadrature(), self.prior, slope
        )  # fmt: skip
        return value, slope

    def walk(
        self, start: Floats, whiten: Floats, steps: int, stride: float, seed: int, *, adapts: bool
    ) -> tuple[Floats, Floats, float]:
        shape = self.layout
        kept, unseen, found = kernels("mixed").chain(
            start, whiten, shape.k, self.counts, shape.terms, shape.pairs, *quadrature(), self.prior,
            steps, stride, adapts, LENGTH, MOST_LEAPS, seed,
        )  # fmt: skip
        return kept, unseen, found


def draw(table: Table, prior: Prior, *, seed: int, quick: bool = False) -> Draws:
    """Four chains walk in rounds until they agree and are worth enough, or thirty rounds are over; one when *quick*.

    The same table, prior and seed give the same draws.
    """
    target = Target.of(table, prior)
    rng = np.random.default_rng(seed)
    places, whiten, stride = _warmed(target, _summits(target, _start(table, target.layout, prior)), rng)
    unseen, parameters = [], []
    for _ in range(1 if quick else MOST_ROUNDS):
        walked = [target.walk(each, whiten, STEPS, stride, _seed(rng), adapts=False) for each in places]
        places = [kept[-1] for kept, _, _ in walked]
        parameters.append([kept for kept, _, _ in walked])
        unseen.append([each for _, each, _ in walked])
        found = Draws(np.concatenate(unseen, axis=1), np.concatenate(parameters, axis=1), target.layout)
        if found.is_enough:
            break
    return found


def _warmed(target: Target, summits: list[Summit], rng: np.random.Generator) -> tuple[list[Floats], Floats, float]:
    """Where each chain goes on from, the shape of what they walked through, and the stride it asks for."""
    rough = [target.walk(each.start(rng), each.whiten, WARM, STRIDE, _seed(rng), adapts=True) for each in summits]
    whiten = _shape([kept[WARM // 2 :] for kept, _, _ in rough])
    warm = [target.walk(kept[-1], whiten, WARM, STRIDE, _seed(rng), adapts=True) for kept, _, _ in rough]
    return [kept[-1] for kept, _, _ in warm], whiten, float(np.median([found for _, _, found in warm]))


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


@dataclass(frozen=True)
class Summit:
    """A height of the posterior, the shape around it, and about how much of the posterior is there (a logarithm)."""

    at: Floats
    whiten: Floats
    volume: float

    def start(self, rng: np.random.Generator) -> Floats:
        return self.at + self.whiten @ rng.standard_normal(self.at.size)


def _summits(target: Target, start: Floats) -> list[Summit]:
    """One to start each chain from: those with and without differences among people may be far apart.

    A summit that holds next to nothing of the posterior, by Laplace's approximation, is replaced by the best one.
    """
    found = []
    for gap, spread in zip(GAPS, SPREADS, strict=True):
        from_here = start.copy()
        from_here[target.layout.gap], from_here[target.layout.spread] = gap, spread
        found.append(_summit(target, from_here))
    best = max(found, key=lambda each: each.volume)
    return [each if each.volume > best.volume - NEGLIGIBLE else best for each in found]


def _start(table: Table, shape: Layout, prior: Prior) -> Floats:
    """Rates as if a third of all persons were on no list, and everything else about as believed beforehand."""
    start = np.zeros(shape.size)
    share = np.array([table.on(name) for name in table.lists]) / (1.5 * table.documented)
    share = np.clip(share, 0.005, 0.9)
    start[: shape.k] = np.log(share / (1 - share))
    start[3 * shape.k : 3 * shape.k + 6] = (0.0, prior.other_share, 0.5, prior.turn, 0.2, -0.2)
    return start


def _summit(target: Target, start: Floats) -> Summit:
    def falling(point: Floats) -> tuple[float, Floats]:
        value, slope = target.at(point)
        return -value, -slope

    height = np.asarray(scipy.optimize.minimize(falling, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x)
    values, vectors = np.linalg.eigh(_curvature(target, height))
    values = np.maximum(values, LEAST_CURVATURE)
    return Summit(height, vectors / np.sqrt(values), target.at(height)[0] - 0.5 * float(np.log(values).sum()))


def _curvature(target: Target, height: Floats) -> Floats:
    """Minus the second derivatives of the log density, from differences of its gradient."""
    found = np.empty((height.size, height.size))
    for i in range(height.size):
        probe = height.copy()
        probe[i] += PROBE
        above = target.at(probe)[1]
        probe[i] -= 2 * PROBE
        found[i] = (target.at(probe)[1] - above) / (2 * PROBE)
    return np.asarray((found + found.T) / 2)


def _shape(kept: list[Floats]) -> Floats:
    """The same by the covariance of draws, drawn somewhat to its diagonal: there are few of them."""
    draws = np.concatenate(kept)
    covariance = np.cov(draws.T)
    worth = len(draws) / 6
    mixed = (worth * covariance + 5 * np.diag(np.diag(covariance))) / (worth + 5)
    return np.asarray(np.linalg.cholesky(mixed + 1e-6 * np.eye(len(mixed))), dtype=np.float64)
