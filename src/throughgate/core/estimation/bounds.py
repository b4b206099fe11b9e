"""How many there are at least: a number that holds whether lists seek or avoid each other, and where people differ.

A bound such as that of Chao 1987 takes lists to be independent for each person. Where organisations avoid each other,
each in its own prison, it is too high. So this one always lets every pair of lists depend, in either direction. It is
the lower of two numbers, each with room for the choosing among its models:

- The best of the bounds of the full two-way models over the table itself, over every set of three and more of its
  lists, and over every way of merging lists to three and more. The full model has a parameter for every pair; what is
  left out is that three lists together find more, or fewer, than their pairs say. Merging lists that avoid each other
  takes their dependence away, and so does leaving one out. For three lists this is a bound of Chao's kind, n10 * n01 /
  n11, times the odds ratio seen among those of the third list. The table's own bound has an error of 0.5 % on one
  side; so have all its sets together, and all its merges together (Bonferroni).
- A low point of the confidence distribution averaged over all hierarchical models of three and four lists, or all
  two-way models of more, weighed by AICc, which unlike BIC keeps models with weak dependence: the point below which
  0.5 % of it lies, or 0.1 % where only two-way models can be averaged. Not 2.5 %, because many models compete, and the
  one that would be right may weigh little.

Where people differ the two-way parameters take up a part of the difference and the number falls short, which a lower
bound may. It can be too high where three or more lists exclude each other jointly more than their pairs tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.loglinear.averaging import weighed
from throughgate.core.estimation.loglinear.existence import Existence, check
from throughgate.core.estimation.loglinear.fitting import fit
from throughgate.core.estimation.loglinear.models import MOST_HIERARCHICAL, Family, columns
from throughgate.core.estimation.tables import Counts, Table

OWN_ERROR = 0.005
HIERARCHICAL_ERROR = 0.005
TWO_WAY_ERROR = 0.001
MOST_LISTS = 8  # more are merged to as many, the shortest first: a bound may
MOST_RECOMBINED = 6  # lists to which every set and every merge is tried; beyond, leaving out or merging by twos

Blocks = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class AtLeast:
    """At least `number` persons, with 97.5 % confidence, and why not more.

    reasons  codes: "documented" (nothing above the documented can be defended), "too_few_lists" (two lists cannot tell
             whether they avoid each other), "every_pair" (the full models decide), "averaged" (the average does)
    """

    number: int
    reasons: tuple[str, ...] = ()


def at_least(table: Table) -> AtLeast:
    """The one-sided 97.5 % lower bound of all persons, never below the documented."""
    if table.k < 3:
        return AtLeast(table.documented, ("too_few_lists",))
    table = _shorter(table.canonical())
    full = every_pair(table)
    found = weighed(table, criterion="aicc") if full > table.documented else None
    if found is None:
        return AtLeast(table.documented, ("documented",))
    error = HIERARCHICAL_ERROR if table.k <= MOST_HIERARCHICAL else TWO_WAY_ERROR
    averaged = table.documented + float(found.unseen(np.array([error]))[0])
    number = math.floor(min(full, averaged))
    if number <= table.documented:
        return AtLeast(table.documented, ("documented",))
    return AtLeast(number, ("every_pair",) if full <= averaged else ("averaged",))


def _shorter(table: Table) -> Table:
    while table.k > MOST_LISTS:
        one, other = sorted(table.lists, key=lambda name: (table.on(name), name))[:2]
        table = table.merged(one, other)
    return table


def every_pair(table: Table) -> float:
    """The best bound of full two-way models: of the table, of sets of its lists, and of merges of them."""
    whole = tuple((at,) for at in range(table.k))
    return max(
        float(table.documented),
        _best(table, [whole]),
        _best(table, list(subsets(table.k))),
        _best(table, list(merges(table.k))),
    )


def _best(table: Table, ways: Sequence[Blocks]) -> float:
    """The highest of the bounds that hold together with an error of 0.5 %; minus infinity where there is none."""
    deviate = _deviate(len(ways))
    return max((_bound(_recombined(table.counts, table.k, blocks), deviate) for blocks in ways), default=-math.inf)


@cache
def _deviate(ways: int) -> float:
    return float(-scipy.special.ndtri(OWN_ERROR / max(ways, 1)))


def _bound(counts: Counts, deviate: float) -> float:
    """documented + unseen * exp(-deviate * standard error of its logarithm) in the full two-way model."""
    if not counts.any():
        return -math.inf
    k = counts.size.bit_length() - 1
    table = Table(tuple(f"{at:02}" for at in range(k)), counts)
    fits = fit(table, _full(k))
    terms = fits.family.terms(int(fits.family.models[0]))
    documented = float(table.documented)
    if not fits.converged[0] or check(fits.counts, terms, columns("none", k)) is not Existence.EXISTS:
        return documented
    return documented + math.exp(float(fits.intercept[0]) - deviate * math.sqrt(float(fits.variance[0])))


@cache
def _full(k: int) -> Family:
    pairs = np.array([(1 << i) | (1 << j) for i, j in combinations(range(k), 2)], dtype=np.int64)
    return Family(k, pairs, np.array([(1 << pairs.size) - 1], dtype=np.int64))


def subsets(k: int) -> Iterator[Blocks]:
    """Every set of three and more of k lists but all; beyond six lists, those that leave out one or two."""
    least = 3 if k <= MOST_RECOMBINED else k - 2
    for size in range(least, k):
        for chosen in combinations(range(k), size):
            yield tuple((at,) for at in chosen)


def merges(k: int) -> Iterator[Blocks]:
    """Every way to merge k lists into three and more, fewer than k; beyond six lists, merges of two lists."""
    if k <= MOST_RECOMBINED:
        yield from (blocks for blocks in _partitions(tuple(range(k))) if 3 <= len(blocks) < k)
        return
    for pair in combinations(range(k), 2):
        yield (pair, *((at,) for at in range(k) if at not in pair))


def _partitions(items: tuple[int, ...]) -> Iterable[Blocks]:
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    for smaller in _partitions(rest):
        yield ((first,), *smaller)
        for at, block in enumerate(smaller):
            yield (*smaller[:at], (first, *block), *smaller[at + 1 :])


def _recombined(counts: Counts, k: int, blocks: Blocks) -> Counts:
    """Counts with each block of lists as one list, persons on none of them left out."""
    histories = np.arange(1 << k)
    to = np.zeros_like(histories)
    for new, block in enumerate(blocks):
        to |= ((histories & sum(1 << at for at in block)) > 0).astype(np.int64) << new
    found = np.bincount(to, weights=counts, minlength=1 << len(blocks)).astype(np.int64)
    found[0] = 0
    return found
