"""Numbers as they are told: two significant figures at most, and never narrower than what was computed."""

from __future__ import annotations

import math

from throughgate.core.estimation.estimates import Interval


def down(number: float, documented: int = 0) -> int | float:
    """The number with two figures, rounded down; but the documented are known one by one, and it is never below."""
    if math.isinf(number):
        return number
    whole = math.floor(number)
    return max(whole - whole % _step(whole), documented)


def up(number: float) -> int | float:
    """The number with two figures, rounded up. Infinity stays what it is."""
    if math.isinf(number):
        return number
    whole = math.ceil(number)
    return whole + -whole % _step(whole)


def outward(interval: Interval, documented: int) -> tuple[int | float, int | float]:
    """The lower end rounded down, the upper end up."""
    return down(interval.low, documented), up(interval.high)


def _step(whole: int) -> int:
    return int(10 ** max(len(str(abs(whole))) - 2, 0))
