"""A release: one table as it was or would be published, with what the publisher knows about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from throughgate.core.disclosure.dimensions import Axis

WITHHELD = -1


@dataclass(frozen=True)
class Told:
    """What was told of each cell. Arrays have a place for every cell and every margin, shape (n1 + 1, ..., nk + 1).

    ``prints``: who was counted. ``shown``: the published value, or WITHHELD. ``low``, ``high``: what a reader who knows
    the rules concludes from a shown value about the count. ``anchors``: the count when what is shown of the cell was
    last settled. ``telling``: withheld by itself, not for the sake of others.
    """

    prints: np.ndarray
    shown: np.ndarray
    low: np.ndarray
    high: np.ndarray
    anchors: np.ndarray
    telling: np.ndarray


@dataclass(frozen=True)
class Release(Told):
    """A table by ``axes``; ``counts`` is the truth."""

    name: str
    axes: tuple[Axis, ...]
    counts: np.ndarray

    @property
    def grid(self) -> tuple[str, ...]:
        """The levels of the axes: releases of one grid count the same cells."""
        return tuple(axis.level for axis in self.axes)

    def without(self, cells: np.ndarray) -> Release:
        """The same with *cells*, a boolean array, withheld too."""
        return replace(self, shown=np.where(cells, WITHHELD, self.shown))


@dataclass(frozen=True)
class Past(Told):
    """What was last told of each cell of a table, ``known`` where there is such a past."""

    known: np.ndarray


def past(axes: Sequence[Axis], former: Sequence[Release]) -> Past:
    """Looks every cell of a table of *axes* up in the releases before, the last of them first."""
    shape = tuple(len(axis.labels) + 1 for axis in axes)
    kinds = {"prints": np.uint64, "telling": bool, "known": bool, **dict.fromkeys(("low", "high", "anchors"), np.int64)}
    found = Past(shown=np.full(shape, WITHHELD), **{kind: np.zeros(shape, dtype) for kind, dtype in kinds.items()})
    for release in former:
        here, there = _same_cells(axes, release.axes)
        found.known[here] = True
        for kind in fields(Told):
            getattr(found, kind.name)[here] = getattr(release, kind.name)[there]
    return found


def _same_cells(axes: Sequence[Axis], others: Sequence[Axis]) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """The places of the cells that two tables share: an axis that one of them lacks is taken as a whole."""
    mine = {axis.level: axis for axis in axes}
    theirs = {axis.level: axis for axis in others}
    levels = sorted({*mine, *theirs})
    pairs = [np.array(_same_labels(mine.get(level), theirs.get(level))) for level in levels]
    grids = np.meshgrid(*[np.arange(len(each)) for each in pairs], indexing="ij")
    places = {level: each[grid.ravel()] for level, each, grid in zip(levels, pairs, grids, strict=True)}
    return tuple(places[axis.level][:, 0] for axis in axes), tuple(places[axis.level][:, 1] for axis in others)


def _same_labels(mine: Axis | None, theirs: Axis | None) -> list[tuple[int, int]]:
    whole = (len(mine.labels) if mine else 0, len(theirs.labels) if theirs else 0)
    if mine is None or theirs is None:
        return [whole]
    place = {label: at for at, label in enumerate(theirs.labels)}
    return [*((at, place[label]) for at, label in enumerate(mine.labels) if label in place), whole]
