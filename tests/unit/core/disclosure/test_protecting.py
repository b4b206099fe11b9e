from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.disclosure.invented import KEY, crowd, persons, rows
from throughgate.core.disclosure import Columns, DisclosureError, Release, Rules, of_rows, protect
from throughgate.core.disclosure.attack import system
from throughgate.core.disclosure.audit import interval, pinned
from throughgate.core.disclosure.cells import labels_of
from throughgate.core.disclosure.release import WITHHELD

FINE = Rules(withheld=1)  # never coarser
TABLES = (("date", "place:region"), ("place:region", "sex"), ("date:quarter", "region", "sex"), ("date:year", "place"))


def shown(release: Release) -> dict[tuple[str, ...], int]:
    return {labels_of(release.axes, at): int(release.shown[at]) for at in np.ndindex(release.shown.shape)}


def nobody_is_pinned(releases: Sequence[Release]) -> bool:
    known = system(releases)
    return not pinned(known, known.secrets(len(releases))).any()


def test_fewer_than_ten_persons_are_withheld_and_others_are_rounded_down() -> None:
    counts = {("2024-01", "a"): 9, ("2024-01", "b"): 33, ("2024-02", "a"): 48, ("2024-02", "b"): 30}
    told = shown(protect(persons(counts), name="one", key=KEY, rules=FINE).release)
    assert told["2024-01", "a"] == WITHHELD
    assert told["2024-02", "a"] == 45
    assert told["all", "all"] == 120


def test_a_cell_that_totals_would_give_away_takes_others_with_it() -> None:
    counts = {("2024-01", "a"): 0, ("2024-01", "b"): 30, ("2024-02", "a"): 40, ("2024-02", "b"): 30}
    made = protect(persons(counts), name="one", key=KEY, rules=FINE)
    assert made.for_others > 0
    naive = replace(made.release, shown=np.where(made.release.telling, WITHHELD, made.release.low))
    assert not nobody_is_pinned([naive])
    assert nobody_is_pinned([made.release])


def test_one_organisation_alone_is_never_shown_as_a_source() -> None:
    mixed = rows({("2024-01", "a"): 40}) + rows({("2024-02", "a"): 40}, organisations="A")
    told = shown(protect(of_rows(mixed, Columns(("date",))), name="one", key=KEY, rules=FINE).release)
    assert told["2024-02",] == WITHHELD


def test_a_second_organisation_for_one_person_does_not_hide_the_first() -> None:
    mixed = rows({("2024-01", "a"): 40}, organisations="A")
    mixed[0]["organisations"] = "A;B"
    told = shown(protect(of_rows(mixed, Columns(("date",))), name="one", key=KEY, rules=FINE).release)
    assert set(told.values()) == {WITHHELD}


def test_a_table_is_made_coarser_before_cells_are_withheld() -> None:
    counts = {(f"2024-{month:02}", "a"): 4 for month in range(1, 13)}
    made = protect(persons(counts), name="one", key=KEY)
    assert made.steps == (("date:month", "date:quarter"),)
    assert shown(made.release)["2024-Q1", "all"] == 10


def test_a_month_without_anybody_is_withheld_like_a_month_with_few() -> None:
    made = protect(persons({("2024-01", "a"): 40, ("2024-04", "a"): 40}), name="one", key=KEY, rules=FINE)
    assert shown(made.release)["2024-02", "a"] == WITHHELD


def test_the_same_persons_have_the_same_value_in_a_table_by_other_dimensions() -> None:
    crowded = crowd(600, seed=1)
    rules = Rules(add_up=True, withheld=1)
    first = protect(of_rows(crowded, Columns(("place", "sex"))), name="one", key=KEY, rules=rules).release
    other = protect(
        of_rows(crowded, Columns(("place", "date:quarter"))), name="two", key=KEY, former=[first], rules=rules
    ).release
    one, two = shown(first), shown(other)
    both = [f"place {at}" for at in range(6) if one[f"place {at}", "all"] >= 0 and two["all", f"place {at}"] >= 0]
    assert both
    assert all(one[place, "all"] == two["all", place] for place in both)


def test_parts_that_are_all_shown_make_up_their_whole() -> None:
    made = protect(
        of_rows(crowd(3000, seed=2), Columns(("region", "sex"))), name="one", key=KEY, rules=Rules(add_up=True)
    )
    values = made.release.shown
    assert (values != WITHHELD).all()
    assert np.array_equal(values[:-1].sum(axis=0), values[-1])
    assert np.array_equal(values[:, :-1].sum(axis=1), values[:, -1])
    assert (np.abs(values - made.release.counts) < 5).all()


def test_one_person_more_changes_nothing_that_is_shown() -> None:
    first = protect(persons({("2024-01", "a"): 14, ("2024-01", "b"): 9}), name="one", key=KEY, rules=FINE).release
    later = persons({("2024-01", "a"): 15, ("2024-01", "b"): 10})
    second = protect(later, name="two", key=KEY, former=[first], rules=FINE).release
    assert shown(second) == shown(first)


