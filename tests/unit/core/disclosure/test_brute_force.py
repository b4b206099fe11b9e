"""What the linear programs say, against every table of whole numbers that agrees with what was published."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.unit.core.disclosure.invented import KEY, persons
from throughgate.core.disclosure import Release, Rules, protect
from throughgate.core.disclosure.attack import system
from throughgate.core.disclosure.audit import interval, pinned
from throughgate.core.disclosure.release import WITHHELD
from throughgate.core.disclosure.rules import BASE

FINE = Rules(withheld=1)
TABLES = [(3, 12, 14, 11), (0, 21, 30, 17), (12, 12, 12, 12), (9, 9, 9, 9), (1, 2, 3, 40), (0, 1, 13, 26)]


def made(counts: tuple[int, ...]) -> Release:
    table = dict(zip(product(("2024-01", "2024-02"), "ab"), counts, strict=True))
    return protect(persons(table), name="one", key=KEY, rules=FINE).release


def agreeing(release: Release) -> np.ndarray:
    """All tables of two by two, up to seven away from the truth, with their margins, that a reader cannot exclude."""
    truth = release.counts[:-1, :-1].ravel()
    near = np.indices((15,) * 4).reshape(4, -1).T - 7 + truth
    tables = near[(near >= 0).all(axis=1)].reshape(-1, 2, 2)
    rows = np.concatenate([tables, tables.sum(axis=1, keepdims=True)], axis=1)
    all_of = np.concatenate([rows, rows.sum(axis=2, keepdims=True)], axis=2)
    seen = release.shown != WITHHELD
    fits = ((all_of >= release.low) & (all_of <= release.high)) | ~seen
    return np.asarray(all_of[fits.all(axis=(1, 2))])


@pytest.mark.parametrize("counts", TABLES)
def test_no_withheld_cell_can_be_told_by_trying_every_table(counts: tuple[int, ...]) -> None:
    release = made(counts)
    found = agreeing(release)
    spread = found.max(axis=0) - found.min(axis=0)
    assert (spread[release.shown == WITHHELD] >= BASE).all()


@pytest.mark.parametrize("counts", TABLES)
@pytest.mark.parametrize("hidden", [(0,), (1, 3), (0, 3), (2,), (5,), (0, 1, 3, 4), (0, 4)])
def test_the_audit_finds_what_trying_every_table_finds(counts: tuple[int, ...], hidden: tuple[int, ...]) -> None:
    """The table is published with these cells withheld, safe or not."""
    release = made(counts)
    shown = np.where(release.counts < 5, WITHHELD, release.counts // BASE * BASE)
    shown.flat[list(hidden)] = WITHHELD
    low = np.maximum(shown, 0)
    release = replace(release, shown=shown, low=low, high=low + BASE - 1)
    found = agreeing(release)
    spread = (found.max(axis=0) - found.min(axis=0))[shown == WITHHELD]
    known = system([release])
    cells = known.withheld[0]
    assert np.array_equal(pinned(known, cells), spread < BASE)
    for cell, width in zip(cells.toarray(), spread, strict=True):
        low_end, high_end = interval(known, cell)
        assert min(high_end - low_end, BASE) == min(width, BASE)
