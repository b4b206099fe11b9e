"""How many people stand in several lists together, with an interval.

People are records less the expected number of those that repeat somebody: found by their tokens, lost because two
slips left no token alike, or without any token, who are taken to repeat somebody as often as the others of their list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2, sqrt

from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.files import TokenFile
from throughgate.core.linkage.blind.losing import lost
from throughgate.core.linkage.blind.pairs import Lists, Pattern, compare
from throughgate.core.linkage.blind.tokens import COMBINATIONS
from throughgate.core.linkage.blind.weighing import Weighed, Weighing, weigh
from throughgate.core.linkage.clusters import Groups

FLOOR = 10
SURE = 0.5
# How wrong the number of chance pairs, and that of lost ones, may be as a share of itself.
ACCIDENTS_UNSURE, LOST_UNSURE = 0.03, 0.3
NINETY_FIVE = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of people with its 95 % interval."""

    number: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weight:
    """Of one combination: the share of true pairs in which it agrees, of chance pairs, and log2 of their ratio."""

    name: str
    agrees: float
    by_chance: float
    weight: float


@dataclass(frozen=True, slots=True)
class Count:
    """records: of each list. people: distinct, over all lists. common: of two lists."""

    records: tuple[int, ...]
    people: Estimate
    common: Mapping[Lists, Estimate]
    weights: tuple[Weight, ...]


def count(files: Sequence[TokenFile], *, floor: int = FLOOR) -> Count:
    """Raises BlindError when the files do not belong together, or hold too few people to speak of."""
    check(files, floor)
    scored = Scored(files)
    records = tuple(len(file.people) for file in files)
    numbers = range(len(files))
    common = {}
    for lists in combinations(numbers, 2):
        together = scored.repeated(lists)
        shared = together.number - sum(scored.repeated([number]).number for number in lists)
        common[lists] = estimate(shared, together.variance, most=min(records[number] for number in lists))
    repeated = scored.repeated(numbers)
    people = estimate(sum(records) - repeated.number, repeated.variance, most=sum(records))
    return Count(records, people, common, scored.weights(records))


def check(files: Sequence[TokenFile], floor: int) -> None:
    if len(files) < 2:
        raise BlindError("A count needs the tokens of two lists or more.")
    if len({file.keys for file in files}) > 1:
        raise BlindError("These tokens were made under different keys, and cannot be compared.")
    if any(one.people == other.people for one, other in combinations(files, 2)):
        raise BlindError("Two of these files hold the same tokens: one list was given twice.")
    if any(len(file.people) < floor for file in files):
        raise BlindError(f"A list of fewer than {floor} people is not counted: it would say who they are.")


def clusters(files: Sequence[TokenFile]) -> list[list[int]]:
    """The records that are more likely than not one person, numbered over all lists; for measuring, never for use."""
    groups = Groups(sum(len(file.people) for file in files))
    for pair, chance in Scored(files).pairs(range(len(files))):
        one, other = groups.root(pair.one), groups.root(pair.other)
        if chance >= SURE and one != other:
            groups.join(one, other)
    return groups.joined()


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many records are somebody's second, third, and so on."""

    number: float
    variance: float


class Scored:
    """Every pair of records, within and between lists, with the probability that it is one person."""

    def __init__(self, files: Sequence[TokenFile]) -> None:
        self._compared = compare(files)
        self._with_tokens = [sum(any(tokens) for tokens in file.people) / len(file.people) for file in files]
        self._weighings = {
            lists: weigh(found, self._compared.decoyed[lists], self._compared.list_of)
            for lists, found in self._compared.found.items()
        }

    def pairs(self, among: Iterable[int]) -> list[Weighed]:
        """Of the lists named, the likeliest first."""
        found = [each for _, weighing in self._among(among) for each in weighing.pairs]
        return sorted(found, key=lambda each: (-each.chance, each.pair))

    def repeated(self, among: Sequence[int]) -> Repeated:
        weighed = self.pairs(among)
        if not weighed:
            return Repeated(0.0, variance(0.0, 0.0))
        found = _merges(weighed)
        unseen = lost((each.pair.pattern.agree, each.chance) for each in weighed) + self._silent(among)
        # Of somebody with three records one pair may be lost, and still nobody is counted twice.
        missing = unseen * found / sum(each.chance for each in weighed)
        accidents = sum(weighing.accidents for _, weighing in self._among(among))
        return Repeated(found + missing, variance(accidents, missing))

    def _silent(self, among: Iterable[int]) -> float:
        """Pairs of which a record has no token, so that nobody can see them."""
        return sum(
            sum(each.chance for each in weighing.pairs) * (1 / (self._with_tokens[one] * self._with_tokens[other]) - 1)
            for (one, other), weighing in self._among(among)
            if weighing.pairs
        )

    def weights(self, records: Sequence[int]) -> tuple[Weight, ...]:
        """What each combination is worth between two lists."""
        between = [lists for lists in self._weighings if lists[0] != lists[1]]
        asked = sum(records[one] * records[other] for one, other in between)
        true = [(each.pair.pattern, each.chance) for lists in between for each in self._weighings[lists].pairs]
        chance = [(each.pattern, each.number) for lists in between for each in self._compared.decoyed[lists]]
        matches = sum(number for _, number in true)
        return tuple(
            _weight(combination.name, _share(true, column, matches), _share(chance, column, asked))
            for column, combination in enumerate(COMBINATIONS)
        )

    def _among(self, among: Iterable[int]) -> list[tuple[Lists, Weighing]]:
        asked = set(among)
        return [(lists, weighing) for lists, weighing in self._weighings.items() if asked.issuperset(lists)]


def _share(patterns: Iterable[tuple[Pattern, float]], column: int, whole: float) -> float:
    """In how many of all pairs a column agrees; a half of one pair where there is none."""
    agreeing = sum(number for pattern, number in patterns if pattern.agree >> column & 1)
    return max(agreeing, 0.5) / max(whole, 1.0)


def _weight(name: str, agrees: float, by_chance: float) -> Weight:
    return Weight(name, min(agrees, 1.0), by_chance, log2(min(agrees, 1.0) / by_chance))


def _merges(weighed: Sequence[Weighed]) -> float:
    """The expected number of records that join others, from pairs in the order of their probability.

    Likely pairs make a forest, so that three pairs of one person count twice, not three times. Unlikely ones join
    nothing for good: each counts for itself.
    """
    groups = Groups(1 + max((pair.other for pair, _ in weighed), default=0))
    expected = 0.0
    unlikely: set[tuple[int, int]] = set()
    for pair, chance in weighed:
        ends = groups.root(pair.one), groups.root(pair.other)
        if ends[0] == ends[1] or ends in unlikely:
            continue
        expected += chance
        if chance >= SURE:
            groups.join(*ends)
        else:
            unlikely.add(ends)
    return expected


def variance(accidents: float, missing: float) -> float:
    """Of a number of pairs, from how many chance pairs were taken off and how many lost ones were added.

    One more, because decoys do not see what chance does once in all the pairs.
    """
    return 1 + 2 * accidents + (ACCIDENTS_UNSURE * accidents) ** 2 + missing + (LOST_UNSURE * missing) ** 2


def estimate(number: float, unsure: float, *, most: float) -> Estimate:
    reach = NINETY_FIVE * sqrt(unsure)
    return Estimate(*(min(max(each, 0.0), most) for each in (number, number - reach, number + reach)))
