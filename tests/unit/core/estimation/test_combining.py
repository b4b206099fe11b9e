"""The headline, strata, linkages, and two lists."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from throughgate.core.estimation import combining, linked, strata, two_lists
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Warning_, from_draws
from throughgate.core.estimation.tables import Table

KOSOVO = Table.of(
    ("EXH", "ABA", "OSCE", "HRW"),
    {
        "1000": 1131, "0100": 845, "1100": 177, "0010": 936, "1010": 228, "0110": 217, "1110": 181, "0001": 306,
        "1001": 106, "0101": 31, "1101": 18, "0011": 123, "1011": 42, "0111": 32, "1111": 27,
    },
)  # fmt: skip
SMALL = Table.of(("a", "b", "c"), {"100": 60, "010": 50, "001": 70, "110": 20, "101": 25, "011": 22, "111": 12})
DRIVEN = Table.of(  # a third of hepatitis A in Taiwan, 1995
    "EPQ", {"100": 21, "010": 23, "001": 18, "110": 6, "101": 6, "011": 7, "111": 9}
)
APART = Table.of(("a", "b", "c"), {"100": 60, "010": 50, "001": 70, "110": 20, "101": 2, "011": 1})
TWO = Table.of(("a", "b"), {"10": 300, "01": 200, "11": 100})


def test_the_headline_holds_the_published_number_of_kosovo_and_every_part_is_beside_it() -> None:
    found = combining.estimate(KOSOVO, quick=True)
    assert found.headline.interval.low < 10_356 < found.headline.interval.high
    assert [part.method for part in found.parts] == ["loglinear", "heterogeneity", "graphs", "mixed"]
    assert sum(found.weights.values()) == pytest.approx(1)


def test_latent_classes_are_shown_beside_without_a_weight() -> None:
    found = combining.estimate(SMALL)
    assert {"latent", "latent_dependent"} <= {part.method for part in found.parts}
    assert set(found.weights) == set(combining.WEIGHTS)


def test_the_mixture_reaches_as_far_as_its_parts_at_their_weight() -> None:
    parts = {"mixed": from_draws("mixed", np.full(1000, 200.0)), "graphs": from_draws("graphs", np.full(1000, 900.0))}
    draws = combining.pooled(parts, {"mixed": 0.9, "graphs": 0.1}, documented=100)
    assert np.mean(draws > 500) == pytest.approx(0.1, abs=0.002)


def test_no_value_of_the_mixture_is_below_the_documented() -> None:
    assert combining.blurred(np.array([100.0, 150.0]), 100).min() == 100


def test_fewer_than_three_lists_have_no_headline() -> None:
    found = combining.estimate(TWO)
    assert not found.headline.exists
    assert found.headline.has("few_lists")


def test_a_list_that_shares_hardly_anybody_is_named() -> None:
    headline = combining.estimate(APART).headline
    assert not headline.exists
    assert [dict(warning.params) for warning in headline.warnings] == [{"list": "c", "overlaps": 3}]


def test_the_same_bits_come_whatever_the_order_of_lists() -> None:
    turned = SMALL.restricted(("c", "a", "b"))
    one, other = (combining.estimate(each, seed=5, quick=True).headline for each in (SMALL, turned))
    assert np.array_equal(one.draws, other.draws)


def test_nine_lists_are_answered_with_the_shortest_made_one() -> None:
    rng = np.random.default_rng(2)
    captures = rng.random((3000, 9)) < rng.uniform(0.1, 0.3, 9)
    counts = np.bincount(captures @ (1 << np.arange(9)), minlength=512)
    counts[0] = 0
    merged = combining._fewer(Table(tuple("abcdefghi"), counts))
    assert merged.k == 8
    assert merged.documented == counts.sum()


def test_two_lists_give_a_curve_that_rises_with_the_odds_ratio() -> None:
    curve = two_lists.estimate(TWO).details["curve"]
    assert isinstance(curve, list)
    assert [curve[0][0], curve[-1][0]] == pytest.approx([0.25, 4])
    assert all(one[1] < other[1] and one[2] < other[2] for one, other in pairwise(curve))
    independent = curve[len(curve) // 2]
    assert independent[1] < 600 + 300 * 200 / 100 < independent[2]


def test_two_lists_without_overlap_have_no_upper_end() -> None:
    found = two_lists.estimate(Table.of(("a", "b"), {"10": 30, "01": 20}))
    assert math.isinf(found.interval.high)
    assert found.has("no_upper_end")


def test_three_lists_are_no_two() -> None:
    with pytest.raises(EstimationError, match="two lists"):
        two_lists.estimate(SMALL)


def test_over_linkages_the_interval_holds_what_each_of_them_says() -> None:
    more = Table(SMALL.lists, SMALL.counts + np.array([0, 9, 9, -4, 9, -4, -4, -2]))
    both = linked.estimate([SMALL, more, more])
    alone = combining.estimate(SMALL, quick=True)
    assert both.headline.interval.ratio > 0.8 * alone.headline.interval.ratio
    assert both.headline.details["linkages"] == 3
    assert both.headline.details["between"] > 0


def test_the_order_of_linkages_does_not_matter() -> None:
    more = Table(SMALL.lists, SMALL.counts + np.array([0, 5, 5, -2, 5, -2, -2, -1]))
    one, other = linked.estimate([SMALL, more]), linked.estimate([more, SMALL])
    assert np.array_equal(one.headline.draws, other.headline.draws)


def test_linkages_that_tell_nothing_have_no_headline_and_say_why() -> None:
    found = linked.estimate([APART, APART])
    assert not found.headline.exists
    assert found.headline.has("few_overlaps")


def test_no_linkage_is_refused() -> None:
    with pytest.raises(EstimationError, match="no linkage"):
        linked.estimate([])


def test_strata_borrow_strength_and_the_total_is_of_all() -> None:
    tables = {"north": SMALL, "south": SMALL.scaled(3), "west": SMALL.scaled(2)}
    found = strata.estimate(tables)
    alone = combining.estimate(SMALL, quick=True).headline
    assert found.strata["north"].interval.ratio < alone.interval.ratio
    assert found.total.headline.interval.low > 6 * SMALL.documented
    assert found.total.headline.estimate == pytest.approx(sum(e.estimate for e in found.strata.values()), rel=0.1)


def test_a_stratum_that_cannot_tell_borrows_from_three_that_can() -> None:
    tables = {"north": SMALL, "south": SMALL.scaled(3), "west": SMALL.scaled(2), "east": APART}
    found = strata.estimate(tables)
    assert found.total.headline.exists
    assert found.strata["east"].has("borrowed")
    assert found.strata["east"].interval.ratio > found.strata["south"].interval.ratio


def test_a_stratum_that_cannot_tell_leaves_no_total_where_it_has_nobody_to_borrow_from() -> None:
    found = strata.estimate({"north": SMALL, "east": APART})
    assert not found.total.headline.exists
    assert not found.strata["east"].exists
    assert found.strata["north"].exists
    assert found.total.headline.warnings[0].params["strata"] == "east"


def test_a_stratum_in_which_one_list_copies_another_says_so_in_words_of_the_reader() -> None:
    copy = Table(SMALL.lists, np.array([0, 0, 0, 4, 9, 0, 0, 6]))
    found = strata.estimate({"north": SMALL, "east": copy}).strata["east"]
    assert found.warnings == (Warning_("copied", {"one": "a", "other": "b"}),)


def test_parting_does_not_hide_that_the_prior_decides() -> None:
    alone = combining.estimate(DRIVEN, quick=True).headline
    found = strata.estimate({"all": DRIVEN})
    assert alone.has("prior_driven")
    assert found.total.headline.has("prior_driven")
    assert any(part.has("prior_driven") for part in found.total.parts)


def test_the_order_of_strata_does_not_matter() -> None:
    tables = {"north": SMALL, "south": SMALL.scaled(3)}
    turned = dict(reversed(tables.items()))
    one, other = strata.estimate(tables).total, strata.estimate(turned).total
    assert np.array_equal(one.headline.draws, other.headline.draws)


def test_strata_without_anybody_are_refused_and_one_such_has_no_number() -> None:
    nobody = Table(SMALL.lists, np.zeros(8, dtype=np.int64))
    with pytest.raises(EstimationError, match="no stratum"):
        strata.estimate({"north": nobody})
    found = strata.estimate({"north": SMALL, "south": nobody})
    assert not found.strata["south"].exists
    assert found.total.headline.exists
