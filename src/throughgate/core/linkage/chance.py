# ruff: noqa: S608 (names of columns and tables are our own)
"""How often strangers look like one person, and so how likely it is that who looks like one person is.

What levels are worth takes names, dates and places as independent of each other, and the number of true pairs is then
what the weights themselves say. *Decoys* check both: invented people, each the family of one record of a list, the
given name and age of another, the birthday of a third. They meet real records by chance only. Where N pairs are found
at a weight and strangers would make E of them, (N - E) / N are one person; weights are stretched and shifted to say so.
"""

from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from throughgate.core.linkage import comparing
from throughgate.core.linkage.blocking import KEYS, LARGEST_BLOCK, known
from throughgate.core.linkage.labels import HOLD_SHIFT, HOLD_STRETCH
from throughgate.core.linkage.model import Comparison
from throughgate.core.linkage.scoring import LEAST, STEPS, rescale, weighed
from throughgate.core.linkage.training import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# What comes from one record, because it goes together: in a family, with age and sex. Birthdays go with nothing.
FAMILY = (
    "strict", "phonetic", "phonetic_letters", "consonant", "other", "father", "father_letters", "father_initial",
    "place", "place_letters", "oblast", "held", "held_month",
)  # fmt: skip
PERSON = (
    "given", "given_too", "given_sound", "given_sound_letters", "given_initial", "given_initial_too", "sex",
    "year", "about", "facility",
)  # fmt: skip
BIRTHDAY = ("month", "day")
DECOYS, ENOUGH_PAIRS, MOST_TIMES = 100_000, 1_000_000, 20
ROUNDS = 50
# Decoys leave out whoever may be the person they borrow from, which depends on what they teach.
TURNS = 2
LONGEST = 0.5  # step of stretch and shift in a round

Bin = tuple[float, float, float]
"""A weight, how many pairs were found at it, and how many strangers would make."""


