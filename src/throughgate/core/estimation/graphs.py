"""Averaging over all decomposable graphs of the lists: which lists depend on which, and what follows for N.

An edge between two lists says that they depend on each other given all others. Where the graph has no cycle of four or
more without a chord it is decomposable: it splits into cliques and the separators between them, and with a
hyper-Dirichlet prior the probability of the whole table is known exactly, with nothing to fit or draw:

    p(table | graph, N) = product of p(clique margins) / product of p(separator margins)

(Madigan and York, Biometrika 84, 1997, eq. 2-5; Dawid and Lauritzen, Annals of Statistics 21, 1993). Each graph has
the same prior probability, N has the prior 1/N, and each cell of the table weighs 1/2^k persons beforehand. The graph
of all edges, which says nothing about the persons on no list, is left out and reported apart as what it is: the prior.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # type: ignore[import-untyped, unused-ignore]  # its parts come when first used: they are slow

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Estimate, Interval, Warning_, missing
from throughgate.core.estimation.limits import FEWEST_LISTS, MOST_MOVED
from throughgate.core.estimation.tables import Table, check

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_LISTS = 6

COARSE_POINTS = 120
FINE_POINTS = 300
QUANTILES = 1000
# Graphs less likely than the likeliest by this much (in logarithms) are not added up: all of them together come to
# less than a hundred-millionth.
NEGLIGIBLE = 30.0
# Beyond this many times the documented persons the search for the posterior's end is given up.
FARTHEST = 1e7


@dataclass(frozen=True)
class Graphs:
    """All decomposable graphs on k lists. The last row is the saturated one.

    edges   (graphs,) int64, a bit for each pair in the order of `combinations(range(k), 2)`
    signs   (graphs, 2**k) int8, cliques minus separators for each subset of lists (as a bitmask); 0 for the empty one
    """

    edges: Ints
    signs: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Posterior:
    """The posterior of the persons on no list, on a grid.

    unseen       (points,) float64, whole numbers, rising
    graphs       (kept,) int64, rows of `decomposable`: those that have any weight
    mass         (kept, points) float64, sums to 1: each point stands for the whole numbers around it
    """

    unseen: Floats
    graphs: Ints
    mass: Floats


def estimate(table: Table, *, seed: int = 0) -> Estimate:
    """N averaged over the decomposable graphs of 3 to 6 lists; exact, so the seed changes nothing.

    `details` has the likeliest graphs by their edges, the result of the saturated graph (prior-only), and the medians
    with each prior doubled and halved. Raises `EstimationError` for fewer than 3 or more than 6 lists.
    """
    table = check(table.canonical())
    if not FEWEST_LISTS <= table.k <= MOST_LISTS:
        raise EstimationError(
            f"Graphs are averaged over {FEWEST_LISTS} to {MOST_LISTS} lists, and the table has {table.k}."
        )
    cell = 0.5**table.k
    posterior = averaged(table, cell=cell)
    draws = quantiles(table.documented, posterior.unseen, posterior.mass.sum(0), middles(QUANTILES))
    low, middle, high = quantiles(table.documented, posterior.unseen, posterior.mass.sum(0), [0.025, 0.5, 0.975])
    if high >= FARTHEST * table.documented / 100:
        return missing("graphs", table.documented, Warning_("no_upper_end"))
    moved = sensitivity(table, cell, posterior)
    worst = max(abs(value / float(middle) - 1) for value in moved.values())
    warnings = [Warning_("prior_driven", {"moved": round(worst, 3)})] if worst > MOST_MOVED else []
    details = {
        "graphs": len(decomposable(table.k).edges) - 1,
        "likeliest": likeliest(table, posterior),
        "sensitivity": moved,
        "moved": worst,
        "saturated": saturated(table, cell),
        "prior": {"n": "1/N", "cell": cell, "graphs": "uniform"},
    }
    return Estimate("graphs", float(middle), Interval(float(low), float(high)), draws, tuple(warnings), details)


def log_gamma(value: npt.NDArray[np.floating[Any]] | float) -> Floats:
    """The logarithm of the gamma function."""
    found: Floats = scipy.special.gammaln(value)
    return found


def averaged(table: Table, *, cell: float, log_prior: Floats | None = None) -> Posterior:
    """The posterior over graphs and N with `cell` prior persons in each cell of the table and the prior 1/N.

    A `log_prior` (points,) replaces 1/N and says that the points are 0, 1, 2 ... unseen.
    """
    if log_prior is not None:
        return _posterior(table, np.arange(log_prior.size, dtype=np.float64), cell, log_prior)
    return _posterior(table, _grid(table, cell), cell)


def _posterior(table: Table, unseen: Floats, cell: float, log_prior: Floats | None = None) -> Posterior:
    """The posterior on these points, with the prior 1/N or that whose logarithm at each point is given."""
    persons = unseen + table.documented
    if log_prior is None:
        log_prior = -np.log(persons)
    shared = log_gamma(persons + 1) - log_gamma(unseen + 1) + log_prior + np.log(_widths(unseen))
    logs = decomposable(table.k).signs[:-1].astype(np.float64) @ margins(table, unseen, cell) + shared
    tops = logs.max(1)
    kept = np.flatnonzero(tops > tops.max() - NEGLIGIBLE)
    mass = np.exp(logs[kept] - tops.max())
    return Posterior(unseen, kept, mass / mass.sum())


def margins(table: Table, unseen: Floats, cell: float) -> Floats:
    """Log probability of each subset's margin at each number unseen, (2**k, points).

    A Dirichlet-multinomial without its coefficient (Madigan and York 1997, eq. 4): of a margin's cells only that of
    the persons on none of its lists grows with the number unseen.
    """
    total = cell * (1 << table.k)
    whole = log_gamma(total) - log_gamma(unseen + table.documented + total)
    found = np.zeros((1 << table.k, unseen.size))
    for subset in range(1, 1 << table.k):
        counts = np.bincount(table.histories & subset, weights=table.counts, minlength=subset + 1)
        cells = np.unique(table.histories & subset)
        weight = total / cells.size
        fixed = (log_gamma(counts[cells[1:]] + weight) - log_gamma(weight)).sum() - log_gamma(weight)
        found[subset] = whole + fixed + log_gamma(counts[0] + weight + unseen)
    return found


def _grid(table: Table, cell: float) -> Floats:
    """Points where the posterior is: first over all sizes, then twice more closely where the last points had mass.

    Roots of the masses decide, so that a narrow peak between two points is not lost with its surroundings.
    """
    top = np.log(FARTHEST * table.documented)
    unseen = np.unique(np.concatenate(([0.0], np.rint(np.exp(np.linspace(0, top, COARSE_POINTS))))))
    for points, root in ((COARSE_POINTS, 16), (FINE_POINTS, 4)):
        mass = _posterior(table, unseen, cell).mass.sum(0) ** (1 / root)
        held = np.flatnonzero(mass > 1e-3 * mass.max())
        low, high = unseen[max(held[0] - 1, 0)], unseen[min(held[-1] + 1, unseen.size - 1)]
        even = np.exp(np.linspace(np.log(low + 1), np.log(high + 1), points // 2)) - 1
        dense = quantiles(0, unseen, mass, middles(points // 2))
        unseen = np.unique(np.rint(np.concatenate((even, dense))))
        if high - low <= FINE_POINTS:
            unseen = np.arange(low, high + 1)
    return unseen


def _widths(unseen: Floats) -> Floats:
    """How many whole numbers each point stands for: half of the way to either neighbour."""
    gaps = np.diff(unseen)
    ends = np.concatenate(([1.0], gaps)), np.concatenate((gaps, [1.0]))
    return (ends[0] + ends[1]) / 2


def middles(points: int) -> Floats:
    """The middles of that many equally likely parts of 0..1."""
    return (np.arange(points) + 0.5) / points


def quantiles(documented: int, unseen: Floats, mass: Floats, at: Floats | list[float]) -> Floats:
    """Quantiles of N, in persons: each point's mass lies evenly over the numbers it stands for."""
    widths = _widths(unseen)
    edges = np.concatenate(([unseen[0] - 0.5], unseen[0] - 0.5 + np.cumsum(widths)))
    below = np.concatenate(([0.0], np.cumsum(mass)))
    found: Floats = np.interp(np.asarray(at) * below[-1], below, edges)
    return documented + np.maximum(found, 0.0)


