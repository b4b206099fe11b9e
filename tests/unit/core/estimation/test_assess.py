"""The whole way from a table to a result, with the real estimators."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.estimation import bounds, combining
from throughgate.core.estimation.assess import assess
from throughgate.core.estimation.batch import answer
from throughgate.core.estimation.chart import chart
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.reading import Read, read_file
from throughgate.core.estimation.result import Result
from throughgate.core.estimation.tables import Table
from throughgate.core.estimation.text import text
from throughgate.core.estimation.words import LANGUAGES

REAL = Path("tests/data/mse")
COUNTS = st.integers(0, 60)


def tables(lists: int) -> st.SearchStrategy[list[int]]:
    return st.lists(COUNTS, min_size=2**lists - 1, max_size=2**lists - 1)


def table_of(counts: list[int]) -> Table:
    lists = "ABCDEF"[: (len(counts) + 1).bit_length() - 1]
    cells = {format(history, f"0{len(lists)}b"): count for history, count in enumerate(counts, start=1)}
    return Table.of(lists, cells)


def asked(table: Table) -> str:
    return json.dumps({"id": 1, "lists": table.lists, "table": list(table.cells().items())})


def told(found: Result) -> dict[str, Any]:
    """All that is said, but in which order the lists came."""
    return {name: value for name, value in found.as_dict().items() if name != "lists"}


@cache
def real(name: str) -> Result:
    """Once for all that look at it."""
    return assess(read_file(REAL / f"{name}.csv"))


@pytest.mark.parametrize(
    "name",
    [
        "spina_bifida_ny", "taiwan_hepatitis_a",
        *(pytest.param(name, marks=pytest.mark.soak) for name in ("kosovo_1999", "uk_trafficking_2013")),
    ],
)  # fmt: skip
def test_real_tables_get_a_result_that_can_be_told_and_drawn(name: str) -> None:
    found = real(name)
    assert found.whole.at_least >= found.table.documented
    for language in LANGUAGES:
        assert text(found, language)
        assert chart(found, language).endswith("</svg>\n")
    json.dumps(found.as_dict(), allow_nan=False)


def test_the_same_input_and_seed_give_the_same_bits_whatever_the_order_of_lists_and_rows() -> None:
    table = real("taiwan_hepatitis_a").table
    again = Table.of(table.lists, dict(reversed(table.cells().items()))).restricted(table.lists[::-1])
    assert told(assess(Read(again))) == told(real("taiwan_hepatitis_a"))
    assert told(assess(Read(again), seed=5)) != told(real("taiwan_hepatitis_a"))


def test_doubling_the_counts_narrows_every_method_without_chance_in_it() -> None:
    table = read_file(REAL / "spina_bifida_ny.csv").table
    once, twice = (
        {part.method: part.interval.ratio for part in combining.estimate(each, quick=True).parts}
        for each in (table, table.scaled(2))
    )
    for method in ("loglinear", "heterogeneity", "graphs"):
        assert 1 < twice[method] < once[method]
    assert bounds.at_least(table).number <= bounds.at_least(table.scaled(2)).number / 2


@settings(max_examples=3, deadline=None)
@given(tables(2) | tables(3))
def test_no_table_makes_anything_but_a_result_or_a_sentence(counts: list[int]) -> None:
    try:
        table = table_of(counts)
    except EstimationError:
        return
    found = assess(Read(table))
    documented = table.documented
    assert found.whole.at_least >= documented
    assert found.whole.interval is None or documented <= found.whole.interval.low <= found.whole.interval.high
    assert text(found)
    assert chart(found)


@pytest.mark.soak
@settings(max_examples=20, deadline=None)
@given(tables(3), st.permutations("ABC"))
def test_the_order_of_lists_never_matters(counts: list[int], order: list[str]) -> None:
    try:
        table = table_of(counts)
    except EstimationError:
        return
    assert told(assess(Read(table.restricted(order)))) == told(assess(Read(table)))


@given(tables(3), st.integers(0, 3))
def test_adding_an_empty_list_is_refused(counts: list[int], place: int) -> None:
    cells = {format(history, "03b"): count for history, count in enumerate(counts, start=1)}
    with pytest.raises(EstimationError):
        Table.of("WXYZ", {f"{history[:place]}0{history[place:]}": count for history, count in cells.items()})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(["01", "11"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "lists", "table"]), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.text() | JSON.map(json.dumps))
def test_no_line_of_a_batch_makes_anything_but_an_answer(line: str) -> None:
    found = answer(line)
    json.dumps(found, allow_nan=False).encode()
    assert found["light"] in ("green", "amber", "red")
    assert found["declined"] == (found["lo"] is None)


def test_an_answer_holds_the_numbers_of_the_result() -> None:
    table = read_file(REAL / "spina_bifida_ny.csv").table
    found, line = assess(Read(table), quick=True).whole, answer(asked(table))
    assert found.interval is not None
    assert (line["lo"], line["hi"]) == found.interval
    assert (line["est"], line["at_least"]) == (max(found.headline.estimate, found.at_least), found.at_least)
