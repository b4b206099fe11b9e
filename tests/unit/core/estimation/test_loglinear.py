import csv
import math
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from throughgate.core.estimation import loglinear
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.loglinear import existence, fitting, models, search, weights
from throughgate.core.estimation.loglinear.existence import Existence
from throughgate.core.estimation.tables import Table

MSE = Path(__file__).parents[3] / "data" / "mse"
NAMES = tuple("ABCDEFGH")


def published(name: str) -> Table:
    with (MSE / f"{name}.csv").open(encoding="utf-8") as opened:
        head, *rows = csv.reader(opened)
    return Table.of(head[:-1], {"".join(row[:-1]): int(row[-1]) for row in rows})


def invented(k: int, seed: int, persons: int = 800) -> Table:
    rng = np.random.default_rng(seed)
    seen = rng.random((persons, k)) < rng.uniform(0.15, 0.5, size=k)
    counts = np.bincount(seen @ (1 << np.arange(k)), minlength=1 << k)
    counts[0] = 0
    return Table(NAMES[:k], counts)


def by_hand(table: Table, terms: tuple[int, ...], kind: str = "none") -> float:
    """The unseen count by a general optimiser that knows nothing of histories."""
    rows = existence.design(terms, table.k, models.columns(kind, table.k))[1:]
    counts = table.counts[1:].astype(float)

    def loss(beta: np.ndarray) -> float:
        return float(np.exp(rows @ beta).sum() - counts @ (rows @ beta))

    def slope(beta: np.ndarray) -> np.ndarray:
        return np.asarray(rows.T @ (np.exp(rows @ beta) - counts))

    def bend(beta: np.ndarray) -> np.ndarray:
        return np.asarray(rows.T @ (np.exp(rows @ beta)[:, None] * rows))

    start = np.linalg.lstsq(rows, np.log(counts + 0.5), rcond=None)[0]
    return math.exp(minimize(loss, start, jac=slope, hess=bend, method="trust-exact", options={"gtol": 1e-9}).x[0])


@pytest.mark.parametrize(
    ("model", "estimate", "low", "high"),
    [("[123,14,34]", 10_356, 8_994, 12_110), ("[12,13,14,23,34]", 14_342, 12_525, 16_543)],
)
def test_kosovo_comes_out_as_published(model: str, estimate: int, low: int, high: int) -> None:
    found = loglinear.one_model(published("kosovo_1999"), model)
    assert math.floor(found.estimate) == estimate or round(found.estimate) == estimate
    assert (round(found.interval.low), round(found.interval.high)) == (low, high)


def test_the_best_model_of_kosovo_by_bic_is_the_published_one_in_the_order_of_names() -> None:
    found = loglinear.estimate(published("kosovo_1999"))
    assert found.details["best"] == "[124,23,34]"
    assert found.details["best_estimate"] == pytest.approx(10_356.52, abs=0.01)


def test_the_standard_error_gives_the_two_way_interval_seen_elsewhere() -> None:
    found = loglinear.one_model(published("kosovo_1999"), "[12,13,14,23,34]")
    assert tuple(map(round, found.details["log_normal"])) == (12_541, 16_540)  # type: ignore[call-overload]


def test_the_uk_by_aic_comes_out_as_the_published_stepwise_model() -> None:
    table = published("uk_trafficking_2013").canonical()
    name = str(loglinear.estimate(table, criterion="aicc").details["best"])
    found = loglinear.one_model(table, name)
    assert round(found.estimate, -2) == 11_300
    assert (round(found.interval.low, -3), round(found.interval.high, -3)) == (10_000, 13_000)


def test_spina_bifida_comes_out_as_published() -> None:
    found = loglinear.estimate(published("spina_bifida_ny"))
    assert round(found.estimate) == 731


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["none", "darroch", "gamma", "poisson"])
def test_every_model_of_three_and_four_lists_is_what_a_general_optimiser_finds(kind: str, seed: int) -> None:
    for k in (3, 4):
        table = invented(k, seed)
        fits = fitting.fit(table, models.hierarchical(k), kind)
        for at in range(0, fits.intercept.size, 9):
            terms = fits.family.terms(int(fits.family.models[at]))
            if existence.check(fits.counts, terms, fits.columns) is Existence.EXISTS:
                assert math.exp(fits.intercept[at]) == pytest.approx(by_hand(table, terms, kind), rel=1e-4)


