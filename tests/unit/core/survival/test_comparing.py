from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.unit.core.survival.known import EVENTS, PEOPLE, column, groups, invented, north_carolina, people, rossi, rows
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival import comparing
from throughgate.core.survival.comparing import gray, log_rank
from throughgate.core.survival.persons import Floats, Persons
from throughgate.core.survival.robust import gray_covariance


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


def test_with_weights_log_rank_is_the_robust_score_test_of_r() -> None:
    of = groups(invented(weight=True))
    assert log_rank(of).statistic == pytest.approx(2.946914272911, abs=1e-9)
    assert [log_rank(of, event).statistic for event in EVENTS] == pytest.approx(
        [0.743527652007, 4.8964746595795, 0.287120268111], abs=1e-9
    )
    late = log_rank(groups(invented(weight=True, entry=True)), "exile")
    assert (late.statistic, late.p, late.variance) == (
        pytest.approx(4.57976060641, abs=1e-9), pytest.approx(0.10127858385, abs=1e-9), "robust"
    )  # fmt: skip


def test_with_weights_gray_s_test_is_the_robust_score_test_of_r_where_nobody_is_censored_early() -> None:
    known = invented(weight=True)
    known = replace(known, time=np.where(known.event == 0, known.time.max() + 1, known.time))
    found = [gray(groups(known), event) for event in EVENTS]
    assert [each.statistic for each in found] == pytest.approx(
        [1.410769402995, 3.430818119042, 0.0646607669225], abs=1e-9
    )
    assert {each.variance for each in found} == {"robust"}


def test_the_variance_of_gray_s_test_is_the_sum_of_squared_derivatives_by_the_weights() -> None:
    of, step, number = groups(invented(weight=True, entry=True)), 1e-6, 3
    times, main, here = laid_out(of, number)
    held = here.exposed * (1 - here.share)
    hazard, part = main.sum(axis=0) / held.sum(axis=0), held / held.sum(axis=0)

    def score(place: int, weight: Floats) -> Floats:
        _, main, now = laid_out([*of[:place], replace(of[place], weight=weight), *of[place + 1 :]], number)
        gap = main - now.exposed * (1 - now.share) * hazard
        return gap.sum(axis=1) - (part * gap.sum(axis=0)).sum(axis=1)

    total = np.zeros((3, 3))
    for place, group in enumerate(of):
        for row in range(len(group)):
            nudge = np.where(np.arange(len(group)) == row, step, 0.0)
            slope = (score(place, group.weight * (1 + nudge)) - score(place, group.weight * (1 - nudge))) / (2 * step)
            total += np.outer(slope, slope)
    lines = [(here.risk[i], here.main[i], here.rest[i], here.before[i], here.share[i]) for i in range(3)]
    assert gray_covariance(of, times, number, lines) == pytest.approx(total, rel=1e-6)


def ran_dry() -> Persons:
    return Persons.of([3, 9, 9], ["exile", "death", "none"], events=EVENTS, entry=[-np.inf, 5, 5])


def laid_out(of: list[Persons], number: int) -> tuple[Floats, Floats, comparing._Pooled]:
    """Times, events of that number, and curves."""
    times = comparing._times(of, None)
    events = np.array([comparing._at(group, times) for group in of])
    main = events[:, number - 1]
    risk = np.array([comparing._risk(group, times) for group in of])
    return times, main, comparing._Pooled.of(risk, main, events.sum(axis=1) - main)


@pytest.mark.parametrize("test", [log_rank, gray])
def test_weights_are_no_numbers_of_persons(test: Callable[..., comparing.Test]) -> None:
    once = test(groups(), "exile")
    thrice = test([replace(group, weight=group.weight * 3) for group in groups()], "exile")
    assert thrice == once
    unlike = [replace(group, weight=group.weight * (place + 1)) for place, group in enumerate(groups())]
    assert test(unlike, "exile").variance == "robust"
    assert test([replace(group, weight=group.weight * 7) for group in unlike], "exile").statistic == pytest.approx(
        test(unlike, "exile").statistic, rel=1e-9
    )


@pytest.mark.parametrize("entry", [False, True])
def test_the_robust_variance_is_near_the_other_one_where_both_hold(entry: bool) -> None:
    random = np.random.default_rng(5)
    time, event = random.exponential(100, 4000).round() + 30, random.integers(0, 3, 4000)
    late = np.where(random.random(4000) < 0.5, 20.0, -np.inf) if entry else None
    of = random.integers(0, 2, 4000)
    plain = Persons.coded(time, event, ("death", "exile"), entry=late)
    nearly = replace(plain, weight=1 + random.random(4000) * 1e-9)
    for test in (log_rank, gray):
        pair = [test([each.where(of == 0), each.where(of == 1)], "exile").statistic for each in (plain, nearly)]
        assert pair[1] == pytest.approx(pair[0], rel=0.1)


@settings(deadline=None)
@given(PEOPLE, PEOPLE)
def test_no_groups_make_a_comparison_fail_without_a_sentence(one: list, other: list) -> None:
    two = [people(one), people(other)]
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
        ([ran_dry(), ran_dry()], "So few people of a group were in view early"),
    ],
)
def test_what_the_test_is_not_made_for_is_refused(two: list, said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        gray(two, "exile")
