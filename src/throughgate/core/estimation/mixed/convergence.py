"""Whether chains agree, and how many independent draws they are worth (Vehtari et al., Bayesian Analysis 16, 2021)."""

from __future__ import annotations

import math

import numpy as np

from throughgate.core.estimation.diagnostics import normal_scores
from throughgate.core.estimation.mixed.prior import Floats


def r_hat(chains: Floats) -> float:
    """Rank-normalised split R-hat of *chains*, shape (chains, draws), four draws or more; 1 when they agree (eq. 4)."""
    half = chains.shape[1] // 2
    split = normal_scores(np.concatenate([chains[:, :half], chains[:, half : 2 * half]]))
    within = float(split.var(axis=1, ddof=1).mean())
    between = float(split.mean(axis=1).var(ddof=1))
    if within <= 0:
        return 1.0 if between <= 0 else math.inf
    return math.sqrt((half - 1) / half + between / within)


def effective(chains: Floats) -> float:
    """Effective draws in the bulk of *chains*, shape (chains, draws), by Geyer's positive pairs (eq. 10)."""
    centred = normal_scores(chains)
    centred -= centred.mean()
    steps = chains.shape[1]
    waves = np.fft.rfft(centred, 2 * steps, axis=1)
    lagged = np.fft.irfft(waves * np.conj(waves), axis=1)[:, :steps].mean(axis=0) / steps
    if lagged[0] <= 0:
        return float(chains.size)
    pairs = (lagged[1:] / lagged[0])[: 2 * ((steps - 1) // 2)].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    upto = int(negative[0]) if negative.size else pairs.size
    return float(chains.size / (1 + 2 * pairs[:upto].sum()))
