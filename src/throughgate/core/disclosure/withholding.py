"""Complementary suppression: what else must be withheld so that nothing withheld can be computed.

Two sets of counts that agree with all that is published, and lie apart in a cell, prove that the cell is not pinned.
One linear program finds two such sets that lie apart in every cell in danger, at the least cost of leaving the bounds
of the new table's shown cells; the cells whose bounds were left are withheld. It is the relaxation of Fischetti and
Salazar (2001, doi:10.1287/mnsc.47.7.1008.9805), solved for many cells at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.disclosure.attack import Rows, System, incidence, selector, system
from throughgate.core.disclosure.audit import NEAR, Reach, extreme
from throughgate.core.disclosure.cells import shape_of
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.release import WITHHELD, Release
from throughgate.core.disclosure.rules import BASE

# What it may cost, in persons in cells withheld, to move a cell in danger by one person: in the first rounds nearly
# nothing, because most cells are in no danger, and each round looks at what is left of them.
_WORTH = (0.01, 0.01, 20.0, 100.0, 200.0)
_SWEEPS = 3  # random directions, both ways, before that
_STEP = 2.0 * BASE  # how far an unknown is moved from the truth by them
_MUST = 1e6  # ... where a cell is looked at by itself


def protected(former: Sequence[Release], new: Release) -> Release:
    """*new* with as many more cells withheld as it takes. Raises DisclosureError where nothing helps: former releases
    with this one, even with all of its cells withheld, would pin a cell."""
    plan = _plan(former, new)
    rng = np.random.default_rng(0)
    for _ in range(_SWEEPS):
        if len(danger := plan.in_danger()):
            plan.sweep(danger, rng)
    for worth in _WORTH:
        danger = plan.in_danger()
        if not len(danger):
            break
        plan.move(danger, rng.choice([-1.0, 1.0], size=len(danger)), BASE, worth)
    while len(danger := plan.in_danger()):
        plan.move(danger[:1], np.ones(1), BASE + 1, _MUST)  # an interval of six holds whole numbers five apart
        if plan.reach.open[danger[0]]:
            raise DisclosureError(
                f"This table is refused: with the {len(former)} released before it, "
                f"one of the withheld cells could be known more narrowly than by {BASE} persons."
            )
    return new.without(~plan.shown.reshape(new.shown.shape))


@dataclass
class _Plan:
    """``known``: all but what the new table shows. ``new``: its cells and their bounds, all of them. ``shown``: which
    of those are shown so far. ``reach``: how far apart solutions lie, in the new cells and in those withheld before.
    Whatever was found apart stays so, because withholding more leaves every solution a solution."""

    known: System
    new: Rows
    shown: np.ndarray
    reach: Reach

    def in_danger(self) -> np.ndarray:
        wanted = np.ones(len(self.reach.open), dtype=bool)
        wanted[: len(self.shown)] = ~self.shown
        return np.flatnonzero(self.reach.open & wanted)

    def sweep(self, danger: np.ndarray, rng: np.random.Generator) -> None:
        """Pushes the cells in *danger* up or down at random, a few persons far, and then the other way."""
        at = np.flatnonzero(self.shown)
        rows = self.known.rows
        near = replace(
            self.known,
            low=np.maximum(self.known.low, self.known.truth - _STEP),
            high=np.minimum(self.known.high, self.known.truth + _STEP),
            rows=Rows(
                sparse.vstack([rows.matrix, self.new.matrix[at]], format="csr"),
                np.concatenate([rows.low, self.new.low[at]]),
                np.concatenate([rows.high, self.new.high[at]]),
            ),
        )
        direction = rng.choice([-1.0, 1.0], size=len(danger)) @ self.reach.cells[danger]
        self.reach.see(extreme(near, direction))
        self.reach.see(extreme(near, -direction))

    def move(self, danger: np.ndarray, signs: np.ndarray, width: int, worth: float) -> None:
        """Finds two solutions that lie *width* apart in the cells in *danger*, as far as it is *worth* it, and
        withholds what they need."""
        apart = sparse.csr_array(self.reach.cells[danger].multiply(signs[:, None]))
        at = np.flatnonzero(self.shown)
        soft = Rows(self.new.matrix[at], self.new.low[at], self.new.high[at])
        one, other, left = _two(self.known, soft, apart, width, worth)
        self.shown[at[left]] = False
        self.reach.see(one)
        self.reach.see(other)


def _plan(former: Sequence[Release], new: Release) -> _Plan:
    hidden = new.without(np.ones(new.shown.shape, dtype=bool))
    known = system([*former, hidden])
    matrix = (incidence(shape_of(new.axes)) @ selector(known.places[-1], len(known.truth))).tocsr()
    cells = sparse.vstack([matrix, known.secrets(len(former))], format="csr")
    rows = Rows(matrix, new.low.ravel().astype(float), new.high.ravel().astype(float))
    return _Plan(known, rows, (new.shown != WITHHELD).ravel(), Reach(known, cells, BASE))


def _two(
    known: System, soft: Rows, apart: sparse.csr_array, width: int, worth: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two solutions and the soft rows that one of them breaks.

    Unknowns: for each of the two its counts, and how far each soft row is above and below its bounds; then by how much
    each row of *apart* falls short of *width*.
    """
    count, size = soft.matrix.shape
    rows = known.rows
    beyond = sparse.eye_array(count)
    one = sparse.block_array([[rows.matrix, None, None], [soft.matrix, -beyond, beyond]])
    none = sparse.csr_array((apart.shape[0], 2 * count))
    short = sparse.eye_array(apart.shape[0])
    matrix = sparse.block_array(
        [[one, None, None], [None, one, None], [sparse.hstack([apart, none]), sparse.hstack([-apart, none]), short]]
    )
    low = np.concatenate([rows.low, soft.low])
    high = np.concatenate([rows.high, soft.high])
    price = np.maximum(soft.matrix @ known.truth, 1.0)
    least = np.concatenate([known.low, np.zeros(2 * count)])
    limits = np.concatenate([known.high, np.full(2 * count, np.inf)])
    solved = milp(
        np.concatenate([np.tile(np.concatenate([np.zeros(size), price, price]), 2), np.full(apart.shape[0], worth)]),
        constraints=LinearConstraint(
            matrix.tocsc(),
            np.concatenate([low, low, np.full(apart.shape[0], float(width))]),
            np.concatenate([high, high, np.full(apart.shape[0], np.inf)]),
        ),
        bounds=Bounds(
            np.concatenate([least, least, np.zeros(apart.shape[0])]),
            np.concatenate([limits, limits, np.full(apart.shape[0], np.inf)]),
        ),
    )
    if solved.x is None:  # the truth is a solution
        raise ArithmeticError(f"the linear program of withholding was not solved: {solved.message}")
    found = np.asarray(solved.x)[: 2 * (size + 2 * count)].reshape(2, -1)
    beyond_by = found[:, size:].sum(axis=0)
    return found[0, :size], found[1, :size], (beyond_by[:count] + beyond_by[count:]) > NEAR
