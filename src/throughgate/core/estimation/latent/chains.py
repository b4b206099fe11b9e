"""Chains that draw from the posterior: Hamiltonian steps and leaps between what other chains have seen. Compiled.

Hamiltonian Monte Carlo with a step size from dual averaging (Hoffman and Gelman, JMLR 15, 2014, section 3.2) in
coordinates in which the posterior seen so far is round. A leap adds the difference of two points of an archive,
which is symmetric while the archive stays as it is (ter Braak and Vrugt, Statistics and Computing 18, 2008): it
carries a chain between separate peaks in one step.

This module needs numba, and is imported only by `sampling`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from throughgate.core.estimation.latent.density import Target, log_posterior

Reals = npt.NDArray[np.float64]

LENGTH = 2.5  # of a path, in standard deviations
MOST_STEPS = 24  # in a path
ACCEPTED = 0.8  # of paths, aimed at
LARGEST_STEP = 1.5
LOST = 1000.0  # a fall of the log density that says the path has left the numbers' reach


@njit(cache=True)
def _path(
    x: Reals,
    gradient: Reals,
    momentum: Reals,
    root: Reals,
    step: float,
    steps: int,
    least: float,
    target: Target,
) -> tuple[float, float]:
    """Leapfrog steps; x, gradient and momentum are changed in place. Log density and seen at the end."""
    value, seen = least, 1.0
    for _ in range(steps):
        momentum += 0.5 * step * (root.T @ gradient)
        x += step * (root @ momentum)
        value, seen = log_posterior(x, gradient, target)
        if not value > least:
            return -np.inf, 1.0
        momentum += 0.5 * step * (root.T @ gradient)
    return value, seen


@njit(cache=True)
def advance(
    start: Reals,
    draws: int,
    root: Reals,
    step: float,
    adapt: bool,
    archive: Reals,
    target: Target,
    rng: np.random.Generator,
) -> tuple[Reals, Reals, float]:
    """Draws from the posterior that begin at `start`, the probability of being seen at each, and the step size.

    root     (size, size) lower triangle: the posterior's covariance is about root @ root.T
    step     of the leapfrog; with `adapt`, only where to begin, and what it came to is returned
    archive  (points, size) for leaps; none if empty
    """
    size = start.size
    x = start.copy()
    gradient = np.empty(size)
    value, seen = log_posterior(x, gradient, target)
    found, probability = np.empty((draws, size)), np.empty(draws)
    slope = np.empty(size)
    log_step, mean_log_step, miss = np.log(step), np.log(step), 0.0
    centre = np.log(2 * step)
    for t in range(draws):
        now = np.exp(log_step) if adapt else step
        steps = 1 + int(rng.random() * min(np.ceil(LENGTH / now), MOST_STEPS))
        momentum = rng.standard_normal(size)
        energy = value - 0.5 * (momentum @ momentum)
        other, slope = x.copy(), gradient.copy()
        there, seen_there = _path(other, slope, momentum, root, now, steps, value - LOST, target)
        change = there - 0.5 * (momentum @ momentum) - energy
        accepted = 0.0 if np.isnan(change) else math.exp(min(float(change), 0.0))
        if rng.random() < accepted:
            x, gradient, value, seen = other, slope, there, seen_there
        if adapt:
            miss += (ACCEPTED - accepted - miss) / (t + 11)
            log_step = min(centre - np.sqrt(t + 1) / 0.05 * miss, np.log(LARGEST_STEP))
            mean_log_step += (log_step - mean_log_step) * (t + 1) ** -0.75
        if archive.shape[0] > 1:
            pair = archive[int(rng.random() * archive.shape[0])] - archive[int(rng.random() * archive.shape[0])]
            scale = 1.0 if t % 2 else 2.38 / np.sqrt(2 * size)
            other, slope = x + scale * pair, np.empty(size)
            there, seen_there = log_posterior(other, slope, target)
            if there > value - LOST and rng.random() < math.exp(min(there - value, 0.0)):
                x, gradient, value, seen = other, slope, there, seen_there
        found[t] = x
        probability[t] = seen
    return found, probability, np.exp(mean_log_step) if adapt else step