def calibrate(
    connection: "Connection", comparisons: Sequence[Comparison], model: Model, odds: float, *, records: int, pairs: int
) -> None:
    """Changes `scored` so that as many pairs are strangers as chance makes. `odds`: what `score` returned."""
    # A decoy meets as many records as a record does; no more are needed than make enough pairs.
    decoys = min(DECOYS, ENOUGH_PAIRS * records // max(1, 2 * pairs))
    times, every = min(max(1, decoys // records), MOST_TIMES), -(-records // max(1, decoys))
    connection.execute("CREATE SCHEMA decoyed")
    _make_decoys(connection, times, every, records)
    _meet(connection)
    met = comparing.compared(comparisons, pairs="decoyed.pairs", records="decoyed.records")
    with comparing.streaming(connection):
        connection.execute(f"CREATE TABLE decoyed.weighed AS {weighed(comparisons, model, compared=f'({met})')}")
    stretch, shift = 1.0, 0.0
    for _ in range(TURNS):
        stretch, shift = fit(_bins(connection, odds, every / (2 * times), stretch, shift))
    rescale(connection, stretch, shift)
    connection.execute("DROP SCHEMA decoyed CASCADE")
    connection.execute("DROP TABLE rarity")


def fit(bins: Sequence[Bin]) -> tuple[float, float]:
    """Stretch and shift of weights (log2 of odds) that make the number of strangers found at each the likeliest.

    Strangers at a weight are Poisson with mean N (1 - p); Fisher's scoring. (1, 0) without pairs.
    """
    stretch, shift = 1.0, 0.0
    for _ in range(ROUNDS):
        slope_a, slope_b = -HOLD_STRETCH * (stretch - 1), -HOLD_SHIFT * shift
        aa, ab, bb = HOLD_STRETCH, 0.0, HOLD_SHIFT
        for weight, found, strangers in bins:
            same = 1 / (1 + exp(-min(500.0, max(-500.0, (stretch * weight + shift) * log(2)))))
            off = same * (found * (1 - same) - strangers) * log(2)
            sure = same * same * (1 - same) * found * log(2) ** 2
            slope_a, slope_b = slope_a + off * weight, slope_b + off
            aa, ab, bb = aa + sure * weight * weight, ab + sure * weight, bb + sure
        determinant = aa * bb - ab * ab
        step_a, step_b = (bb * slope_a - ab * slope_b) / determinant, (aa * slope_b - ab * slope_a) / determinant
        shorter = min(1.0, LONGEST / max(abs(step_a), abs(step_b), LONGEST))
        stretch, shift = max(0.1, stretch + shorter * step_a), shift + shorter * step_b
    return stretch, shift


def _make_decoys(connection: "Connection", times: int, every: int, records: int) -> None:
    """Makes `decoyed.decoys`, and `decoyed.records`, which holds the real ones as well.

    Values are dealt out anew among the records of one list that know as much of their birth, so often (`times`), or
    among some of them only (one in `every`).
    """
    seats = ", ".join(
        f"row_number() OVER (PARTITION BY turn ORDER BY list, year IS NULL, month IS NULL, day IS NULL, "
        f"hash(id, turn, {number}), id) AS seat{number}"
        for number in range(3)
    )
    columns = [("family", FAMILY), ("person", PERSON), ("birthday", BIRTHDAY)]
    connection.execute(f"""
        CREATE TABLE decoyed.decoys AS
        WITH dealt AS (
            SELECT records.*, turn, {seats} FROM records, range({times}) AS turns(turn) WHERE id % {every} = 0
        )
        SELECT CAST({records - 1} + row_number() OVER (ORDER BY family.turn, family.seat0) AS INTEGER) AS id,
            family.list,
            {", ".join(f"{table}.{column}" for table, each in columns for column in each)},
            [family.id, person.id, birthday.id] AS lenders
        FROM dealt AS family
        JOIN dealt AS person ON person.turn = family.turn AND person.seat1 = family.seat0
        JOIN dealt AS birthday ON birthday.turn = family.turn AND birthday.seat2 = family.seat0
    """)
    connection.execute("""
        CREATE VIEW decoyed.records AS
        FROM main.records UNION ALL BY NAME SELECT * EXCLUDE lenders FROM decoyed.decoys
    """)


def _meet(connection: "Connection") -> None:
    """Fills `decoyed.pairs` by the same keys as real pairs, and `decoyed.lent`.

    `lent`: by which weight a record met is the person of one who lent.
    """
    met = " UNION ".join(map(_met, KEYS))
    connection.execute(f"""
        CREATE TABLE decoyed.pairs AS SELECT met.* FROM ({met}) AS met
        JOIN decoyed.decoys ON id = join_key_r WHERE NOT list_contains(lenders, join_key_l)
    """)
    connection.execute("""
        CREATE TABLE decoyed.lent AS
        SELECT links.met AS l, lenders.id AS r, max(weight) AS kin
        FROM (SELECT id, unnest(lenders) AS lender FROM decoyed.decoys) AS lenders
        JOIN (SELECT l AS lender, r AS met, weight FROM scored UNION ALL SELECT r, l, weight FROM scored) AS links
        USING (lender)
        SEMI JOIN decoyed.pairs ON join_key_l = links.met AND join_key_r = lenders.id
        GROUP BY ALL
    """)


def _met(key: tuple[str, ...]) -> str:
    """The real records that share a key with a decoy, where they are few enough."""
    return f"""
        SELECT unnest(met) AS join_key_l, own.id AS join_key_r
        FROM (SELECT id, hash({", ".join(key)}) AS key FROM decoyed.decoys WHERE {known(key)}) AS own
        JOIN (
            SELECT hash({", ".join(key)}) AS key, list(id) AS met FROM records WHERE {known(key)}
            GROUP BY key HAVING count(*) < {LARGEST_BLOCK}
        ) USING (key)
    """


def _bins(connection: "Connection", odds: float, share: float, stretch: float, shift: float) -> list[Bin]:
    """`share`: how many pairs of strangers one pair with a decoy stands for."""
    return connection.execute(f"""
        WITH found AS (
            SELECT round(weight * {STEPS}) AS step, count(*) AS pairs FROM scored GROUP BY 1
        ), strangers AS (
            SELECT round((weight + {odds}) * {STEPS}) AS step,
                {share} * sum(coalesce(1 / (1 + pow(2.0, kin * {stretch} + {shift})), 1)) AS pairs
            FROM decoyed.weighed LEFT JOIN decoyed.lent USING (l, r) WHERE weight + {odds} > {LEAST} GROUP BY 1
        )
        SELECT step / {STEPS}, coalesce(found.pairs, 0), coalesce(strangers.pairs, 0)
        FROM found FULL JOIN strangers USING (step) ORDER BY step
    """).fetchall()
