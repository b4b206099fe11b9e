"""The mixed model: its gradient, its chains, and what it says of people who are not alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from throughgate.core.estimation import combining, mixed
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Warning_
from throughgate.core.estimation.mixed import checking
from throughgate.core.estimation.mixed.convergence import effective, r_hat
from throughgate.core.estimation.mixed.prior import Prior, layout
from throughgate.core.estimation.mixed.sampling import Target
from throughgate.core.estimation.tables import Table

RATES = (0.4, 0.3, 0.25, 0.35)


def expected(persons: float, rates: tuple[float, ...]) -> np.ndarray:
    """Expected counts of all histories where lists are independent."""
    cells = np.array([persons])
    for rate in rates:
        cells = np.concatenate([cells * (1 - rate), cells * rate])
    return cells


def table(cells: np.ndarray) -> Table:
    counts = np.rint(cells).astype(np.int64)
    counts[0] = 0
    return Table(("a", "b", "c", "d"), counts)


ALIKE = table(expected(2000, RATES))
AFRAID = table(expected(1500, (0.5, 0.45, 0.4, 0.5)) + expected(1500, (0.1, 0.08, 0.07, 0.1)))


def test_the_gradient_is_that_of_the_density() -> None:
    target = Target.of(AFRAID, Prior())
    point = np.random.default_rng(4).normal(size=target.layout.size)
    point[target.layout.gap], point[target.layout.spread], point[target.layout.other_gap] = 1.0, 0.5, 0.7
    slope = target.at(point)[1]
    for i in range(point.size):
        step = np.zeros_like(point)
        step[i] = 1e-5
        numeric = (target.at(point + step)[0] - target.at(point - step)[0]) / 2e-5
        assert slope[i] == pytest.approx(numeric, abs=1e-3)


def test_without_differences_and_ties_it_is_the_model_of_independent_lists() -> None:
    target = Target.of(ALIKE, replace(Prior(), rate_deviation=1e6))
    point = np.zeros(target.layout.size)
    point[:4] = np.log(np.array(RATES) / (1 - np.array(RATES)))
    point[target.layout.gap] = point[target.layout.spread] = point[target.layout.other_gap] = -1
    assert np.abs(target.at(point)[1][:4]).max() < 2


def test_people_alike_are_counted_about_right() -> None:
    found = mixed.estimate(ALIKE, quick=True)
    assert found.interval.low < 2000 < found.interval.high
    assert found.interval.ratio < 2


def test_half_of_the_people_being_afraid_is_noticed() -> None:
    found = mixed.estimate(AFRAID)
    assert found.interval.low < 3000 < found.interval.high


def test_the_same_seed_gives_the_same_bits_and_another_other_ones() -> None:
    first, again, other = (mixed.estimate(ALIKE, seed=seed, quick=True) for seed in (3, 3, 4))
    assert np.array_equal(first.draws, again.draws)
    assert not np.array_equal(first.draws, other.draws)


def test_the_order_of_lists_does_not_matter() -> None:
    turned = AFRAID.restricted(("c", "a", "d", "b"))
    assert np.array_equal(mixed.estimate(AFRAID, quick=True).draws, mixed.estimate(turned, quick=True).draws)


def test_two_lists_are_refused() -> None:
    with pytest.raises(EstimationError, match="3 to 8 lists"):
        mixed.estimate(ALIKE.restricted(("a", "b")))


def test_terms_of_three_lists_are_there_from_four_to_six_lists() -> None:
    assert [layout(k).terms.size - layout(k).pairs for k in (3, 4, 5, 6, 7)] == [0, 4, 10, 20, 0]


def test_chains_apart_have_a_high_r_hat_and_chains_alike_one() -> None:
    noise = np.random.default_rng(1).standard_normal((4, 400))
    assert r_hat(noise) < 1.01
    assert r_hat(noise + np.arange(4)[:, None]) > 1.5


def test_a_wandering_chain_is_worth_few_draws() -> None:
    noise = np.random.default_rng(1).standard_normal((4, 400))
    assert effective(noise) > 1000
    assert effective(np.cumsum(noise, axis=1)) < 50


def drawn(chances: np.ndarray, persons: int, seed: int) -> Table:
    """A table of so many persons, documented and not."""
    counts = np.random.default_rng(seed).multinomial(persons, chances / chances.sum())
    counts[0] = 0
    return Table(tuple("abcdef"[: counts.size.bit_length() - 1]), counts)


def all_together(strength: float) -> np.ndarray:
    """Six lists that go together in a way that no three of them show: by an even or odd number of them."""
    signs = np.array([(-1) ** history.bit_count() for history in range(64)])
    return expected(1, (0.3, 0.25, 0.35, 0.3, 0.2, 0.3)) * np.exp(strength * signs)


def test_a_table_that_no_term_of_three_lists_explains_does_not_fit() -> None:
    assert mixed.estimate(drawn(all_together(0.4), 4000, seed=1), quick=True).has("poor_fit")
    assert not mixed.estimate(drawn(all_together(0.0), 4000, seed=1), quick=True).has("poor_fit")


def test_the_headline_says_that_its_model_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "p_value", lambda *given, seed: 0.01)
    assert Warning_("poor_fit", {"p": 0.01}) in combining.estimate(ALIKE, quick=True).headline.warnings


def test_tables_that_the_model_makes_fit_it() -> None:
    kinds = expected(0.6, (0.5, 0.45, 0.4, 0.5)) + expected(0.4, (0.1, 0.08, 0.07, 0.1))
    told = [mixed.estimate(drawn(kinds, 900, seed), seed=seed, quick=True).details["fit"] for seed in range(5)]
    assert min(told) > 0.05
    assert 0.2 < float(np.median(told)) < 0.8


def test_three_lists_are_not_asked_whether_they_fit() -> None:
    assert mixed.estimate(drawn(expected(1, (0.3, 0.2, 0.4)), 900, seed=1), quick=True).details["fit"] == 1
