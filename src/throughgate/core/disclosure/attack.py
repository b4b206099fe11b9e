"""What somebody who has every release can conclude: one system of linear constraints over exact counts.

Its unknowns are the inner cells, as they are now, of every grid that was ever published. Shown values bound them and
sums of them. Where persons have come since a value was shown, the reader is taken to know how many, to the next five
(slow growth must not tell of one person), and the bounds move by that. Where two grids have dimensions in common, the
sums that both imply are tied in the same way. Withheld counts are known to be no less than nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product

import numpy as np
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]

from throughgate.core.disclosure.cells import shape_of, with_margins
from throughgate.core.disclosure.dimensions import Axis
from throughgate.core.disclosure.release import WITHHELD, Release
from throughgate.core.disclosure.rules import BASE

_FAR = 1_000.0  # an unknown is looked at no farther from the truth: widths of five are all that matter


@dataclass(frozen=True)
class Rows:
    """Constraints ``low <= matrix @ unknowns <= high``; the matrix has shape (rows, unknowns)."""

    matrix: sparse.csr_array
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Grid:
    """All releases of one grid together: ``counts`` and ``prints`` of inner cells are those of the last release that
    has the cell; ``first`` is the number of its first unknown."""

    axes: tuple[Axis, ...]
    counts: np.ndarray
    prints: np.ndarray
    first: int

    def place(self, release: Release) -> np.ndarray:
        """Which unknown each inner cell of a release is, shape (inner cells,)."""
        numbers = self.first + np.arange(self.counts.size).reshape(self.counts.shape)
        return np.asarray(numbers[_within(self.axes, release)].ravel())


@dataclass(frozen=True)
class System:
    """``places``: for each release, which unknown each inner cell is. ``truth``: the exact counts, shape (unknowns,).
    ``low``, ``high``: bounds of the unknowns. ``rows``: all else that is known. ``withheld``: for each release, its
    withheld cells whose persons are still the same, as sums of unknowns. ``grids``: the unknowns of each grid."""

    places: tuple[np.ndarray, ...]
    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rows: Rows
    withheld: tuple[sparse.csr_array, ...]
    grids: tuple[np.ndarray, ...]

    @cached_property
    def columns(self) -> sparse.csc_array:
        """The matrix of the rows, quick to take columns from."""
        return self.rows.matrix.tocsc()

    def secrets(self, releases: int) -> sparse.csr_array:
        """The withheld cells of the first *releases*, each once; shape (sums, unknowns)."""
        nothing = sparse.csr_array((0, len(self.truth)))
        return _distinct(sparse.vstack([nothing, *self.withheld[:releases]], format="csr"))


def system(releases: Sequence[Release]) -> System:
    """Everything that *releases*, oldest first, tell together."""
    grids = _grids(releases)
    truth = np.concatenate([grid.counts.ravel() for grid in grids.values()]).astype(float)
    size = len(truth)
    told = [_told(release, grids[release.grid], size) for release in releases]
    ties = [_tie(one, other, size) for one, other in combinations(grids.values(), 2)]
    rows = _narrowed([*(each[0] for each in told), *ties], size)
    single = np.diff(rows.matrix.indptr) == 1  # no tie has one unknown only
    low, high = np.zeros(size), truth + _FAR
    at = rows.matrix[np.flatnonzero(single)].indices
    np.maximum.at(low, at, rows.low[single])
    np.minimum.at(high, at, rows.high[single])
    rest = np.flatnonzero(~single)
    places = tuple(grids[release.grid].place(release) for release in releases)
    return System(
        places,
        truth,
        low,
        high,
        Rows(rows.matrix[rest], rows.low[rest], rows.high[rest]),
        tuple(each[1] for each in told),
        tuple(grid.first + np.arange(grid.counts.size) for grid in grids.values()),
    )


@lru_cache(maxsize=64)
def incidence(shape: tuple[int, ...]) -> sparse.csr_array:
    """Which inner cells each cell sums up; shape (cells with margins, inner cells)."""
    if not shape:
        return sparse.csr_array(np.ones((1, 1)))
    inner = np.indices(shape).reshape(len(shape), -1)
    outer = tuple(size + 1 for size in shape)
    columns = np.arange(inner.shape[1])
    at = [
        np.ravel_multi_index([np.full_like(row, size) if whole else row
                              for row, size, whole in zip(inner, shape, wholes, strict=True)], outer)
        for wholes in product((False, True), repeat=len(shape))
    ]  # fmt: skip
    rows = np.concatenate(at)
    ones = np.ones(len(rows))
    return sparse.csr_array((ones, (rows, np.tile(columns, len(at)))), shape=(int(np.prod(outer)), int(np.prod(shape))))


def selector(place: np.ndarray, size: int) -> sparse.csr_array:
    """Picks the unknowns of a table's inner cells, shape (inner cells, unknowns)."""
    return sparse.csr_array((np.ones(len(place)), (np.arange(len(place)), place)), shape=(len(place), size))


