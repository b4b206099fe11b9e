"""Latent classes: people of several kinds, whom the lists reach unequally. Labels and N are summed out."""

from throughgate.core.estimation.latent.estimating import estimate
from throughgate.core.estimation.latent.model import Prior

__all__ = ["Prior", "estimate"]
