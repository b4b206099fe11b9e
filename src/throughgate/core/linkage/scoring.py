# ruff: noqa: S608 (names of columns and tables are our own)
"""How likely a pair is one person: by the worth of its levels, how rare what it shares is, and how often pairs are."""

from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

from throughgate.core.linkage.comparing import UNKNOWN
from throughgate.core.linkage.model import Comparison
from throughgate.core.linkage.training import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

ROUNDS = 50
STEPS = 8  # of a histogram of weights, to one bit


def score(connection: "Connection", comparisons: Sequence[Comparison], model: Model, records: int) -> float:
    """Fills `scored` (l, r, weight: log2 of the odds, probability) from `compared`, and `rarity`.

    Returns log2 of the odds that two records at random are one person.
    """
    known = 1.0  # how many records a person has; the first round finds out
    for _ in range(2):
        _find_rarity(connection, comparisons, own=known, records=records)
        weigh(connection, comparisons, model, compared="compared", into="scored")
        prior = _prior(connection, records)
        known = 1 + prior * (records - 1)
    odds = log2(prior / (1 - prior))
    rescale(connection, 1.0, odds)
    return odds


def rescale(connection: "Connection", stretch: float, shift: float) -> None:
    """Changes the weights of `scored`, and its probabilities with them."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE scored AS SELECT l, r, changed AS weight, 1 / (1 + pow(2.0, -changed)) AS probability
        FROM (SELECT l, r, CAST(weight * {stretch} + {shift} AS FLOAT) AS changed FROM scored)
    """)


def weigh(
    connection: "Connection", comparisons: Sequence[Comparison], model: Model, *, compared: str, into: str
) -> None:
    """Fills a table of weights (l, r, weight) from one of levels; l is a real record, whose `rarity` is known."""
    weight = " + ".join(_weight(each, model) for each in comparisons)
    connection.execute(f"""
        CREATE OR REPLACE TABLE {into} AS SELECT l, r, CAST({weight} AS FLOAT) AS weight
        FROM {compared} AS compared JOIN rarity AS rare ON rare.id = compared.l
    """)


def _find_rarity(connection: "Connection", comparisons: Sequence[Comparison], *, own: float, records: int) -> None:
    """Fills `rarity`: how rare is what each record says. A person's `own` records do not make their name common."""
    levels = [level for each in comparisons for level in each["comparison_levels"]]
    columns = sorted({level["tf_adjustment_column"] for level in levels if "tf_adjustment_column" in level})
    joins, rarities = [], {}
    for column in columns:
        connection.execute(f"""
            CREATE OR REPLACE TABLE rarity_{column} AS
            SELECT {column}, log2(greatest(count(*) - {own}, 0.5) / {records}) AS rarity
            FROM records WHERE {column} IS NOT NULL GROUP BY 1
        """)
        joins.append(f"LEFT JOIN rarity_{column} ON rarity_{column}.{column} = records.{column}")
        rarities[column] = f"coalesce(rarity_{column}.rarity, 0) AS {column}"
    connection.execute(f"""
        CREATE OR REPLACE TABLE rarity AS SELECT id, {", ".join(rarities.values())} FROM records {" ".join(joins)}
    """)
    for column in columns:
        connection.execute(f"DROP TABLE rarity_{column}")


def _weight(comparison: Comparison, model: Model) -> str:
    """The worth of the level a pair reaches; a rare name that is shared is worth more than a common one."""
    name = comparison["output_column_name"]
    parts = []
    for number, level in enumerate(comparison["comparison_levels"][1:]):
        column = level.get("tf_adjustment_column")
        worth = log2(model.m[name][number]) if column else model.weight(name, number)
        parts.append(f"WHEN {number} THEN {worth:.9f}" + (f" - rare.{column}" if column else ""))
    return f"(CASE compared.{name} WHEN {UNKNOWN} THEN 0 {' '.join(parts)} END)"


def _prior(connection: "Connection", records: int) -> float:
    """The share of all pairs that are one person: the one that the pairs themselves then bear out."""
    found = connection.execute(
        f"SELECT round(weight * {STEPS}) / {STEPS} AS weight, count(*) FROM scored GROUP BY 1 ORDER BY 1"
    ).fetchall()
    pairs = records * (records - 1) / 2
    prior = min(0.5, 1 / max(records, 2))
    for _ in range(ROUNDS):
        odds = prior / (1 - prior)
        matches = sum(count / (1 + 2.0**-weight / odds) for weight, count in found)
        prior = min(0.5, max(matches, 0.5) / pairs)
    return prior