def test_there_are_as_many_models_as_there_should_be() -> None:
    assert [models.hierarchical(k).models.size for k in (3, 4)] == [8, 113]
    assert [models.two_way(k).models.size for k in (3, 4, 5, 6)] == [8, 64, 1024, 32768]


@pytest.mark.parametrize("text", ["[123,14,34]", "[1,2,3,4]", "[12,13,14,23,24,34]", "[1,234]"])
def test_a_model_is_named_as_it_was_spelled(text: str) -> None:
    assert models.name(models.from_name(text, 4), 4) == text


@pytest.mark.parametrize("text", ["", "[1234]", "[15]", "[a]", "[0]", "[12;3]"])
def test_what_names_no_model_is_refused(text: str) -> None:
    with pytest.raises(EstimationError):
        models.from_name(text, 4)


def test_without_zeros_everything_exists() -> None:
    table = published("kosovo_1999")
    counts = table.counts.astype(float)
    assert existence.everything_exists(counts, models.hierarchical(4).optional[:10], models.columns("none", 4))
    assert existence.check(counts, (3, 5, 9), models.columns("none", 4)) is Existence.EXISTS


def test_an_empty_overlap_leaves_the_number_identified() -> None:
    table = Table.of("ABC", {"100": 50, "010": 40, "001": 30, "101": 10, "011": 8})
    counts = table.counts.astype(float)
    assert existence.check(counts, (3,), models.columns("none", 3)) is Existence.EXTENDED
    assert existence.check(counts, (5,), models.columns("none", 3)) is Existence.EXISTS


def test_three_lists_that_never_meet_identify_nothing() -> None:
    table = Table.of("ABC", {"100": 50, "010": 40, "001": 30})
    counts = table.counts.astype(float)
    assert not existence.check(counts, (3, 5, 6), models.columns("none", 3)).usable
    assert not existence.everything_exists(counts, models.two_way(3).optional, models.columns("none", 3))
    with pytest.raises(EstimationError, match="does not exist"):
        loglinear.one_model(table, "[12,13,23]")


def test_positive_margins_are_not_enough() -> None:
    """All overlaps have persons, and yet the full two-way model has none to spare (Haberman 1974, in spirit)."""
    table = Table.of("ABC", {"110": 5, "101": 6, "011": 7, "100": 9, "010": 8, "001": 7})
    assert existence.check(table.counts.astype(float), (3, 5, 6), models.columns("none", 3)) is Existence.EMPTY


@pytest.mark.parametrize("seed", range(12))
def test_the_program_says_exists_exactly_where_newton_ends_inside(seed: int) -> None:
    table = invented(4, seed, persons=25)
    fits = fitting.fit(table, models.two_way(4))
    for at, model in enumerate(fits.family.models.tolist()):
        found = existence.check(fits.counts, fits.family.terms(model), fits.columns)
        margins = [fits.counts[np.arange(16) & term == term].sum() for term in (*fits.family.terms(model), 1, 2, 4, 8)]
        inside = bool(fits.converged[at]) and fits.least[at] > 1e-6 and min(margins) > 0
        assert (found is Existence.EXISTS) == inside


@pytest.mark.parametrize("criterion", ["bic", "aicc", "stacking"])
def test_the_order_of_the_lists_does_not_matter(criterion: str) -> None:
    table = invented(3, 5)
    first = loglinear.estimate(table, criterion=criterion)
    for order in permutations(table.lists):
        again = loglinear.estimate(table.restricted(order), criterion=criterion)
        assert (again.estimate, again.interval) == (first.estimate, first.interval)


def test_more_persons_alike_narrow_the_interval() -> None:
    table = invented(4, 2)
    wide, narrow = loglinear.estimate(table), loglinear.estimate(table.scaled(10))
    assert narrow.interval.ratio < wide.interval.ratio


