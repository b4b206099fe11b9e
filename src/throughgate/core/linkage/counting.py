"""How many people the records are.

Every pair counts as its probability, and so do those never looked at. Clusters tell how many pairs it takes to make one
record the repetition of another: a person with three records is three pairs, but two repetitions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from throughgate.core.linkage.clusters import Clusters
from throughgate.core.linkage.comparing import names
from throughgate.core.linkage.model import Comparison

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

WIDE = 1.96
# By which share of itself each may be off as a whole: what is in doubt, and what was never looked at.
DOUBT_UNSURE, UNSEEN_UNSURE = 0.15, 0.3


@dataclass(frozen=True, slots=True)
class People:
    """How many people the records are, with an interval that should hold the truth 95 times of a hundred."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs that are one person: expected among those `seen`, and `unseen`, each with the variance of that number."""

    seen: float
    variance: float
    unseen: float = 0.0
    unseen_variance: float = 0.0


def count_people(clusters: Clusters, evidence: Evidence) -> People:
    """Records less the repetitions to be expected.

    The interval joins what chance does to uncertain pairs, and how far probabilities and the number of pairs never
    looked at may be off as a whole.
    """
    records = len(clusters.of)
    inside = sum(size * (size - 1) // 2 for size in Counter(clusters.of).values())
    repeated_each = (records - clusters.count) / inside if inside else 1.0
    estimate = records - repeated_each * (evidence.seen + evidence.unseen)
    off = (DOUBT_UNSURE * evidence.variance) ** 2 + (UNSEEN_UNSURE * evidence.unseen) ** 2
    half = WIDE * repeated_each * sqrt(evidence.variance + evidence.unseen_variance + off)
    low, number, high = (min(max(1.0, each), records) for each in (estimate - half, estimate, estimate + half))
    return People(number, low, high)


def weigh_evidence(connection: "Connection", comparisons: Sequence[Comparison]) -> Evidence:
    """From `scored` and `records`. Where lists do not tell names and births, the unseen are unknown.

    Pairs of one birthday are found whatever their names: they tell how often the names of one person agree in two
    lists. Others are found by agreeing names, so that there are as many more as names disagree (the reasoning of
    Lincoln and Petersen).
    """
    seen, variance = connection.execute(
        "SELECT coalesce(sum(probability), 0), coalesce(sum(probability * (1 - probability)), 0) FROM scored"
    ).fetchall()[0]
    known = {"born", "surname", "given"} <= names(comparisons)
    return Evidence(seen, variance, *(connection.execute(UNSEEN).fetchall()[0] if known else ()))


UNSEEN = """
    WITH found AS (
        SELECT probability, born = 0 AS dated, surname <= 1 AND scored.given = 0 AS named,
            least(one.list, other.list) AS first, greatest(one.list, other.list) AS second
        FROM scored JOIN records AS one ON one.id = l JOIN records AS other ON other.id = r
    ), lists AS (
        SELECT sum(probability) FILTER (dated) AS dated, sum(probability) FILTER (dated AND named) AS dated_named,
            sum(probability) FILTER (NOT dated) AS others, sum(probability) FILTER (NOT dated AND named) AS others_named
        FROM found GROUP BY first, second
    ), estimated AS (
        SELECT others, dated, dated_named / dated AS agree, others_named / agree AS whole
        FROM lists WHERE dated_named > 0 AND others_named > 0
    )
    SELECT coalesce(sum(greatest(0, whole - others)), 0),
        coalesce(sum((whole + whole * whole / dated) * (1 - agree) / agree), 0)
    FROM estimated
"""
