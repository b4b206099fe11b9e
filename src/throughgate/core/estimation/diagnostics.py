"""Whether chains agree, and how many independent draws they are worth.

Vehtari, Gelman, Simpson, Carpenter and Bürkner, Rank-normalization, folding, and localization: an improved R-hat,
Bayesian Analysis 16, 2021. All functions take draws of one quantity, shape (chains, draws).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

Floats = npt.NDArray[np.float64]


def rhat(draws: Floats) -> float:
    """Rank-normalised split R-hat, the larger of that of the draws and of their distances from the median."""
    halves = split(draws)
    return max(_rhat(normal_scores(halves)), _rhat(normal_scores(np.abs(halves - np.median(halves)))))


def effective_draws(draws: Floats) -> float:
    """The least of the bulk and the tail (5 % and 95 % quantiles) effective sample sizes."""
    halves = split(draws)
    tails = [(halves <= np.quantile(halves, at)).astype(np.float64) for at in (0.05, 0.95)]
    return min(_effective(each) for each in (normal_scores(halves), *tails))


def split(draws: Floats) -> Floats:
    """Each chain as two: its first and its last half."""
    half = draws.shape[1] // 2
    return np.vstack((draws[:, :half], draws[:, draws.shape[1] - half :]))


def normal_scores(draws: Floats) -> Floats:
    """Normal quantiles of the ranks among all draws (eq. 14); equal draws share their mean rank."""
    _, which, counts = np.unique(draws, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which].reshape(draws.shape)
    scores: Floats = scipy.special.ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _rhat(draws: Floats) -> float:
    """Square root of the variance of all over that within chains (eq. 1-4)."""
    n = draws.shape[1]
    within = draws.var(1, ddof=1).mean()
    if within == 0:
        return 1.0 if np.ptp(draws) == 0 else float("inf")
    return float(np.sqrt((n - 1) / n + draws.mean(1).var(ddof=1) / within))


def _effective(draws: Floats) -> float:
    """Draws over their autocorrelation time, by Geyer's initial monotone sequence (eq. 10-13)."""
    chains, n = draws.shape
    within = draws.var(1, ddof=1).mean()
    if within == 0:
        return float(draws.size) if np.ptp(draws) == 0 else float(chains)
    centred = draws - draws.mean(1, keepdims=True)
    power = np.abs(np.fft.rfft(centred, 2 * n)) ** 2
    covariances = np.fft.irfft(power)[:, :n].mean(0) / (n - 1)
    correlations = 1 - (within - covariances) / (within * (n - 1) / n + draws.mean(1).var(ddof=1))
    correlations[0] = 1.0
    pairs = correlations[: n // 2 * 2].reshape(-1, 2).sum(1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0]] if negative.size else pairs)
    time = max(2 * pairs.sum() - 1, 1 / np.log10(draws.size))
    return float(draws.size / time)
