"""Tables of capture histories: how many persons are on exactly these lists and on no other.

A history is a number whose bit `i` says whether list `i` has the person, so list 0 is the lowest bit. History 0, on no
list, is what is to be estimated: its count is unknown, and kept as 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError

Counts = npt.NDArray[np.int64]
History = str | tuple[int, ...]
Cells = Mapping[History, int] | Mapping[str, int] | Mapping[tuple[int, ...], int] | Iterable[tuple[History, int]]

MOST_LISTS = 16
MOST_PERSONS = 10_000_000_000


@dataclass(frozen=True, eq=False)
class Table:
    """Counts of capture histories.

    lists   names, k of them
    counts  (2**k,) int64, persons by history; `counts[0]` is 0

    The constructor looks at shape and sign only, so that strata and resamples, in which a list may be empty, are tables
    too. What comes from outside goes through `Table.of`.
    """

    lists: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        counts = np.array(self.counts, dtype=np.int64)
        if counts.shape != (1 << len(self.lists),):
            raise EstimationError(f"{len(self.lists)} lists make {1 << len(self.lists)} histories, not {counts.shape}.")
        if counts[0] != 0 or (counts < 0).any():
            raise EstimationError("Counts are not below 0, and that of the persons on no list is unknown.")
        counts.flags.writeable = False
        object.__setattr__(self, "counts", counts)

    @classmethod
    def of(cls, lists: Sequence[str], cells: Cells) -> Table:
        """From histories such as "0110" or (0, 1, 1, 0), first character = first list. Histories left out count 0.

        Raises `EstimationError` with a sentence for everything that is no table an estimate can be made from.
        """
        names = checked_names(lists)
        counts = np.zeros(1 << len(names), dtype=np.int64)
        seen: set[int] = set()
        for history, count in cells.items() if isinstance(cells, Mapping) else cells:
            at = position(history, names)
            if at in seen:
                raise EstimationError(f"History {spelled(history)} is there twice: add its counts up.")
            seen.add(at)
            persons = whole(count, f"history {spelled(history)}")
            if at == 0:
                raise EstimationError(
                    f"History {spelled(history)} counts the persons on no list, "
                    "who are what is to be estimated: leave it out."
                )
            counts[at] = persons
        return check(cls(names, counts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.lists == other.lists and bool((self.counts == other.counts).all())

    def __hash__(self) -> int:
        return hash((self.lists, self.counts.tobytes()))

    @property
    def k(self) -> int:
        """Number of lists."""
        return len(self.lists)

    @property
    def documented(self) -> int:
        """Persons on at least one list."""
        return int(self.counts.sum())

    @property
    def histories(self) -> Counts:
        """(2**k,) int64: 0, 1, 2 ..., for masks."""
        return np.arange(self.counts.size, dtype=np.int64)

    def on(self, name: str) -> int:
        """Persons on that list."""
        return int(self.counts[(self.histories >> self._bit(name)) & 1 == 1].sum())

    def singletons(self) -> int:
        """Persons on exactly one list."""
        return int(sum(self.counts[1 << bit] for bit in range(self.k)))

    def overlaps(self, name: str) -> int:
        """Persons of that list who are on some other list too."""
        return self.on(name) - int(self.counts[1 << self._bit(name)])

    def pairs(self) -> dict[tuple[str, str], int]:
        """Persons on both, for every pair of lists."""
        at = self.histories
        return {
            (self.lists[i], self.lists[j]): int(self.counts[(at >> i) & (at >> j) & 1 == 1].sum())
            for i, j in combinations(range(self.k), 2)
        }

    def copies(self) -> tuple[str, str] | None:
        """The first two lists that hold the same persons, if there are such."""
        same = (pair for pair, both in self.pairs().items() if both == self.on(pair[0]) == self.on(pair[1]))
        return next(same, None)

    def restricted(self, lists: Sequence[str]) -> Table:
        """Only those lists, in that order. Persons on none of them are left out.

        Raises `EstimationError` when a list is not there, or named twice.
        """
        bits = [self._bit(name) for name in lists]
        if len(set(bits)) < len(bits):
            raise EstimationError(f"A list is named twice: {', '.join(lists)}.")
        to = np.zeros_like(self.histories)
        for new, old in enumerate(bits):
            to |= ((self.histories >> old) & 1) << new
        return self._gathered(tuple(lists), to)

    def without(self, name: str) -> Table:
        """All lists but that one."""
        self._bit(name)
        return self.restricted([each for each in self.lists if each != name])

    def merged(self, one: str, other: str) -> Table:
        """Both lists as one, named "one+other", in the place of the first of them."""
        into, gone = sorted((self._bit(one), self._bit(other)))
        if into == gone:
            raise EstimationError(f"List {one} cannot be merged with itself.")
        at = self.histories | (((self.histories >> gone) & 1) << into)
        low = at & ((1 << gone) - 1)
        names = [f"{one}+{other}" if bit == into else name for bit, name in enumerate(self.lists)]
        del names[gone]
        return self._gathered(tuple(names), low | ((at >> (gone + 1)) << gone))

    def scaled(self, times: int) -> Table:
        """Every count that many times."""
        return Table(self.lists, self.counts * whole(times, "the factor"))

    def canonical(self) -> Table:
        """The same table with its lists sorted by name, so that their order cannot matter."""
        return self.restricted(sorted(self.lists))

    def cells(self) -> dict[str, int]:
        """Counts by history, "0110" with the first list first; those of 0 persons are left out."""
        return {
            "".join(str(at >> bit & 1) for bit in range(self.k)): int(self.counts[at])
            for at in np.flatnonzero(self.counts).tolist()
        }

    def _bit(self, name: str) -> int:
        if name not in self.lists:
            raise EstimationError(f"There is no list {name}; there are {', '.join(self.lists)}.")
        return self.lists.index(name)

    def _gathered(self, lists: tuple[str, ...], to: Counts) -> Table:
        counts = np.zeros(1 << len(lists), dtype=np.int64)
        np.add.at(counts, to, self.counts)
        counts[0] = 0
        return Table(lists, counts)


def check(table: Table) -> Table:
    """The table itself, if an estimate can be thought of.

    Raises `EstimationError` when nobody is on any list, there is one list, a list is empty, or two lists are the same.
    """
    if table.k < 2:
        raise EstimationError(f"There is only one list ({', '.join(table.lists)}): overlaps need two or more.")
    if table.documented == 0:
        raise EstimationError("The table is empty: nobody is on any list.")
    if table.documented > MOST_PERSONS:
        raise EstimationError(f"{table.documented:,} persons are more than there are people.")
    for name in table.lists:
        if table.on(name) == 0:
            raise EstimationError(f"List {name} is empty: leave it out.")
    if copied := table.copies():
        one, other = copied
        raise EstimationError(
            f"List {other} is a copy of list {one} (the same {table.on(one):,} persons): leave one out."
        )
    return table


def checked_names(lists: Sequence[str]) -> tuple[str, ...]:
    """The names, with single spaces. Raises `EstimationError` when one is empty, unreadable or there twice, or
    there are too few or too many."""
    if any(not isinstance(name, str) for name in lists):
        raise EstimationError("The name of a list is a text.")
    names = tuple(" ".join(name.split()) for name in lists)
    if len(names) > MOST_LISTS:
        raise EstimationError(
            f"{len(names)} lists are more than can be estimated together ({MOST_LISTS}): "
            "choose some of them, or merge those of one source."
        )
    if len(names) < 2:
        raise EstimationError(f"There is only one list ({', '.join(names)}): overlaps need two or more.")
    if not all(names):
        raise EstimationError(f"List {names.index('') + 1} has no name.")
    for number, name in enumerate(names, start=1):
        if not name.isprintable():
            raise EstimationError(f"The name of list {number} holds a character that cannot be shown.")
        if names.count(name) > 1:
            raise EstimationError(f"Two lists are named {name}.")
    return names


def position(history: object, lists: Sequence[str]) -> int:
    """The history as a number. Raises `EstimationError` when it is not one 0 or 1 for each list."""
    digits = [str(digit) for digit in history] if isinstance(history, str | tuple | list) else []
    if len(digits) != len(lists) or any(digit not in ("0", "1") for digit in digits):
        raise EstimationError(f"History {spelled(history)} is not one 0 or 1 for each of the {len(lists)} lists.")
    return sum(1 << bit for bit, digit in enumerate(digits) if digit == "1")


def spelled(history: object) -> str:
    """A history as a sentence shows it: 0110."""
    text = "".join(map(str, history)) if isinstance(history, tuple | list) else str(history)
    return text if len(text) <= 80 else text[:80] + "…"


def whole(count: object, where: str) -> int:
    """A count of persons. Raises `EstimationError` when it is negative, a fraction, beyond mankind, or no number."""
    number = count.item() if isinstance(count, np.generic) else count
    unknown = isinstance(number, float) and math.isnan(number)
    if isinstance(number, bool) or not isinstance(number, int | float) or unknown:
        raise EstimationError(f"The count of {where} is no number of persons: {spelled(number)}.")
    if number > MOST_PERSONS:
        raise EstimationError(f"The count of {where} is more than there are people.")
    if number < 0:
        raise EstimationError(f"The count of {where} is negative: {max(number, -MOST_PERSONS)}.")
    if number != int(number):
        raise EstimationError(f"The count of {where} is a fraction: {number}.")
    return int(number)
