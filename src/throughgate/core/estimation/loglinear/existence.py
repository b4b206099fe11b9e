"""Whether the estimate of a model exists, and whether the unseen count is identified, by linear program.

The maximum likelihood estimate of a log-linear model exists when its sufficient statistics lie in the relative interior
of the cone spanned by the rows of its design matrix (Haberman 1974; Fienberg and Rinaldo 2012, theorem 3). With no
zero among the counts they do. Otherwise a direction is looked for along which the likelihood never falls: 0 at all
histories with persons, 0 or more at those without. The histories where it must be 0 are the facial set; the extended
estimate is that of the counts there, and the unseen count is identified when the row of the unseen history lies
in the span of the rows of the facial set (Chan, Silverman and Vincent 2021, for the case of empty overlaps).

What exists for a model exists for every model within it, because a projection takes relative interiors to
relative interiors. So one program, for the largest model of a family, most often answers for all of them.
"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.loglinear.models import Columns

Rows = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Existence(Enum):
    """What a table lets a model say."""

    EXISTS = "exists"
    EXTENDED = "extended"  # some parameters are minus infinity, the unseen count is not
    EMPTY = "empty"  # the unseen count is estimated as 0
    UNIDENTIFIED = "unidentified"  # the unseen count is anything, or has no upper end

    @property
    def usable(self) -> bool:
        """Whether there is a number."""
        return self in (Existence.EXISTS, Existence.EXTENDED)


def design(terms: tuple[int, ...], k: int, columns: Columns) -> Rows:
    """(2**k, 1 + k + terms + columns): a row of 0, 1 and column values for every history, the unseen one first."""
    everything = np.array([0, *(1 << bit for bit in range(k)), *terms], dtype=np.int64)
    histories = np.arange(1 << k, dtype=np.int64)
    within = (histories[:, None] & everything[None]) == everything[None]
    return np.hstack([within.astype(np.float64), columns.T])


def check(counts: npt.NDArray[np.float64], terms: tuple[int, ...], columns: Columns) -> Existence:
    """Whether the estimate of the model with these terms of two lists and more exists. counts (2**k,).

    Columns that repeat what the terms say, such as Darroch's beside every pair, leave the model unidentified.
    """
    k = counts.size.bit_length() - 1
    rows = design(terms, k, columns)
    observed = np.arange(counts.size) > 0
    empty = observed & (counts == 0)
    if np.linalg.matrix_rank(rows[observed]) < rows.shape[1]:
        return Existence.UNIDENTIFIED
    if empty.any():
        direction = recession(rows[observed & ~empty], rows[empty])
        if direction is not None:
            rising = np.zeros(counts.size, dtype=np.bool_)
            rising[empty] = rows[empty] @ direction > 1e-6
            if _spans(rows[observed & ~rising], rows[0]):
                return Existence.EXTENDED
            return Existence.EMPTY if rows[0] @ direction > 1e-6 else Existence.UNIDENTIFIED
    return Existence.EXISTS


def recession(held: Rows, free: Rows) -> npt.NDArray[np.float64] | None:
    """A direction 0 on every row of `held`, 0 or more on those of `free` and positive on as many as can be.

    None when it can be positive on none.
    """
    basis = _null(held)
    width, count = basis.shape[1], free.shape[0]
    if width == 0:
        return None
    along = free @ basis
    along[np.abs(along) < 1e-9] = 0.0
    # Maximise the sum of s over c and s, with s <= along @ c and 0 <= s <= 1.
    answer = scipy.optimize.linprog(
        c=np.concatenate([np.zeros(width), -np.ones(count)]),
        A_ub=np.hstack([-along, np.eye(count)]),
        b_ub=np.zeros(count),
        bounds=[(None, None)] * width + [(0.0, 1.0)] * count,
        method="highs",
    )
    if not answer.success or -answer.fun < 1e-6:
        return None
    return np.asarray(basis @ answer.x[:width])


def _null(rows: Rows) -> Rows:
    """(p, d) basis of the directions that are 0 on all rows."""
    _, singular, right = np.linalg.svd(rows, full_matrices=True)
    rank = int((singular > 1e-9 * max(rows.shape) * singular[0]).sum()) if singular.size else 0
    return np.asarray(right[rank:].T)


def _spans(rows: Rows, row: npt.NDArray[np.float64]) -> bool:
    """Whether `row` is a sum of multiples of `rows`."""
    basis = _null(rows)
    return bool(np.abs(row @ basis).max(initial=0.0) < 1e-7)


def everything_exists(counts: npt.NDArray[np.float64], optional: npt.NDArray[np.int64], columns: Columns) -> bool:
    """Whether one look at the largest model settles that every model within it exists, at least as extended.

    Terms whose margin is 0 are taken out, with the histories that contain them: their parameters are minus infinity.
    A model with fewer such terms has the same rows and some more, so that what exists without them exists with them.
    """
    k = counts.size.bit_length() - 1
    histories = np.arange(counts.size)
    kept = histories > 0
    positive = []
    for term in optional.tolist():
        inside = histories & term == term
        if counts[inside].sum() == 0:
            kept &= ~inside
        else:
            positive.append(term)
    rows = design(tuple(positive), k, columns)
    if np.linalg.matrix_rank(rows[kept]) < rows.shape[1]:
        return False
    empty = kept & (counts == 0)
    return not empty.any() or recession(rows[kept & ~empty], rows[empty]) is None
