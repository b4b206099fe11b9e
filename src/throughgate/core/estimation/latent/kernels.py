"""The log posterior density of the latent class model, its gradient, and chains that draw from it, compiled.

Parameters and prior: `model`.

Class labels are summed out: the probability of a history is the sum over classes of share times the probability in
the class. N is summed out too: with the prior 1/N,

    sum over N of N^-1 multinomial(counts, unseen | N, p)  is proportional to  product of (p[x] / (1 - p[0]))^counts[x],

and given p the unseen are negative binomial (Fienberg, Johnson and Junker, JRSS A 162, 1999, section 4). So a draw
costs one pass over the 2^lists histories.

Hamiltonian Monte Carlo with a step size from dual averaging (Hoffman and Gelman, JMLR 15, 2014, section 3.2) in
coordinates in which the posterior seen so far is round. A leap adds the difference of two points of an archive,
which is symmetric while the archive stays as it is (ter Braak and Vrugt, Statistics and Computing 18, 2008): it
carries a chain between separate peaks in one step.

This module needs numba, and is imported only by `engine`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.engine import compiled, inner

Reals = npt.NDArray[np.float64]
# Where the gaps, departures, shares and ties begin among the parameters.
Parts = tuple[int, int, int, int]
# What a posterior is of: counts (2**lists,) of persons by history, lists, classes, and `model.Prior.packed`.
Target = tuple[Reals, int, int, Reals]

NOWHERE = -1e300  # the log density where rates are so far out that numbers fail
LENGTH = 2.5  # of a path, in standard deviations
MOST_STEPS = 24  # in a path
ACCEPTED = 0.8  # of paths, aimed at
LARGEST_STEP = 1.5
LOST = 1000.0  # a fall of the log density that says the path has left the numbers' reach


@inner
def _student(value: float, scale: float, freedom: float) -> tuple[float, float]:
    """Log density without its constant, and its derivative."""
    unit = value / scale
    top = freedom + unit * unit
    return -0.5 * (freedom + 1) * np.log(top / freedom), -(freedom + 1) * unit / (top * scale)


@inner
def _gaps(y: Reals, gradient: Reals, gaps: Reals, slopes: Reals, prior: Reals) -> float:
    """Gaps log(1 + exp(y)), their slopes in y, and their log prior as a density of y: `model.Prior.log_gaps`."""
    total = 0.0
    for h in range(y.size):
        gaps[h] = max(np.log1p(np.exp(-abs(y[h]))) + max(y[h], 0.0), 1e-300)
        slopes[h] = 1.0 / (1.0 + np.exp(-y[h]))
        log_gap = np.log(gaps[h])
        far = (log_gap - prior[4]) / prior[5]
        cut = gaps[h] / prior[6]
        near = (log_gap - prior[12]) / prior[13]
        apart = prior[14] - 0.5 * far * far - 0.5 * cut * cut
        alike = prior[15] - 0.5 * near * near
        most = max(apart, alike)
        both = most + np.log(np.exp(apart - most) + np.exp(alike - most))
        share = np.exp(apart - both)
        total += both - log_gap + y[h] - gaps[h]
        by_log = -share * (far / prior[5] + cut * cut) - (1.0 - share) * near / prior[13]
        gradient[h] += (by_log - 1.0) * slopes[h] / gaps[h] + 1.0 - slopes[h]
    return float(total)


@inner
def _rates(x: Reals, gradient: Reals, lists: int, prior: Reals) -> float:
    """Log prior of level, spread and rates, the first of the parameters."""
    far = (x[0] - prior[0]) / prior[1]
    wide = (x[1] - prior[2]) / prior[3]
    total = -0.5 * far * far - 0.5 * wide * wide - lists * x[1]
    gradient[0] -= far / prior[1]
    gradient[1] -= wide / prior[3] + lists
    spread = np.exp(x[1])
    for j in range(2, 2 + lists):
        unit = (x[j] - x[0]) / spread
        total -= 0.5 * unit * unit
        gradient[j] -= unit / spread
        gradient[0] += unit / spread
        gradient[1] += unit * unit
    return float(total)


@inner
def _shares(x: Reals, classes: int) -> Reals:
    """Shares of the classes; that of the first has the parameter 0."""
    shares = np.zeros(classes)
    most = 0.0
    for h in range(1, classes):
        shares[h] = x[h - 1]
        most = max(most, x[h - 1])
    total = 0.0
    for h in range(classes):
        shares[h] = np.exp(shares[h] - most)
        total += shares[h]
    for h in range(classes):
        shares[h] /= total
    return shares


@inner
def _tied(ties: Reals, lists: int) -> Reals:
    """exp of the sum of the ties in each history, (2**lists,)."""
    sums = np.zeros(1 << lists)
    for j in range(1, lists):
        for i in range(j):
            sums[(1 << i) | (1 << j)] = ties[j * (j - 1) // 2 + i]
    for j in range(lists):
        for at in range(sums.size):
            if (at >> j) & 1:
                sums[at] += sums[at ^ (1 << j)]
    for at in range(sums.size):
        sums[at] = np.exp(sums[at])
    return sums


@inner
def _histories(logits: Reals, weights: Reals, out: Reals) -> None:
    """Probability of each history in one class, (2**lists,): independent lists, times weights if there are any."""
    out[0] = 1.0
    for j in range(logits.size):
        odds = np.exp(min(logits[j], 300.0))
        missed = 1.0 / (1.0 + odds)
        for rest in range(1 << j):
            out[rest | (1 << j)] = out[rest] * odds * missed
            out[rest] *= missed
    if weights.size:
        total = 0.0
        for at in range(out.size):
            out[at] *= weights[at]
            total += out[at]
        for at in range(out.size):
            out[at] /= total


@inner
def _likelihood(counts: Reals, shares: Reals, q: Reals, slopes: Reals) -> tuple[float, float]:
    """Log likelihood, probability of being seen, and the slopes of the former by each history's probability."""
    total = 0.0
    seen = 0.0
    documented = 0.0
    for at in range(1, counts.size):
        p = 0.0
        for h in range(shares.size):
            p += shares[h] * q[h, at]
        seen += p
        slopes[at] = 0.0
        if counts[at] > 0:
            if p < 1e-280:
                return NOWHERE, 1.0
            documented += counts[at]
            total += counts[at] * np.log(p)
            slopes[at] = counts[at] / p
    for at in range(1, counts.size):
        slopes[at] -= documented / seen
    slopes[0] = 0.0
    return total - documented * np.log(seen), seen


