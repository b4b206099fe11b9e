"""Lists linked on Spark, on two cores of this machine, and by DuckDB. `make spark` installs what it takes."""

from pathlib import Path

import pytest

from tests.unit.core.linkage.mistaken_lists import TODAY, write_lists
from throughgate.core import linkage
from throughgate.core.linkage import spark

pytest.importorskip("pyspark")

SCORED = "SELECT (l, r), probability FROM scored"


def test_spark_finds_the_people_that_duckdb_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(spark.ALONE, "spark.master", "local[2]")
    lists = write_lists(tmp_path)
    with linkage.engine() as connection, linkage.engine() as other:
        linked = linkage.link(connection, lists, today=TODAY, on_spark=True)
        expected = linkage.link(other, lists, today=TODAY)
        mine, theirs = (dict(each.execute(SCORED).fetchall()) for each in (connection, other))

    assert linked.pairs == expected.pairs
    assert linked.clusters.of == expected.clusters.of
    assert linked.people.estimate == pytest.approx(expected.people.estimate, rel=0.005)
    off = [abs(mine.get(pair, 0.0) - theirs.get(pair, 0.0)) for pair in mine.keys() | theirs.keys()]
    assert sum(off) / len(off) < 0.02
