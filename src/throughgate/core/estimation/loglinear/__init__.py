"""Log-linear models of capture histories (Fienberg 1972; Bishop, Fienberg and Holland 1975, chapter 6).

Every hierarchical model to 4 lists, every two-way model to 6, an Occam window beyond, averaged.
"""

from throughgate.core.estimation.loglinear.averaging import estimate, one_model
from throughgate.core.estimation.loglinear.resample import bootstrap

__all__ = ["bootstrap", "estimate", "one_model"]
