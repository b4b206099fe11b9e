"""The log density of the mixed model, its gradient, and Hamiltonian chains on it, compiled.

The density is that of the documented histories given that a person is documented, so N is not among the parameters:
with the prior 1/N it is drawn afterwards (Sanathanan, Annals of Mathematical Statistics 43, 1972).

This module needs numba, and is imported only by `sampling`.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit  # type: ignore[import-untyped]

TINY = 1e-300
FARTHEST = 1000.0  # a trajectory whose log density falls by more has gone astray
WANTED = 0.8  # of proposals accepted
KINDS = 3


@njit(cache=True)  # type: ignore[untyped-decorator]
def _prior(at, k, pairs, prior, slope):  # type: ignore[no-untyped-def]
    """Log prior density up to a constant; `slope` is set to its gradient. `prior` is `Prior.values()`."""
    single = 3 * k
    first = single + 6
    value = 0.0
    for j in range(k):
        z = (at[j] - prior[0]) / prior[1]
        value -= 0.5 * (z * z + at[k + j] ** 2 + at[2 * k + j] ** 2)
        slope[j] = -z / prior[1]
        slope[k + j] = -at[k + j]
        slope[2 * k + j] = -at[2 * k + j]
    share = at[single]
    value -= prior[2] * (abs(share) + 2 * math.log1p(math.exp(-abs(share))))
    slope[single] = prior[2] * (1 - 2 / (1 + math.exp(-share)))
    for which, mean, deviation in (
        (1, prior[16], 1.0),
        (2, prior[3], prior[4]),
        (3, prior[5], prior[6]),
        (4, prior[7], prior[8]),
        (5, prior[9], prior[10]),
    ):
        z = (at[single + which] - mean) / deviation
        value -= 0.5 * z * z
        slope[single + which] = -z / deviation
    freedom = prior[11]
    for i in range(first, at.size):
        value -= 0.5 * (freedom + 1) * math.log1p(at[i] ** 2 / freedom)
        slope[i] = -(freedom + 1) * at[i] / (freedom + at[i] ** 2)
    return value


@njit(cache=True)  # type: ignore[untyped-decorator]
def _ties(at, k, terms, pairs, prior, factor, steep):  # type: ignore[no-untyped-def]
    """What the terms multiply each history's weight by, and how steeply each term's effect rises with its latent."""
    first = 3 * k + 6
    factor[:] = 0.0
    for i in range(terms.size):
        scale, threshold = (prior[12], prior[13]) if i < pairs else (prior[14], prior[15])
        over = abs(at[first + i]) - threshold
        steep[i] = scale if over > 0 else 0.0
        if over > 0:
            factor[terms[i]] = scale * over if at[first + i] > 0 else -scale * over
    for j in range(k):
        bit = 1 << j
        for x in range(factor.size):
            if x & bit:
                factor[x] += factor[x ^ bit]
    for x in range(factor.size):
        factor[x] = math.exp(factor[x])


@njit(cache=True)  # type: ignore[untyped-decorator]
def density(at, k, counts, terms, pairs, nodes, masses, prior, slope):  # type: ignore[no-untyped-def]
    """Log posterior density up to a constant, and the probability of being on no list.

    counts  (2**k,) float64; nodes, masses  of the quadrature over the spread; slope  (parameters,), set to the gradient
    """
    size = 1 << k
    single = 3 * k
    value = _prior(at, k, pairs, prior, slope)
    factor = np.empty(size)
    steep = np.empty(terms.size)
    _ties(at, k, terms, pairs, prior, factor, steep)
    hidden = 1 / (1 + math.exp(-at[single]))
    third = 1 / (1 + math.exp(-at[single + 1]))
    gap = max(at[single + 2], 0.0)
    turn = math.exp(at[single + 3])
    spread = max(at[single + 4], 0.0)
    other_gap = max(at[single + 5], 0.0)
    share = np.array([(1 - hidden) * (1 - third), hidden * (1 - third), third])
    apart = np.array([True, gap > 0.0, other_gap > 0.0])
    for kind in range(1, KINDS):  # a kind that is like the first is counted with it
        if not apart[kind]:
            share[0] += share[kind]
            share[kind] = 0.0
    used = nodes.size if spread > 0 else 1
    each = np.empty((KINDS, used, size))
    chance = np.zeros(size)
    for kind in range(KINDS):
        if share[kind] == 0.0:
            continue
        for q in range(used):
            node = nodes[q] if spread > 0 else 0.0
            mass = masses[q] if spread > 0 else 1.0
            weight = each[kind, q]
            weight[0] = 1.0
            for j in range(k):
                logit = at[j] + spread * node
                if kind == 1:
                    logit -= gap * (1 + turn * at[k + j])
                elif kind == 2:
                    logit += other_gap * at[2 * k + j]
                odds = math.exp(logit)
                bit = 1 << j
                for x in range(bit):
                    weight[bit + x] = weight[x] * odds
            total = 0.0
            for x in range(size):
                weight[x] *= factor[x]
                total += weight[x]
            scale = 1 / total
            for x in range(size):
                weight[x] *= scale
                chance[x] += share[kind] * mass * weight[x]
    documented = 0.0
    seen = 0.0
    pull = np.zeros(size)
    for x in range(1, size):
        seen += chance[x]
        if counts[x] > 0:
            documented += counts[x]
            value += counts[x] * math.log(chance[x] + TINY)
            pull[x] = counts[x] / (chance[x] + TINY)
    value -= documented * math.log(seen)
    for x in range(1, size):
        pull[x] -= documented / seen
    _slope(at, k, terms, pull, each, share, nodes, masses, used, gap, turn, spread, other_gap, steep, slope)
    middle = np.zeros(KINDS)
    for kind in range(KINDS):
        if share[kind] == 0.0:
            middle[kind] = middle[0]
            continue
        for q in range(used):
            mass = masses[q] if spread > 0 else 1.0
            middle[kind] += mass * np.dot(pull, each[kind, q])
    slope[single] += hidden * (1 - hidden) * (1 - third) * (middle[1] - middle[0])
    slope[single + 1] += third * (1 - third) * (middle[2] - (1 - hidden) * middle[0] - hidden * middle[1])
    return value, chance[0]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _slope(  # type: ignore[no-untyped-def]
    at, k, terms, pull, each, share, nodes, masses, used, gap, turn, spread, other_gap, steep, slope
):
    """Adds the gradient of the likelihood by rates, turns, gaps, spread and terms, from that by probabilities: `pull`."""
    size = 1 << k
    single = 3 * k
    moved = np.empty(size)
    ties = np.zeros(size)
    for kind in range(KINDS):
        if share[kind] == 0.0:
            continue
        for q in range(used):
            node = nodes[q] if spread > 0 else 0.0
            mass = share[kind] * (masses[q] if spread > 0 else 1.0)
            weight = each[kind, q]
            middle = np.dot(pull, weight)
            for x in range(size):
                moved[x] = mass * weight[x] * (pull[x] - middle)
                ties[x] += moved[x]
            for j in range(k - 1, -1, -1):
                bit = 1 << j
                sum_on = 0.0
                for x in range(bit):
                    sum_on += moved[bit + x]
                    moved[x] += moved[bit + x]
                slope[j] += sum_on
                if spread > 0:
                    slope[single + 4] += sum_on * node
                if kind == 1:
                    slope[single + 2] -= sum_on * (1 + turn * at[k + j])
                    slope[single + 3] -= sum_on * gap * turn * at[k + j]
                    slope[k + j] -= sum_on * gap * turn
                elif kind == 2:
                    slope[single + 5] += sum_on * at[2 * k + j]
                    slope[2 * k + j] += sum_on * other_gap
    for j in range(k):
        bit = 1 << j
        for x in range(size):
            if not x & bit:
                ties[x] += ties[x | bit]
    for i in range(terms.size):
        slope[single + 6 + i] += ties[terms[i]] * steep[i]


@njit(cache=True)  # type: ignore[untyped-decorator]
def chain(  # type: ignore[no-untyped-def]
    start, whiten, k, counts, terms, pairs, nodes, masses, prior, steps, stride, adapts, length, most, seed
):
    """Hamiltonian Monte Carlo (Neal 2011) from *start*; its stride is found by dual averaging while it *adapts*.

    whiten  (p, p), lower triangle or not: its product with its transpose is about the posterior covariance
    Returns (steps, p) parameters, (steps,) probabilities of being on no list, and the stride (Hoffman and Gelman 2014).
    """
    np.random.seed(seed)
    at = start.copy()
    slope = np.empty(at.size)
    value, unseen = density(at, k, counts, terms, pairs, nodes, masses, prior, slope)
    force = whiten.T @ slope
    kept = np.empty((steps, at.size))
    missed = np.empty(steps)
    goal = math.log(10 * stride)
    lag = 0.0
    settled = 0.0
    for step in range(steps):
        speed = np.random.standard_normal(at.size)
        energy = value - 0.5 * np.dot(speed, speed)
        stretch = stride * (0.8 + 0.4 * np.random.random())
        leaps = int(min(most, max(1.0, math.ceil(length * np.random.random() / stretch))))
        there, pushed, there_value, there_unseen = at.copy(), force.copy(), value, unseen
        astray = False
        for _ in range(leaps):
            speed = speed + 0.5 * stretch * pushed
            there = there + stretch * (whiten @ speed)
            there_value, there_unseen = density(there, k, counts, terms, pairs, nodes, masses, prior, slope)
            if not there_value > value - FARTHEST:
                astray = True
                break
            pushed = whiten.T @ slope
            speed = speed + 0.5 * stretch * pushed
        odds = 0.0 if astray else math.exp(min(0.0, there_value - 0.5 * np.dot(speed, speed) - energy))
        if np.random.random() < odds:
            at, force, value, unseen = there, pushed, there_value, there_unseen
        if adapts:
            time = step + 1.0
            lag += (WANTED - odds - lag) / (time + 10)
            now = goal - math.sqrt(time) / 0.05 * lag
            settled = now if step == 0 else settled + time**-0.75 * (now - settled)
            stride = math.exp(now)
        kept[step] = at
        missed[step] = unseen
    return kept, missed, math.exp(settled) if adapts else stride
