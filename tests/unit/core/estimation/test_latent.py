"""Latent classes: the density against one written out, chains against known answers, and populations of two kinds."""

import csv
from itertools import permutations
from math import exp, prod
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from throughgate.core.estimation.diagnostics import effective_draws, rhat
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.latent import Prior, estimate
from throughgate.core.estimation.latent.estimating import weighted_median
from throughgate.core.estimation.latent.kernels import advance, log_posterior
from throughgate.core.estimation.latent.model import Model, softplus
from throughgate.core.estimation.latent.sampling import sample
from throughgate.core.estimation.tables import Table

DATA = Path(__file__).parents[3] / "data" / "mse"
NAMES = ("A", "B", "C", "D", "E", "F")


def real(name: str) -> Table:
    with (DATA / f"{name}.csv").open() as file:
        heading, *rows = csv.reader(file)
    return Table.of(heading[:-1], {"".join(row[:-1]): int(row[-1]) for row in rows})


def population(seed: int, lists: int, persons: int, afraid: float, gap: float) -> Table:
    """Persons of two kinds, the second less likely to be on each list by the gap in log-odds."""
    rng = np.random.default_rng(seed)
    logits = rng.uniform(-1.8, -0.3, lists) - gap * (rng.random(persons) < afraid)[:, None]
    on = rng.random((persons, lists)) < 1 / (1 + np.exp(-logits))
    counts = np.bincount(on @ (1 << np.arange(lists)), minlength=1 << lists)
    counts[0] = 0
    return Table(NAMES[:lists], counts)


