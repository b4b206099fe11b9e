"""What is believed of people and lists before the table is seen, and where each belief stands among the parameters.

A person's log odds of coming onto list j are

    rate[j]                                  what the list finds among the most visible people
    - gap * (1 + turn_size * turn[j])        for a hidden kind of people, a share of all; gap >= 0
    + other_gap * other[j]                   for one more kind, a smaller share, whom each list finds better or worse
    + spread * z,  z standard normal         for how people of a kind differ among themselves; spread >= 0

and lists depend by terms of two and of three lists, the same for everybody (a log-linear model within each person;
Fienberg 1972; Coull and Agresti, Biometrics 55, 1999, for the spread). Gaps, spread and terms may be exactly nothing:
each is a latent number cut off at a threshold, so that "no difference" has a probability of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SCALARS = 6
"""Single parameters after the three of each list: share, other_share, gap, turn_size, spread, other_gap."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Means and deviations on the log-odds scale, in the order the kernels read them.

    Rates about 2 % to 60 %; a hidden kind in three of four populations, whose odds are most often a twentieth to all of
    the others'; people's spread half of the time; each pair of lists tied in one of three, each triple in one of five.
    """

    rate: float = -2.0
    rate_deviation: float = 1.75
    share_weight: float = 1.5  # of the hidden kind's share: Beta(1.5, 1.5)
    gap: float = 1.25
    gap_deviation: float = 2.0
    turn: float = math.log(0.4)
    turn_deviation: float = 0.6
    spread: float = 0.0
    spread_deviation: float = 0.6
    other_gap: float = -0.3
    other_gap_deviation: float = 0.8
    freedom: float = 4.0  # of Student's t for the terms
    pair_scale: float = 0.6
    pair_threshold: float = 1.0
    triple_scale: float = 0.4
    triple_threshold: float = 1.6
    other_share: float = -1.0

    def values(self) -> Floats:
        """(17,) for the kernels."""
        return np.array([getattr(self, each.name) for each in fields(self)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where parameters stand: three per list, the single ones, the terms.

    terms  (t,) int64, each a set of lists as a bitmask: first the `pairs` of two lists, then those of three
    """

    k: int
    terms: Ints
    pairs: int

    @property
    def size(self) -> int:
        return 3 * self.k + SCALARS + self.terms.size

    @property
    def gap(self) -> int:
        return 3 * self.k + 2

    @property
    def spread(self) -> int:
        return 3 * self.k + 4

    @property
    def other_gap(self) -> int:
        return 3 * self.k + 5


MOST_LISTS_OF_TRIPLES = 6


def layout(k: int) -> Layout:
    """Terms of three lists are there from four lists, which they need, to six: beyond, they are too many."""
    histories = range(1 << k)
    pairs = [each for each in histories if each.bit_count() == 2]
    has_triples = 4 <= k <= MOST_LISTS_OF_TRIPLES
    triples = [each for each in histories if each.bit_count() == 3] if has_triples else []
    return Layout(k, np.array(pairs + triples, dtype=np.int64), len(pairs))
