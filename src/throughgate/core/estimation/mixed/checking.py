"""Whether the mixed model could have made the table it was given: a posterior predictive check.

For each of some draws of the parameters a table is made of as many documented persons, and it is seen which is further
from what the draw expects, the made one or the given one (Gelman, Meng and Stern, Statistica Sinica 6, 1996, eq. 8).
How far is measured by the roots of the counts (Freeman and Tukey 1950), which small counts do not upset (Brooks,
Catchpole and Morgan, Statistical Science 15, 2000, section 4). Such a p-value errs towards 1/2, for the same table has
been fitted: it is below 0.05 in far fewer than 5 % of the tables that the model makes (Meng, Annals of Statistics 22,
1994).
"""

from __future__ import annotations

import numpy as np

from throughgate.core.estimation.engine import kernels
from throughgate.core.estimation.mixed.prior import Floats, Layout, Prior
from throughgate.core.estimation.mixed.sampling import quadrature
from throughgate.core.estimation.tables import Table

FEWEST_LISTS = 4  # with three there are as many terms as counts, and every table fits
MADE = 400  # tables


def p_value(table: Table, parameters: Floats, shape: Layout, prior: Prior, *, seed: int) -> float:
    """The share of made tables that are as far from what is expected as *table*, or further; above 0.

    parameters  (draws, size) from the posterior
    """
    every = -(-len(parameters) // MADE)
    points = np.ascontiguousarray(parameters[::every])
    chances = kernels("mixed").chances(points, shape.k, shape.terms, shape.pairs, *quadrature(), prior.values())[:, 1:]
    chances /= chances.sum(axis=1, keepdims=True)
    made = np.random.default_rng([seed, 2]).multinomial(table.documented, chances)
    expected = table.documented * chances
    further = _distance(made, expected) >= _distance(table.counts[1:], expected)
    return float((1 + further.sum()) / (1 + further.size))


def _distance(counts: np.ndarray, expected: Floats) -> Floats:
    """(draws,) from counts (draws, histories) or (histories,) to what each draw expects (draws, histories)."""
    return np.asarray(((np.sqrt(counts) - np.sqrt(expected)) ** 2).sum(axis=1))