def _grids(releases: Sequence[Release]) -> dict[tuple[str, ...], Grid]:
    """One grid for each set of levels, with the labels of all its releases."""
    together: dict[tuple[str, ...], list[Release]] = {}
    for release in releases:
        together.setdefault(release.grid, []).append(release)
    grids, first = {}, 0
    for levels, members in together.items():
        axes = tuple(_joined_axis([member.axes[at] for member in members]) for at in range(len(levels)))
        counts = np.zeros(shape_of(axes), dtype=np.int64)
        prints = np.zeros(shape_of(axes), dtype=np.uint64)
        for member in members:
            inner = (slice(-1),) * len(axes)
            counts[_within(axes, member)] = member.counts[inner]
            prints[_within(axes, member)] = member.prints[inner]
        grids[levels] = Grid(axes, counts, prints, first)
        first += counts.size
    return grids


def _joined_axis(axes: Sequence[Axis]) -> Axis:
    upward = {label: at for axis in axes for at, label in enumerate(axis.labels)}
    labels = tuple(sorted(upward))
    levels = [level for level in axes[-1].coarser if all(level in axis.coarser for axis in axes)]
    coarser = {
        level: {label: above for axis in axes for label, above in zip(axis.labels, axis.coarser[level], strict=True)}
        for level in levels
    }
    return Axis(
        axes[-1].name, axes[-1].level, labels,
        {level: tuple(above[label] for label in labels) for level, above in coarser.items()},
    )  # fmt: skip


def _within(axes: Sequence[Axis], release: Release) -> tuple[np.ndarray, ...]:
    """Where the inner cells of a release lie among *axes* that have all of its labels."""
    return np.ix_(*(np.searchsorted(axis.labels, own.labels) for axis, own in zip(axes, release.axes, strict=True)))


def _told(release: Release, grid: Grid, size: int) -> tuple[Rows, sparse.csr_array]:
    """What a release shows, as it bounds the counts of now, and its withheld cells that are still the same."""
    within = _within(grid.axes, release)
    came = (with_margins(grid.counts[within]) - release.counts).ravel()
    same = (with_margins(grid.prints[within]) == release.prints).ravel()
    least, most = _told_of_growth(came, same)
    seen = (release.shown != WITHHELD).ravel()
    sums = (incidence(shape_of(release.axes)) @ selector(grid.place(release), size)).tocsr()
    at, hidden = np.flatnonzero(seen), np.flatnonzero(~seen & same)
    return Rows(sums[at], (release.low.ravel() + least)[at], (release.high.ravel() + most)[at]), sums[hidden]


def _distinct(matrix: sparse.csr_array) -> sparse.csr_array:
    return matrix[np.unique(_marks(matrix), return_index=True)[1]]


def _marks(matrix: sparse.csr_array) -> np.ndarray:
    """A number for each row, equal for equal rows: a sum of random whole numbers, the same in any order."""
    weights = np.random.default_rng(1).integers(0, 2**40, size=matrix.shape[1]).astype(float)
    return np.asarray(matrix @ weights)


