"""How well clusters match the truth: pairwise and B-cubed precision, recall and F1, and the error of the count.

python bench/linkage/evaluate.py clusters.csv build/bench/linkage/10000-1/truth.csv

Both files have `source` and `row`; clusters.csv has `cluster_id`, truth.csv `person`. Nothing is listed pair by pair:
with n rows that share cluster and person, n(n-1)/2 pairs are right, so a million rows take a second.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb


class Incomplete(ValueError):
    """A row of the truth is in no cluster, in two, or a cluster holds a row that is not in the truth."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares from 0 to 1, but for numbers of rows, people and clusters."""

    rows: int
    people: int
    clusters: int
    precision: float
    recall: float
    f1: float
    cubed_precision: float
    cubed_recall: float
    cubed_f1: float

    @property
    def count_error(self) -> float:
        """Of the number of clusters taken as the number of people: 0.01 is one in a hundred too many."""
        return self.clusters / self.people - 1


@dataclass(frozen=True, slots=True)
class Between:
    """Pairs of rows of two lists, or of one: in truth, as said, and both."""

    first: str
    second: str
    true: int
    said: int
    right: int


def evaluate(clusters: Path, truth: Path) -> Quality:
    """Raises Incomplete."""
    with duckdb.connect() as database:
        _joined(database, clusters, truth)
        return _quality(database)


def between(clusters: Path, truth: Path) -> list[Between]:
    """The same by pairs of lists. Raises Incomplete."""
    with duckdb.connect() as database:
        _joined(database, clusters, truth)
        true, said, right = (_by_lists(database, by) for by in ("person", "cluster", "cluster, person"))
    return [
        Between(*lists, true.get(lists, 0), said.get(lists, 0), right.get(lists, 0)) for lists in sorted(true | said)
    ]


def _joined(database: duckdb.DuckDBPyConnection, clusters: Path, truth: Path) -> None:
    """Makes the table `both`: source, cluster, person, a line a row."""
    database.execute(
        "CREATE TABLE said AS SELECT parse_filename(source) AS source, row::BIGINT AS row, cluster_id AS cluster"
        " FROM read_csv(?, header = true, all_varchar = true)",
        [str(clusters)],
    )
    database.execute(
        "CREATE TABLE told AS SELECT source, row::BIGINT AS row, person::BIGINT AS person"
        " FROM read_csv(?, header = true, all_varchar = true)",
        [str(truth)],
    )
    database.execute("CREATE TABLE paired AS SELECT source, cluster, person FROM said JOIN told USING (source, row)")
    said, told, both = (_number(database, f"SELECT count(*) FROM {table}") for table in ("said", "told", "paired"))  # noqa: S608
    if not said == told == both:
        raise Incomplete(f"{told} rows in the truth, {said} in the clusters, {both} in both")


def _quality(database: duckdb.DuckDBPyConnection) -> Quality:
    rows, people, clusters = _first(
        database, "SELECT count(*), count(DISTINCT person), count(DISTINCT cluster) FROM paired"
    )
    right, cubed_precision, cubed_recall = _first(database, _CELLS)
    said = _pairs(database, "cluster")
    true = _pairs(database, "person")
    precision, recall = _share(right, said), _share(right, true)
    return Quality(
        rows=int(rows), people=int(people), clusters=int(clusters),
        precision=precision, recall=recall, f1=_harmonic(precision, recall),
        cubed_precision=cubed_precision, cubed_recall=cubed_recall, cubed_f1=_harmonic(cubed_precision, cubed_recall),
    )  # fmt: skip


_CELLS = """
    WITH cells AS (SELECT cluster, person, count(*) AS n FROM paired GROUP BY ALL),
    sized AS (
        SELECT n, sum(n) OVER (PARTITION BY cluster) AS in_cluster, sum(n) OVER (PARTITION BY person) AS of_person
        FROM cells
    )
    SELECT sum(n * (n - 1)) / 2, sum(n * n / in_cluster) / sum(n), sum(n * n / of_person) / sum(n) FROM sized
"""


def _pairs(database: duckdb.DuckDBPyConnection, column: str) -> int:
    counted = f"SELECT count(*) AS n FROM paired GROUP BY {column}"  # noqa: S608 (one of our two columns)
    return _number(database, f"SELECT sum(n * (n - 1)) // 2 FROM ({counted})")  # noqa: S608


def _by_lists(database: duckdb.DuckDBPyConnection, columns: str) -> dict[tuple[str, str], int]:
    """Pairs of rows that share *columns*, by the two lists they stand in."""
    counted = f"(SELECT source, {columns}, count(*) AS n FROM paired GROUP BY ALL)"  # noqa: S608
    rows = database.execute(
        f"SELECT a.source, b.source, sum(CASE WHEN a.source = b.source THEN a.n * (a.n - 1) // 2 ELSE a.n * b.n END)"  # noqa: S608
        f" FROM {counted} a JOIN {counted} b USING ({columns}) WHERE a.source <= b.source GROUP BY ALL"
    ).fetchall()
    return {(first, second): int(pairs) for first, second, pairs in rows}


def _number(database: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(_first(database, query)[0] or 0)


def _first(database: duckdb.DuckDBPyConnection, query: str) -> tuple[float, ...]:
    row = database.execute(query).fetchone()
    assert row is not None
    return row


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    options = _options()
    found = evaluate(options.clusters, options.truth)
    if options.json:
        print(json.dumps(asdict(found) | {"count_error": found.count_error}))
        return
    print(f"{found.rows:,} rows, {found.people:,} people, {found.clusters:,} clusters ({found.count_error:+.2%})")
    print(f"pairs    precision {found.precision:.4f}  recall {found.recall:.4f}  F1 {found.f1:.4f}")
    print(f"B-cubed  precision {found.cubed_precision:.4f}  recall {found.cubed_recall:.4f}  F1 {found.cubed_f1:.4f}")
    for pair in between(options.clusters, options.truth):
        precision, recall = _share(pair.right, pair.said), _share(pair.right, pair.true)
        print(f"{pair.first:>16} {pair.second:16} precision {precision:.4f}  recall {recall:.4f}  of {pair.true:,}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clusters", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--json", action="store_true", help="one line for a machine")
    return parser.parse_args()


if __name__ == "__main__":
    main()
