"""How far the number moves when what nobody can check is not so.

Two things the lists cannot tell. How the lists go together among the persons on none of them: if the highest
interaction, which every estimator takes from a pattern among the documented, is off by an odds ratio, the number of
the unseen is multiplied by that ratio (Gerritse, van der Heijden and Bakker 2015, section 3, for two lists;
Aleshin-Guendel, Sadinle and Wakefield 2024, section 2, for any number of lists). And how many could never have been
reached by any list: they are a share of N, and N is divided by what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughgate.core.estimation.estimates import Interval

ODDS = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0, 4.0)
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True)
class Point:
    """`at` this odds ratio, or this share, N lies in `interval`."""

    at: float
    interval: Interval


@dataclass(frozen=True)
class Tipping:
    """N by the odds ratio that was not measured, and by the share that could never be reached."""

    dependence: tuple[Point, ...]
    unreachable: tuple[Point, ...] = ()


def tipping(documented: int, interval: Interval) -> Tipping:
    """Both curves of one interval."""
    return Tipping(
        tuple(Point(ratio, dependent(documented, interval, ratio)) for ratio in ODDS),
        tuple(Point(share, unreached(interval, share)) for share in SHARES),
    )


def dependent(documented: int, interval: Interval, ratio: float) -> Interval:
    """The interval if the unseen are `ratio` times as many as assumed."""
    return Interval(*(documented + ratio * max(end - documented, 0.0) for end in interval))


def unreached(interval: Interval, share: float) -> Interval:
    """The interval if that share of all persons could never come onto any list."""
    return Interval(*(end / (1 - share) for end in interval))
