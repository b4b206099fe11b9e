import pytest

from throughgate.core.estimation.estimates import Interval
from throughgate.core.estimation.tipping import dependent, tipping, unreached


def test_what_was_assumed_leaves_the_interval_as_it_is() -> None:
    assert dependent(100, Interval(150, 200), 1) == unreached(Interval(150, 200), 0) == (150, 200)


def test_an_odds_ratio_multiplies_the_unseen() -> None:
    assert dependent(100, Interval(150, 200), 4) == (300, 500)


def test_two_lists_of_a_known_odds_ratio_give_the_true_number() -> None:
    """90 and 30 persons on one list each, 60 on both, 90 on none: odds ratio 60 * 90 / (90 * 30) = 2."""
    independent = 180 + 90 * 30 / 60
    assert dependent(180, Interval(independent, independent), 2) == (270, 270)


def test_a_share_never_reached_is_added_to_the_whole() -> None:
    assert unreached(Interval(150, 300), 0.25) == pytest.approx((200, 400))


def test_both_curves_rise() -> None:
    found = tipping(100, Interval(150, 200))
    for points in (found.dependence, found.unreachable):
        highs = [point.interval.high for point in points]
        assert highs == sorted(highs)
