"""Complementary suppression: what else must be withheld so that nothing withheld can be computed.

Two sets of counts that agree with all that is published, and lie apart in a cell, prove that the cell is not pinned.
Sets found grid by grid prove it of nearly all. For the cells left in danger, one linear program finds a set that lies
apart from those found before, at the least cost of leaving the bounds of the new table's shown cells; the cells whose
bounds were left are withheld. It is the relaxation of Fischetti and Salazar (2001, doi:10.1287/mnsc.47.7.1008.9805),
solved for many cells at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.disclosure.attack import Rows, System, incidence, selector, system
from throughgate.core.disclosure.audit import NEAR, Reach, extreme_within, least
from throughgate.core.disclosure.cells import shape_of
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.release import WITHHELD, Release
from throughgate.core.disclosure.rules import BASE

# What it may cost, in persons in cells withheld, to move a cell in danger by one person: in the first round nearly
# nothing, because some cells are in no danger, and each round looks at what is left of them.
_WORTH = (0.01, 20.0, 200.0)
_SWEEPS = 12  # times that unknowns are pushed in a random direction and back before that, at the most
_SWEEPS_OF_ALL = 2  # ... and those of all grids together, which take long
_LITTLE = 0.8  # of the cells in danger are still in danger after a sweep: the next will find little too
_STEP = 2.0 * BASE  # how far an unknown is moved from the truth by them
_MUST = 1e6  # ... where a cell is looked at by itself


def protected(former: Sequence[Release], new: Release, tell: Callable[[int], object] = int) -> Release:
    """*new* with as many more cells withheld as it takes; `tell` hears how many are still in danger.

    Raises DisclosureError where nothing helps: former releases with this one, even with all of its cells withheld,
    would pin a cell.
    """
    plan = _plan(former, new)
    plan.tell = tell
    rng = np.random.default_rng(0)
    plan.sweep(plan.known.grids, _SWEEPS, rng)
    plan.sweep([np.arange(len(plan.known.truth))], _SWEEPS_OF_ALL, rng)
    for worth in _WORTH:
        for way in (1.0, -1.0):
            if len(danger := plan.in_danger()):
                plan.move(danger, way * rng.choice([-1.0, 1.0], size=len(danger)), worth)
    plan.push_alone()
    while len(danger := plan.in_danger()):
        for sign in np.ones(1), -np.ones(1):
            plan.move(danger[:1], sign, _MUST)
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
    ``midst``: the mean of the solutions *found* by pushing, a solution too.
    Whatever was found apart stays so, because withholding more leaves every solution a solution."""

    known: System
    new: Rows
    shown: np.ndarray
    reach: Reach
    midst: np.ndarray
    found: int = 1
    tell: Callable[[int], object] = int

    def in_danger(self) -> np.ndarray:
        wanted = np.ones(len(self.reach.open), dtype=bool)
        wanted[: len(self.shown)] = ~self.shown
        return np.flatnonzero(self.reach.open & wanted)

    def sweep(self, parts: Sequence[np.ndarray], times: int, rng: np.random.Generator) -> None:
        """Pushes the cells in danger up or down at random, a few persons far, and then the other way, until that finds
        little more. Unknowns are moved one part of them after another; the others stay in the midst of what was found.
        """
        near = self._near()
        for _ in range(times):
            before = len(self.in_danger())
            for unknowns in parts:
                direction = self._direction(unknowns, rng)
                if direction.any():
                    self._push_both_ways(near, direction, unknowns)
            if len(self.in_danger()) >= _LITTLE * before:
                return

    def push_alone(self) -> None:
        """Pushes each cell in danger by itself, within its own grid."""
        near = self._near()
        for cell in self.in_danger():
            if self.reach.open[cell]:
                direction = self.reach.cells[[cell]].toarray()[0]
                (unknowns,) = (grid for grid in near.grids if direction[grid].any())
                self._push_both_ways(near, direction, unknowns)

    def _push_both_ways(self, near: System, direction: np.ndarray, unknowns: np.ndarray) -> None:
        self.tell(len(self.in_danger()))
        for way in (direction, -direction):
            solution = extreme_within(near, way, unknowns, self.midst)
            self.reach.see(solution)
            self.found += 1
            self.midst = self.midst + (solution - self.midst) / self.found

    def _direction(self, unknowns: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        danger = self.in_danger()
        direction = np.zeros(len(self.known.truth))
        direction[unknowns] = (rng.choice([-1.0, 1.0], size=len(danger)) @ self.reach.cells[danger])[unknowns]
        return direction

    def _near(self) -> System:
        """What is known with what is shown so far, no farther than a few persons from the truth."""
        at = np.flatnonzero(self.shown)
        rows = self.known.rows
        return replace(
            self.known,
            low=np.maximum(self.known.low, self.known.truth - _STEP),
            high=np.minimum(self.known.high, self.known.truth + _STEP),
            rows=Rows(
                sparse.vstack([rows.matrix, self.new.matrix[at]], format="csr"),
                np.concatenate([rows.low, self.new.low[at]]),
                np.concatenate([rows.high, self.new.high[at]]),
            ),
        )

    def move(self, danger: np.ndarray, signs: np.ndarray, worth: float) -> None:
        """Finds a solution that lies far enough up or down from those seen in the cells in *danger*, as far as it is
        *worth* it, and withholds what it needs."""
        self.tell(len(self.in_danger()))
        at = np.flatnonzero(self.shown)
        soft = Rows(self.new.matrix[at], self.new.low[at], self.new.high[at])
        up = np.ceil(self.reach.least[danger] - NEAR) + BASE
        down = np.floor(self.reach.most[danger] + NEAR) - BASE
        goal = np.where(signs > 0, up, -down)
        cells = sparse.csr_array(self.reach.cells[danger].multiply(signs[:, None]))
        solution, left = _reached(self.known, soft, cells, goal, worth)
        self.shown[at[left]] = False
        self.reach.see(solution)


def _plan(former: Sequence[Release], new: Release) -> _Plan:
    hidden = new.without(np.ones(new.shown.shape, dtype=bool))
    known = system([*former, hidden])
    matrix = (incidence(shape_of(new.axes)) @ selector(known.places[-1], len(known.truth))).tocsr()
    cells = sparse.vstack([matrix, known.secrets(len(former))], format="csr")
    rows = Rows(matrix, new.low.ravel().astype(float), new.high.ravel().astype(float))
    return _Plan(known, rows, (new.shown != WITHHELD).ravel(), Reach(known, cells, BASE), known.truth)


def _reached(
    known: System, soft: Rows, cells: sparse.csr_array, goal: np.ndarray, worth: float
) -> tuple[np.ndarray, np.ndarray]:
    """A solution in which *cells* come near to their *goal* or above it, and the soft rows that it breaks.

    Unknowns: the counts; how far each soft row is above and below its bounds; by how much each cell falls short.
    """
    count, size = soft.matrix.shape
    rows = known.rows
    beyond, short = sparse.eye_array(count), sparse.eye_array(len(goal))
    matrix = sparse.block_array(
        [[rows.matrix, None, None, None], [soft.matrix, -beyond, beyond, None], [cells, None, None, short]]
    )
    price = np.maximum(soft.matrix @ known.truth, 1.0)
    extra = 2 * count + len(goal)
    found = least(
        np.concatenate([np.zeros(size), price, price, np.full(len(goal), worth)]),
        Rows(
            matrix.tocsr(),
            np.concatenate([rows.low, soft.low, goal]),
            np.concatenate([rows.high, soft.high, np.full(len(goal), np.inf)]),
        ),
        np.concatenate([known.low, np.zeros(extra)]),
        np.concatenate([known.high, np.full(extra, np.inf)]),
    )
    beyond_by = found[size : size + 2 * count].reshape(2, -1).sum(axis=0)
    return found[:size], beyond_by > NEAR
