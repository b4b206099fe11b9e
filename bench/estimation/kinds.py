"""Populations of known size, of many kinds, and the lists that organisations would have made of them.

Every kind draws its own size, rates and strengths for each replicate, so that a kind is a family and not a point.
The kinds named in DESIGN were looked at while the headline was being built; those in JUDGE were not.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Captures = NDArray[np.bool_]
"""Shape (persons, lists): who is on which list."""


@dataclass(frozen=True, slots=True)
class Population:
    """One replicate. *total* counts those who could have been reached, *unreachable* those who never could."""

    kind: str
    number: int
    counts: NDArray[np.int64]
    total: int
    unreachable: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number}"

    @property
    def lists(self) -> int:
        return len(self.counts).bit_length() - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of population is drawn, and whether its size can be learnt from its lists at all."""

    draw: Callable[[Rng], tuple[Captures, int]]
    identified: bool = True


def _size(rng: Rng, low: float, high: float) -> int:
    return int(np.exp(rng.uniform(np.log(low), np.log(high))))


def _logits(rng: Rng, lists: int, low: float, high: float) -> NDArray[np.float64]:
    """Of each list's rate, drawn evenly between *low* and *high* on the scale of log odds."""
    return rng.uniform(np.log(low / (1 - low)), np.log(high / (1 - high)), size=lists)


def _chance(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))


def _seen(rng: Rng, logits: NDArray[np.float64]) -> Captures:
    return np.asarray(rng.random(logits.shape) < _chance(logits))


def _dependent(rng: Rng, logits: NDArray[np.float64], pairs: dict[tuple[int, int], float]) -> Captures:
    """Captures from the log-linear model whose main effects are a person's logits and whose pair terms are *pairs*."""
    lists = logits.shape[1]
    cells = (np.arange(2**lists)[:, None] >> np.arange(lists)) & 1
    weight = logits @ cells.T
    for (one, other), strength in pairs.items():
        weight = weight + strength * cells[:, one] * cells[:, other]
    chance = np.exp(weight - weight.max(axis=1, keepdims=True))
    upto = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
    return np.asarray(cells[(rng.random((len(logits), 1)) > upto[:, :-1]).sum(axis=1)] == 1)


def _referred(rng: Rng, captures: Captures, source: int, target: int, share: float) -> Captures:
    """A *share* of those on the list *source* are passed on to the list *target*."""
    passed = captures.copy()
    passed[:, target] |= captures[:, source] & (rng.random(len(captures)) < share)
    return passed


def _some_pairs(rng: Rng, lists: int, number: int) -> list[tuple[int, int]]:
    every = [(one, other) for one in range(lists) for other in range(one + 1, lists)]
    return [every[index] for index in rng.choice(len(every), size=number, replace=False)]


def _alike(rng: Rng, lists: int, size: int, low: float, high: float) -> NDArray[np.float64]:
    return np.tile(_logits(rng, lists, low, high), (size, 1))


def _kinds_of_people(rng: Rng, size: int, lists: int, shares: list[float], gaps: list[float]) -> NDArray[np.float64]:
    """Logits of people of several kinds: each kind's are shifted by its gap, list by list with some noise."""
    base = _logits(rng, lists, 0.08, 0.45)
    shift = np.array(gaps)[:, None] + rng.normal(0, 0.3, size=(len(gaps), lists))
    shift[0] = 0
    return np.asarray((base + shift)[rng.choice(len(shares), size=size, p=shares)])


def independence(rng: Rng) -> tuple[Captures, int]:
    return _seen(rng, _alike(rng, int(rng.integers(3, 6)), _size(rng, 400, 6000), 0.06, 0.4)), 0


def one_pair_together(rng: Rng) -> tuple[Captures, int]:
    lists = int(rng.integers(4, 6))
    pairs = dict.fromkeys(_some_pairs(rng, lists, 1), rng.uniform(0.6, 1.8))
    return _dependent(rng, _alike(rng, lists, _size(rng, 500, 6000), 0.06, 0.35), pairs), 0


