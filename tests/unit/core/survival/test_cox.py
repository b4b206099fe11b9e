import numpy as np
import pytest
from hypothesis import given, settings

from tests.unit.core.survival.known import PEOPLE, columns, invented, north_carolina, people, rossi
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.cox import Regression, cox
from throughgate.core.survival.persons import Persons

ROSSI = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
CAROLINA = ["workprg", "priors", "tserved", "felon", "alcohol", "drugs", "black", "married", "educ", "age"]


def told(found: Regression) -> tuple[list[float], list[float]]:
    return [each.log_ratio for each in found.coefficients], [each.error for each in found.coefficients]


def test_rossi_is_that_of_fox_and_weisberg() -> None:
    found = cox(rossi(), columns("rossi", ROSSI), ROSSI)
    ratios, errors = told(found)
    assert np.round(ratios, 5).tolist() == [-0.37942, -0.05744, 0.31390, -0.14980, -0.43370, -0.08487, 0.09150]
    assert np.round(errors, 5).tolist() == [0.19138, 0.02200, 0.30799, 0.21222, 0.38187, 0.19576, 0.02865]
    assert found.likelihood == pytest.approx((-675.3806323, -658.7476594), abs=1e-6)
    assert ratios == pytest.approx(
        [-0.37942216649, -0.05743774268, 0.31389978784, -0.14979569767, -0.43370387794, -0.08487108250, 0.09149708099],
        abs=1e-8,
    )


def test_that_age_counts_less_with_time_on_rossi_is_found_as_in_r() -> None:
    moving = cox(rossi(), columns("rossi", ROSSI), ROSSI).moving
    assert moving["age"] == pytest.approx(0.010107, abs=1e-6)
    assert moving["fin"] == pytest.approx(0.924627, abs=1e-6)


def test_north_carolina_is_that_of_r_and_near_the_published_weibull() -> None:
    ratios, errors = told(cox(north_carolina(), columns("north_carolina", CAROLINA), CAROLINA))
    assert ratios == pytest.approx(
        [0.084404725996, 0.088016512730, 0.013065153135, -0.283903744709, 0.432998505319, 0.277604351936,
         0.435064729798, -0.155136760181, -0.021361246620, -0.003605479378], abs=1e-8,
    )  # fmt: skip
    assert errors[:3] == pytest.approx([0.0908109497830, 0.0134634320327, 0.0016826736645], abs=1e-8)
    weibull = [0.091, 0.089, 0.014, -0.299, 0.447, 0.281, 0.454, -0.152, -0.023, -0.0037]
    assert ratios == pytest.approx(weibull, abs=0.02)


@pytest.mark.parametrize(
    ("entry", "weight", "event", "ratios", "errors"),
    [
        (True, False, "return_political", [0.00781645774372, -0.41010132425321], [0.0217379264695, 0.1666214067770]),
        (True, True, None, [0.00882386519633, -0.02073895156725], [0.0164418565579, 0.0935024255432]),
        (False, True, None, [0.0108603126320, -0.0424086366406], [0.0163461809839, 0.0953102652065]),
        (False, False, None, [0.0109372816861, -0.0962506271767], [0.0127581852531, 0.0863278690833]),
    ],
)
def test_ties_late_entry_and_robust_errors_are_those_of_r(
    entry: bool, weight: bool, event: str | None, ratios: list[float], errors: list[float]
) -> None:
    found = cox(invented(entry=entry, weight=weight), columns("invented", ["age", "prior"]), ["age", "prior"], event)
    assert told(found)[0] == pytest.approx(ratios, abs=1e-8)
    assert told(found)[1] == pytest.approx(errors, abs=1e-8)


def test_a_column_that_tells_all_events_is_named_and_refused() -> None:
    persons = Persons.of(list(range(1, 21)), ["death"] * 10 + ["none"] * 10)
    with pytest.raises(EstimationError, match="“sick” alone tells who had the event"):
        cox(persons, np.array([[1.0]] * 10 + [[0.0]] * 10), ["sick"])


@pytest.mark.parametrize(
    ("made", "names", "said"),
    [
        (np.ones((432, 1)), ["one"], "“one” is the same for everybody"),
        (np.column_stack([np.arange(432.0), np.arange(432.0) * 2]), ["a", "b"], "“b” follows from"),
        (np.full((432, 1), np.nan), ["gap"], "“gap” has a value that is not a number"),
        (np.ones((3, 1)), ["short"], "needs one column"),
        (np.random.default_rng(1).random((432, 40)), [f"c{i}" for i in range(40)], "114 events are too few"),
    ],
)
def test_columns_that_say_nothing_are_refused_by_name(made: object, names: list[str], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        cox(rossi(), made, names)  # type: ignore[arg-type]


def test_the_order_of_rows_does_not_matter_to_the_last_bit() -> None:
    order = np.random.default_rng(1).permutation(432)
    shuffled = cox(rossi().where(order), columns("rossi", ROSSI)[order], ROSSI)
    assert told(shuffled) == told(cox(rossi(), columns("rossi", ROSSI), ROSSI))


@settings(deadline=None)
@given(PEOPLE)
def test_small_tables_give_an_estimate_or_a_sentence(drawn: list) -> None:
    persons = people(drawn)
    column_ = np.array([[float(place % 5)] for place in range(len(persons))])
    try:
        found = cox(persons, column_, ["five"])
    except EstimationError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right
    else:
        assert np.isfinite(found.covariance).all()
