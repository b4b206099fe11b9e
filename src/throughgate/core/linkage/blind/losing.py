"""True pairs that share no token, estimated from those that share some.

A slip leaves some tokens as they were, two slips may leave none. Where slips are independent of each other, the pairs
that have one of them tell how many there are that have both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from throughgate.core.linkage.blind.tokens import COMBINATIONS, DATE, holding


def lost(pairs: Iterable[tuple[int, float]]) -> float:
    """How many are missing among so many pairs, given by the combinations that agree in them, as bits."""
    names: defaultdict[tuple[bool, ...], float] = defaultdict(float)
    dates: defaultdict[tuple[bool, ...], float] = defaultdict(float)
    for agree, number in pairs:
        same = _names(agree)
        names[same] += number
        if same[:2] == (True, True):
            dates[_dates(agree)] += number
    return _unseen(names) + _unseen(dates)


def _unseen(found: Mapping[tuple[bool, ...], float]) -> float:
    """What is missing where more than one thing differs, if things differ independently."""
    size = len(next(iter(found), ()))
    whole = found.get((True,) * size, 0.0)
    if not whole:
        return 0.0
    odds = [found.get(tuple(thing != each for thing in range(size)), 0.0) / whole for each in range(size)]
    missing = 0.0
    for cell in product((True, False), repeat=size):
        if cell.count(False) > 1:
            expected = whole
            for same, odd in zip(cell, odds, strict=True):
                expected *= 1 if same else odd
            missing += max(0.0, expected - found.get(cell, 0.0))
    return missing


@cache
def _names(agree: int) -> tuple[bool, ...]:
    """Whether surname, given name and the whole date of birth agree."""
    return tuple(_any(agree, holding(*fields)) for fields in (("surname",), ("given",), DATE))


@cache
def _dates(agree: int) -> tuple[bool, ...]:
    """Whether anything of birth agrees, and whether the detention does."""
    detention = holding("held")
    return _any(agree, [column for column in range(len(COMBINATIONS)) if column not in detention]), _any(
        agree, detention
    )


def _any(agree: int, columns: Iterable[int]) -> bool:
    return any(agree >> column & 1 for column in columns)
