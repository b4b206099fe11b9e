"""How likely each pair is one person: learnt from how often its pattern is found, and how often by chance.

A pattern found N times, and E times by chance, is one person in (N - E) / N of the cases. That needs no pair that
anybody has looked at. Whoever has found a certain partner in the other list is out of the question for the less certain
patterns; so both numbers are taken again among the others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from throughgate.core.linkage.blind.pairs import Decoyed, Pair, Pattern

CERTAIN = 0.9


class Weighed(NamedTuple):
    """A pair and the probability that it is one person."""

    pair: Pair
    chance: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """The pairs between two lists that may be one person; `accidents`: how many chance pairs lie among them."""

    pairs: Sequence[Weighed]
    accidents: float


def weigh(found: Sequence[Pair], decoyed: Sequence[Decoyed], list_of: Sequence[int]) -> Weighing:
    """Between two lists. `list_of`: the list of each record of all lists."""
    first = _chances(found, decoyed)
    certain = [Weighed(pair, first[pair.pattern]) for pair in found if first[pair.pattern] >= CERTAIN]
    settled = {record for each in certain for record in each.pair[:2]}
    others = [
        pair
        for pair in found
        if first[pair.pattern] < CERTAIN and pair.one not in settled and pair.other not in settled
    ]
    second = _chances(others, _among_others(decoyed, settled, list_of))
    weighed = [*certain, *(Weighed(pair, second[pair.pattern]) for pair in others if second[pair.pattern])]
    return Weighing(weighed, sum(1 - each.chance for each in weighed))


def _chances(pairs: Iterable[Pair], decoyed: Iterable[Decoyed]) -> dict[Pattern, float]:
    by_chance: dict[Pattern, float] = {}
    for each in decoyed:
        by_chance[each.pattern] = by_chance.get(each.pattern, 0.0) + each.number
    counted = Counter(pair.pattern for pair in pairs)
    return {pattern: max(0.0, 1 - by_chance.get(pattern, 0.0) / number) for pattern, number in counted.items()}


def _among_others(decoyed: Iterable[Decoyed], settled: AbstractSet[int], list_of: Sequence[int]) -> list[Decoyed]:
    """A decoy stands for a record of its list, and those would be settled as often as the list's others are."""
    sizes, gone = Counter(list_of), Counter(list_of[record] for record in settled)
    return [
        Decoyed(each.home, each.record, each.pattern, each.number * (1 - gone[each.home] / sizes[each.home]))
        for each in decoyed
        if each.record not in settled
    ]
