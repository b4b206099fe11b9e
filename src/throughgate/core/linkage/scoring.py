# ruff: noqa: S608 (names of columns and tables are our own)
"""How likely a pair is one person: by the worth of its levels, how rare what it shares is, and how often pairs are."""

from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

from throughgate.core.linkage import comparing
from throughgate.core.linkage.comparing import UNKNOWN
from throughgate.core.linkage.model import Comparison
from throughgate.core.linkage.training import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

ROUNDS = 50
STEPS = 8  # of a histogram of weights, to one bit
LEAST = -13.0  # log2 of odds: one pair in eight thousand


def score(
    connection: "Connection", comparisons: Sequence[Comparison], model: Model, *, records: int, every: int
) -> float:
    """Fills `scored` from `pairs`: l, r, the level of each comparison, weight (log2 of the odds) and probability.

    `every`: of how many pairs one is in `compared`. Pairs that are hardly ever one person are left out of `scored`.
    Returns log2 of the odds that two records at random are one person.
    """
    known = 1.0  # how many records a person has; the first round finds out
    for _ in range(2):
        _find_rarity(connection, comparisons, own=known, records=records)
        prior = _prior(connection, weighed(comparisons, model, compared="compared"), records=records, every=every)
        known = 1 + prior * (records - 1)
    odds = log2(prior / (1 - prior))
    weight = f"CAST(weight + {odds} AS FLOAT)"
    compared = "compared" if every == 1 else f"({comparing.compared(comparisons)})"
    with comparing.streaming(connection):
        connection.execute(f"""
            CREATE OR REPLACE TABLE scored AS
            SELECT * REPLACE ({weight} AS weight), {_probability(weight)}
            FROM ({weighed(comparisons, model, compared=compared)}) WHERE weight + {odds} > {LEAST}
        """)
    return odds


def rescale(connection: "Connection", stretch: float, shift: float) -> None:
    """Changes the weights of `scored`, and its probabilities with them."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE scored AS
        SELECT * EXCLUDE changed REPLACE (changed AS weight, {_probability("changed")})
        FROM (SELECT *, CAST(weight * {stretch} + {shift} AS FLOAT) AS changed FROM scored)
    """)


def _probability(weight: str) -> str:
    return f"1 / (1 + pow(2.0, -{weight})) AS probability"


def weighed(comparisons: Sequence[Comparison], model: Model, *, compared: str) -> str:
    """A query that adds their `weight` to pairs with levels; l is a real record, whose `rarity` is known."""
    weight = " + ".join(_weight(each, model) for each in comparisons)
    return f"""
        SELECT compared.*, CAST({weight} AS FLOAT) AS weight
        FROM {compared} AS compared JOIN rarity AS rare ON rare.id = compared.l
    """


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


def _prior(connection: "Connection", weighed: str, *, records: int, every: int) -> float:
    """The share of all pairs that are one person: the one that the pairs themselves then bear out."""
    found = connection.execute(
        f"SELECT round(weight * {STEPS}) / {STEPS} AS weight, count(*) FROM ({weighed}) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    pairs = records * (records - 1) / 2
    prior = min(0.5, 1 / max(records, 2))
    for _ in range(ROUNDS):
        odds = prior / (1 - prior)
        matches = every * sum(count / (1 + 2.0**-weight / odds) for weight, count in found)
        prior = min(0.5, max(matches, 0.5) / pairs)
    return prior
