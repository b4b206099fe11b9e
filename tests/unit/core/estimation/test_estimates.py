import math

import numpy as np

from throughgate.core.estimation.estimates import Estimate, Interval, Warning_, from_draws, missing


def test_draws_give_median_and_interval() -> None:
    found = from_draws("any", np.arange(1001.0)[::-1])
    assert (found.estimate, *found.interval) == (500, 25, 975)
    assert found.exists


def test_a_missing_estimate_says_why_and_has_no_upper_end() -> None:
    found = missing("any", 40, Warning_("no_estimate"))
    assert not found.exists
    assert found.interval == (40, math.inf)
    assert found.has("no_estimate")


def test_an_interval_from_nobody_has_no_ratio() -> None:
    assert Interval(0, 5).ratio == math.inf
    assert Estimate("any", 3, Interval(2, 6)).interval.ratio == 3
