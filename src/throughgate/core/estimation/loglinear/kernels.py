"""Newton's method for Poisson log-linear models of capture histories, compiled.

A model is a set of terms, each a set of lists written as a number (bit i: list i). The log of the expected count of
history x is the sum of the parameters of all terms within x, plus a parameter for each heterogeneity column. Hence the
sufficient statistics are sums over supersets, and so is the information: its element for terms S and T is the
sum of the expected counts of all histories that contain S and T. Both come from one transform of 2**k numbers (Yates
1937), so a step costs little more than one Cholesky factor.

This module needs numba, and is imported only by `engine`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.engine import compiled, inner

Reals = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Room = tuple[Reals, Reals, Reals, Reals, Reals, Reals, Reals, Reals]

STEPS = 60
SMALLEST = 1e-8  # Newton decrement squared: the step taken after it leaves an error far below this
HALVINGS = 30
LONGEST = 6.0  # a step of one parameter
LOWEST, HIGHEST = -40.0, 30.0  # of the logarithm of an expected count


# Loops instead of whole arrays: they compile in a tenth of the time.
@inner
def _copy(source: Reals | Marks, target: Reals | Marks) -> None:
    for at in range(source.size):
        target[at] = source[at]


@inner
def _total(values: Reals) -> float:
    total = 0.0
    for at in range(values.size):
        total += values[at]
    return total


@inner
def _product(one: Reals, other: Reals, size: int) -> float:
    total = 0.0
    for at in range(size):
        total += one[at] * other[at]
    return total


@inner
def _sum_supersets(values: Reals, size: int) -> None:
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at] += values[at + step]
        step *= 2


@inner
def _sum_subsets(values: Reals, size: int) -> None:
    step = 1
    while step < size:
        for start in range(0, size, 2 * step):
            for at in range(start, start + step):
                values[at + step] += values[at]
        step *= 2


@inner
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


@inner
def _likelihood(y: Reals, eta: Reals, mu: Reals, keep: Marks) -> float:
    total = 0.0
    for at in range(y.size):
        if keep[at]:
            total += y[at] * min(max(eta[at], LOWEST), HIGHEST) - mu[at]
    return total


@inner
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


@inner
def _system(
    mu: Reals, terms: Wholes, count: int, columns: Reals, margins: Reals, column_margins: Reals, room: Room
) -> None:
    """Fill gradient and information: columns first, terms after them, the intercept last."""
    _, _, zeta, _, _, gradient, matrix, _ = room
    size = mu.size
    extra = columns.shape[0]
    for at in range(size):
        zeta[at] = mu[at]
    _sum_supersets(zeta, size)
    for i in range(count):
        gradient[extra + i] = margins[terms[i]] - zeta[terms[i]]
        for j in range(i + 1):
            matrix[extra + i, extra + j] = zeta[terms[i] | terms[j]]
    for c in range(extra):
        for at in range(size):
            zeta[at] = mu[at] * columns[c, at]
        gradient[c] = column_margins[c] - _total(zeta)
        for d in range(c + 1):
            matrix[c, d] = _product(zeta, columns[d], size)
        _sum_supersets(zeta, size)
        for i in range(count):
            matrix[extra + i, c] = zeta[terms[i]]


@inner
def _move(  # noqa: PLR0917 - compiled code takes no keywords
    y: Reals, keep: Marks, terms: Wholes, count: int, columns: Reals, beta: Reals, gamma: Reals, best: float, room: Room
) -> tuple[float, bool]:
    """Go along the step in `room`, halved until the likelihood does not fall. Gives it, and whether whole."""
    mu, eta, _, old_beta, old_gamma, _, _, step = room
    extra = gamma.size
    largest = 0.0
    for i in range(count + extra):
        largest = max(largest, abs(step[i]))
    _copy(beta, old_beta)
    _copy(gamma, old_gamma)
    factor = 1.0 if largest < LONGEST else LONGEST / largest
    now = best
    for _ in range(HALVINGS):
        for i in range(count):
            beta[terms[i]] = old_beta[terms[i]] + factor * step[extra + i]
        for c in range(extra):
            gamma[c] = old_gamma[c] + factor * step[c]
        _expected(beta, gamma, columns, keep, mu, eta)
        now = _likelihood(y, eta, mu, keep)
        if now >= best - 1e-9 * (1.0 + abs(best)):
            break
        factor *= 0.5
    return now, factor == 1.0


@inner
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
        column_margins[c] = 0.0
        for at in range(y.size):
            if keep[at]:
                column_margins[c] += columns[c, at] * y[at]
    _expected(beta, gamma, columns, keep, mu, eta)
    best = _likelihood(y, eta, mu, keep)
    variance = math.inf
    converged = False
    for _ in range(STEPS):
        _system(mu, terms, count, columns, margins, column_margins, room)
        _copy(gradient, step)
        if not _solve(matrix, step, p):
            break
        variance = 1.0 / (matrix[p - 1, p - 1] * matrix[p - 1, p - 1])
        decrement = _product(gradient, step, p)
        best, whole = _move(y, keep, terms, count, columns, beta, gamma, best, room)
        if decrement < SMALLEST and whole:
            converged = True
            break
    least = math.inf
    for at in range(y.size):
        if keep[at]:
            least = min(least, mu[at])
    return best, variance, least, converged


@inner
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


@inner
def _shared(margins: Reals, term: int, keep: Marks) -> bool:
    """Whether anybody is on all lists of the term. If nobody is, the histories that contain it are not kept."""
    if margins[term] > 0:
        return True
    for at in range(keep.size):
        if at & term == term:
            keep[at] = False
    return False


@inner
def _reduce(margins: Reals, base: Wholes, optional: Wholes, model: int, keep: Marks, terms: Wholes) -> int:
    """Terms of a model, the intercept last; those whose margin is 0 are left out, and the histories within them."""
    count = 0
    for i in range(optional.size):
        if model >> i & 1 and _shared(margins, optional[i], keep):
            terms[count] = optional[i]
            count += 1
    for i in range(base.size):
        if _shared(margins, base[i], keep):
            terms[count] = base[i]
            count += 1
    terms[count] = 0
    return count + 1


@inner
def _independent(margins: Reals, base: Wholes, beta: Reals) -> None:
    """Start: lists independent, about half of all persons documented."""
    total = margins[0]
    beta[:] = 0.0
    beta[0] = math.log(total + 1.0)
    for i in range(base.size):
        odds = (margins[base[i]] + 0.5) / (2.0 * total)
        beta[base[i]] = math.log(odds / (1.0 - odds))
        beta[0] -= math.log(1.0 + odds / (1.0 - odds))


@inner
def _fit(  # noqa: PLR0917 - compiled code takes no keywords
    y: Reals,
    keep: Marks,
    base: Wholes,
    terms: Wholes,
    count: int,
    columns: Reals,
    start: Reals,
    beta: Reals,
    gamma: Reals,
    margins: Reals,
    room: Room,
) -> tuple[float, float, float, bool]:
    """`newton` from `start` (2**k + c,), and once more from independence if that does not converge."""
    beta[:] = 0.0
    for i in range(count):
        beta[terms[i]] = start[terms[i]]
    for c in range(gamma.size):
        gamma[c] = start[y.size + c]
    found = newton(y, keep, terms, count, columns, beta, gamma, margins, room)
    if found[3]:
        return found
    _independent(margins, base, beta)
    for i in range(base.size):
        if margins[base[i]] == 0:
            beta[base[i]] = 0.0
    gamma[:] = 0.0
    return newton(y, keep, terms, count, columns, beta, gamma, margins, room)


@compiled("(f8[:,::1], b1[::1], i8[::1], i8[::1], i8[::1], f8[:,::1], f8[:,::1])")
def fit_models(
    tables: Reals, seen: Marks, base: Wholes, optional: Wholes, models: Wholes, columns: Reals, starts: Reals
) -> tuple[Reals, Reals, Marks]:
    """Fit many models to one table, or one model to many tables: as many fits as there are of either.

    tables    (1 or n, 2**k) counts, as float
    seen      (2**k,) which histories are observed (all but 0, and 0 too where its count is assumed)
    base      the lists' own terms; optional  the terms a model may have; models  (1 or n,) bit sets of `optional`
    columns   (c, 2**k) heterogeneity columns, 0 at history 0
    starts    (n, 2**k + c) parameters to begin with; of (1, ...) only the first fit is told, of (0, ...) none, and
              each next one begins where the last one ended
    Gives statistics (n, 4): log likelihood, intercept, its variance, smallest expected count; parameters (n, 2**k + c)
    with those of absent terms 0; converged (n,).
    """
    size = tables.shape[1]
    extra = columns.shape[0]
    fits = max(tables.shape[0], models.size)
    statistics = np.empty((fits, 4))
    parameters = np.zeros((fits, size + extra))
    converged = np.zeros(fits, dtype=np.bool_)
    room = scratch(size, extra, base.size + optional.size + 1 + extra)
    terms = np.empty(base.size + optional.size + 1, dtype=np.int64)
    keep = np.empty(size, dtype=np.bool_)
    beta, gamma, margins = np.empty(size), np.zeros(extra), np.empty(size)
    last = np.zeros(size + extra)
    y = tables[0]
    for m in range(fits):
        if m == 0 or tables.shape[0] > 1:
            y = tables[m]
            _copy(y, margins)
            _sum_supersets(margins, size)
        if m == 0:
            _independent(margins, base, last)
        _copy(seen, keep)
        count = _reduce(margins, base, optional, models[m if models.size > 1 else 0], keep, terms)
        start = starts[m] if m < starts.shape[0] else last
        best, variance, least, good = _fit(y, keep, base, terms, count, columns, start, beta, gamma, margins, room)
        statistics[m, 0] = best
        statistics[m, 1] = beta[0]
        statistics[m, 2] = variance
        statistics[m, 3] = least
        _copy(beta, parameters[m])
        for c in range(extra):
            parameters[m, size + c] = gamma[c]
        converged[m] = good
        if good:
            _copy(parameters[m], last)
        elif m == 0 and starts.shape[0] == 1:
            _copy(starts[0], last)
    return statistics, parameters, converged
