"""A protected table as readers get it: no exact count, and no reason why a cell is withheld."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from throughgate.core.disclosure.cells import labels_of
from throughgate.core.disclosure.release import WITHHELD, Release
from throughgate.core.published import ABOUT, AT_LEAST
from throughgate.core.published import WITHHELD as TEXT_WITHHELD


def headings(release: Release, *, add_up: bool) -> list[str]:
    """The last column says what its numbers mean, and is named unlike a count on purpose."""
    return [*(axis.level for axis in release.axes), ABOUT if add_up else AT_LEAST]


def rows(release: Release) -> Iterator[list[str]]:
    """The cells, in the order of their labels, the wholes last.

    A category that no margin of its own shows is not named: its row would tell that somebody was there.
    """
    named = [_named(release, axis) for axis in range(len(release.axes))]
    for at in np.ndindex(release.shown.shape):
        if all(named[axis][place] for axis, place in enumerate(at)):
            value = int(release.shown[at])
            yield [*labels_of(release.axes, at), TEXT_WITHHELD if value == WITHHELD else str(value)]


def _named(release: Release, axis: int) -> np.ndarray:
    margin = np.moveaxis(release.shown, axis, -1).reshape(-1, release.shown.shape[axis])[-1]
    seen = np.asarray(margin != WITHHELD)
    seen[-1] = True
    return seen
