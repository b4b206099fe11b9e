"""Which records share which tokens, and how often chance alone would have it so.

A pair of records is described by its *pattern*: which combinations agree, and whether both records know the whole date
of birth and the father. The decoys of a list, who do not exist, tell how many pairs of each pattern chance makes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from throughgate.core.linkage.blind.files import TokenFile
from throughgate.core.linkage.blind.tokens import COMBINATIONS, Tokens, holding

# A token that more records of one list have tells nobody apart: a date that was filled in for everybody.
CROWD = 100
# Where tokens of these are not empty, the whole date of birth and the father are known.
KNOWN = (holding("surname", "day", "month", "year")[0], holding("surname", "father")[0])

Lists = tuple[int, int]
"""Numbers of two lists, the smaller first; twice the same for pairs within a list."""


class Pattern(NamedTuple):
    """Sets of combinations, as bits: those that `agree`, and those of `KNOWN` that could have."""

    agree: int
    known: int


class Pair(NamedTuple):
    """Two records by their number over all lists."""

    one: int
    other: int
    pattern: Pattern


class Decoyed(NamedTuple):
    """A decoy of the list `home` that shares tokens with a record: so many chance pairs of the pattern."""

    home: int
    record: int
    pattern: Pattern
    number: float


@dataclass(frozen=True)
class Pairs:
    """What the tokens say, by two lists. `list_of`: the list of each record."""

    list_of: Sequence[int]
    found: dict[Lists, list[Pair]] = field(default_factory=dict)
    decoyed: dict[Lists, list[Decoyed]] = field(default_factory=dict)


def compare(files: Sequence[TokenFile]) -> Pairs:
    """Compare every list with itself and with every other."""
    index = _Index(files)
    for column in range(len(COMBINATIONS)):
        index.add(column)
    return index.pairs()


class _Index:
    """Pairs as they are found, column by column: two numbers -> bits of the columns that agree."""

    def __init__(self, files: Sequence[TokenFile]) -> None:
        self._files = files
        self._people = [row for file in files for row in file.people]
        self._list_of = [number for number, file in enumerate(files) for _ in file.people]
        self._found: dict[tuple[int, int], int] = {}
        self._decoyed: list[dict[tuple[int, int], int]] = [{} for _ in files]

    def add(self, column: int) -> None:
        blocks = self._blocks(column)
        for block in blocks.values():
            for pair in combinations(block, 2):
                _mark(self._found, pair, column)
        for file, decoyed in zip(self._files, self._decoyed, strict=True):
            for decoy, row in enumerate(file.decoys):
                for record in blocks.get(row[column], ()):
                    _mark(decoyed, (decoy, record), column)

    def _blocks(self, column: int) -> dict[bytes, list[int]]:
        """The records of each token."""
        blocks: dict[bytes, list[int]] = {}
        for number, row in enumerate(self._people):
            if row[column]:
                blocks.setdefault(row[column], []).append(number)
        return {token: block for token, block in blocks.items() if not self._is_crowd(block)}

    def _is_crowd(self, block: Sequence[int]) -> bool:
        return len(block) > CROWD and max(Counter(self._list_of[number] for number in block).values()) > CROWD

    def pairs(self) -> Pairs:
        numbers = range(len(self._files))
        between = [(one, other) for one in numbers for other in numbers[one:]]
        made = Pairs(self._list_of, {lists: [] for lists in between}, {lists: [] for lists in between})
        for (one, other), agree in self._found.items():
            pattern = _pattern(agree, self._people[one], self._people[other])
            made.found[self._list_of[one], self._list_of[other]].append(Pair(one, other, pattern))
        for home, file in enumerate(self._files):
            # Each two lists are asked from both sides; so are two records within a list.
            number = len(file.people) / max(len(file.decoys), 1) / 2
            for (decoy, record), agree in self._decoyed[home].items():
                there = self._list_of[record]
                pattern = _pattern(agree, file.decoys[decoy], self._people[record])
                made.decoyed[min(home, there), max(home, there)].append(Decoyed(home, record, pattern, number))
        return made


def _mark(found: dict[tuple[int, int], int], pair: tuple[int, int], column: int) -> None:
    found[pair] = found.get(pair, 0) | 1 << column


def _pattern(agree: int, one: Tokens, other: Tokens) -> Pattern:
    return Pattern(agree, sum(1 << column for column in KNOWN if one[column] and other[column]))