def one_pair_apart(rng: Rng) -> tuple[Captures, int]:
    lists = int(rng.integers(4, 6))
    pairs = dict.fromkeys(_some_pairs(rng, lists, 1), -rng.uniform(0.6, 1.8))
    return _dependent(rng, _alike(rng, lists, _size(rng, 500, 6000), 0.08, 0.4), pairs), 0


def both_signs(rng: Rng) -> tuple[Captures, int]:
    lists = int(rng.integers(4, 7))
    first, second, third = _some_pairs(rng, lists, 3)
    pairs = {first: rng.uniform(0.5, 1.5), second: -rng.uniform(0.5, 1.5), third: rng.normal(0, 0.7)}
    return _dependent(rng, _alike(rng, lists, _size(rng, 800, 8000), 0.06, 0.35), pairs), 0


def referral(rng: Rng) -> tuple[Captures, int]:
    lists = int(rng.integers(4, 6))
    captures = _seen(rng, _alike(rng, lists, _size(rng, 500, 5000), 0.06, 0.35))
    source, target = _some_pairs(rng, lists, 1)[0]
    return _referred(rng, captures, source, target, rng.uniform(0.1, 0.5)), 0


def two_kinds(rng: Rng) -> tuple[Captures, int]:
    afraid = rng.uniform(0.3, 0.7)
    size, lists, gap = _size(rng, 600, 8000), int(rng.integers(4, 6)), -rng.uniform(0.8, 2.2)
    return _seen(rng, _kinds_of_people(rng, size, lists, [1 - afraid, afraid], [0, gap])), 0


def hidden(rng: Rng) -> tuple[Captures, int]:
    """About half of the people are so afraid that every list finds few of them; the same few on every list."""
    size, lists, afraid = _size(rng, 1000, 8000), int(rng.integers(4, 6)), rng.uniform(0.4, 0.6)
    gap = -rng.uniform(1.6, 2.8)
    logits = _logits(rng, lists, 0.2, 0.5) + np.where(rng.random(size) < afraid, gap, 0.0)[:, None]
    return _seen(rng, logits), 0


def three_kinds(rng: Rng) -> tuple[Captures, int]:
    shares = [float(share) for share in rng.dirichlet([4, 4, 4])]
    gaps = [0, -rng.uniform(0.5, 1.2), -rng.uniform(1.2, 2.4)]
    return _seen(rng, _kinds_of_people(rng, _size(rng, 800, 8000), int(rng.integers(4, 7)), shares, gaps)), 0


def crossed_kinds(rng: Rng) -> tuple[Captures, int]:
    """Two kinds of people, each better known to other lists: the lists look as if they avoided each other."""
    size, lists = _size(rng, 600, 6000), int(rng.integers(4, 6))
    base = _logits(rng, lists, 0.1, 0.4)
    turn = rng.uniform(0.3, 1.0) * rng.choice([-1, 1], size=lists)
    kind = rng.random(size) < rng.uniform(0.3, 0.7)
    return _seen(rng, base + np.where(kind[:, None], turn, -turn)), 0


def continuous(rng: Rng) -> tuple[Captures, int]:
    size, lists = _size(rng, 600, 8000), int(rng.integers(4, 6))
    spread = rng.normal(0, rng.uniform(0.5, 1.3), size=(size, 1))
    return _seen(rng, _logits(rng, lists, 0.08, 0.4) + spread), 0


def skewed(rng: Rng) -> tuple[Captures, int]:
    """A beta-distributed readiness to be listed that multiplies every list's rate."""
    size, lists = _size(rng, 600, 8000), int(rng.integers(4, 6))
    shape = rng.uniform(1.5, 4)
    ready = rng.beta(shape, shape * 0.8, size=(size, 1))
    return np.asarray(rng.random((size, lists)) < ready * rng.uniform(0.15, 0.7, size=lists)), 0


def two_kinds_and_pair(rng: Rng) -> tuple[Captures, int]:
    lists, afraid = int(rng.integers(4, 7)), rng.uniform(0.3, 0.6)
    logits = _kinds_of_people(rng, _size(rng, 800, 8000), lists, [1 - afraid, afraid], [0, -rng.uniform(0.7, 1.8)])
    pairs = {pair: rng.choice([-1, 1]) * rng.uniform(0.5, 1.3) for pair in _some_pairs(rng, lists, 1)}
    return _dependent(rng, logits, pairs), 0


