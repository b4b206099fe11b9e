"""Which log-linear models there are, and what they are called.

A term is a set of lists written as a number (bit i: list i); a model has the terms of the single lists and some of the
optional ones. A set of optional terms is again a number, so that many models are an array of int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError

Bits = npt.NDArray[np.int64]
Columns = npt.NDArray[np.float64]

MOST_HIERARCHICAL = 4  # lists for which every hierarchical model is fitted: 113 models
MOST_TWO_WAY = 6  # lists for which every two-way model is fitted: 32,768 models
HETEROGENEITY = ("none", "darroch", "chao", "gamma", "poisson")
GAMMA = 3.5  # the parameter Rcapture takes (Rivest and Baillargeon 2007)


@dataclass(frozen=True, eq=False)
class Family:
    """Models that are fitted together.

    k         lists
    optional  (t,) terms of two lists and more
    models    (m,) bit sets of `optional`
    """

    k: int
    optional: Bits
    models: Bits

    @property
    def base(self) -> Bits:
        """The terms every model has: the single lists."""
        return np.array([1 << bit for bit in range(self.k)], dtype=np.int64)

    def parameters(self) -> Bits:
        """(m,) number of parameters of each model, intercept included."""
        return self.k + 1 + np.bitwise_count(self.models.astype(np.uint64)).astype(np.int64)

    def terms(self, model: int) -> tuple[int, ...]:
        """The optional terms of a model."""
        return tuple(int(term) for at, term in enumerate(self.optional) if model >> at & 1)


@cache
def two_way(k: int) -> Family:
    """Every model of single lists and pairs of lists, for 2 to 6 lists; the saturated one of 2 lists is left out."""
    pairs = [(1 << i) | (1 << j) for i, j in combinations(range(k), 2)]
    if k > MOST_TWO_WAY:
        raise EstimationError(f"There are too many two-way models of {k} lists to fit every one.")
    models = np.arange(1 << len(pairs) if k > 2 else 1, dtype=np.int64)
    return Family(k, np.array(pairs, dtype=np.int64), models)


@cache
def hierarchical(k: int) -> Family:
    """Every hierarchical model of 2 to 4 lists in which all lists occur, but for the saturated one."""
    if k > MOST_HIERARCHICAL:
        raise EstimationError(f"There are too many hierarchical models of {k} lists to fit every one.")
    if k == 2:
        return two_way(2)
    terms = [sum(1 << bit for bit in chosen) for size in range(2, k) for chosen in combinations(range(k), size)]
    below = [[at for at, lower in enumerate(terms) if lower != term and lower & term == lower] for term in terms]
    models = [model for model in range(1 << len(terms)) if _closed(model, below)]
    return Family(k, np.array(terms, dtype=np.int64), np.array(models, dtype=np.int64))


def _closed(model: int, below: list[list[int]]) -> bool:
    return all(model >> part & 1 for at, parts in enumerate(below) if model >> at & 1 for part in parts)


def columns(kind: str, k: int) -> Columns:
    """Heterogeneity columns (c, 2**k), functions of the number t of lists that have a person; 0 at t = 0.

    darroch  t**2 / 2 (Darroch, Fienberg, Glonek and Junker 1993): log-odds normally spread
    chao     t - 2, t - 3, ... where positive (Chao 1987; Rivest and Baillargeon 2007): a lower bound
    gamma    log(3.5) - log(3.5 + t); poisson  2**t - 1 (both Rivest and Baillargeon 2007)
    All bend upwards, so that a positive parameter says that people differ.
    """
    times = np.bitwise_count(np.arange(1 << k, dtype=np.uint64)).astype(np.float64)
    if kind == "none":
        return np.empty((0, 1 << k))
    if kind == "darroch":
        return np.asarray(times**2 / 2.0)[None]
    if kind == "chao":
        return np.array([np.maximum(times - least, 0.0) for least in range(2, k)]).reshape(k - 2, 1 << k)
    if kind == "gamma":
        return np.asarray(np.log(GAMMA) - np.log(GAMMA + times))[None]
    if kind == "poisson":
        return np.asarray(2.0**times - 1.0)[None]
    raise EstimationError(f"There is no heterogeneity {kind}; there are {', '.join(HETEROGENEITY)}.")


def generators(terms: tuple[int, ...], k: int) -> tuple[int, ...]:
    """The largest terms of a model, single lists included where they are in no other: they name it."""
    everything = (*terms, *(1 << bit for bit in range(k)))
    return tuple(sorted(t for t in everything if not any(t != other and t & other == t for other in everything)))


def name(terms: tuple[int, ...], k: int) -> str:
    """As the literature writes it: [123,14,34], lists numbered from 1; letters beyond nine lists."""
    digits = "123456789abcdefghijklmnopqrstuvwxyz"
    spelled = ("".join(digits[bit] for bit in range(k) if term >> bit & 1) for term in generators(terms, k))
    return "[" + ",".join(sorted(spelled)) + "]"


def from_name(text: str, k: int) -> tuple[int, ...]:
    """The terms of two and more lists of a model such as [123,14,34].

    Raises `EstimationError` when it names a list that is not there, or is saturated.
    """
    terms: set[int] = set()
    for part in text.strip().strip("[]").replace(" ", "").split(","):
        if not part or not all(digit.isdigit() and 1 <= int(digit) <= k for digit in part):
            raise EstimationError(f"Model {text} is not written like [12,13,23] with lists 1 to {k}.")
        whole = sum({1 << (int(digit) - 1) for digit in part})
        terms |= {inside for inside in range(1, whole + 1) if inside & whole == inside}
    if (1 << k) - 1 in terms:
        raise EstimationError(f"Model {text} is saturated: it says nothing of the persons on no list.")
    return tuple(sorted(term for term in terms if term.bit_count() > 1))
