# ruff: noqa: S608 (names of columns and tables are our own)
"""Lists in, people out: the steps of `throughgate link`, one after the other."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from throughgate.core.linkage import arrow, blocking, chance, clusters, comparing, counting, scoring, spark, training
from throughgate.core.linkage import labels as labelling
from throughgate.core.linkage.clusters import Clusters
from throughgate.core.linkage.comparing import names
from throughgate.core.linkage.counting import People
from throughgate.core.linkage.errors import LinkageError, MissingEngine
from throughgate.core.linkage.files import table
from throughgate.core.linkage.reading import ReadList, count, read_lists
from throughgate.core.linkage.records import make_records
from throughgate.core.linkage.reviewing import HEADINGS, doubtful, read_labels

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

THRESHOLD = 0.4
MEMORY = "2500MB"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of it. The tables `raw`, `records` and `scored` stay in the connection."""

    lists: Sequence[ReadList]
    records: int
    pairs: int
    clusters: Clusters
    people: People
    threshold: float
    model: training.Model


def silent(step: str) -> None:
    """For callers that do not want to be told."""


@contextmanager
def engine() -> Iterator["Connection"]:
    """An engine in memory. What it spills to the disk is in a folder nobody else can read, and gone afterwards.

    Raises MissingEngine.
    """
    try:
        import duckdb  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise MissingEngine from error
    with TemporaryDirectory() as spilled, duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = '{spilled}'")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        yield connection


def link(
    connection: "Connection",
    paths: Sequence[Path],
    *,
    today: datetime.date,
    profile: Mapping[str, str] | None = None,
    threshold: float = THRESHOLD,
    labels: Path | None = None,
    on_spark: bool = False,
    tell: Tell | None = None,
) -> Linked:
    """The people of these lists; pairs are made, compared and learnt from by DuckDB or on Spark.

    Raises LinkageError, whose text is one sentence.
    """
    tell = tell or silent
    if on_spark:
        spark.check()
    tell("Reading")
    lists = read_lists(connection, paths, profile=profile or {}, this_year=today.year)
    records = sum(each.rows for each in lists)
    if records < 2:
        raise LinkageError("There is only one row in all: linking takes two.")
    tell("Names")
    make_records(connection, today=today)
    comparisons = comparing.told(connection)
    if not {"surname", "given"} & names(comparisons):
        raise LinkageError("In none of these lists can a single name be read. Say with --profile where the names are.")
    decided = read_labels(connection, labels, lists) if labels else []
    labelling.keep(connection, decided)
    tell("Pairs")
    comparing.compare_at_random(connection, comparisons, records)
    if on_spark:
        model = spark.compare_and_learn(connection, comparisons, training.by_chance(connection, comparisons))
        pairs, every = count(connection, "compared"), 1
    else:
        pairs = blocking.make_pairs(connection)
        tell("Comparing")
        every = comparing.compare_some(connection, comparisons, pairs)
        tell("Learning")
        model = training.train(connection, comparisons)
    tell("Scoring")
    odds = scoring.score(connection, comparisons, model, records=records, every=every)
    tell("Checking against chance")
    chance.calibrate(connection, comparisons, model, odds, records=records, pairs=pairs)
    if decided:
        labelling.learn(connection)
    tell("People")
    lists_of, born = _facts(connection)
    apart = {(each.left, each.right) for each in decided if not each.same}
    grouped = clusters.cluster(_links(connection, threshold), lists_of, born, threshold=threshold, apart=apart)
    people = counting.count_people(grouped, counting.weigh_evidence(connection, comparisons))
    return Linked(lists, records, pairs, grouped, people, threshold, model)


def _links(connection: "Connection", threshold: float) -> Iterator[clusters.Pair]:
    """The surest first."""
    found = connection.sql(
        f"SELECT l, r, probability FROM scored WHERE probability >= {threshold} ORDER BY probability DESC, l, r"
    ).to_arrow_table()
    return zip(*(column.to_pylist() for column in found.columns), strict=True)


def _facts(connection: "Connection") -> tuple[list[int], list[clusters.Date | None]]:
    """For each record its list, and its full date of birth if it has one."""
    found = connection.sql("SELECT list, year, month, day FROM records ORDER BY id").to_arrow_table()
    lists, *born = (column.to_pylist() for column in found.columns)
    return lists, [(year, month, day) if day else None for year, month, day in zip(*born, strict=True)]


def write(connection: "Connection", linked: Linked, out: Path) -> None:
    """One row for each row of the lists, under `WRITTEN`."""
    assigned = {"id": ("int", range(linked.records)), "cluster": ("int", linked.clusters.of)}
    sources = {"list": ("int", range(len(linked.lists))), "source": ("", [each.source for each in linked.lists])}
    connection.register("assigned", arrow.table(assigned))
    connection.register("sources", arrow.table(sources))
    written = connection.execute(ASSIGNED)
    table(out, WRITTEN, chain.from_iterable(iter(lambda: written.fetchmany(BATCH), [])))


def review(connection: "Connection", linked: Linked, out: Path) -> None:
    """The doubtful pairs, to be decided by people."""
    table(out, HEADINGS, doubtful(connection, linked.lists))


WRITTEN = ("source", "row", "record_id", "cluster_id", "probability")
BATCH = 10_000
ASSIGNED = """
    WITH links AS (
        SELECT l AS id, r AS met, probability FROM scored UNION ALL SELECT r, l, probability FROM scored
    ), best AS (
        SELECT links.id, max(probability) FILTER (mine.cluster = theirs.cluster) AS inside, max(probability) AS anywhere
        FROM links JOIN assigned AS mine ON mine.id = links.id JOIN assigned AS theirs ON theirs.id = links.met
        GROUP BY links.id
    )
    SELECT source, CAST(row AS VARCHAR), coalesce(list_id, ''), CAST(cluster + 1 AS VARCHAR),
        CAST(round(CASE WHEN inside IS NOT NULL THEN inside ELSE 1 - coalesce(anywhere, 0) END, 4) AS VARCHAR)
    FROM records JOIN assigned USING (id) JOIN sources USING (list) LEFT JOIN best USING (id)
    ORDER BY records.id
"""
