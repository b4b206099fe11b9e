# ruff: noqa: S608 (names of columns and tables are our own)
"""Which pairs of records are looked at: those that share one of a few exact keys.

A key that joins too many records at once ("Ivanou, Aliaksandr") says little and would cost much, so that such a block
is left to the other keys.
"""

from typing import TYPE_CHECKING

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
    ("consonant", "month", "day"),
    ("consonant", "given_initial", "place"),
    ("given", "father", "year"),
    ("given", "year", "substr(consonant, 1, 3)"),
    ("given", "place", "substr(consonant, 1, 3)"),
    ("given", "held"),
    ("consonant", "held"),
    ("given", "year", "place", "substr(consonant, 1, 1)"),
)
LARGEST_BLOCK = 200


def make_pairs(connection: "Connection") -> int:
    """Fills `pairs` from `records` and returns how many there are.

    A pair has join_key_l < join_key_r and match_key, the first key they share.
    """
    hashed = ", ".join(f"{_hash(key)} AS key{number}" for number, key in enumerate(KEYS))
    connection.execute(f"CREATE OR REPLACE TABLE keys AS SELECT id, {hashed} FROM records")
    for number in range(len(KEYS)):
        connection.execute(f"""
            UPDATE keys SET key{number} = NULL FROM (
                SELECT key{number} FROM keys WHERE key{number} IS NOT NULL
                GROUP BY ALL HAVING count(*) NOT BETWEEN 2 AND {LARGEST_BLOCK}
            ) AS unfit WHERE keys.key{number} = unfit.key{number}
        """)
    connection.execute(f"CREATE OR REPLACE TABLE pairs AS {' UNION ALL '.join(map(_joined, range(len(KEYS))))}")
    connection.execute("DROP TABLE keys")
    return int(connection.execute("SELECT count(*) FROM pairs").fetchall()[0][0])


def missed(connection: "Connection", *, born: bool) -> float:
    """The share of true pairs that were never looked at, from `scored` and `compared`; 0 where no list tells of birth.

    Pairs of one birthday are found whatever their names: they tell how often the names of one person agree. Pairs
    whose birthday is unknown are found by agreeing names alone, so that there are as many more as names disagree
    (the reasoning of Lincoln and Petersen).
    """
    if not born:
        return 0.0
    named = "surname <= 1 AND given = 0"
    found = connection.execute(f"""
        SELECT sum(probability),
            sum(probability) FILTER (born = 0), sum(probability) FILTER (born = 0 AND {named}),
            sum(probability) FILTER (born NOT IN (0, 1, 2)), sum(probability) FILTER (born NOT IN (0, 1, 2) AND {named})
        FROM scored JOIN compared USING (l, r)
    """).fetchall()
    every, dated, dated_named, undated, undated_named = (float(value or 0) for value in found[0])
    if not dated_named:
        return 0.0
    unseen = max(0.0, undated_named * dated / dated_named - undated)
    return unseen / (every + unseen)


def _hash(columns: tuple[str, ...]) -> str:
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    return f"CASE WHEN {known} THEN hash({', '.join(columns)}) END"


def _joined(number: int) -> str:
    """The pairs that share this key and none before it."""
    new = "".join(f" AND (l.key{before} = r.key{before}) IS NOT TRUE" for before in range(number))
    return (
        f"SELECT l.id AS join_key_l, r.id AS join_key_r, '{number}' AS match_key "
        f"FROM keys AS l JOIN keys AS r ON l.key{number} = r.key{number} AND l.id < r.id{new}"
    )
