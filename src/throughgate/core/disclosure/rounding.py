"""Rounding to five: down, so that "at least" is true; or up and down by a key, so that parts may add up."""

from __future__ import annotations

import numpy as np
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.disclosure.keys import CELL_KEYS
from throughgate.core.disclosure.rules import BASE

_NODES = 2_000  # of branch and bound; counted, because a limit of time would give other values on other machines


def down(counts: np.ndarray) -> np.ndarray:
    """The greatest multiple of five not above the count: "at least" it is true."""
    return np.asarray(counts // BASE * BASE)


def keyed(counts: np.ndarray, prints: np.ndarray) -> np.ndarray:
    """Random rounding to five whose chance is the cell key (Fraser and Wooton 2005): up with a probability of a fifth
    of the remainder, so that it is right on average, and always the same for the same persons."""
    remainder = counts % BASE
    chance = ((prints % np.uint64(CELL_KEYS)).astype(float) + 0.5) / CELL_KEYS
    return np.asarray(counts - remainder + BASE * (chance < remainder / BASE))


def added_up(
    counts: np.ndarray, wanted: np.ndarray, fixed: np.ndarray, shown: np.ndarray
) -> tuple[np.ndarray, int] | None:
    """Values near *wanted* whose parts make up their whole wherever all of them are *shown* (controlled rounding: Cox
    1987, doi:10.1080/01621459.1987.10478456).

    Values that are *fixed* stay. Others lie less than five, or where that cannot be less than ten, from their count.
    All arrays have shape (n1 + 1, ..., nk + 1). Returns the values and how far they may lie from their counts; None
    where no such values exist.
    """
    sums = _equations(shown)
    for further in (0, 1):
        least = np.where(fixed, wanted, (counts // BASE - further) * BASE) // BASE
        most = np.where(fixed, wanted, (-(-counts // BASE) + further) * BASE) // BASE
        found = _nearest(wanted.ravel() // BASE, np.maximum(least, 0).ravel(), most.ravel(), sums)
        if found is not None:
            return found.reshape(counts.shape) * BASE, BASE * (1 + further) - 1
    return None


def _nearest(wanted: np.ndarray, least: np.ndarray, most: np.ndarray, sums: sparse.csr_array) -> np.ndarray | None:
    """Whole numbers from *least* to *most*, with all *sums* zero, as near to *wanted* as they can be."""
    if not np.any(sums @ wanted):
        return wanted
    size = len(wanted)
    rest = -(sums @ wanted).astype(float)
    solved = milp(
        np.ones(2 * size),
        integrality=np.ones(2 * size),
        constraints=LinearConstraint(sparse.hstack([sums, -sums]).tocsc(), rest, rest),
        bounds=Bounds(np.zeros(2 * size), np.concatenate([most - wanted, wanted - least]).astype(float)),
        options={"node_limit": _NODES, "mip_rel_gap": 0.05},
    )
    if solved.x is None:
        return None
    moved = np.rint(solved.x).astype(np.int64)
    return np.asarray(wanted + moved[:size] - moved[size:])


def _equations(shown: np.ndarray) -> sparse.csr_array:
    """One row, along one axis, for each whole of which all parts are shown: the parts less the whole."""
    rows, columns, values = [], [], []
    places = np.arange(shown.size).reshape(shown.shape)
    count = 0
    for axis in range(shown.ndim):
        lines = np.moveaxis(places, axis, -1).reshape(-1, shown.shape[axis])
        for line in lines[shown.ravel()[lines].all(axis=1)]:
            rows.append(np.full(len(line), count))
            columns.append(line)
            values.append(np.r_[np.ones(len(line) - 1), -1.0])
            count += 1
    if not count:
        return sparse.csr_array((0, shown.size))
    return sparse.csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(count, shown.size)
    )
