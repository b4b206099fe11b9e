"""Fit many log-linear models to one table: the compiled kernels behind plain names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.loglinear.models import Bits, Columns, Family, columns
from throughgate.core.estimation.tables import Table

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fits:
    """The models of a family with one kind of heterogeneity, fitted to a table.

    likelihood  (m,) log likelihood of the Poisson counts, without the factorials
    intercept   (m,) log of the unseen count; variance (m,) of it; least (m,) smallest expected count
    parameters  (m, 2**k + c) by term, then columns; those of absent terms are 0
    converged   (m,)
    """

    family: Family
    kind: str
    counts: Floats
    likelihood: Floats
    intercept: Floats
    variance: Floats
    least: Floats
    parameters: Floats
    converged: npt.NDArray[np.bool_]

    @property
    def sizes(self) -> Bits:
        """(m,) number of parameters of each model."""
        return np.asarray(self.family.parameters() + self.columns.shape[0])

    @property
    def columns(self) -> Columns:
        """(c, 2**k) heterogeneity columns."""
        return columns(self.kind, self.family.k)

    @property
    def spread(self) -> npt.NDArray[np.bool_]:
        """(m,) where the columns stand for heterogeneity: people differ by 0 or more, never by less than nothing."""
        added = self.parameters[:, self.counts.size :]
        return np.asarray((added >= 0).all(axis=1))


def observed(k: int) -> npt.NDArray[np.bool_]:
    """(2**k,) every history but that of the persons on no list."""
    seen = np.ones(1 << k, dtype=np.bool_)
    seen[0] = False
    return seen


def fit(table: Table, family: Family, kind: str = "none", starts: Floats | None = None) -> Fits:
    """Every model of the family, by Newton's method from the model before it, or from `starts` (m, 2**k + c)."""
    counts = table.counts.astype(np.float64)
    added = columns(kind, family.k)
    begin = np.empty((0, counts.size + added.shape[0])) if starts is None else starts
    statistics, parameters, converged = kernels("loglinear").fit_models(
        counts[None], observed(family.k), family.base, family.optional, family.models, added, begin
    )
    likelihood, intercept, variance, least = statistics.T
    return Fits(family, kind, counts, likelihood, intercept, variance, least, parameters, converged)


def profile(fits: Fits, at: int, unseen: Floats) -> Floats:
    """(g,) log profile likelihood of model `at` when the unseen count is each of `unseen` (g,), all positive.

    The multinomial likelihood of all N persons (Cormack 1992; Rivest and Baillargeon 2007), up to a constant: the
    table with the assumed count is fitted, and N! / unseen! added. Not a number where a fit does not converge.
    """
    tables = np.repeat(fits.counts[None], unseen.size, axis=0)
    tables[:, 0] = unseen
    everything = np.ones(fits.counts.size, dtype=np.bool_)
    family = fits.family
    statistics, _, converged = kernels("loglinear").fit_models(
        tables, everything, family.base, family.optional, family.models[[at]], fits.columns, fits.parameters[[at]]
    )
    from_kernel = np.where(converged, statistics[:, 0], np.nan)
    total = fits.counts.sum() + unseen
    return np.asarray(from_kernel + total - total * np.log(total) + log_ways(total, unseen))


def log_ways(total: Floats, unseen: Floats) -> Floats:
    """log of total! / unseen!, for fractions too."""
    return np.asarray(scipy.special.gammaln(total + 1.0) - scipy.special.gammaln(unseen + 1.0))