@inner
def _by_lists(q: Reals, flow: Reals, lists: int, by_list: Reals, by_tie: Reals) -> float:
    """Slopes by the logits of one class, and added up by ties; returns the sum of flow.

    flow  (2**lists,): share x probability x slope, for each history; its mean under q is taken off, and the rest is
          summed over all histories that contain a set of lists (Yates 1937).
    """
    total = 0.0
    for at in range(q.size):
        total += flow[at]
    for at in range(q.size):
        flow[at] -= total * q[at]
    for j in range(lists):
        for at in range(q.size):
            if not (at >> j) & 1:
                flow[at] += flow[at | (1 << j)]
    for j in range(lists):
        by_list[j] = flow[1 << j]
        if by_tie.size:
            for i in range(j):
                by_tie[j * (j - 1) // 2 + i] += flow[(1 << i) | (1 << j)]
    return float(total)


@inner
def _prior(x: Reals, gradient: Reals, parts: Parts, prior: Reals, gaps: Reals, slopes: Reals) -> float:
    """Log prior of all parameters; adds to the gradient, and fills gaps and slopes as `_gaps` does."""
    at_gap, at_departure, at_share, at_tie = parts
    total = _rates(x, gradient, at_gap - 2, prior)
    total += _gaps(x[at_gap:at_departure], gradient[at_gap:at_departure], gaps, slopes, prior)
    for i in range(at_departure, at_share):
        value, slope = _student(x[i], 1.0, prior[8])
        total += value
        gradient[i] += slope
    for i in range(at_share, at_tie):
        far = (x[i] - prior[16]) / prior[9]
        total -= 0.5 * far * far
        gradient[i] -= far / prior[9]
    for i in range(at_tie, x.size):
        value, slope = _student(x[i], prior[10], prior[11])
        total += value
        gradient[i] += slope
    return float(total)


@inner
def _down(
    x: Reals, gradient: Reals, by_list: Reals, gap: float, slope: float, scale: float, at_gap: int, at: int
) -> None:
    """Adds to the gradient what a class below one gap contributes; its departures begin `at`."""
    down = 0.0
    for j in range(by_list.size):
        down += by_list[j] * (1.0 - scale * x[at + j])
        gradient[at + j] += by_list[j] * gap * scale
    gradient[at_gap] -= slope * down


@compiled("(f8[::1], f8[::1], Tuple((f8[::1], i8, i8, f8[::1])))")
def log_posterior(x: Reals, gradient: Reals, target: Target) -> tuple[float, float]:
    """Log posterior density of the parameters but for a constant, and the probability of being on any list.

    x         (size,) as in `model.Model`; there are ties if it is long enough
    gradient  (size,), filled with that of the log density
    """
    counts, lists, classes, prior = target
    steps = classes - 1
    at_departure = 2 + lists + steps
    at_share = at_departure + steps * lists
    at_tie = at_share + steps
    gradient[:] = 0.0
    gaps, slopes = np.empty(steps), np.empty(steps)
    total = _prior(x, gradient, (2 + lists, at_departure, at_share, at_tie), prior, gaps, slopes)

    shares = _shares(x[at_share:at_tie], classes)
    weights = _tied(x[at_tie:], lists) if x.size > at_tie else np.empty(0)
    q = np.empty((classes, counts.size))
    logits = x[2 : 2 + lists].copy()
    for h in range(classes):
        for j in range(lists if h > 0 else 0):
            logits[j] -= gaps[h - 1] * (1.0 - prior[7] * x[at_departure + (h - 1) * lists + j])
        _histories(logits, weights, q[h])
    flow, force = np.empty(counts.size), np.empty(counts.size)
    value, seen = _likelihood(counts, shares, q, flow)
    if not value > NOWHERE:
        return NOWHERE, 1.0

    by_list, by_share, by_shares = np.empty(lists), np.empty(classes), 0.0
    for h in range(classes):
        for at in range(counts.size):
            force[at] = shares[h] * q[h, at] * flow[at]
        by_share[h] = _by_lists(q[h], force, lists, by_list, gradient[at_tie:])
        by_shares += by_share[h]
        for j in range(lists):
            gradient[2 + j] += by_list[j]
        for step in range(h):
            _down(
                x, gradient, by_list, gaps[step], slopes[step], prior[7], 2 + lists + step, at_departure + step * lists
            )
    for h in range(1, classes):
        gradient[at_share + h - 1] += by_share[h] - shares[h] * by_shares
    return total + value, seen


@inner
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


@compiled("(f8[::1], i8, f8[:,::1], f8, b1, f8[:,::1], Tuple((f8[::1], i8, i8, f8[::1])), npy_rng)")
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
        for i in range(size):
            found[t, i] = x[i]
        probability[t] = seen
    return found, probability, np.exp(mean_log_step) if adapt else step