def test_a_value_follows_once_ten_persons_came() -> None:
    first = protect(persons({("2024-01", "a"): 14, ("2024-01", "b"): 30}), name="one", key=KEY, rules=FINE).release
    later = persons({("2024-01", "a"): 24, ("2024-01", "b"): 30})
    second = protect(later, name="two", key=KEY, former=[first], rules=FINE).release
    assert shown(second)["2024-01", "a"] == 20


def test_at_least_stays_true_when_a_person_is_taken_out() -> None:
    first = protect(persons({("2024-01", "a"): 15, ("2024-01", "b"): 30}), name="one", key=KEY, rules=FINE).release
    later = persons({("2024-01", "a"): 14, ("2024-01", "b"): 30})
    second = protect(later, name="two", key=KEY, former=[first], rules=FINE).release
    assert shown(second)["2024-01", "a"] in {10, WITHHELD}


def test_the_difference_of_two_tables_cannot_be_taken() -> None:
    """Region and place are one dimension at two levels: the second table must not give away the place left out."""
    place = {"a": 20, "b": 20, "c": 3}
    people = [
        {"person": f"{name} {at}", "place": name, "region": "r", "sex": "f", "organisations": "A;B"}
        for name, count in place.items()
        for at in range(count)
    ]
    first = protect(of_rows(people, Columns(("place",))), name="one", key=KEY, rules=FINE).release
    second = protect(of_rows(people, Columns(("region",))), name="two", key=KEY, former=[first], rules=FINE).release
    assert nobody_is_pinned([first, second])


def test_what_was_withheld_cannot_be_shown_later_by_another_road() -> None:
    counts = {("2024-01", "a"): 3, ("2024-01", "b"): 40, ("2024-02", "a"): 41, ("2024-02", "b"): 42}
    first = protect(persons(counts), name="one", key=KEY, rules=FINE).release
    second = protect(persons(counts), name="two", key=KEY, former=[first], rules=FINE).release
    assert shown(first) == shown(second)


def test_a_reader_knows_of_a_withheld_cell_no_more_than_the_audit_says() -> None:
    counts = {("2024-01", "a"): 3, ("2024-01", "b"): 40, ("2024-02", "a"): 41, ("2024-02", "b"): 42}
    made = protect(persons(counts), name="one", key=KEY, rules=FINE).release
    known = system([made])
    cell = np.zeros(4)
    cell[0] = 1
    low, high = interval(known, cell)
    assert low <= 3 <= high
    assert high - low >= 5


@settings(max_examples=15, deadline=None)
@given(
    size=st.integers(30, 500),
    seed=st.integers(0, 10_000),
    grows=st.lists(st.integers(0, 60), min_size=1, max_size=4),
    order=st.permutations(range(len(TABLES))),
    add_up=st.booleans(),
    withheld=st.sampled_from([0.1, 0.5, 1.0]),
)
def test_no_release_with_all_before_it_pins_a_withheld_cell(
    size: int, seed: int, grows: list[int], order: list[int], add_up: bool, withheld: float
) -> None:
    everybody = crowd(size + sum(grows), seed)
    former: list[Release] = []
    for at, more in enumerate(grows):
        size += more
        counted = of_rows(everybody[:size], Columns(TABLES[order[at]]))
        rules = Rules(add_up=add_up, withheld=withheld)
        try:
            made = protect(counted, name=str(at), key=KEY, former=former, rules=rules).release
        except DisclosureError:
            continue  # refused, so nothing was told
        former.append(made)
        seen = made.shown != WITHHELD
        assert (made.low <= made.counts)[seen].all()
        assert (made.counts <= made.high)[seen].all()
        assert add_up or (made.shown <= made.counts)[seen].all()
        assert made.counts[seen].min(initial=10) >= 10 - 9 * bool(at)
        assert nobody_is_pinned(former)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_dimensions_does_not_matter(seed: int, shuffle: object) -> None:
    everybody = crowd(200, seed)
    mixed = list(everybody)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    one = protect(of_rows(everybody, Columns(("date", "sex"))), name="one", key=KEY)
    two = protect(of_rows(mixed, Columns(("sex", "date"))), name="one", key=KEY)
    assert shown(one.release) == shown(two.release)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(DisclosureError, match="The key has 3 bytes"):
        protect(persons({("2024-01", "a"): 40}), name="one", key=b"abc")


def test_a_lower_threshold_is_refused() -> None:
    with pytest.raises(DisclosureError, match="fewer than 10 persons"):
        Rules(threshold=5)


def test_a_table_of_single_persons_after_tables_of_others_is_withheld_or_refused_in_a_sentence() -> None:
    """Many cells of one person each, after releases about other people: hard for the solver, not for the rules."""
    first = [{"person": f"first {at}", "x": f"x{at % 7}", "organisations": "A;B"} for at in range(100)]
    former = [protect(of_rows(first, Columns(("x",))), name="one", key=KEY, rules=FINE).release]
    second = crowd(400, seed=4)
    former.append(protect(of_rows(second, Columns(("place",))), name="two", key=KEY, former=former, rules=FINE).release)
    made = protect(of_rows(second, Columns(("person",))), name="three", key=KEY, former=former, rules=FINE).release
    assert (made.shown[:-1] == WITHHELD).all()
    assert nobody_is_pinned([*former, made])