def continuous_and_referral(rng: Rng) -> tuple[Captures, int]:
    size, lists = _size(rng, 800, 8000), int(rng.integers(4, 6))
    logits = _logits(rng, lists, 0.08, 0.35) + rng.normal(0, rng.uniform(0.5, 1.1), size=(size, 1))
    source, target = _some_pairs(rng, lists, 1)[0]
    return _referred(rng, _seen(rng, logits), source, target, rng.uniform(0.1, 0.4)), 0


def sparse(rng: Rng) -> tuple[Captures, int]:
    return _seen(rng, _alike(rng, int(rng.integers(4, 6)), _size(rng, 3000, 12000), 0.03, 0.09)), 0


def tiny(rng: Rng) -> tuple[Captures, int]:
    return _seen(rng, _alike(rng, int(rng.integers(3, 5)), _size(rng, 60, 180), 0.25, 0.55)), 0


def dense(rng: Rng) -> tuple[Captures, int]:
    size, lists = _size(rng, 500, 5000), int(rng.integers(4, 6))
    pairs = {pair: rng.normal(0, 0.8) for pair in _some_pairs(rng, lists, 2)}
    return _dependent(rng, _alike(rng, lists, size, 0.35, 0.7), pairs), 0


def large(rng: Rng) -> tuple[Captures, int]:
    size, lists = _size(rng, 20000, 60000), 4
    logits = _alike(rng, lists, size, 0.05, 0.25) + rng.normal(0, 0.6, size=(size, 1))
    return _dependent(rng, logits, dict.fromkeys(_some_pairs(rng, lists, 1), rng.normal(0, 0.7))), 0


def regions(rng: Rng) -> tuple[Captures, int]:
    """Three regions; one of the lists works in two of them only, and every list works better in some."""
    size, lists = _size(rng, 1000, 8000), 5
    rates = _logits(rng, lists, 0.1, 0.4) + rng.normal(0, 0.5, size=(3, lists))
    rates[0, int(rng.integers(lists))] = -20
    return _seen(rng, rates[rng.choice(3, size=size, p=rng.dirichlet([5, 5, 5]))]), 0


def prison_coalition(rng: Rng) -> tuple[Captures, int]:
    """Six lists: two big, a defence one they refer to, a families' one that avoids the official one, two small."""
    size = _size(rng, 2000, 9000)
    afraid = np.where(rng.random(size) < rng.uniform(0.25, 0.5), -rng.uniform(0.7, 1.6), 0.0)[:, None]
    rates = np.array([0.30, 0.25, 0.12, 0.10, 0.05, 0.04]) * rng.uniform(0.7, 1.4, size=6)
    captures = _dependent(rng, np.log(rates / (1 - rates)) + afraid, {(0, 3): -rng.uniform(0.3, 1), (1, 4): 0.6})
    return _referred(rng, captures, 0, 2, rng.uniform(0.1, 0.3)), 0