def sensitivity(table: Table, cell: float, posterior: Posterior) -> dict[str, float]:
    """The median of N with the prior weight of a cell, and the power of the prior 1/N, doubled and halved."""
    persons = posterior.unseen + table.documented
    found = {}
    for name, power in (("n_doubled", 2.0), ("n_halved", 0.5)):
        mass = posterior.mass.sum(0) * persons ** (1 - power)
        found[name] = _median(table, posterior.unseen, mass)
    for name, weight in (("cell_doubled", 2 * cell), ("cell_halved", cell / 2)):
        other = _posterior(table, posterior.unseen, weight)
        found[name] = _median(table, other.unseen, other.mass.sum(0))
    return found


def _median(table: Table, unseen: Floats, mass: Floats) -> float:
    return float(quantiles(table.documented, unseen, mass, [0.5])[0])


def saturated(table: Table, cell: float) -> dict[str, float | bool]:
    """What the graph of all edges would say. It ties the unseen to no count: its answer is the prior's."""
    top = np.log(FARTHEST * table.documented)
    unseen = np.unique(np.rint(np.concatenate((np.arange(100.0), np.exp(np.linspace(0, top, 2000))))))
    persons = unseen + table.documented
    mass = _widths(unseen) * np.exp(log_gamma(unseen + cell) - log_gamma(unseen + 1)) / persons
    low, middle, high = quantiles(table.documented, unseen, mass, [0.025, 0.5, 0.975])
    return {"estimate": float(middle), "low": float(low), "high": float(high), "prior_only": True}