def test_a_column_that_repeats_the_pairs_leaves_the_model_unidentified() -> None:
    counts = invented(4, 0).counts.astype(float)
    assert existence.check(counts, (3, 5, 6, 9, 10, 12), models.columns("darroch", 4)) is Existence.UNIDENTIFIED


def test_a_table_that_says_nothing_gets_no_number() -> None:
    found = loglinear.estimate(Table.of("ABC", {"100": 50, "010": 40, "001": 30}))
    assert not found.exists
    assert found.has("no_estimate")


def test_nobody_at_all_gets_no_number_and_no_traceback() -> None:
    nobody = Table(("A", "B", "C"), np.zeros(8, dtype=np.int64))
    assert not loglinear.estimate(nobody).exists
    for refused in (lambda: loglinear.bootstrap(nobody), lambda: loglinear.one_model(nobody, "[12,3]")):
        with pytest.raises(EstimationError, match="empty"):
            refused()


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 5).flatmap(lambda k: st.lists(st.integers(0, 9), min_size=(1 << k) - 1, max_size=(1 << k) - 1)))
def test_no_table_makes_a_traceback(cells: list[int]) -> None:
    table = Table(NAMES[: len(cells).bit_length()], np.array([0, *cells]))
    found = loglinear.estimate(table, kinds=("none", "darroch"))
    assert table.documented <= found.interval.low <= found.estimate <= found.interval.high


@pytest.mark.parametrize("asked", [{"criterion": "dic"}, {"family": "all"}, {"kinds": ("beta",)}])
def test_unknown_settings_are_refused(asked: dict[str, object]) -> None:
    with pytest.raises(EstimationError, match="There is no"):
        loglinear.estimate(invented(3, 1), **asked)  # type: ignore[arg-type]


def test_heterogeneity_is_found_where_people_differ() -> None:
    rng = np.random.default_rng(3)
    seen = rng.random((6000, 4)) < 1 / (1 + np.exp(1.2 - rng.normal(0, 1.2, size=(6000, 1))))
    counts = np.bincount(seen @ (1 << np.arange(4)), minlength=16)
    counts[0] = 0
    found = loglinear.estimate(Table(NAMES[:4], counts), family="two-way", kinds=("none", "darroch"))
    assert "darroch" in str(found.details["best"])
    assert found.interval.low < 6000 < found.interval.high


def test_the_bootstrap_selects_again_and_is_the_same_for_the_same_seed() -> None:
    table = published("kosovo_1999")
    found = loglinear.bootstrap(table, seed=7, repetitions=200)
    again = loglinear.bootstrap(table.restricted(table.lists[::-1]), seed=7, repetitions=200)
    assert found.interval == again.interval
    assert found.details["models_chosen"] > 2  # type: ignore[operator]
    assert found.interval.low < 10_356 < found.interval.high


def test_stacking_prefers_the_model_that_predicts() -> None:
    predictions = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    assert weights.stack(predictions, np.array([500.0, 300.0, 200.0]))[0] > 0.95


def test_beyond_six_lists_the_window_finds_the_pair_that_depends() -> None:
    rng = np.random.default_rng(11)
    seen = rng.random((3000, 7)) < 0.25
    seen[:, 4] |= seen[:, 1] & (rng.random(3000) < 0.5)
    counts = np.bincount(seen @ (1 << np.arange(7)), minlength=128)
    counts[0] = 0
    fits = search.window(Table(NAMES[:7], counts), "none", "bic")
    best = int(weights.criterion(fits, "bic").argmin())
    assert (1 << 1) | (1 << 4) in fits.family.terms(int(fits.family.models[best]))
    assert counts.sum() + math.exp(fits.intercept[best]) == pytest.approx(3000, rel=0.1)


def test_the_window_of_six_lists_has_the_best_of_all_models() -> None:
    table = published("uk_trafficking_2013").canonical()
    every, some = fitting.fit(table, models.two_way(6)), search.window(table, "none", "bic")
    assert weights.criterion(some, "bic").min() == pytest.approx(weights.criterion(every, "bic").min(), abs=1e-6)