def _narrowed(parts: Sequence[Rows], size: int) -> Rows:
    """All rows, those about the same sum made one."""
    matrix = sparse.vstack([sparse.csr_array((0, size)), *(part.matrix for part in parts)], format="csr")
    _, first, inverse = np.unique(_marks(matrix), return_index=True, return_inverse=True)
    low, high = np.full(len(first), -np.inf), np.full(len(first), np.inf)
    if len(first):
        np.maximum.at(low, inverse, np.concatenate([part.low for part in parts]))
        np.minimum.at(high, inverse, np.concatenate([part.high for part in parts]))
    return Rows(matrix[first], low, high)


def _tie(one: Grid, other: Grid, size: int) -> Rows:
    """What two grids have in common, as rows that say how much more the other has."""
    labels = _meeting(one.axes, other.axes)
    shape = tuple(len(each) for each in labels.values())
    first, first_counts, first_prints = _gathered(one, labels, size)
    second, second_counts, second_prints = _gathered(other, labels, size)
    matrix = (incidence(shape) @ (second - first)).tocsr()
    same = (with_margins(first_prints.reshape(shape)) == with_margins(second_prints.reshape(shape))).ravel()
    came = (with_margins(second_counts.reshape(shape)) - with_margins(first_counts.reshape(shape))).ravel()
    kept = np.flatnonzero(_in_both(labels, one.axes, other.axes) | ~same)
    low, high = _told_of_growth(came, same)
    return Rows(matrix[kept], low[kept], high[kept])


def _in_both(labels: dict[str, list[str]], axes: Sequence[Axis], others: Sequence[Axis]) -> np.ndarray:
    """True for inner cells whose labels both tables have, shape (cells with margins,): a table that lacks a label does
    not say that nobody is there."""
    inner = np.zeros(tuple(len(each) + 1 for each in labels.values()), dtype=bool)
    seen = []
    for level, wanted in labels.items():
        mine, theirs = (set(next(axis for axis in side if level in axis.levels).at(level)) for side in (axes, others))
        seen.append([at for at, label in enumerate(wanted) if label in mine and label in theirs])
    inner[np.ix_(*seen)] = True
    return inner.ravel()


def _told_of_growth(came: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Between which numbers a reader knows that persons came, to the next five."""
    rough = BASE * np.ceil(np.abs(came) / BASE)
    high = np.where(same, 0.0, np.where(came > 0, rough, np.where(came < 0, 0.0, BASE)))
    low = np.where(same, 0.0, np.where(came < 0, -rough, np.where(came > 0, 0.0, -BASE)))
    return low, high


def _meeting(axes: Sequence[Axis], others: Sequence[Axis]) -> dict[str, list[str]]:
    """The finest levels that two tables have in common, with the labels of both."""
    met = {}
    for axis in axes:
        for other in others:
            level = next((each for each in axis.levels if each in other.levels), None)
            if level:
                met[level] = sorted({*axis.at(level), *other.at(level)})
    return met


def _gathered(grid: Grid, labels: dict[str, list[str]], size: int) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """A grid's unknowns, counts and prints summed up by *labels*."""
    codes: list[np.ndarray] = []
    index = np.indices(grid.counts.shape).reshape(len(grid.axes), -1)
    for level, wanted in labels.items():
        number = next(at for at, axis in enumerate(grid.axes) if level in axis.levels)
        codes.append(np.searchsorted(wanted, grid.axes[number].at(level))[index[number]])
    shape = [len(each) for each in labels.values()]
    cells = int(np.prod(shape))
    where = np.ravel_multi_index(codes, shape) if codes else np.zeros(grid.counts.size, dtype=np.int64)
    counts = np.zeros(cells, dtype=np.int64)
    np.add.at(counts, where, grid.counts.ravel())
    prints = np.zeros(cells, dtype=np.uint64)
    np.add.at(prints, where, grid.prints.ravel())
    unknowns = grid.first + np.arange(grid.counts.size)
    matrix = sparse.csr_array((np.ones(len(where)), (where, unknowns)), shape=(cells, size))
    return matrix, counts, prints