def likeliest(table: Table, posterior: Posterior, most: int = 5) -> list[dict[str, object]]:
    """The graphs of the highest posterior probability: edges as pairs of lists, probability, N given each."""
    weights = posterior.mass.sum(1)
    pairs = list(combinations(table.lists, 2))
    edges = decomposable(table.k).edges[posterior.graphs]
    found: list[dict[str, object]] = []
    for at in np.argsort(-weights, kind="stable")[:most].tolist():
        low, middle, high = quantiles(table.documented, posterior.unseen, posterior.mass[at], [0.025, 0.5, 0.975])
        tied = [pair for bit, pair in enumerate(pairs) if edges[at] >> bit & 1]
        values = {"estimate": float(middle), "low": float(low), "high": float(high)}
        found.append({"edges": tied, "probability": float(weights[at]), **values})
    return found


@cache
def decomposable(k: int) -> Graphs:
    """All decomposable graphs on k lists, found by maximum cardinality search over all graphs at once.

    Lists are visited by how many visited neighbours they have; the graph is decomposable when each list's visited
    neighbours are tied to each other (Tarjan and Yannakakis, SIAM Journal on Computing 13, 1984). Each visit adds the
    margin of the list with those neighbours and takes away that of the neighbours, which leaves cliques and separators.
    """
    pairs = list(combinations(range(k), 2))
    edges = np.arange(1 << len(pairs), dtype=np.int64)
    near = np.zeros((k, edges.size), dtype=np.int64)
    for bit, (i, j) in enumerate(pairs):
        near[i] |= (edges >> bit & 1) << j
        near[j] |= (edges >> bit & 1) << i
    rows = np.arange(edges.size)
    visited = np.zeros_like(edges)
    chordal = np.ones(edges.size, dtype=bool)
    signs = np.zeros((edges.size, 1 << k), dtype=np.int8)
    for _ in range(k):
        known = np.where(visited >> np.arange(k)[:, None] & 1, -1, np.bitwise_count(near & visited).astype(np.int64))
        chosen = known.argmax(0)
        before = near[chosen, rows] & visited
        for j in range(k):
            chordal &= (before >> j & 1 == 0) | (before & ~(near[j] | 1 << j) == 0)
        signs[rows, before | 1 << chosen] += 1
        signs[rows, before] -= 1
        visited |= 1 << chosen
    signs[:, 0] = 0
    return Graphs(edges[chordal], signs[chordal])
