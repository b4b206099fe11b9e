import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.survival.known import PEOPLE, invented, north_carolina, people, rossi
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.curves import curves, interval, kaplan_meier, share_interval
from throughgate.core.survival.means import restricted_means
from throughgate.core.survival.persons import Persons

DAYS = (100, 365, 730)


def free_at(persons: Persons, days: tuple[int, ...]) -> list[list[float]]:
    """Share, error, lower and upper end on each day."""
    found = kaplan_meier(persons)
    low, high = interval(found.free, found.free_variance, found.effective)
    places = [found.at(day) for day in days]
    return [[found.free[at], float(np.sqrt(found.free_variance[at])), float(low[at]), float(high[at])] for at in places]


def test_kaplan_and_meier_s_curve_of_rossi_is_that_of_r() -> None:
    assert np.array(free_at(rossi(), (10, 26, 52))) == pytest.approx(
        np.array([
            [0.9652777778, 0.008808217636, 0.9430645980, 0.9789209971],
            [0.8750000000, 0.015911721163, 0.8399754058, 0.9028037957],
            [0.7361111111, 0.021205101981, 0.6918597158, 0.7750631834],
        ]), abs=1e-9,
    )  # fmt: skip


def test_the_curve_of_north_carolina_with_all_its_censoring_is_that_of_r() -> None:
    assert np.array(free_at(north_carolina(), (12, 36, 72))) == pytest.approx(
        np.array([
            [0.8733564014, 0.008748899982, 0.8550969688, 0.8894655060],
            [0.7044982699, 0.01200289635, 0.6802425340, 0.7272980943],
            [0.61970313796, 0.01278270614, 0.59410443200, 0.64419937360],
        ]), abs=1e-9,
    )  # fmt: skip


def test_late_entry_and_weights_are_those_of_r() -> None:
    assert free_at(invented(entry=True), (365,))[0] == pytest.approx(
        [0.2954573538194, 0.0442009146346, 0.2120979419305, 0.3834253978867], abs=1e-9
    )
    assert free_at(invented(entry=True, weight=True), (365,))[0] == pytest.approx(
        [0.2987880675931, 0.0477907731539, 0.2088891934213, 0.3938037382998], abs=1e-9
    )


@pytest.mark.parametrize(
    ("entry", "weight", "shares", "errors"),
    [
        (False, False, [0.2527621080501, 0.164536052507, 0.261642371264],
         [0.0416403156920, 0.0356253437989, 0.0421208028288]),
        (False, True, [0.2296662700334, 0.1786658683945, 0.268383947051],
         [0.0420014361786, 0.0400811490227, 0.0465751058299]),
        (True, True, [0.239887905697, 0.1837534697034, 0.277570557007],
         [0.0436423049053, 0.0411262326776, 0.0473812396746]),
    ],
)  # fmt: skip
def test_shares_of_competing_ends_and_their_errors_are_those_of_r(
    entry: bool, weight: bool, shares: list[float], errors: list[float]
) -> None:
    found = curves(invented(entry=entry, weight=weight))
    at = found.at(365)
    assert found.share[:, at].tolist() == pytest.approx(shares, abs=1e-9)
    assert np.sqrt(found.share_variance[:, at]).tolist() == pytest.approx(errors, abs=1e-9)


def test_mean_days_are_those_of_r_and_add_up_to_the_window() -> None:
    found = restricted_means(invented(), 730)
    assert (found.free.mean, found.free.error) == pytest.approx((292.2844242464, 20.3818193766), abs=1e-8)
    assert [found.lost[name].mean for name in sorted(found.lost)] == pytest.approx(
        [158.842046872, 117.628797094, 161.244731788], abs=1e-8
    )
    assert found.free.mean + sum(lost.mean for lost in found.lost.values()) == pytest.approx(730)


def test_mean_days_are_no_certainty_where_nobody_had_the_event() -> None:
    found = restricted_means(Persons.of([30.0] * 20, ["none"] * 20, events=["death"]), 30)
    assert found.free == pytest.approx((30, 0, 30 * 0.025 ** (1 / 20), 30))
    assert found.lost["death"] == pytest.approx((0, 0, 0, 30 * (1 - 0.025 ** (1 / 20))))


def test_mean_days_are_no_certainty_where_all_had_the_event_on_one_day() -> None:
    found = restricted_means(Persons.of([12.0] * 5, ["death"] * 5), 30)
    assert (found.free.low, found.free.mean, found.free.high) == (0, 12, 30)


def test_nobody_dead_or_abroad_is_taken_for_somebody_who_may_still_return() -> None:
    ends = ["exile"] * 50 + ["return_political"] * 25 + ["none"] * 25
    times = [10.0] * 50 + [20.0] * 25 + [30.0] * 25
    found = curves(Persons.of(times, ends))
    assert found.share[1, found.at(20)] == pytest.approx(0.25)  # taking exile for censoring would say 0.5


