"""Tails of distributions, with types."""

from __future__ import annotations

from scipy import special  # type: ignore[import-untyped]

from throughgate.core.survival.persons import Floats


def chi_square_tail(freedom: int, statistic: float) -> float:
    """Chance of a chi-square as great as this one or greater; 1 without any freedom."""
    return float(special.chdtrc(freedom, max(statistic, 0.0))) if freedom else 1.0


def normal_tails(z: float) -> float:
    """Chance of a normal value as far from 0 as this one or farther."""
    return float(2 * special.ndtr(-abs(z)))


def student_width(freedom: Floats) -> Floats:
    """Half width of the central 95 % of Student's t."""
    found: Floats = special.stdtrit(freedom, 0.975)
    return found
