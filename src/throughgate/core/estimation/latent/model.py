"""What latent classes assume: the parameters, where each stands, and what is believed of them beforehand.

Persons are of kinds (the classes), each kind with a rate of its own on each list. The kinds are in an order: the first
is the most reached, and each next one is less reached by a gap on the logit scale, nearly the same on all lists.
So a kind that one list hardly knows is hardly known to the others, and may be large and unseen: priors that draw each
rate evenly between 0 and 1 say that a person missed by all of five lists is next to impossible, and hide such kinds.

    logit of the rate of list j in the first kind    rate[j] ~ Normal(level, spread)
    in kind h                                        rate[j] - sum over l <= h of gap[l] (1 - 0.35 departure[l, j])
    share of kind h                                  proportional to exp(share[h]), share[0] = 0
    with dependence, in each kind                    + tie[i, j] to the log-odds of being on both i and j

A gap near 0 makes two kinds one, and half of its prior says so: a population of one kind is part of the model. The
ties are few and large or near nothing (Student's t). Log-linear dependence within classes is that of Stanghellini and
van der Heijden (Biometrics 60, 2004); the hierarchical prior of the rates follows Fienberg, Johnson and Junker (JRSS A
162, 1999).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.tables import Table

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """Scales of what is believed beforehand, all on the logit scale. `gap` and `tie` say how far people and lists
    may be from being alike and independent; they are what is doubled and halved to see whether the prior decides.
    """

    level: float = -1.0
    level_scale: float = 1.5
    spread: float = 1.0
    spread_factor: float = 0.4
    gap: float = 1.5
    gap_factor: float = 0.8
    gap_most: float = 2.5
    alike: float = 0.5
    alike_gap: float = 0.05
    alike_factor: float = 1.0
    departure: float = 0.35
    departure_freedom: float = 6.0
    share: float = 0.0
    share_scale: float = 1.5
    tie: float = 0.25
    tie_freedom: float = 3.0

    def gaps(self, times: float) -> Prior:
        """With gaps that many times as large."""
        return replace(self, gap=self.gap * times, gap_most=self.gap_most * times)

    def ties(self, times: float) -> Prior:
        """With ties that many times as strong."""
        return replace(self, tie=self.tie * times)

    def packed(self) -> Floats:
        """(17,) float64, as `density` reads it."""
        apart, alike = self._gap_constants
        rates = [self.level, self.level_scale, np.log(self.spread), self.spread_factor]
        gaps = [np.log(self.gap), self.gap_factor, self.gap_most]
        rest = [self.departure, self.departure_freedom, self.share_scale, self.tie, self.tie_freedom]
        return np.array([*rates, *gaps, *rest, np.log(self.alike_gap), self.alike_factor, apart, alike, self.share])

    @cached_property
    def _gap_constants(self) -> tuple[float, float]:
        """Logarithms of weight over integral, of the two parts of the prior of a gap's logarithm."""
        at = np.linspace(-12, 5, 4000)
        u = (at - np.log(self.gap)) / self.gap_factor
        apart = np.exp(-0.5 * u**2 - 0.5 * (np.exp(at) / self.gap_most) ** 2).sum() * (at[1] - at[0])
        alike = self.alike_factor * np.sqrt(2 * np.pi)
        return float(np.log((1 - self.alike) / apart)), float(np.log(self.alike / alike))

    def log_gaps(self, gaps: Floats) -> Floats:
        """Log prior density of log gaps (..., classes - 1), summed over the last axis.

        Two parts: kinds that are all but alike, and kinds apart, log-normal and cut off as a normal.
        """
        apart, alike = self._gap_constants
        u = (np.log(gaps) - np.log(self.gap)) / self.gap_factor
        v = (np.log(gaps) - np.log(self.alike_gap)) / self.alike_factor
        both: Floats = np.logaddexp(apart - 0.5 * u**2 - 0.5 * (gaps / self.gap_most) ** 2, alike - 0.5 * v**2)
        total: Floats = both.sum(-1)
        return total

    def log_ties(self, ties: Floats) -> Floats:
        """Log prior density of ties (..., pairs), summed over the last axis: Student's t."""
        values: Floats = -0.5 * (self.tie_freedom + 1) * np.log1p((ties / self.tie) ** 2 / self.tie_freedom)
        total: Floats = values.sum(-1) - ties.shape[-1] * np.log(self.tie)
        return total


@dataclass(frozen=True)
class Model:
    """A number of lists and of classes, with or without dependence of the lists within classes.

    The parameters are one vector: level, log spread, rates (lists), gaps (classes - 1, as the inverse of
    log(1 + exp(y))), departures (classes - 1, lists), shares (classes - 1), ties (pairs; list i and j > i at
    j (j - 1) / 2 + i).
    """

    lists: int
    classes: int
    dependence: bool
    prior: Prior = Prior()

    @cached_property
    def rates(self) -> slice:
        return slice(2, 2 + self.lists)

    @cached_property
    def gaps(self) -> slice:
        return slice(self.rates.stop, self.rates.stop + self.classes - 1)

    @cached_property
    def shares(self) -> slice:
        start = self.gaps.stop + (self.classes - 1) * self.lists
        return slice(start, start + self.classes - 1)

    @cached_property
    def ties(self) -> slice:
        pairs = self.lists * (self.lists - 1) // 2 if self.dependence else 0
        return slice(self.shares.stop, self.shares.stop + pairs)

    @property
    def size(self) -> int:
        """Number of parameters."""
        return int(self.ties.stop)

    def start(self, table: Table, rng: np.random.Generator) -> Floats:
        """A vector to begin from, (size,): as if 1.2 to 4 times the documented were there, the rest spread out."""
        found = 0.5 * rng.standard_normal(self.size)
        persons = rng.uniform(1.2, 4.0) * table.documented
        on = np.array([table.on(name) for name in table.lists], dtype=np.float64)
        found[self.rates] = np.log(on + 0.5) - np.log(persons - on + 1)
        found[0] = found[self.rates].mean()
        found[1] = 0.0
        return found


def softplus(y: Floats) -> Floats:
    """log(1 + exp(y)), the gaps from their parameters; above 0 for every y."""
    return np.logaddexp(0.0, y)