def test_on_a_day_an_event_comes_before_the_end_of_knowledge() -> None:
    found = curves(Persons.of([5, 5], ["death", "none"]))
    assert found.free.tolist() == [0.5]


def test_a_return_on_the_day_of_release_counts() -> None:
    assert curves(Persons.of([0, 9], ["return_other", "none"])).free.tolist() == [0.5]


def test_where_nothing_happened_yet_the_interval_is_not_nothing() -> None:
    low, high = share_interval(np.zeros(1), np.zeros(1), np.array([20.0]))
    assert (low[0], high[0]) == pytest.approx((0.0, 1 - 0.025 ** (1 / 20)))


def test_nothing_is_said_past_the_last_day() -> None:
    persons = Persons.of([10, 20, 30], ["death", "none", "none"])
    assert not curves(persons).reaches(31)
    with pytest.raises(EstimationError, match="Nobody is in view on day 31"):
        restricted_means(persons, 31)


@settings(deadline=None)
@given(PEOPLE, st.randoms())
def test_the_order_of_persons_does_not_matter_to_the_last_bit(drawn: list, random: object) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = curves(people(drawn)), curves(people(shuffled))
    assert (one.share == other.share).all()
    assert (one.share_variance == other.share_variance).all()


@settings(deadline=None)
@given(PEOPLE)
def test_shares_and_those_still_free_are_everybody(drawn: list) -> None:
    found = curves(people(drawn))
    assert found.free + found.share.sum(axis=0) == pytest.approx(np.ones(len(found.times)))
    low, high = interval(found.free, found.free_variance, found.effective)
    assert ((low <= found.free + 1e-12) & (found.free <= high + 1e-12) & (low >= 0) & (high <= 1)).all()


@settings(deadline=None)
@given(PEOPLE)
def test_twice_as_many_alike_halve_the_variance(drawn: list) -> None:
    once = curves(people(drawn, late=False))
    twice = curves(people(drawn + drawn, late=False))
    assert twice.share == pytest.approx(once.share)
    assert twice.share_variance == pytest.approx(once.share_variance / 2, abs=1e-12)


@settings(deadline=None)
@given(PEOPLE, st.sampled_from([0.1, 3.0]))
def test_the_unit_of_weights_does_not_matter(drawn: list, unit: float) -> None:
    persons = people(drawn)
    scaled = Persons.coded(
        persons.time, persons.event, persons.events, entry=persons.entry, weight=persons.weight * unit
    )
    assert curves(scaled).share_variance == pytest.approx(curves(persons).share_variance, abs=1e-9)
    assert curves(scaled).share == pytest.approx(curves(persons).share)


@settings(deadline=None)
@given(PEOPLE)
def test_the_two_ways_to_the_variance_agree_without_weights_and_late_entry(drawn: list) -> None:
    persons = people(drawn, weights=False, late=False)
    weight = np.ones(len(persons))
    weight[0] = 1 + 1e-13
    other = Persons.coded(persons.time, persons.event, persons.events, weight=weight)
    one, two = curves(persons), curves(other)
    assert two.share_variance == pytest.approx(one.share_variance, abs=1e-10)
    assert two.free_variance == pytest.approx(one.free_variance, abs=1e-10)


@settings(deadline=None)
@given(PEOPLE)
def test_the_mean_s_error_with_equal_weights_is_that_without(drawn: list) -> None:
    persons = people(drawn, weights=False, late=False)
    tau = max(float(persons.time.max()), 1.0)
    if not curves(persons).reaches(tau):
        return
    weight = np.ones(len(persons))
    weight[0] = 1 + 1e-13
    other = Persons.coded(persons.time, persons.event, persons.events, weight=weight)
    one, two = restricted_means(persons, tau), restricted_means(other, tau)
    assert two.free.error == pytest.approx(one.free.error, abs=1e-6)
    assert two.lost["exile"].error == pytest.approx(one.lost["exile"].error, abs=1e-6)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Persons.of([], []), "nobody to follow"),
        (lambda: Persons.of([-1], ["none"]), "Person 1: the time"),
        (lambda: Persons.of([1, float("nan")], ["none", "none"]), "Person 2: the time"),
        (lambda: Persons.of([1], ["none"], entry=[1]), "came into view on the last day"),
        (lambda: Persons.of([1], ["none"], weight=[0]), "weight"),
        (lambda: Persons.of([1], ["death"], events=["exile"]), "“death” is not one of those"),
        (lambda: Persons.of([1, 2], ["death"]), "equally many"),
    ],
)
def test_what_no_person_can_have_is_refused_with_the_place(make: object, said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        make()  # type: ignore[operator]
