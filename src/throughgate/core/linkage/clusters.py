"""Pairs -> people: who is joined to whom.

Pairs are taken from the surest down, and each joins two groups unless the whole would contradict itself: hold two full
birth dates that no slip explains, or two rows of one list that nothing but a chain through others holds together. So a
contradiction is repaired at its weakest link, not after the fact.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# Two rows of one list are one person only if they themselves look so.
SURE = 0.5

Date = tuple[int, int, int]

Pair = tuple[int, int, float]
"""Two records, the smaller first, and how likely they are one person."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """`of`: for each record the smallest record of its cluster; `refused`: links that would have contradicted."""

    of: Sequence[int]
    count: int
    refused: int


class Groups:
    """Records in groups, each with its members."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}

    def root(self, one: int) -> int:
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def members(self, root: int) -> list[int]:
        return self._members.get(root) or [root]

    def join(self, one: int, other: int) -> None:
        """Two roots."""
        kept, gone = min(one, other), max(one, other)
        self._members[kept] = [*self.members(kept), *self.members(gone)]
        self._members.pop(gone, None)
        self._parent[gone] = kept

    def joined(self) -> list[list[int]]:
        """The groups of two and more."""
        return [sorted(members) for members in self._members.values()]

    def roots(self) -> list[int]:
        return [self.root(one) for one in range(len(self._parent))]


def cluster(
    pairs: Iterable[Pair],
    lists: Sequence[int],
    born: Sequence[Date | None],
    *,
    threshold: float,
    apart: AbstractSet[tuple[int, int]] = frozenset(),
) -> Clusters:
    """`pairs`: the surest first. `lists`, `born`: for each record its list, and its full date of birth if it has one.

    `apart`: pairs that somebody knows to be different people, the smaller record first.
    """
    groups = Groups(len(lists))
    seen: set[tuple[int, int]] = set()
    refused = 0
    for left, right, probability in pairs:
        if probability < threshold:
            break
        if lists[left] == lists[right] and probability >= SURE:
            seen.add((left, right))
        one, other = groups.root(left), groups.root(right)
        if one == other:
            continue
        ones, others = groups.members(one), groups.members(other)
        if len(ones) + len(others) > 2 and (
            _contradict(ones, others, lists, born, seen) or _kept_apart(ones, others, apart)
        ):
            refused += 1
            continue
        groups.join(one, other)
    found = groups.roots()
    return Clusters(found, len(set(found)), refused)


def _contradict(
    ones: Sequence[int],
    others: Sequence[int],
    lists: Sequence[int],
    born: Sequence[Date | None],
    seen: set[tuple[int, int]],
) -> bool:
    for one in ones:
        for other in others:
            if lists[one] == lists[other] and (min(one, other), max(one, other)) not in seen:
                return True
            first, second = born[one], born[other]
            if first and second and first != second and not may_be_one_date(first, second):
                return True
    return False


def _kept_apart(ones: Sequence[int], others: Sequence[int], apart: AbstractSet[tuple[int, int]]) -> bool:
    return bool(apart) and any((min(one, other), max(one, other)) in apart for one in ones for other in others)


def may_be_one_date(one: Date, other: Date) -> bool:
    """Whether a slip explains both: one part differs, or day and month are swapped."""
    return sum(a == b for a, b in zip(one, other, strict=True)) >= 2 or (
        one[0] == other[0] and one[1] == other[2] and one[2] == other[1]
    )