def linkage_errors(rng: Rng) -> tuple[Captures, int]:
    """One in a hundred listings stays unlinked, and one person in three hundred is taken for another."""
    captures = _seen(rng, _alike(rng, int(rng.integers(4, 6)), _size(rng, 800, 5000), 0.08, 0.35))
    split = captures & (captures.sum(axis=1, keepdims=True) > 1) & (rng.random(captures.shape) < 0.01)
    lone = np.zeros((int(split.sum()), captures.shape[1]), dtype=bool)
    lone[np.arange(len(lone)), np.nonzero(split)[1]] = True
    kept = captures & ~split
    listed = np.nonzero(kept.any(axis=1))[0]
    taken = rng.choice(listed, size=2 * (len(listed) // 600), replace=False).reshape(2, -1)
    kept[taken[0]] |= kept[taken[1]]
    kept[taken[1]] = False
    # rows that were split off are mistakes and no persons: they do not add to the size
    return np.vstack([kept, lone]), -len(lone)


def unreachable(rng: Rng) -> tuple[Captures, int]:
    captures = _seen(rng, _alike(rng, int(rng.integers(4, 6)), _size(rng, 500, 5000), 0.08, 0.35))
    return captures, int(len(captures) * rng.uniform(0.1, 0.4))


def two_lists(rng: Rng) -> tuple[Captures, int]:
    return _seen(rng, _alike(rng, 2, _size(rng, 400, 5000), 0.1, 0.4)), 0


def hardly_overlapping(rng: Rng) -> tuple[Captures, int]:
    """Lists so short beside the population that hardly anybody is on two of them."""
    size = _size(rng, 10000, 40000)
    return _seen(rng, _alike(rng, int(rng.integers(3, 5)), size, 0.003, 0.008)), 0


def one_list_apart(rng: Rng) -> tuple[Captures, int]:
    """Three lists, of which one shares next to nobody with the others."""
    size = _size(rng, 500, 3000)
    kind = rng.random(size) < 0.5
    logits = _alike(rng, 3, size, 0.15, 0.4)
    return _seen(rng, logits + np.where(kind[:, None], [0.0, 0.0, -9.0], [-9.0, -9.0, 0.0])), 0


KINDS: dict[str, Kind] = {
    "independence": Kind(independence),
    "one_pair_together": Kind(one_pair_together),
    "one_pair_apart": Kind(one_pair_apart),
    "both_signs": Kind(both_signs),
    "referral": Kind(referral),
    "two_kinds": Kind(two_kinds),
    "hidden": Kind(hidden),
    "three_kinds": Kind(three_kinds),
    "crossed_kinds": Kind(crossed_kinds),
    "continuous": Kind(continuous),
    "skewed": Kind(skewed),
    "two_kinds_and_pair": Kind(two_kinds_and_pair),
    "continuous_and_referral": Kind(continuous_and_referral),
    "sparse": Kind(sparse),
    "tiny": Kind(tiny),
    "dense": Kind(dense),
    "large": Kind(large),
    "regions": Kind(regions),
    "prison_coalition": Kind(prison_coalition),
    "linkage_errors": Kind(linkage_errors),
    "unreachable": Kind(unreachable),
    "two_lists": Kind(two_lists, identified=False),
    "hardly_overlapping": Kind(hardly_overlapping, identified=False),
    "one_list_apart": Kind(one_list_apart, identified=False),
}

DESIGN = frozenset(
    {
        "independence", "one_pair_together", "both_signs", "two_kinds", "hidden", "continuous", "two_kinds_and_pair",
        "sparse", "tiny", "regions", "hardly_overlapping", "two_lists",
    }
)  # fmt: skip
JUDGE = frozenset(KINDS) - DESIGN


def population(kind: str, number: int, seed: int = 1) -> Population:
    """The *number*-th replicate of *kind*: the same for the same *seed*, whatever else is drawn.

    A draw that leaves a list empty, or two lists alike, is drawn again: nobody would estimate from it.
    """
    chosen = KINDS[kind]
    rng = np.random.default_rng([seed, zlib.crc32(kind.encode()), number])
    while True:
        captures, beyond = chosen.draw(rng)
        counts = _counts(captures)
        if _usable(captures):
            total = len(captures) + min(beyond, 0)
            return Population(kind, number, counts, total, max(beyond, 0))


def populations(kinds: list[str], replicates: int, seed: int = 1) -> Iterator[Population]:
    for kind in kinds:
        for number in range(replicates):
            yield population(kind, number, seed)


def _counts(captures: Captures) -> NDArray[np.int64]:
    """Persons by history, as a bitmask with the first list as the lowest bit; those on no list are unknown: 0."""
    lists = captures.shape[1]
    counts = np.bincount(captures @ (1 << np.arange(lists)), minlength=2**lists).astype(np.int64)
    counts[0] = 0
    return counts


def _usable(captures: Captures) -> bool:
    columns = {captures[:, index].tobytes() for index in range(captures.shape[1])}
    return bool(captures.any(axis=0).all()) and len(columns) == captures.shape[1]