def written_out(x: np.ndarray, table: Table, model: Model) -> float:
    """The log density with its constants, class by class and history by history."""
    prior, k = model.prior, model.lists
    gaps, shares = softplus(x[model.gaps]), np.exp(np.r_[0, x[model.shares]])
    departures = x[model.gaps.stop : model.shares.start].reshape(-1, k)
    cells = np.zeros(1 << k)
    logits = x[model.rates].copy()
    for h, share in enumerate(shares / shares.sum()):
        if h:
            logits = logits - gaps[h - 1] * (1 - prior.departure * departures[h - 1])
        odds = np.array([prod(exp(logits[i]) for i in range(k) if at >> i & 1) for at in range(1 << k)])
        for j in range(k) if model.dependence else ():
            for i in range(j):
                both = np.array([at >> i & at >> j & 1 for at in range(1 << k)])
                odds = odds * np.exp(both * x[model.ties][j * (j - 1) // 2 + i])
        cells += share * odds / odds.sum()
    value = stats.norm.logpdf(x[0], prior.level, prior.level_scale)
    value += stats.norm.logpdf(x[1], np.log(prior.spread), prior.spread_factor)
    value += stats.norm.logpdf(x[model.rates], x[0], exp(x[1])).sum()
    value += prior.log_gaps(gaps) + (x[model.gaps] - gaps - np.log(gaps)).sum()
    value += stats.t.logpdf(departures, prior.departure_freedom).sum()
    value += stats.norm.logpdf(x[model.shares], prior.share, prior.share_scale).sum()
    value += stats.t.logpdf(x[model.ties] / prior.tie, prior.tie_freedom).sum()
    return value + (table.counts[1:] * np.log(cells[1:] / (1 - cells[0]))).sum()


MODELS = [Model(3, 1, False), Model(4, 2, False), Model(3, 3, False), Model(4, 2, True), Model(5, 3, True)]


@pytest.mark.parametrize("model", MODELS)
def test_the_density_is_the_one_written_out(model):
    rng = np.random.default_rng(1)
    table = Table(NAMES[: model.lists], np.r_[0, rng.poisson(9, 2**model.lists - 1)])
    target = (table.counts.astype(float), model.lists, model.classes, model.prior.packed())
    points = 0.7 * rng.standard_normal((5, model.size))
    found = [log_posterior(x, np.empty(model.size), target)[0] for x in points]
    expected = [written_out(x, table, model) for x in points]
    np.testing.assert_allclose(np.diff(found), np.diff(expected), rtol=1e-8, atol=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_the_gradient_is_that_of_the_density(model):
    rng = np.random.default_rng(2)
    counts = np.r_[0.0, rng.poisson(9, 2**model.lists - 1)]
    target = (counts, model.lists, model.classes, model.prior.packed())
    x, gradient, spare = 0.7 * rng.standard_normal(model.size), np.empty(model.size), np.empty(model.size)
    log_posterior(x, gradient, target)
    moves = 1e-5 * np.eye(model.size)
    slopes = [(log_posterior(x + m, spare, target)[0] - log_posterior(x - m, spare, target)[0]) / 2e-5 for m in moves]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-5, atol=1e-5)


def test_a_gap_s_prior_adds_up_to_one():
    logs = np.linspace(-12, 5, 20_000)
    assert np.exp(Prior().log_gaps(np.exp(logs)[:, None])).sum() * (logs[1] - logs[0]) == pytest.approx(1, abs=1e-3)


def test_chains_draw_the_prior_where_there_are_no_data():
    model = Model(3, 2, True)
    target = (np.zeros(8), 3, 2, model.prior.packed())
    root, empty = np.eye(model.size), np.empty((0, model.size))
    found, _, _ = advance(np.zeros(model.size), 40_000, root, 0.3, False, empty, target, np.random.default_rng(3))
    quantiles = [0.1, 0.25, 0.5, 0.75, 0.9]
    level = np.quantile(found[:, 0], quantiles)
    np.testing.assert_allclose(level, stats.norm.ppf(quantiles, model.prior.level, model.prior.level_scale), atol=0.12)
    share = np.quantile(found[:, model.shares], quantiles)
    np.testing.assert_allclose(share, stats.norm.ppf(quantiles, model.prior.share, model.prior.share_scale), atol=0.12)


def test_one_class_is_independence():
    """Against the fixed maximum likelihood estimate of independent lists, which many persons determine."""
    rng = np.random.default_rng(4)
    on = rng.random((20_000, 4)) < (0.2, 0.3, 0.25, 0.4)
    counts = np.bincount(on @ (1 << np.arange(4)), minlength=16)
    counts[0] = 0
    found = estimate(Table(NAMES[:4], counts), classes=1)
    assert found.interval.low < 20_000 < found.interval.high
    assert found.interval.ratio < 1.05


@pytest.mark.parametrize("dependence", [False, True])
def test_two_kinds_of_people_are_covered(dependence):
    hits = 0
    for seed in range(3):
        table = population(seed, lists=4, persons=3000, afraid=0.5, gap=2.0)
        found = estimate(table, seed=seed, dependence=dependence)
        hits += found.interval.low <= 3000 <= found.interval.high
    assert hits >= 2


def test_a_result_that_moves_with_its_prior_is_told():
    """One overlap of each pair, none of all three: the persons unseen are as many as one believes."""
    table = Table.of(["A", "B", "C"], {"100": 60, "010": 50, "001": 40, "110": 1, "101": 1, "011": 1})
    found = estimate(table, classes=2)
    assert found.details["moved"] > 0.2
    assert found.has("prior_driven")


def test_a_seed_makes_the_same_draws_and_lists_may_come_in_any_order():
    table = population(1, lists=3, persons=500, afraid=0.4, gap=1.5)
    first = estimate(table, seed=5, classes=2)
    for order in permutations(table.lists):
        other = estimate(table.restricted(order), seed=5, classes=2)
        assert (other.draws == first.draws).all()
        assert other.details == first.details
    assert not np.array_equal(estimate(table, seed=6, classes=2).draws, first.draws)


def test_chains_that_do_not_agree_are_told():
    table = real("kosovo_1999")
    result = sample(table.canonical(), Model(4, 3, True), seed=1, rounds=(20,))
    assert not result.settled


def test_the_real_tables_settle():
    for name in ("kosovo_1999", "taiwan_hepatitis_a"):
        found = estimate(real(name), classes=2)
        assert not found.warnings
        assert found.details["rhat"] <= 1.01
        assert found.details["effective_draws"] >= 400


@pytest.mark.parametrize("k", [2, 9])
def test_too_few_and_too_many_lists_are_refused(k):
    table = Table(tuple("ABCDEFGHI"[:k]), np.r_[0, np.random.default_rng(1).poisson(20, 2**k - 1)])
    with pytest.raises(EstimationError, match=f"the table has {k}"):
        estimate(table)


def test_a_number_of_classes_that_cannot_be_is_refused():
    with pytest.raises(EstimationError, match="not 0"):
        estimate(population(1, 3, 100, 0.5, 1.0), classes=0)


def test_rhat_and_effective_draws_of_independent_and_of_parted_chains():
    rng = np.random.default_rng(1)
    alike = rng.standard_normal((4, 1000))
    assert rhat(alike) < 1.01
    assert 2500 < effective_draws(alike) < 5500
    parted = alike + np.array([0, 0, 0, 3])[:, None]
    assert rhat(parted) > 1.3
    assert effective_draws(parted) < 20


def test_effective_draws_of_a_slow_chain_are_those_of_its_autocorrelation():
    rng = np.random.default_rng(1)
    chains = np.zeros((4, 20_000))
    for t in range(1, chains.shape[1]):
        chains[:, t] = 0.8 * chains[:, t - 1] + 0.6 * rng.standard_normal(4)
    assert effective_draws(chains) == pytest.approx(80_000 * (1 - 0.8) / (1 + 0.8), rel=0.35)


def test_rhat_sees_chains_that_differ_in_width_only():
    rng = np.random.default_rng(1)
    assert rhat(rng.standard_normal((4, 1000)) * np.array([1, 1, 1, 5])[:, None]) > 1.1


def test_a_weighted_median():
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 5.0])) == 2
