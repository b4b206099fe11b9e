"""Exact counts of a table with all its margins, and what is known of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.disclosure.dimensions import ALL, Axis, Dimension
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.persons import Persons

MOST = 100_000  # cells with margins


@dataclass(frozen=True)
class Cube:
    """Exact counts. Every array has shape (n1 + 1, ..., nk + 1), the last index of an axis being all of it.

    ``counts``: persons. ``prints``: sums of record keys modulo 2**64. ``givers``: organisations that told of
    somebody in the cell. ``alone``: the most persons that only one and the same organisation told of.
    """

    axes: tuple[Axis, ...]
    counts: np.ndarray
    prints: np.ndarray
    givers: np.ndarray
    alone: np.ndarray

    @property
    def base(self) -> tuple[slice, ...]:
        """The cells that are no margins."""
        return (slice(-1),) * len(self.axes)


def shape_of(axes: Sequence[Axis]) -> tuple[int, ...]:
    """The shape without margins."""
    return tuple(len(axis.labels) for axis in axes)


def cube(persons: Persons, dimensions: Sequence[Dimension], keys: np.ndarray) -> Cube:
    """Counts *persons* by *dimensions*. Raises DisclosureError for a table of too many cells."""
    axes = tuple(each.axis for each in dimensions)
    shape = shape_of(axes)
    cells = int(np.prod([size + 1 for size in shape]))
    if cells > MOST:
        sizes = ", ".join(f"{axis.name} {len(axis.labels):,}" for axis in axes)
        raise DisclosureError(f"The table would have {cells:,} cells ({sizes}): {MOST:,} is the most.")
    where = np.ravel_multi_index([each.codes for each in dimensions], shape)
    size = int(np.prod(shape))
    prints = np.zeros(size, dtype=np.uint64)
    np.add.at(prints, where, keys)
    sole = persons.given & (persons.given.sum(axis=0) == 1)
    counts = with_margins(np.bincount(where, minlength=size).reshape(shape))
    givers = np.zeros(counts.shape, dtype=np.int64)
    alone = np.zeros(counts.shape, dtype=np.int64)
    for told, only in zip(persons.given, sole, strict=True):
        givers += with_margins(np.bincount(where[told], minlength=size).reshape(shape)) > 0
        if persons.apart:
            np.maximum(alone, with_margins(np.bincount(where[only], minlength=size).reshape(shape)), out=alone)
    return Cube(axes, counts, with_margins(prints.reshape(shape)), givers, alone)


def with_margins(inner: np.ndarray) -> np.ndarray:
    """*inner* with sums over every set of axes appended."""
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True, dtype=inner.dtype)], axis=axis)
    return inner


def labels_of(axes: Sequence[Axis], at: Sequence[int]) -> tuple[str, ...]:
    """What the cell at an index is called, a label for each axis."""
    return tuple(axis.labels[place] if place < len(axis.labels) else ALL for axis, place in zip(axes, at, strict=True))
