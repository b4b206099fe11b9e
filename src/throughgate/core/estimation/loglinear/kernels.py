"""Newton's method for Poisson log-linear models of capture histories, compiled.

A model is a set of terms, each a set of lists written as a number (bit i: list i). The log of the expected count of
history x is the sum of the parameters of all terms within x, plus a parameter for each heterogeneity column. Hence the
sufficient statistics are sums over supersets, and so is the information: its element for terms S and T is the
sum of the expected counts of all histories that contain S and T. Both come from one transform of 2**k numbers (Yates
1937), so a step costs little more than one Cholesky factor.

This module needs numba, and is imported only by `fitting`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

Reals = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Room = tuple[Reals, Reals, Reals, Reals, Reals, Reals, Reals, Reals]

STEPS = 60
SMALLEST = 1e-8  # Newton decrement squared: the step taken after it leaves an error far below this
HALVINGS = 30
LONGEST = 6.0  # a step of one parameter
LOWEST, HIGHEST = -40.0, 30.0  # of the logarithm of an expected count


@njit(cache=True)
def _sum_supersets(values: Reals, size: int) -> None:
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at] += values[at + step]
        step *= 2


@njit(cache=True)
def _sum_subsets(values: Reals, size: int) -> None:
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at + step] += values[at]
        step *= 2


@njit(cache=True)
def _expected(beta: Reals, gamma: Reals, columns: Reals, keep: Marks, mu: Reals, eta: Reals) -> None:
    size = beta.size
    for at in range(size):
        eta[at] = beta[at]
    _sum_subsets(eta, size)
    for c in range(gamma.size):
        for at in range(size):
            eta[at] += gamma[c] * columns[c, at]
    for at in range(size):
        if keep[at]:
            mu[at] = math.exp(min(max(eta[at], LOWEST), HIGHEST))
        else:
            mu[at] = 0.0


@njit(cache=True)
def _likelihood(y: Reals, eta: Reals, mu: Reals, keep: Marks) -> float:
    total = 0.0
    for at in range(y.size):
        if keep[at]:
            total += y[at] * min(max(eta[at], LOWEST), HIGHEST) - mu[at]
    return total


@njit(cache=True)
def _solve(matrix: Reals, right: Reals, p: int) -> bool:
    """Cholesky in place (lower), and the solution in `right`. False when the matrix is singular."""
    for j in range(p):
        first = matrix[j, j]
        rest = first
        for t in range(j):
            rest -= matrix[j, t] * matrix[j, t]
        if not rest > 1e-10 * first or not rest > 1e-280:
            return False
        root = math.sqrt(rest)
        matrix[j, j] = root
        for i in range(j + 1, p):
            dot = matrix[i, j]
            for t in range(j):
                dot -= matrix[i, t] * matrix[j, t]
            matrix[i, j] = dot / root
    for i in range(p):
        dot = right[i]
        for t in range(i):
            dot -= matrix[i, t] * right[t]
        right[i] = dot / matrix[i, i]
    for i in range(p - 1, -1, -1):
        dot = right[i]
        for t in range(i + 1, p):
            dot -= matrix[t, i] * right[t]
        right[i] = dot / matrix[i, i]
    return True


@njit(cache=True)
def _system(
    mu: Reals, terms: Wholes, count: int, columns: Reals, margins: Reals, column_margins: Reals, room: Room
) -> None:
    """Fill gradient and information: columns first, terms after them, the intercept last."""
    _, _, zeta, _, _, gradient, matrix, _ = room
    size = mu.size
    extra = columns.shape[0]
    zeta[:] = mu
    _sum_supersets(zeta, size)
    for i in range(count):
        gradient[extra + i] = margins[terms[i]] - zeta[terms[i]]
        for j in range(i + 1):
            matrix[extra + i, extra + j] = zeta[terms[i] | terms[j]]
    for c in range(extra):
        zeta[:] = mu * columns[c]
        gradient[c] = column_margins[c] - zeta.sum()
        for d in range(c + 1):
            matrix[c, d] = (zeta * columns[d]).sum()
        _sum_supersets(zeta, size)
        for i in range(count):
            matrix[extra + i, c] = zeta[terms[i]]


@njit(cache=True)
def _move(  # noqa: PLR0917 - compiled code takes no keywords
    y: Reals, keep: Marks, terms: Wholes, count: int, columns: Reals, beta: Reals, gamma: Reals, best: float, room: Room
) -> tuple[float, bool]:
    """Go along the step in `room`, halved until the likelihood does not fall. Gives it, and whether whole."""
    mu, eta, _, old_beta, old_gamma, _, _, step = room
    extra = gamma.size
    old_beta[:] = beta
    old_gamma[:] = gamma
    largest = np.abs(step[: count + extra]).max()
    factor = 1.0 if largest < LONGEST else LONGEST / largest
    now = best
    for _ in range(HALVINGS):
        for i in range(count):
            beta[terms[i]] = old_beta[terms[i]] + factor * step[extra + i]
        gamma[:] = old_gamma + factor * step[:extra]
        _expected(beta, gamma, columns, keep, mu, eta)
        now = _likelihood(y, eta, mu, keep)
        if now >= best - 1e-9 * (1.0 + abs(best)):
            break
        factor *= 0.5
    return now, factor == 1.0


@njit(cache=True)
def newton(  # noqa: PLR0917 - compiled code takes no keywords
    y: Reals,
    keep: Marks,
    terms: Wholes,
    count: int,
    columns: Reals,
    beta: Reals,
    gamma: Reals,
    margins: Reals,
    room: Room,
) -> tuple[float, float, float, bool]:
    """Fit one model in place, from `beta` and `gamma`. The last of the `count` terms is the intercept.

    margins  sums of y over supersets; room  from `scratch`
    Gives (log likelihood without the factorials, variance of the intercept, smallest expected count, converged).
    """
    mu, eta, _, _, _, gradient, matrix, step = room
    p = count + gamma.size
    column_margins = np.empty(gamma.size)
    for c in range(gamma.size):
        column_margins[c] = (columns[c] * y * keep).sum()
    _expected(beta, gamma, columns, keep, mu, eta)
    best = _likelihood(y, eta, mu, keep)
    variance = math.inf
    converged = False
    for _ in range(STEPS):
        _system(mu, terms, count, columns, margins, column_margins, room)
        step[:p] = gradient[:p]
        if not _solve(matrix, step, p):
            break
        variance = 1.0 / (matrix[p - 1, p - 1] * matrix[p - 1, p - 1])
        decrement = (gradient[:p] * step[:p]).sum()
        best, whole = _move(y, keep, terms, count, columns, beta, gamma, best, room)
        if decrement < SMALLEST and whole:
            converged = True
            break
    least = math.inf
    for at in range(y.size):
        if keep[at]:
            least = min(least, mu[at])
    return best, variance, least, converged


@njit(cache=True)
def scratch(size: int, extra: int, p: int) -> Room:
    """Room for `newton`."""
    return (
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(extra),
        np.empty(p),
        np.empty((p, p)),
        np.empty(p),
    )


@njit(cache=True)
def _reduce(margins: Reals, base: Wholes, optional: Wholes, model: int, keep: Marks, terms: Wholes) -> int:
    """Terms of a model, the intercept last; those whose margin is 0 are left out, and the histories within them."""
    size = keep.size
    count = 0
    for i in range(optional.size):
        if model >> i & 1:
            term = optional[i]
            if margins[term] > 0:
                terms[count] = term
                count += 1
            else:
                for at in range(size):
                    if at & term == term:
                        keep[at] = False
    for i in range(base.size):
        term = base[i]
        if margins[term] > 0:
            terms[count] = term
            count += 1
        else:
            for at in range(size):
                if at & term == term:
                    keep[at] = False
    terms[count] = 0
    return count + 1


@njit(cache=True)
def _independent(margins: Reals, base: Wholes, total: float, beta: Reals) -> None:
    """Start: lists independent, about half of all persons documented."""
    beta[:] = 0.0
    beta[0] = math.log(total + 1.0)
    for i in range(base.size):
        odds = (margins[base[i]] + 0.5) / (2.0 * total)
        beta[base[i]] = math.log(odds / (1.0 - odds))
        beta[0] -= math.log(1.0 + odds / (1.0 - odds))


@njit(cache=True)
def fit_models(
    y: Reals, seen: Marks, base: Wholes, optional: Wholes, models: Wholes, columns: Reals, starts: Reals
) -> tuple[Reals, Reals, Marks]:
    """Fit many models to one table.

    y         (2**k,) counts, as float
    seen      (2**k,) which histories are observed (all but 0, and 0 too where its count is assumed)
    base      the lists' own terms; optional  the terms a model may have; models  (m,) bit sets of `optional`
    columns   (c, 2**k) heterogeneity columns, 0 at history 0
    starts    (m, 2**k + c) parameters to begin with, or (0, ...): each model begins where the last one ended
    Gives statistics (m, 4): log likelihood, intercept, its variance, smallest expected count; parameters (m, 2**k + c)
    with those of absent terms 0; converged (m,).
    """
    size = y.size
    extra = columns.shape[0]
    margins = y.copy()
    _sum_supersets(margins, size)
    total = margins[0]
    statistics = np.empty((models.size, 4))
    parameters = np.zeros((models.size, size + extra))
    converged = np.zeros(models.size, dtype=np.bool_)
    room = scratch(size, extra, base.size + optional.size + 1 + extra)
    terms = np.empty(base.size + optional.size + 1, dtype=np.int64)
    keep = np.empty(size, dtype=np.bool_)
    beta = np.empty(size)
    gamma = np.zeros(extra)
    last = np.zeros(size + extra)
    _independent(margins, base, total, beta)
    last[:size] = beta
    for m in range(models.size):
        keep[:] = seen
        count = _reduce(margins, base, optional, models[m], keep, terms)
        start = starts[m] if starts.shape[0] > 0 else last
        beta[:] = 0.0
        for i in range(count):
            beta[terms[i]] = start[terms[i]]
        gamma[:] = start[size:]
        best, variance, least, good = newton(y, keep, terms, count, columns, beta, gamma, margins, room)
        if not good:
            _independent(margins, base, total, beta)
            for i in range(base.size):
                if margins[base[i]] == 0:
                    beta[base[i]] = 0.0
            gamma[:] = 0.0
            best, variance, least, good = newton(y, keep, terms, count, columns, beta, gamma, margins, room)
        statistics[m, 0] = best
        statistics[m, 1] = beta[0]
        statistics[m, 2] = variance
        statistics[m, 3] = least
        parameters[m, :size] = beta
        parameters[m, size:] = gamma
        converged[m] = good
        if good:
            last[:] = parameters[m]
    return statistics, parameters, converged


@njit(cache=True)
def profile(
    y: Reals, seen: Marks, base: Wholes, optional: Wholes, model: int, columns: Reals, start: Reals, unseen: Reals
) -> Reals:
    """Log likelihoods (g,), without the terms of the factorials, when the unseen count is each of `unseen` (g,)."""
    size = y.size
    extra = columns.shape[0]
    found = np.empty(unseen.size)
    table = y.copy()
    everything = seen.copy()
    everything[0] = True
    models = np.array([model])
    starts = np.empty((1, size + extra))
    starts[0] = start
    for g in range(unseen.size):
        table[0] = unseen[g]
        statistics, parameters, converged = fit_models(table, everything, base, optional, models, columns, starts)
        found[g] = statistics[0, 0] if converged[0] else math.nan
        if converged[0]:
            starts[0] = parameters[0]
    return found


@njit(cache=True)
def best_of_resamples(
    tables: Reals, seen: Marks, base: Wholes, optional: Wholes, models: Wholes, sizes: Reals, starts: Reals, none: Reals
) -> tuple[Wholes, Reals]:
    """For each resampled table (b, 2**k) the intercept and the place of the model with the smallest criterion.

    sizes  (m,) penalty of each model; starts  (m, 2**k) fits to the original table; none  (0, 2**k) no columns
    """
    chosen = np.empty(tables.shape[0], dtype=np.int64)
    intercepts = np.empty(tables.shape[0])
    for b in range(tables.shape[0]):
        statistics, _, converged = fit_models(tables[b], seen, base, optional, models, none, starts)
        best = math.inf
        chosen[b] = -1
        intercepts[b] = math.nan
        for m in range(models.size):
            criterion = sizes[m] - 2.0 * statistics[m, 0]
            if converged[m] and criterion < best:
                best = criterion
                chosen[b] = m
                intercepts[b] = statistics[m, 1]
    return chosen, intercepts
