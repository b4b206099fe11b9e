# ruff: noqa: S608 (names of columns and tables are our own)
"""Which pairs of records are looked at: those that share one of a few exact keys.

A key that joins too many records at once ("Ivanou, Aliaksandr") says little and would cost much, so that such a block
is left to the other keys.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from throughgate.core.linkage.reading import count

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# Every key forgives the errors of whatever it leaves out.
KEYS = (
    ("phonetic", "given"),
    ("phonetic", "given_too"),
    ("other", "given"),
    ("year", "month", "day", "given"),
    ("year", "month", "day", "substr(consonant, 1, 2)"),
    ("year", "month", "day", "place"),
    ("consonant", "year", "given_initial"),
    ("consonant", "year", "given_initial_too"),
    ("consonant", "month", "day"),
    ("consonant", "given_initial", "place"),
    ("consonant", "given_initial_too", "place"),
    ("given", "father", "year"),
    ("given", "year", "substr(consonant, 1, 3)"),
    ("given", "place", "substr(consonant, 1, 3)"),
    ("given", "held"),
    ("consonant", "held"),
    ("given", "year", "place", "substr(consonant, 1, 1)"),
)
LARGEST_BLOCK = 200


def make_pairs(connection: "Connection") -> int:
    """Fills `pairs` (join_key_l < join_key_r) from `records` and returns how many there are."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE pairs AS
        SELECT DISTINCT member AS join_key_l, unnest(members[place + 1:]) AS join_key_r
        FROM (
            SELECT members, unnest(members) AS member, unnest(range(1, len(members) + 1)) AS place
            FROM ({" UNION ALL ".join(map(_blocks, KEYS))})
        )
    """)
    return count(connection, "pairs")


def known(key: Iterable[str]) -> str:
    """The condition that every part of a key is known."""
    return " AND ".join(f"{part} IS NOT NULL" for part in key)


def _blocks(key: tuple[str, ...]) -> str:
    """The records that share a key, in the order of their numbers."""
    return f"""
        SELECT list_sort(list(id)) AS members FROM records WHERE {known(key)}
        GROUP BY hash({", ".join(key)}) HAVING count(*) BETWEEN 2 AND {LARGEST_BLOCK}
    """
