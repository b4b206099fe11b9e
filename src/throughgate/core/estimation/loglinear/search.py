"""Two-way models of seven lists and more: an Occam window instead of every model (Madigan and Raftery 1994)."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from throughgate.core.estimation.loglinear.fitting import Fits, fit
from throughgate.core.estimation.loglinear.models import Bits, Family
from throughgate.core.estimation.loglinear.weights import criterion
from throughgate.core.estimation.tables import Table

MOST_PAIRS = 62  # as many as fit a number; of twelve lists and more those that depend least are left out
LEAST_FITS = 150
WINDOW = 6.0  # of the criterion: models 20 times less likely than the best are left out
MOST_FITS = 1500  # a stop for tables on which very many models are alike


def window(table: Table, kind: str, measure: str, most_fits: int = MOST_FITS) -> Fits:
    """Fits of the models within the window, found by adding and removing one pair at a time, best models first.

    Deterministic. Starts from independence; models within the window of the best so far are looked around.
    """
    optional = _pairs(table)
    most_fits = max(most_fits * 1024 // max(table.counts.size, 1024), LEAST_FITS)
    known: dict[int, float] = {}
    opened: set[int] = set()
    _measure(table, optional, [0], kind, measure, known)
    while len(known) < most_fits:
        best = min(known.values())
        closed = [model for model, value in known.items() if model not in opened and value <= best + WINDOW]
        if not closed:
            break
        around = min(closed, key=lambda model: (known[model], model))
        opened.add(around)
        near = [around ^ (1 << at) for at in range(optional.size)]
        _measure(table, optional, [model for model in near if model not in known], kind, measure, known)
    best = min(known.values())
    kept = sorted(model for model, value in known.items() if value <= best + WINDOW) or [0]
    return fit(table, Family(table.k, optional, np.array(kept, dtype=np.int64)), kind)


def _pairs(table: Table) -> Bits:
    """(p,) pairs of lists; of more than 62 those whose overlap is furthest from independence given the documented."""
    persons = table.documented
    found = []
    overlaps = table.pairs()
    for i, j in combinations(range(table.k), 2):
        one, other = table.lists[i], table.lists[j]
        by_chance = table.on(one) * table.on(other) / persons
        gap = abs(overlaps[one, other] - by_chance) / max(by_chance, 1.0) ** 0.5
        found.append((-gap, (1 << i) | (1 << j)))
    return np.array(sorted(pair for _, pair in sorted(found)[:MOST_PAIRS]), dtype=np.int64)


def _measure(table: Table, optional: Bits, models: list[int], kind: str, measure: str, known: dict[int, float]) -> None:
    if models:
        fits = fit(table, Family(table.k, optional, np.array(models, dtype=np.int64)), kind)
        known.update(zip(models, criterion(fits, measure).tolist(), strict=True))
