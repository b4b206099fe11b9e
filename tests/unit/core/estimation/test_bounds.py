import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.estimation import bounds
from throughgate.core.estimation.tables import Table

NAMES = tuple(f"list {at:02}" for at in range(16))


def drawn(k: int, pairs: dict[tuple[int, int], float], seed: int, persons: int = 3000, base: float = -1.0) -> Table:
    """Persons whose lists depend by pairs, from the log-linear model itself."""
    cells = (np.arange(1 << k)[:, None] >> np.arange(k)) & 1
    weight = base * cells.sum(axis=1) + sum(
        strength * cells[:, one] * cells[:, other] for (one, other), strength in pairs.items()
    )
    chance = np.exp(weight)
    counts = np.random.default_rng(seed).multinomial(persons, chance / chance.sum())
    counts[0] = 0
    return Table(NAMES[:k], counts)


@pytest.mark.parametrize("strength", [-1.0, 0.0, 1.0])
def test_it_holds_whether_two_lists_seek_or_avoid_each_other(strength: float) -> None:
    found = [bounds.at_least(drawn(4, {(0, 1): strength}, seed)).number for seed in range(40)]
    assert max(found) <= 3000
    assert np.median(found) > 0.7 * 3000


def test_it_holds_where_all_lists_avoid_each_other() -> None:
    pairs = {(i, j): -0.6 for i in range(4) for j in range(i)}
    found = [bounds.at_least(drawn(4, pairs, seed)).number for seed in range(40)]
    assert max(found) <= 3000


def test_it_holds_where_half_of_the_people_are_afraid() -> None:
    rng = np.random.default_rng(5)
    afraid = rng.random((4000, 1)) < 0.5
    seen = rng.random((4000, 4)) < np.where(afraid, 0.06, 0.35)
    counts = np.bincount(seen @ (1 << np.arange(4)), minlength=16)
    counts[0] = 0
    found = bounds.at_least(Table(NAMES[:4], counts))
    assert counts.sum() < found.number <= 4000


def test_two_lists_cannot_tell_whether_they_avoid_each_other() -> None:
    found = bounds.at_least(Table.of("AB", {"10": 40, "01": 30, "11": 20}))
    assert (found.number, found.reasons) == (90, ("too_few_lists",))


def test_lists_that_never_meet_bound_nothing() -> None:
    found = bounds.at_least(Table.of("ABC", {"100": 50, "010": 40, "001": 30}))
    assert (found.number, found.reasons) == (120, ("documented",))


def test_the_hepatitis_outbreak_of_taiwan_was_no_smaller() -> None:
    cells = {"111": 28, "110": 21, "101": 17, "100": 69, "011": 18, "010": 55, "001": 63}
    assert 271 <= bounds.at_least(Table.of("PQE", cells)).number <= 545


def test_kosovo_is_bounded_below_every_published_estimate() -> None:
    with (Path(__file__).parents[3] / "data" / "mse" / "kosovo_1999.csv").open(encoding="utf-8") as opened:
        head, *rows = csv.reader(opened)
    table = Table.of(head[:-1], {"".join(row[:-1]): int(row[-1]) for row in rows})
    assert 1.5 * table.documented < bounds.at_least(table).number < 9_002


def test_the_order_of_the_lists_does_not_matter() -> None:
    table = drawn(4, {(0, 2): 0.8}, 3)
    found = {bounds.at_least(table.restricted(order)) for order in permutations(table.lists)}
    assert len(found) == 1


def test_sets_and_merges_are_as_many_as_there_are() -> None:
    assert [len(list(bounds.subsets(k))) for k in (3, 4, 5, 6)] == [0, 4, 15, 41]
    assert [len(list(bounds.merges(k))) for k in (3, 4, 5, 6)] == [0, 6, 35, 170]


def test_merging_two_lists_is_what_the_table_makes_of_it() -> None:
    table = drawn(4, {}, 1)
    merged = bounds._recombined(table.counts, 4, ((0, 2), (1,), (3,)))
    assert merged.tolist() == table.merged(table.lists[0], table.lists[2]).counts.tolist()


def test_many_lists_are_merged_first() -> None:
    found = bounds.at_least(drawn(10, {}, 2, persons=1000, base=-1.5))
    assert found.number <= 1000


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 5).flatmap(lambda k: st.lists(st.integers(0, 12), min_size=(1 << k) - 1, max_size=(1 << k) - 1)))
def test_no_table_makes_it_fall_below_the_documented_or_fail(cells: list[int]) -> None:
    k = len(cells).bit_length()
    table = Table(NAMES[:k], np.array([0, *cells]))
    assert bounds.at_least(table).number >= table.documented
