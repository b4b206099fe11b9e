import pytest

from tests.unit.core.estimation.invented import TABLE, estimate
from throughgate.core.estimation.estimates import Estimate, Warning_, missing
from throughgate.core.estimation.light import Colour, light
from throughgate.core.estimation.tables import Table

CALM = {name: estimate(3000) for name in TABLE.lists}


def codes(table: Table, headline: Estimate, without: dict[str, Estimate]) -> tuple[Colour, list[str]]:
    found = light(table, headline, without)
    return found.colour, [reason.code for reason in found.reasons]


def test_nothing_wrong_is_green() -> None:
    assert codes(TABLE, estimate(3000), CALM) == (Colour.GREEN, [])


def test_two_lists_are_red() -> None:
    assert codes(TABLE.without("A"), estimate(3000), {}) == (Colour.RED, ["few_lists"])


@pytest.mark.parametrize(("overlaps", "colour"), [(4, Colour.RED), (5, Colour.GREEN)])
def test_a_list_with_fewer_than_five_overlaps_is_red(overlaps: int, colour: Colour) -> None:
    table = Table.of("ABC", {"100": 50, "010": 40, "001": 30, "110": 90, "101": overlaps})
    assert light(table, estimate(3000), CALM).colour is colour


@pytest.mark.parametrize("code", ["no_estimate", "no_upper_end", "not_identified", "prior_driven"])
def test_an_estimate_that_does_not_exist_or_follows_the_prior_is_red(code: str) -> None:
    assert codes(TABLE, estimate(3000, Warning_(code, {"moved": 0.3})), CALM) == (Colour.RED, [code])
    assert codes(TABLE, missing("combined", 1484), CALM) == (Colour.RED, ["no_estimate"])


@pytest.mark.parametrize("code", ["rhat", "few_draws", "not_converged", "poor_fit"])
def test_a_doubtful_computation_is_amber(code: str) -> None:
    assert codes(TABLE, estimate(3000, Warning_(code)), CALM) == (Colour.AMBER, [code])


@pytest.mark.parametrize(("singletons", "colour"), [(900, Colour.GREEN), (910, Colour.AMBER)])
def test_more_than_ninety_percent_on_one_list_is_amber(singletons: int, colour: Colour) -> None:
    rest = (1000 - singletons) // 2
    table = Table.of("ABC", {"100": singletons - 200, "010": 100, "001": 100, "110": rest, "101": rest})
    assert light(table, estimate(3000), CALM).colour is colour


@pytest.mark.parametrize(("other", "colour"), [(4400, Colour.GREEN), (4600, Colour.AMBER)])
def test_leaving_out_a_list_may_not_change_the_number_by_half(other: float, colour: Colour) -> None:
    assert light(TABLE, estimate(3000), CALM | {"B": estimate(other)}).colour is colour


def test_a_list_without_which_nothing_can_be_said_is_named() -> None:
    found = light(TABLE, estimate(3000), CALM | {"B": missing("combined", 900)})
    assert found.reasons == (Warning_("leave_one_out_none", {"list": "B"}),)


@pytest.mark.parametrize(("wide", "colour"), [(0.48, Colour.GREEN), (0.6, Colour.AMBER)])
def test_an_upper_end_over_three_times_the_lower_is_amber(wide: float, colour: Colour) -> None:
    assert light(TABLE, estimate(3000, wide=wide), CALM).colour is colour


def test_methods_that_stay_below_the_bound_are_amber() -> None:
    found = light(TABLE, estimate(2000), CALM | {"A": estimate(2000)}, at_least=2300)
    assert found.reasons[-1] == Warning_("below_bound")  # with no number: the light may be red besides


def test_red_reasons_come_before_amber_ones_but_for_the_shape_of_a_range_that_is_not_told() -> None:
    headline = estimate(3000, Warning_("rhat", {"value": 1.3}), Warning_("prior_driven", {"moved": 0.5}), wide=0.7)
    assert codes(TABLE, headline, CALM) == (Colour.RED, ["prior_driven", "rhat"])
