"""Averaging over decomposable graphs: published posteriors, brute force, and what must not matter."""

import csv
from itertools import combinations, permutations
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import pytest
from scipy.special import gammaln

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.graphs import averaged, decomposable, estimate, quantiles
from throughgate.core.estimation.tables import Table

DATA = Path(__file__).parents[3] / "data" / "mse"
SMALL = Table.of(["A", "B", "C"], {"100": 9, "010": 7, "001": 5, "110": 4, "101": 3, "011": 6, "111": 2})


def real(name: str) -> Table:
    with (DATA / f"{name}.csv").open() as file:
        heading, *rows = csv.reader(file)
    return Table.of(heading[:-1], {"".join(row[:-1]): int(row[-1]) for row in rows})


def eliminated(edges: frozenset[frozenset[int]], k: int) -> list[tuple[frozenset[int], int]] | None:
    """Signed margins by taking simplicial lists away one by one; None if there is a chordless cycle."""
    left, found = set(range(k)), []
    while left:
        for v in sorted(left):
            near = {u for u in left if frozenset((u, v)) in edges}
            if all(frozenset(pair) in edges for pair in combinations(near, 2)):
                found += [(frozenset(near | {v}), 1), (frozenset(near), -1)]
                left.remove(v)
                break
        else:
            return None
    return found


def margin(table: Table, subset: frozenset[int], unseen: int, cell: float) -> float:
    """Log Dirichlet-multinomial probability of the margin, cell by cell."""
    counts: dict[tuple[int, ...], int] = {}
    for at, count in enumerate(table.counts.tolist()):
        key = tuple(at >> i & 1 for i in sorted(subset))
        counts[key] = counts.get(key, 0) + (unseen if at == 0 else count)
    total = cell * 2**table.k
    weight = total / len(counts)
    top = lgamma(total) - lgamma(total + table.documented + unseen)
    return top + sum(lgamma(count + weight) - lgamma(weight) for count in counts.values())


def brute(table: Table, cell: float, most: int) -> np.ndarray:
    """The posterior of 0 to `most` unseen, graph by graph and number by number."""
    pairs = [frozenset(pair) for pair in combinations(range(table.k), 2)]
    total = np.zeros(most + 1)
    for size in range(len(pairs)):
        for edges in combinations(pairs, size):
            parts = eliminated(frozenset(edges), table.k)
            for unseen in range(most + 1) if parts is not None else ():
                n = table.documented + unseen
                value = lgamma(n + 1) - lgamma(unseen + 1) - log(n)
                value += sum(sign * margin(table, subset, unseen, cell) for subset, sign in parts if subset)
                total[unseen] += exp(value)
    return total / total.sum()


@pytest.mark.parametrize(("k", "number"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154)])
def test_there_are_as_many_decomposable_graphs_as_are_known(k, number):
    assert len(decomposable(k).edges) == number


def test_cliques_and_separators_are_those_of_simplicial_elimination():
    graphs = decomposable(5)
    pairs = [frozenset(pair) for pair in combinations(range(5), 2)]
    for row in range(0, len(graphs.edges), 7):
        parts = eliminated(frozenset(p for bit, p in enumerate(pairs) if graphs.edges[row] >> bit & 1), 5)
        signs = np.zeros(32, dtype=int)
        for subset, sign in parts:
            signs[sum(1 << i for i in subset)] += sign
        signs[0] = 0
        assert (signs == graphs.signs[row]).all()


@pytest.mark.parametrize(
    "table", [SMALL, Table(("A", "B", "C", "D"), np.r_[0, 6, 5, 1, 4, 0, 2, 1, 7, 3, 1, 0, 2, 1, 0, 1])]
)
def test_the_posterior_is_that_of_brute_force(table):
    most = 120
    posterior = averaged(table, cell=0.25, log_prior=-np.log(np.arange(most + 1.0) + table.documented))
    np.testing.assert_allclose(posterior.mass.sum(0), brute(table, 0.25, most), rtol=1e-6, atol=1e-12)


def test_kosovo_is_as_the_published_package_has_it():
    found = estimate(real("kosovo_1999"))
    assert [round(value) for value in (found.estimate, *found.interval)] == [12595, 9827, 16544]
    assert not found.warnings


def test_spina_bifida_is_as_published():
    """Madigan and York 1997, table 1: their prior of N, and a weight of 1 person in each cell."""
    table = real("spina_bifida_ny")
    n = np.arange(3000.0) + table.documented
    a, b = 13.14, 55.17
    prior = n * np.log(b) - (n + a) * np.log(1 + b) + gammaln(n + a) - gammaln(n + 1) - gammaln(a)
    posterior = averaged(table, cell=1.0, log_prior=prior)
    best = posterior.mass[posterior.mass.sum(1).argmax()]
    likeliest = quantiles(table.documented, posterior.unseen, best, [0.025, 0.5, 0.975])
    assert likeliest.round().tolist() == [701, 731, 767]
    middle = quantiles(table.documented, posterior.unseen, posterior.mass.sum(0), [0.5])
    assert abs(middle[0] - 731) < 1


def test_the_points_looked_at_lose_nothing():
    table = real("taiwan_hepatitis_a")
    dense = averaged(table, cell=1 / 8, log_prior=-np.log(np.arange(300_000.0) + table.documented))
    exact = quantiles(table.documented, dense.unseen, dense.mass.sum(0), [0.025, 0.5, 0.975])
    found = estimate(table)
    np.testing.assert_allclose([found.interval.low, found.estimate, found.interval.high], exact, rtol=2e-3)


def test_the_order_of_lists_does_not_matter():
    table = real("taiwan_hepatitis_a")
    first = estimate(table)
    for order in permutations(table.lists):
        other = estimate(table.restricted(order))
        assert (other.interval, other.estimate, other.details) == (first.interval, first.estimate, first.details)


def test_more_of_the_same_narrows():
    ratios = [estimate(SMALL.scaled(times)).interval.ratio for times in (1, 4, 100, 10_000)]
    assert ratios == sorted(ratios, reverse=True)


def test_lists_that_never_meet_are_told_by_their_prior():
    found = estimate(Table.of(["A", "B", "C"], {"100": 5, "010": 6, "001": 7}))
    assert found.has("prior_driven") or not found.exists


def test_the_saturated_graph_is_reported_apart():
    alone = estimate(SMALL).details["saturated"]
    assert alone["prior_only"]
    assert all(len(graph["edges"]) < 3 for graph in estimate(SMALL).details["likeliest"])


@pytest.mark.parametrize("k", [2, 7])
def test_too_few_and_too_many_lists_are_refused(k):
    rng = np.random.default_rng(1)
    table = Table(tuple("ABCDEFG"[:k]), np.r_[0, rng.poisson(20, 2**k - 1)])
    with pytest.raises(EstimationError, match=f"3 to 6 lists, and the table has {k}"):
        estimate(table)
