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
from numba import njit  # type: ignore[import-untyped]

STEPS = 60
SMALLEST = 1e-8  # Newton decrement squared: the step taken after it leaves an error far below this
LOWEST, HIGHEST = -40.0, 30.0  # of the logarithm of an expected count


@njit(cache=True)  # type: ignore[untyped-decorator]
def _sum_supersets(values, size):  # type: ignore[no-untyped-def]
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at] += values[at + step]
        step *= 2


@njit(cache=True)  # type: ignore[untyped-decorator]
def _sum_subsets(values, size):  # type: ignore[no-untyped-def]
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at + step] += values[at]
        step *= 2


@njit(cache=True)  # type: ignore[untyped-decorator]
def _expected(beta, gamma, columns, keep, mu, eta):  # type: ignore[no-untyped-def]
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


@njit(cache=True)  # type: ignore[untyped-decorator]
def _likelihood(y, eta, mu, keep):  # type: ignore[no-untyped-def]
    total = 0.0
    for at in range(y.size):
        if keep[at]:
            total += y[at] * min(max(eta[at], LOWEST), HIGHEST) - mu[at]
    return total


@njit(cache=True)  # type: ignore[untyped-decorator]
def _solve(matrix, right, p):  # type: ignore[no-untyped-def]
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


@njit(cache=True)  # type: ignore[untyped-decorator]
def newton(y, keep, terms, count, columns, beta, gamma, margins, work):  # type: ignore[no-untyped-def]
    """Fit one model in place, from `beta` and `gamma`. The last of the `count` terms is the intercept.

    margins  sums of y over supersets; work  scratch of `scratch(size, columns, p)`
    Gives (log likelihood without the factorials, variance of the intercept, smallest expected count, converged).
    """
    size = y.size
    extra = gamma.size
    p = count + extra
    mu, eta, zeta, old_beta, old_gamma, column_margins, matrix, right = work
    for c in range(extra):
        column_margins[c] = 0.0
        for at in range(size):
            if keep[at]:
                column_margins[c] += y[at] * columns[c, at]
    _expected(beta, gamma, columns, keep, mu, eta)
    best = _likelihood(y, eta, mu, keep)
    variance = math.inf
    converged = False
    for _ in range(STEPS):
        for at in range(size):
            zeta[at] = mu[at]
        _sum_supersets(zeta, size)
        # The columns come first and the intercept last, so that its variance is the last pivot of the factor.
        for i in range(count):
            right[extra + i] = margins[terms[i]] - zeta[terms[i]]
            for j in range(i + 1):
                matrix[extra + i, extra + j] = zeta[terms[i] | terms[j]]
        for c in range(extra):
            gradient = column_margins[c]
            for at in range(size):
                zeta[at] = mu[at] * columns[c, at]
                gradient -= zeta[at]
            right[c] = gradient
            for d in range(c + 1):
                dot = 0.0
                for at in range(size):
                    dot += zeta[at] * columns[d, at]
                matrix[c, d] = dot
            _sum_supersets(zeta, size)
            for i in range(count):
                matrix[extra + i, c] = zeta[terms[i]]
        for i in range(p):
            mu_gradient = right[i]
            old_gamma[i] = mu_gradient
        if not _solve(matrix, right, p):
            break
        variance = 1.0 / (matrix[p - 1, p - 1] * matrix[p - 1, p - 1])
        decrement = 0.0
        largest = 0.0
        for i in range(p):
            decrement += old_gamma[i] * right[i]
            largest = max(largest, abs(right[i]))
        for at in range(size):
            old_beta[at] = beta[at]
        for c in range(extra):
            old_gamma[p + c] = gamma[c]
        factor = 1.0 if largest < 6.0 else 6.0 / largest
        now = best
        for _half in range(30):
            for i in range(count):
                beta[terms[i]] = old_beta[terms[i]] + factor * right[extra + i]
            for c in range(extra):
                gamma[c] = old_gamma[p + c] + factor * right[c]
            _expected(beta, gamma, columns, keep, mu, eta)
            now = _likelihood(y, eta, mu, keep)
            if now >= best - 1e-9 * (1.0 + abs(best)):
                break
            factor *= 0.5
        best = now
        if decrement < SMALLEST and factor == 1.0:
            converged = True
            break
    least = math.inf
    for at in range(size):
        if keep[at]:
            least = min(least, mu[at])
    return best, variance, least, converged


@njit(cache=True)  # type: ignore[untyped-decorator]
def scratch(size, extra, p):  # type: ignore[no-untyped-def]
    """Room for `newton`."""
    return (
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(size),
        np.empty(p + extra),
        np.empty(extra),
        np.empty((p, p)),
        np.empty(p),
    )


@njit(cache=True)  # type: ignore[untyped-decorator]
def _reduce(margins, base, optional, model, keep, terms):  # type: ignore[no-untyped-def]
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


@njit(cache=True)  # type: ignore[untyped-decorator]
def _independent(margins, base, total, beta):  # type: ignore[no-untyped-def]
    """Start: lists independent, about half of all persons documented."""
    beta[:] = 0.0
    beta[0] = math.log(total + 1.0)
    for i in range(base.size):
        odds = (margins[base[i]] + 0.5) / (2.0 * total)
        beta[base[i]] = math.log(odds / (1.0 - odds))
        beta[0] -= math.log(1.0 + odds / (1.0 - odds))


@njit(cache=True)  # type: ignore[untyped-decorator]
def fit_models(y, seen, base, optional, models, columns, starts):  # type: ignore[no-untyped-def]
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
    work = scratch(size, extra, base.size + optional.size + 1 + extra)
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
        best, variance, least, good = newton(y, keep, terms, count, columns, beta, gamma, margins, work)
        if not good:
            _independent(margins, base, total, beta)
            for i in range(base.size):
                if margins[base[i]] == 0:
                    beta[base[i]] = 0.0
            gamma[:] = 0.0
            best, variance, least, good = newton(y, keep, terms, count, columns, beta, gamma, margins, work)
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


@njit(cache=True)  # type: ignore[untyped-decorator]
def profile(y, seen, base, optional, model, columns, start, unseen):  # type: ignore[no-untyped-def]
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


@njit(cache=True)  # type: ignore[untyped-decorator]
def best_of_resamples(tables, seen, base, optional, models, sizes, starts, none):  # type: ignore[no-untyped-def]
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
