import numpy as np
import pytest
from hypothesis import given, settings

from tests.unit.core.survival.known import EVENTS, PEOPLE, column, groups, invented, north_carolina, people, rossi, rows
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.comparing import gray, log_rank


def test_log_rank_on_rossi_is_that_of_r() -> None:
    aid = column("rossi", "fin")
    found = log_rank([rossi().where(aid == 0), rossi().where(aid == 1)])
    assert found.statistic == pytest.approx(3.83756957655, abs=1e-9)
    assert found.p == pytest.approx(0.05012, abs=1e-5)
    assert found.expected == pytest.approx((55.5744, 58.4256), abs=1e-4)


def test_log_rank_of_many_groups_is_that_of_r() -> None:
    prior = column("rossi", "prio")
    found = log_rank([rossi().where(prior == value) for value in np.unique(prior)])
    assert found.statistic == pytest.approx(41.8010187331, abs=1e-8)


def test_log_rank_under_censoring_is_that_of_r() -> None:
    married = column("north_carolina", "married")
    found = log_rank([north_carolina().where(married == value) for value in (0, 1)])
    assert found.statistic == pytest.approx(10.74315773, abs=1e-7)


def test_log_rank_of_one_end_is_that_of_r() -> None:
    assert log_rank(groups()).statistic == pytest.approx(1.27689136005, abs=1e-9)
    assert log_rank(groups(), "exile").statistic == pytest.approx(3.59748180883, abs=1e-9)


def test_gray_s_test_is_that_of_cmprsk() -> None:
    found = {event: gray(groups(), event) for event in EVENTS}
    assert [found[event].statistic for event in EVENTS] == pytest.approx(
        [1.76636834039, 2.84913479013, 0.30146162130], abs=1e-9
    )
    assert found["exile"].p == pytest.approx(0.240612530864, abs=1e-9)


def test_gray_s_test_of_two_groups_is_that_of_cmprsk() -> None:
    first = np.array([row["group"] == "a" for row in rows("invented")])
    two = [invented().where(first), invented().where(~first)]
    assert [gray(two, event).statistic for event in EVENTS] == pytest.approx(
        [0.279650358056, 2.552810115914, 0.262715666689], abs=1e-9
    )


@pytest.mark.parametrize("unharmed", [22, 24, 27, 34])
def test_two_groups_are_compared_in_one_direction_only(unharmed: int) -> None:
    """Rounding made a second one of nothing, and p of 0.84 was told as 0.98."""
    one = people([(0, 0, -np.inf, 1)], weights=False, late=False)
    other = people(
        [(0, 0, -np.inf, 1)] * unharmed + [(0, 2, -np.inf, 1), (1, 2, -np.inf, 1)], weights=False, late=False
    )
    for two in ([one, other], [other, one]):
        found = log_rank(two, "exile")
        share = 1 / (unharmed + 3)
        assert found.freedom == 1
        assert found.statistic == pytest.approx(share**2 / (share * (1 - share)))


@settings(deadline=None)
@given(PEOPLE, PEOPLE)
def test_no_groups_make_a_comparison_fail_without_a_sentence(one: list, other: list) -> None:
    two = [people(one, weights=False, late=False), people(other, weights=False, late=False)]
    for test in (log_rank, gray):
        try:
            found, turned = test(two, "exile"), test(two[::-1], "exile")
        except EstimationError as error:
            assert str(error).endswith(".")  # noqa: PT017 - both ways are right
        else:
            assert 0 <= found.p <= 1
            assert turned.statistic == pytest.approx(found.statistic, abs=1e-6)


@pytest.mark.parametrize(
    ("two", "said"),
    [
        ([invented()], "two groups"),
        ([invented(weight=True)] * 2, "do not take weights"),
        ([invented(entry=True)] * 2, "came into view late"),
    ],
)
def test_what_the_test_is_not_made_for_is_refused(two: list, said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        gray(two, "exile")
