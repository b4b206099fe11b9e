import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.survival.known import PEOPLE, people
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.curves import curves, kaplan_meier
from throughgate.core.survival.persons import Persons
from throughgate.core.survival.turnbull import turnbull, turnbull_at

LEFT = np.array([0, 0, 4, 5, 5, 10, 7, 17, 25, 37, 46, 46, 7, 45, 46, 46, 46, 27, 36, 36], dtype=float)
RIGHT = np.array(
    [7, 8, 11, 12, 11, 22, 16, 25, 37] + [np.inf] * 3 + [14] + [np.inf] * 4 + [34, 44, np.inf], dtype=float
)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), st.booleans()), min_size=1, max_size=30)


def test_the_curve_is_that_of_r() -> None:
    found = turnbull(LEFT, RIGHT)
    free = [1 - found.at(day)[0] for day in (7, 8, 11, 22, 34, 40)]
    assert free == pytest.approx([0.8714286, 0.775, 0.6142857, 0.55, 0.4770691, 0.3909770], abs=2e-4)


@settings(deadline=None)
@given(PEOPLE)
def test_with_exact_days_every_share_is_aalen_and_johansen_s(drawn: list) -> None:
    persons = people(drawn, late=False)
    if not persons.event.any():
        return
    found = turnbull(persons.time, np.where(persons.event > 0, persons.time, np.inf), persons.weight, persons.event)
    other = curves(persons)
    for at, day in enumerate(other.times):
        shares = [found.at(day, kind)[0] for kind in (1, 2, 3)]
        assert shares == pytest.approx(other.share[:, at].tolist(), abs=2e-3)


def test_where_all_are_looked_for_on_the_same_days_the_shares_are_counted() -> None:
    left, event = [0.0] * 10 + [30.0] * 6 + [60.0] * 4, [1, 2] * 8 + [0] * 4
    right = [30.0] * 10 + [60.0] * 6 + [np.inf] * 4
    found = turnbull(left, right, None, event)
    assert [found.at(day, kind)[0] for day in (30, 60) for kind in (1, 2)] == pytest.approx([0.25, 0.25, 0.4, 0.4])
    assert found.at(45, 1) == pytest.approx((0.25, 0.4))


def test_weights_count_persons_as_often_as_they_stand_for_others() -> None:
    twice = [*range(len(LEFT)), 3, 4, 5]
    weight = np.where(np.isin(np.arange(len(LEFT)), (3, 4, 5)), 2.0, 1.0)
    repeated, weighted = turnbull(LEFT[twice], RIGHT[twice]), turnbull(LEFT, RIGHT, weight)
    assert weighted.mass == pytest.approx(repeated.mass, abs=1e-3)


def test_nobody_with_the_event_yet_is_no_certainty() -> None:
    reading = turnbull_at(LEFT, RIGHT, [0.0], draws=20)[0]
    assert (reading.least, reading.greatest, reading.low) == (0, 0, 0)
    assert reading.high == pytest.approx(1 - 0.025 ** (1 / len(LEFT)))


def test_inside_an_interval_the_least_and_the_greatest_share_are_told() -> None:
    least, greatest = turnbull([0, 0], [10, 10]).at(5)
    assert (least, greatest) == pytest.approx((0.0, 1.0))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=30))
def test_with_exact_days_it_is_kaplan_and_meier_s_curve(drawn: list[tuple[int, bool]]) -> None:
    time, had = np.array([time for time, _ in drawn], dtype=float), np.array([had for _, had in drawn])
    if not had.any():
        return
    found = turnbull(time, np.where(had, time, np.inf))
    other = kaplan_meier(Persons.coded(time, had.astype(int), ("any",)))
    for at, day in enumerate(other.times):
        assert found.at(day)[0] == pytest.approx(1 - other.free[at], abs=2e-3)


@settings(deadline=None)
@given(SPANS, st.randoms())
def test_any_spans_give_masses_or_a_sentence_in_any_order(drawn: list, random: object) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    made = []
    for each in (drawn, shuffled):
        left = np.array([low for low, _, _ in each], dtype=float)
        right = np.array([low + more if ended else np.inf for low, more, ended in each], dtype=float)
        try:
            made.append(turnbull(left, right).mass.tolist())
        except EstimationError as error:
            made.append(str(error))
    assert made[0] == made[1]
    assert isinstance(made[0], str) or sum(made[0]) == pytest.approx(1)


def test_a_seed_makes_the_same_interval_again_in_any_order() -> None:
    order = np.random.default_rng(1).permutation(len(LEFT))
    one = turnbull_at(LEFT, RIGHT, [11.0, 34.0], seed=4, draws=40)
    assert one == turnbull_at(LEFT[order], RIGHT[order], [11.0, 34.0], seed=4, draws=40)
    assert all(each.low <= each.least <= each.greatest <= each.high for each in one)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ([5], [4], "Person 1: the last possible day is before"),
        ([5], [np.inf], "Nobody had the event"),
        ([], [], "first and the last day"),
        ([np.nan], [4], "Person 1"),
    ],
)
def test_impossible_spans_are_refused(left: list[float], right: list[float], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        turnbull(left, right)
