"""When a cell may be shown as it stands: the rules of primary confidentiality, and what they are set to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.disclosure.cells import Cube
from throughgate.core.disclosure.dimensions import Dimension
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.persons import Persons

BASE = 5  # values are multiples of it, and no withheld cell may be known more narrowly


@dataclass(frozen=True)
class Rules:
    """``threshold``: persons in a cell, and persons that must come before its value may change. ``organisations``: in a
    cell. ``dominance``: the share of a cell that one organisation may be the only one to know. ``withheld``: the share
    of persons that may be in cells that cannot be shown before the table is made coarser. ``add_up``: whether values
    are rounded both ways so that parts add up to their whole, or down so that "at least" is true."""

    threshold: int = 10
    organisations: int = 2
    dominance: float = 0.9
    withheld: float = 0.1
    add_up: bool = False

    def __post_init__(self) -> None:
        if self.threshold < 2 * BASE:
            raise DisclosureError(f"The threshold is {self.threshold}: fewer than {2 * BASE} persons protect nobody.")
        if self.organisations < 2:
            raise DisclosureError("Two organisations are the fewest: one alone would be known as the source.")
        if not 0 < self.dominance <= 1:
            raise DisclosureError(f"The share of one organisation is {self.dominance}: it lies between 0 and 1.")
        if not 0 <= self.withheld <= 1:
            raise DisclosureError(f"The share of persons withheld is {self.withheld}: it lies between 0 and 1.")


def too_telling(counted: Cube, rules: Rules) -> np.ndarray:
    """True for the cells, margins too, that must be withheld by themselves. Empty cells are among them: that nobody was
    told of is told to nobody either."""
    few = counted.counts < rules.threshold
    one_source = counted.givers < rules.organisations
    return few | one_source | (counted.alone > rules.dominance * counted.counts)


def coarsened(
    persons: Persons, rules: Rules, count: Callable[[Sequence[Dimension]], Cube]
) -> tuple[tuple[Dimension, ...], list[tuple[str, str]]]:
    """The dimensions at the finest levels at which few persons are in cells that are too telling.

    One step is taken at a time: the one that leaves the fewest persons so, by name where two are equal. Also returns
    the steps, as pairs of levels such as “date:month” and “date:quarter”.
    """
    dimensions = persons.dimensions
    steps: list[tuple[str, str]] = []
    share = _share(count(dimensions), rules)
    while share > rules.withheld:
        tried = [
            (_share(count(after), rules), place, after)
            for place, after in enumerate(_one_step(dimensions))
            if after is not None
        ]
        if not tried:
            break
        share, place, after = min(tried, key=lambda each: each[:2])
        steps.append((dimensions[place].axis.level, after[place].axis.level))
        dimensions = after
    return dimensions, steps


def _one_step(dimensions: Sequence[Dimension]) -> list[tuple[Dimension, ...] | None]:
    return [
        (*dimensions[:at], above, *dimensions[at + 1 :]) if (above := dimensions[at].coarsened()) else None
        for at in range(len(dimensions))
    ]


def _share(counted: Cube, rules: Rules) -> float:
    """The share of all persons who are in cells too telling to show."""
    inner = counted.counts[counted.base]
    return float(inner[too_telling(counted, rules)[counted.base]].sum() / inner.sum())
