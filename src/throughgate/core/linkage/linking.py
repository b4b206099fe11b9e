# ruff: noqa: S608 (names of columns and tables are our own)
"""Lists in, people out: the steps of `throughgate link`, one after the other."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from throughgate.core.linkage import arrow, blocking, chance, clusters, comparing, counting, scoring, training
from throughgate.core.linkage.clusters import Clusters, Pair
from throughgate.core.linkage.counting import People
from throughgate.core.linkage.errors import MissingEngine
from throughgate.core.linkage.files import table, whole
from throughgate.core.linkage.labels import learn
from throughgate.core.linkage.reading import ReadList, read_lists
from throughgate.core.linkage.records import make_records
from throughgate.core.linkage.reviewing import HEADINGS, doubtful, read_labels

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

THRESHOLD = 0.4
MEMORY = "2500MB"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of it. The tables `raw`, `records`, `compared` and `scored` stay in the connection."""

    lists: Sequence[ReadList]
    records: int
    pairs: int
    clusters: Clusters
    people: People
    threshold: float
    model: training.Model


def silent(step: str) -> None:
    """For callers that do not want to be told."""


def engine() -> "Connection":
    """An engine in memory that may spill to the disk. Raises MissingEngine."""
    try:
        import duckdb  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise MissingEngine from error
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    return connection


def link(
    connection: "Connection",
    paths: Sequence[Path],
    *,
    today: datetime.date,
    profile: Mapping[str, str] | None = None,
    threshold: float = THRESHOLD,
    labels: Path | None = None,
    tell: Tell | None = None,
) -> Linked:
    """The people of these lists. Raises LinkageError, whose text is one sentence."""
    tell = tell or silent
    tell("Reading")
    lists = read_lists(connection, paths, profile=profile or {}, this_year=today.year)
    records = sum(each.rows for each in lists)
    tell("Names")
    make_records(connection, today=today)
    tell("Pairs")
    pairs = blocking.make_pairs(connection)
    tell("Comparing")
    comparisons = comparing.told(connection)
    comparing.compare(connection, comparisons)
    comparing.compare_at_random(connection, comparisons, records)
    tell("Learning")
    model = training.train(connection, comparisons)
    tell("Scoring")
    odds = scoring.score(connection, comparisons, model, records)
    chance.calibrate(connection, comparisons, model, odds, records)
    decided = read_labels(connection, labels, lists) if labels else []
    learn(connection, decided)
    tell("People")
    found = _scored(connection)
    born, number = _facts(connection)
    apart = {(each.left, each.right) for each in decided if not each.same}
    grouped = clusters.cluster(found, number, born, threshold=threshold, apart=apart)
    people = counting.count_people(grouped, counting.weigh_evidence(connection, born="born" in model.m))
    return Linked(lists, records, pairs, grouped, people, threshold, model)


def _scored(connection: "Connection") -> list[Pair]:
    rows = connection.execute(
        f"SELECT l, r, probability FROM scored WHERE probability >= {clusters.LEAST} ORDER BY probability DESC, l, r"
    ).fetchall()
    return [Pair(*row) for row in rows]


def _facts(connection: "Connection") -> tuple[list[clusters.Date | None], list[int]]:
    rows = connection.execute("SELECT list, year, month, day FROM records ORDER BY id").fetchall()
    born = [(year, month, day) if day and month and (month, day) != (1, 1) else None for _, year, month, day in rows]
    return born, [row[0] for row in rows]


def write(connection: "Connection", linked: Linked, out: Path) -> None:
    """One row for each row of the lists: source, row, record_id, cluster_id, probability."""
    assigned = {"id": ("int", range(linked.records)), "cluster": ("int", linked.clusters.of)}
    sources = {"list": ("int", range(len(linked.lists))), "source": ("", [each.source for each in linked.lists])}
    connection.register("assigned", arrow.table(assigned))
    connection.register("sources", arrow.table(sources))
    whole(out, lambda beside: _copy(connection, beside))


def _copy(connection: "Connection", path: Path) -> None:
    quoted = str(path).replace("'", "''")
    path.touch()  # what the disk refuses, it refuses here with a plain reason
    connection.execute(f"COPY ({WRITTEN}) TO '{quoted}' (HEADER, DELIMITER ',')")


def review(connection: "Connection", linked: Linked, out: Path) -> None:
    """The doubtful pairs, to be decided by people."""
    table(out, HEADINGS, doubtful(connection, linked.lists))


WRITTEN = """
    WITH links AS (
        SELECT l AS id, r AS met, probability FROM scored UNION ALL SELECT r, l, probability FROM scored
    ), best AS (
        SELECT links.id, max(probability) FILTER (mine.cluster = theirs.cluster) AS inside, max(probability) AS anywhere
        FROM links JOIN assigned AS mine ON mine.id = links.id JOIN assigned AS theirs ON theirs.id = links.met
        GROUP BY links.id
    )
    SELECT source, row, coalesce(list_id, '') AS record_id, cluster + 1 AS cluster_id,
        round(CASE WHEN inside IS NOT NULL THEN inside ELSE 1 - coalesce(anywhere, 0) END, 4) AS probability
    FROM records JOIN assigned USING (id) JOIN sources USING (list) LEFT JOIN best USING (id)
    ORDER BY records.id
"""
