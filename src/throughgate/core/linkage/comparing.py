# ruff: noqa: S608 (names of columns and tables are our own)
"""Pairs -> which level of agreement each comparison reaches: one small number for each, -1 where unknown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from throughgate.core.linkage.model import COMPARISONS, Comparison

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

UNKNOWN = -1
_SIDE = re.compile(r"\b([a-z_]+)_([lr])\b")
_COLUMN = re.compile(r"\b([a-z_]+)_l\b")
RANDOM_PAIRS = 500_000
LEARNT_FROM = 2_000_000


def told(connection: "Connection") -> list[Comparison]:
    """The comparisons for which the lists say anything."""
    columns = ", ".join(f"count({_first_column(each)})" for each in COMPARISONS.values())
    counts = connection.execute(f"SELECT {columns} FROM records").fetchall()[0]
    return [each for each, count in zip(COMPARISONS.values(), counts, strict=True) if count]


def names(comparisons: Iterable[Comparison]) -> set[str]:
    """What the comparisons, and the columns with their levels, are called."""
    return {each["output_column_name"] for each in comparisons}


def levels(comparison: Comparison) -> int:
    """How many levels it has beside the unknown one; the last is "other"."""
    return len(comparison["comparison_levels"]) - 1


def compared(comparisons: Sequence[Comparison], *, pairs: str = "pairs", records: str = "records") -> str:
    """A query for l, r and a column for each comparison. Ask it `streaming`, where there are many pairs."""
    slim = _slim(records, comparisons)
    return f"""
        SELECT l.id AS l, r.id AS r, {_levels(comparisons)} FROM {pairs}
        JOIN {slim} AS l ON l.id = join_key_l JOIN {slim} AS r ON r.id = join_key_r
    """


@contextmanager
def streaming(connection: "Connection") -> Iterator[None]:
    """Pairs stream past the records: left alone, the engine would hold the pairs, of which there are many more."""
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    yield
    connection.execute("RESET disabled_optimizers")


def compare_some(connection: "Connection", comparisons: Sequence[Comparison], pairs: int) -> int:
    """Fills `compared` from every so many-th of the `pairs`, enough of them to learn from. Returns how many-th."""
    every = -(-pairs // LEARNT_FROM) or 1
    some = f"(FROM pairs WHERE hash(join_key_l, join_key_r) % {every} = 0)"
    with streaming(connection):
        connection.execute(f"CREATE OR REPLACE TABLE compared AS {compared(comparisons, pairs=some)}")
    return every


def compare_at_random(connection: "Connection", comparisons: Sequence[Comparison], records: int) -> None:
    """Fills `strangers` like `compared`, with pairs that hardly ever are one person."""
    rounds = min(max(1, RANDOM_PAIRS // records), max(1, records // 3))
    drawn = f"""(
        SELECT id AS join_key_l, CAST(hash(id, number) % {records} AS INTEGER) AS join_key_r
        FROM records, range(1, {rounds + 1}) AS turn(number) WHERE join_key_l <> join_key_r
    )"""
    with streaming(connection):
        connection.execute(f"CREATE OR REPLACE TABLE strangers AS {compared(comparisons, pairs=drawn)}")


def _slim(table: str, comparisons: Iterable[Comparison]) -> str:
    conditions = [level["sql_condition"] for each in comparisons for level in each["comparison_levels"]]
    columns = {column for condition in conditions for column in _COLUMN.findall(condition)}
    return f"(SELECT id, {', '.join(sorted(columns))} FROM {table})"


def _levels(comparisons: Iterable[Comparison]) -> str:
    return ", ".join(f"{_case(each)} AS {each['output_column_name']}" for each in comparisons)


def _case(comparison: Comparison) -> str:
    unknown, *known, _ = comparison["comparison_levels"]
    whens = " ".join(f"WHEN {_of_tables(level['sql_condition'])} THEN {number}" for number, level in enumerate(known))
    return f"(CASE WHEN {_of_tables(unknown['sql_condition'])} THEN {UNKNOWN} {whens} ELSE {len(known)} END)::TINYINT"


def _of_tables(condition: str) -> str:
    """Splink's `column_l` as `l.column`."""
    return _SIDE.sub(r"\2.\1", condition)


def _first_column(comparison: Comparison) -> str:
    return str(_COLUMN.findall(comparison["comparison_levels"][0]["sql_condition"])[0])
