import numpy as np
import pytest

from tests.unit.core.survival.known import column, invented
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.curves import curves
from throughgate.core.survival.persons import Persons
from throughgate.core.survival.repeated import MeanCount, mean_count


def bladder() -> tuple[Persons, np.ndarray]:  # type: ignore[type-arg]
    mine = column("bladder", "rx") == 1
    start = column("bladder", "start")
    spells = Persons.coded(
        column("bladder", "stop"), column("bladder", "event"), ("return",), entry=np.where(start == 0, -np.inf, start)
    )
    return spells.where(mine), column("bladder", "id")[mine]


def read(found: MeanCount, day: float) -> tuple[float, float]:
    at = int(np.searchsorted(found.times, day, side="right")) - 1
    return float(found.mean[at]), float(np.sqrt(found.variance[at]))


def test_mean_counts_and_robust_errors_are_those_of_r() -> None:
    spells, person = bladder()
    found = mean_count(spells, person, {"return"}, set())
    assert read(found, 12) == pytest.approx((0.716828386949, 0.140584374050), abs=1e-9)
    assert read(found, 48) == pytest.approx((2.099882460205, 0.348466846279), abs=1e-9)


def test_the_dead_stay_among_those_released() -> None:
    spells = Persons.of([5, 10, 20, 20], ["death", "return", "none", "none"])
    found = mean_count(spells, ["a", "b", "c", "d"], {"return"}, {"death"})
    assert read(found, 20)[0] == pytest.approx(0.25)  # one return of four; without the death's weight, one of three


def test_with_single_returns_and_ends_the_mean_is_the_share() -> None:
    persons = invented().where(invented().event > 0)
    ends = {"death", "exile"}
    # Whoever returned would go on to be in view; in the curve a return is an end, so it is made one here, too.
    shares = curves(persons)
    names = np.array(["none", *persons.events])[persons.event]
    back = names == "return_political"
    twice = Persons.of(
        np.concatenate([persons.time, persons.time[back] + 1e-9]),
        np.concatenate([names, np.full(back.sum(), "exile")]),
        entry=np.concatenate([persons.entry, persons.time[back]]),
    )
    who = np.concatenate([np.arange(len(names)), np.flatnonzero(back)])
    found = mean_count(twice, who, {"return_political"}, ends)
    at = shares.at(730)
    assert read(found, 730.5)[0] == pytest.approx(float(shares.share[2, at]), abs=1e-9)
    assert read(found, 730.5)[1] == pytest.approx(float(np.sqrt(shares.share_variance[2, at])), abs=1e-9)


def test_names_and_order_of_rows_do_not_matter_to_the_last_bit() -> None:
    spells, person = bladder()
    order = np.random.default_rng(2).permutation(len(spells))
    renamed = np.array([f"p{(number * 37) % 1000}" for number in person])
    one = mean_count(spells, person, {"return"}, set())
    other = mean_count(spells.where(order), renamed[order], {"return"}, set())
    assert (one.mean == other.mean).all()
    assert (one.variance == other.variance).all()


def test_no_return_seen_is_not_no_return_possible() -> None:
    found = mean_count(Persons.of([5] * 10, ["none"] * 10), list(range(10)), {"return"}, set())
    assert found.at(5) == pytest.approx((0.0, 0.0, 0.3689), abs=1e-4)


@pytest.mark.parametrize(
    ("times", "entry", "events", "said"),
    [
        ([10, 20], [-np.inf, 5], ["return", "none"], "begins before"),
        ([10, 20], [-np.inf, 10], ["death", "none"], "had died or left"),
        ([10, 20], [-np.inf, 10], ["trial", "none"], "“trial” is neither a return nor an end"),
    ],
)
def test_impossible_lives_are_refused(times: list[float], entry: list[float], events: list[str], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        mean_count(Persons.of(times, events, entry=entry), ["a", "a"], {"return"}, {"death"})
