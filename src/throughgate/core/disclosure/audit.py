"""Which withheld cells can be pinned: bounds by linear program (HiGHS: Huangfu and Hall 2018,
doi:10.1007/s12532-017-0130-5).

The protection asked for is that of Fischetti and Salazar (2001, doi:10.1287/mnsc.47.7.1008.9805): for every withheld
cell the least and the greatest count that agree with all that was published are some way apart.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.disclosure.attack import Rows, System
from throughgate.core.disclosure.rules import BASE

NEAR = 1e-6
_SWEEPS = 12  # pairs of programs that move all cells at once, before cells are looked at one by one


def pinned(system: System, cells: sparse.csr_array, width: int = BASE) -> np.ndarray:
    """True for the *cells*, rows over the unknowns, whose whole-numbered interval is narrower than *width*.

    Every solution found is remembered for all cells: two that lie *width* apart in a cell clear it. Solutions pushed
    in random directions clear nearly all; for the rest the least and the greatest count are found.
    """
    reach = Reach(system, cells, width)
    rng = np.random.default_rng(0)
    for _ in range(_SWEEPS):
        signs = rng.choice([-1.0, 1.0], size=cells.shape[0]) * reach.open
        for direction in (signs @ cells, -signs @ cells):
            reach.see(extreme(system, direction))
    for each in range(cells.shape[0]):
        if reach.open[each]:
            direction = cells[[each]].toarray()[0]
            reach.see(extreme(system, direction))
            reach.see(extreme(system, -direction))
    return reach.open


def interval(system: System, cell: np.ndarray) -> tuple[int, int]:
    """The least and the greatest whole number that *cell*, a row over the unknowns, can be (as far as 1,000 away)."""
    low = float(cell @ extreme(system, cell))
    high = float(cell @ extreme(system, -cell))
    return int(np.ceil(low - NEAR)), int(np.floor(high + NEAR))


class Reach:
    """The least and the greatest value seen so far of many cells, and which are still too near to each other."""

    def __init__(self, system: System, cells: sparse.csr_array, width: int) -> None:
        self.cells, self.width = cells, width
        self.least = cells @ system.truth
        self.most = self.least.copy()
        self.open = np.ones(cells.shape[0], dtype=bool)

    def see(self, solution: np.ndarray) -> None:
        found = self.cells @ solution
        np.minimum(self.least, found, out=self.least)
        np.maximum(self.most, found, out=self.most)
        self.open = np.floor(self.most + NEAR) - np.ceil(self.least - NEAR) < self.width


def extreme_within(system: System, direction: np.ndarray, unknowns: np.ndarray, base: np.ndarray) -> np.ndarray:
    """What `extreme` finds where only some of the *unknowns* may differ from *base*, a solution: a smaller program,
    whose solutions are solutions of the whole."""
    matrix = system.columns[:, unknowns].tocsr()
    at = np.flatnonzero(np.diff(matrix.indptr))
    matrix, now = matrix[at], (system.rows.matrix @ base)[at]
    rest = now - matrix @ base[unknowns]
    rows = Rows(matrix, np.minimum(system.rows.low[at], now) - rest, np.maximum(system.rows.high[at], now) - rest)
    low = np.minimum(system.low[unknowns], base[unknowns])
    high = np.maximum(system.high[unknowns], base[unknowns])
    solution = base.copy()
    with suppress(ArithmeticError):  # where the solver gives up, nothing is cleared, and nothing is lost
        solution[unknowns] = least(direction[unknowns], rows, low, high)
    return solution


def extreme(system: System, direction: np.ndarray) -> np.ndarray:
    """Counts that agree with everything known and make ``direction @ counts`` least, shape (unknowns,)."""
    return least(direction, system.rows, system.low, system.high)


def least(direction: np.ndarray, rows: Rows, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The solution of a linear program that has one."""
    constraints = [LinearConstraint(rows.matrix, rows.low, rows.high)] if rows.matrix.shape[0] else []
    solved = milp(direction, constraints=constraints, bounds=Bounds(low, high))
    if solved.x is None:  # the truth is a solution: what is known contradicts itself only by a mistake in this package
        raise ArithmeticError(f"the linear program of the audit was not solved: {solved.message}")
    return np.asarray(solved.x)
