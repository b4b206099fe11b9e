import math
from collections.abc import Sequence

import numpy as np
import pytest

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.tables import Table

LISTS = ("A", "B", "C")
CELLS = {"100": 5, "010": 7, "001": 2, "110": 3, "111": 1}


def table() -> Table:
    return Table.of(LISTS, CELLS)


def test_the_first_list_is_the_lowest_bit() -> None:
    assert table().counts.tolist() == [0, 5, 7, 3, 2, 0, 0, 1]


def test_histories_may_be_texts_tuples_or_pairs() -> None:
    tuples = {tuple(map(int, history)): count for history, count in CELLS.items()}
    assert Table.of(LISTS, tuples) == Table.of(LISTS, list(CELLS.items())) == table()


def test_a_table_counts_lists_overlaps_and_singletons() -> None:
    found = table()
    assert (found.k, found.documented, found.singletons()) == (3, 18, 14)
    assert [found.on(name) for name in LISTS] == [9, 11, 3]
    assert [found.overlaps(name) for name in LISTS] == [4, 4, 1]
    assert found.pairs() == {("A", "B"): 4, ("A", "C"): 1, ("B", "C"): 1}


def test_who_was_on_the_list_left_out_only_is_gone() -> None:
    assert table().without("A") == Table.of(("B", "C"), {"10": 10, "01": 2, "11": 1})


def test_merged_lists_have_who_was_on_either() -> None:
    assert table().merged("C", "A") == Table.of(("C+A", "B"), {"10": 7, "01": 7, "11": 4})


def test_chosen_lists_come_in_the_order_asked() -> None:
    assert table().restricted(("C", "A")) == Table.of(("C", "A"), {"10": 2, "01": 8, "11": 1})


def test_the_canonical_table_does_not_depend_on_the_order_of_lists() -> None:
    assert table().restricted(("C", "A", "B")).canonical() == table()


def test_cells_give_back_what_the_table_was_made_of() -> None:
    assert table().cells() == CELLS


def test_scaling_multiplies_every_count() -> None:
    assert table().scaled(2).documented == 36


def test_a_table_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        table().counts[1] = 9


@pytest.mark.parametrize(
    ("lists", "cells", "sentence"),
    [
        (LISTS, [*CELLS.items(), ("110", 4)], "History 110 is there twice"),
        (LISTS, CELLS | {"011": -1}, "The count of history 011 is negative: -1."),
        (LISTS, CELLS | {"011": 1.5}, "The count of history 011 is a fraction: 1.5."),
        (LISTS, CELLS | {"011": "4"}, "The count of history 011 is no number of persons: 4."),
        (LISTS, CELLS | {"011": math.nan}, "The count of history 011 is no number of persons: nan."),
        (LISTS, CELLS | {"011": 10**5000}, "more than there are people"),
        (LISTS, CELLS | {"000": 9}, "History 000 counts the persons on no list"),
        (LISTS, CELLS | {"01": 9}, "History 01 is not one 0 or 1 for each of the 3 lists."),
        (LISTS, CELLS | {"012": 9}, "History 012 is not one 0 or 1"),
        (LISTS, {}, "The table is empty"),
        (LISTS, {"110": 3, "010": 4}, "List C is empty"),
        (LISTS, {"110": 3, "001": 4}, "List B is a copy of list A"),
        (("A",), {"1": 3}, "only one list"),
        (("A", "A"), {"10": 3, "11": 3, "01": 2}, "Two lists are named A."),
        (("A", " "), {"10": 3}, "List 2 has no name."),
        (("A", "B\x1b[0m"), {"10": 3}, "The name of list 2 holds a character that cannot be shown."),
        (("A", "\ud800"), {"10": 3}, "The name of list 2 holds a character that cannot be shown."),
        ([f"L{number}" for number in range(60)], {}, "60 lists are more than can be estimated together"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(lists: Sequence[str], cells: object, sentence: str) -> None:
    with pytest.raises(EstimationError, match=sentence.replace(".", r"\.").replace("(", r"\(")):
        Table.of(lists, cells)  # type: ignore[arg-type]


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(EstimationError, match="There is no list D; there are A, B, C"):
        table().without("D")


def test_counts_of_another_shape_are_refused() -> None:
    with pytest.raises(EstimationError, match="3 lists make 8 histories"):
        Table(LISTS, np.zeros(4, dtype=np.int64))
