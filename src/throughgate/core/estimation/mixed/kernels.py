"""The log density of the mixed model, its gradient, and Hamiltonian chains on it, compiled.

The density is that of the documented histories given that a person is documented, so N is not among the parameters:
with the prior 1/N it is drawn afterwards (Sanathanan, Annals of Mathematical Statistics 43, 1972).

This module needs numba, and is imported only by `engine`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.engine import compiled, inner

Reals = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]

TINY = 1e-300
FARTHEST = 1000.0  # a trajectory whose log density falls by more has gone astray
WANTED = 0.8  # of proposals accepted
MOST_LOGIT, MOST_TIE = 40.0, 100.0  # so that the weights of no history of eight lists overflow
KINDS = 3


@inner
def _prior(at: Reals, k: int, prior: Reals, slope: Reals) -> float:
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
    return float(value)


@inner
def _ties(at: Reals, k: int, terms: Wholes, pairs: int, prior: Reals, factor: Reals, steep: Reals) -> None:
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
        factor[x] = math.exp(min(max(factor[x], -MOST_TIE), MOST_TIE))


@inner
def _effects(at: Reals, k: int) -> tuple[Reals, Reals, float, float]:
    """Gap, turn size, spread and other gap, cut off at nothing; and the shares of the three kinds.

    A kind that is like the first is counted with it.
    """
    single = 3 * k
    effects = np.array(
        [max(at[single + 2], 0.0), math.exp(at[single + 3]), max(at[single + 4], 0.0), max(at[single + 5], 0.0)]
    )
    hidden = 1 / (1 + math.exp(-at[single]))
    third = 1 / (1 + math.exp(-at[single + 1]))
    share = np.array([(1 - hidden) * (1 - third), hidden * (1 - third), third])
    for kind, gap in ((1, effects[0]), (2, effects[3])):
        if gap == 0.0:
            share[0] += share[kind]
            share[kind] = 0.0
    return effects, share, hidden, third


@inner
def _logit(at: Reals, k: int, j: int, kind: int, node: float, effects: Reals) -> float:
    """Log odds of a person of that kind and place in the spread to come onto list j, other lists apart."""
    logit = at[j] + effects[2] * node
    if kind == 1:
        logit -= effects[0] * (1 + effects[1] * at[k + j])
    elif kind == 2:
        logit += effects[3] * at[2 * k + j]
    return float(min(max(logit, -MOST_LOGIT), MOST_LOGIT))


@inner
def _fill(at: Reals, k: int, kind: int, node: float, effects: Reals, factor: Reals, weight: Reals) -> None:
    """`weight` becomes the probability of each history for such a person."""
    weight[0] = 1.0
    for j in range(k):
        odds = math.exp(_logit(at, k, j, kind, node, effects))
        bit = 1 << j
        for x in range(bit):
            weight[bit + x] = weight[x] * odds
    total = 0.0
    for x in range(weight.size):
        weight[x] *= factor[x]
        total += weight[x]
    scale = 1 / total
    for x in range(weight.size):
        weight[x] *= scale


@inner
def _mix(  # noqa: PLR0917 - compiled code takes no keywords
    at: Reals,
    k: int,
    nodes: Reals,
    mass: Reals,
    effects: Reals,
    share: Reals,
    factor: Reals,
    each: Reals,
    chance: Reals,
) -> None:
    """`chance` becomes the probability of each history, `each` that for a person of each kind and place."""
    chance[:] = 0.0
    for kind in range(KINDS):
        for q in range(mass.size if share[kind] > 0 else 0):
            _fill(at, k, kind, nodes[q], effects, factor, each[kind, q])
            for x in range(chance.size):
                chance[x] += share[kind] * mass[q] * each[kind, q, x]


@inner
def _likelihood(counts: Reals, chance: Reals, pull: Reals) -> float:
    """Of the documented histories given that a person is documented; `pull` becomes its gradient by `chance`."""
    value = 0.0
    documented = 0.0
    seen = 0.0
    for x in range(1, counts.size):
        seen += chance[x]
        pull[x] = 0.0
        if counts[x] > 0:
            documented += counts[x]
            value += counts[x] * math.log(chance[x] + TINY)
            pull[x] = counts[x] / (chance[x] + TINY)
    pull[0] = 0.0
    for x in range(1, counts.size):
        pull[x] -= documented / seen
    return value - documented * math.log(seen)


@inner
def _climb(at: Reals, k: int, kind: int, node: float, effects: Reals, moved: Reals, slope: Reals) -> None:
    """Adds to `slope` what one kind at one place in the spread contributes; `moved` is used up.

    moved  (2**k,) the gradient by the logarithm of each history's weight
    """
    single = 3 * k
    for j in range(k - 1, -1, -1):
        bit = 1 << j
        force = 0.0  # on the log odds of list j: the sum over the histories with it
        for x in range(bit):
            force += moved[bit + x]
            moved[x] += moved[bit + x]
        slope[j] += force
        if effects[2] > 0:
            slope[single + 4] += force * node
        if kind == 1:
            slope[single + 2] -= force * (1 + effects[1] * at[k + j])
            slope[single + 3] -= force * effects[0] * effects[1] * at[k + j]
            slope[k + j] -= force * effects[0] * effects[1]
        elif kind == 2:
            slope[single + 5] += force * at[2 * k + j]
            slope[2 * k + j] += force * effects[3]


@inner
def _tie(ties: Reals, k: int, terms: Wholes, steep: Reals, slope: Reals) -> None:
    """Adds to `slope` the terms' part: each one's force is the sum over the histories that contain it."""
    for j in range(k):
        bit = 1 << j
        for x in range(ties.size):
            if not x & bit:
                ties[x] += ties[x | bit]
    for i in range(terms.size):
        slope[3 * k + 6 + i] += ties[terms[i]] * steep[i]


@compiled("(f8[::1], i8, f8[::1], i8[::1], i8, f8[::1], f8[::1], f8[::1], f8[::1])")
def density(  # noqa: PLR0917 - compiled code takes no keywords
    at: Reals, k: int, counts: Reals, terms: Wholes, pairs: int, nodes: Reals, masses: Reals, prior: Reals, slope: Reals
) -> tuple[float, float]:
    """Log posterior density up to a constant, and the probability of being on no list.

    counts  (2**k,) float64; nodes, masses  of the quadrature over the spread; slope  (parameters,), set to the gradient
    """
    size = 1 << k
    value = _prior(at, k, prior, slope)
    factor, steep = np.empty(size), np.empty(terms.size)
    _ties(at, k, terms, pairs, prior, factor, steep)
    effects, share, hidden, third = _effects(at, k)
    used = nodes.size if effects[2] > 0 else 1
    mass = masses if effects[2] > 0 else np.ones(1)
    each, chance = np.empty((KINDS, used, size)), np.empty(size)
    _mix(at, k, nodes, mass, effects, share, factor, each, chance)
    pull = np.empty(size)
    value += _likelihood(counts, chance, pull)
    middle, moved, ties = np.zeros(KINDS), np.empty(size), np.zeros(size)
    for kind in range(KINDS):
        for q in range(used if share[kind] > 0 else 0):
            mean = np.dot(pull, each[kind, q])
            middle[kind] += mass[q] * mean
            for x in range(size):
                moved[x] = share[kind] * mass[q] * each[kind, q, x] * (pull[x] - mean)
                ties[x] += moved[x]
            _climb(at, k, kind, nodes[q], effects, moved, slope)
        if share[kind] == 0.0:
            middle[kind] = middle[0]
    _tie(ties, k, terms, steep, slope)
    slope[3 * k] += hidden * (1 - hidden) * (1 - third) * (middle[1] - middle[0])
    slope[3 * k + 1] += third * (1 - third) * (middle[2] - (1 - hidden) * middle[0] - hidden * middle[1])
    return value, chance[0]


@compiled("(f8[:,::1], i8, i8[::1], i8, f8[::1], f8[::1], f8[::1])")
def chances(points: Reals, k: int, terms: Wholes, pairs: int, nodes: Reals, masses: Reals, prior: Reals) -> Reals:
    """(n, 2**k) probability of each history at each of the points (n, parameters)."""
    size = 1 << k
    found = np.empty((points.shape[0], size))
    factor, steep = np.empty(size), np.empty(terms.size)
    for i in range(points.shape[0]):
        _ties(points[i], k, terms, pairs, prior, factor, steep)
        effects, share, _, _ = _effects(points[i], k)
        mass = masses if effects[2] > 0 else np.ones(1)
        each = np.empty((KINDS, mass.size, size))
        _mix(points[i], k, nodes, mass, effects, share, factor, each, found[i])
    return found


@compiled(
    "(f8[::1], f8[:,::1], i8, f8[::1], i8[::1], i8, f8[::1], f8[::1], f8[::1], i8, f8, b1, f8, i8, i8)"
)  # fmt: skip
def chain(  # noqa: PLR0917 - compiled code takes no keywords
    start: Reals,
    whiten: Reals,
    k: int,
    counts: Reals,
    terms: Wholes,
    pairs: int,
    nodes: Reals,
    masses: Reals,
    prior: Reals,
    steps: int,
    stride: float,
    adapts: bool,
    length: float,
    most: int,
    seed: int,
) -> tuple[Reals, Reals, float]:
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
        for i in range(at.size):
            kept[step, i] = at[i]
        missed[step] = unseen
    return kept, missed, math.exp(settled) if adapts else stride
