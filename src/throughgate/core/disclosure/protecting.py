"""From persons to a table that may be published: coarsen, withhold, round, check against every release before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.disclosure import rounding
from throughgate.core.disclosure.cells import Cube, cube
from throughgate.core.disclosure.dimensions import Dimension
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.keys import check_key, record_keys
from throughgate.core.disclosure.persons import Persons
from throughgate.core.disclosure.release import WITHHELD, Past, Release, past
from throughgate.core.disclosure.rules import BASE, Rules, coarsened, too_telling
from throughgate.core.disclosure.withholding import protected


@dataclass(frozen=True)
class Protected:
    """``release``: what may be published, and the truth behind it. ``steps``: which levels were made
    coarser, and to which.
    ``for_others``: cells withheld only so that others cannot be computed."""

    release: Release
    steps: tuple[tuple[str, str], ...]

    @property
    def for_others(self) -> int:
        return int(((self.release.shown == WITHHELD) & ~self.release.telling).sum())


def quiet(step: str, left: int) -> None:
    """Tells nobody."""


def protect(
    persons: Persons,
    *,
    name: str,
    key: bytes,
    former: Sequence[Release] = (),
    rules: Rules | None = None,
    tell: Callable[[str, int], object] = quiet,
) -> Protected:
    """The table of *persons* that may be published after the *former* releases, oldest first.

    tell  hears what is being done, and how many cells are still to be looked at

    Raises DisclosureError where none may be, and for a key that could be guessed.
    """
    check_key(key)
    rules = rules or Rules()
    keys = record_keys(persons.names, key)

    def count(dimensions: Sequence[Dimension]) -> Cube:
        return cube(persons, dimensions, keys)

    tell("Coarsening", 0)
    dimensions, steps = coarsened(persons, rules, count)
    counted = count(dimensions)
    before = past(counted.axes, former)
    tell("Rounding", 0)
    new = _first_draft(name, counted, before, rules)
    return Protected(protected(former, new, lambda left: tell("Withholding", left)), tuple(steps))


def _first_draft(name: str, counted: Cube, before: Past, rules: Rules) -> Release:
    """Every cell that is not too telling by itself, with its value: the one it had, if few persons came since.

    A cell whose value follows its count tells, from one release to the next, of the one person who made it change. So
    what is shown of a cell, its being withheld included, changes only after a threshold of persons.
    """
    counts = counted.counts
    settled = before.known & (np.abs(counts - before.anchors) < rules.threshold)
    same = before.known & (counted.prints == before.prints)
    telling = too_telling(counted, rules) | ((settled | same) & before.telling)
    kept = (settled | same) & (before.shown != WITHHELD)
    if not rules.add_up:
        kept &= before.shown <= counts
    values, far = _values(counted, rules, before, kept, ~telling)
    low, high = _told(values, far, rules, kept & ~same)
    low, high = np.where(kept & same, before.low, low), np.where(kept & same, before.high, high)
    anchors = np.where(kept | (telling & settled & before.telling), before.anchors, counts)
    shown = np.where(telling, WITHHELD, values)
    return Release(counted.prints, shown, low, high, anchors, telling, name, counted.axes, counts)


def _told(values: np.ndarray, far: int, rules: Rules, moved: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest count that a value leaves possible; more where persons have *moved* since then."""
    spare = np.where(moved, 2 * BASE - 1 - far + rules.threshold - 1, 0)
    if not rules.add_up:
        return values, values + far + spare
    return np.maximum(values - far - spare, np.where(moved, 0, rules.threshold)), values + far + spare


def _values(counted: Cube, rules: Rules, before: Past, kept: np.ndarray, shown: np.ndarray) -> tuple[np.ndarray, int]:
    """The values of all cells, and how far a count may lie from its value by rounding."""
    if not rules.add_up:
        return np.where(kept, before.shown, rounding.down(counted.counts)), BASE - 1
    wanted = np.where(kept, before.shown, rounding.keyed(counted.counts, counted.prints))
    found = rounding.added_up(counted.counts, wanted, kept, shown)
    if found is None:
        raise DisclosureError(
            "This table is refused: with the values that were published before, its parts cannot add up; "
            "wait until more persons came, or count by other dimensions."
        )
    return found
