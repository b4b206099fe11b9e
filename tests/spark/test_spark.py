"""Lists linked on Spark, on two cores of this machine, and by DuckDB. `make spark` installs what it takes."""

from pathlib import Path

import pytest

from tests.unit.core.linkage.mistaken_lists import TODAY, write_lists
from throughgate.core import linkage
from throughgate.core.linkage import spark

pytest.importorskip("pyspark")


def test_spark_finds_the_people_that_duckdb_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(spark.ALONE, "spark.master", "local[2]")
    lists = write_lists(tmp_path)
    connection, other = linkage.engine(), linkage.engine()
    linked = linkage.link(connection, lists, today=TODAY, on_spark=True)
    expected = linkage.link(other, lists, today=TODAY)

    levels = "FROM compared ORDER BY l, r"
    assert connection.execute(levels).fetchall() == other.execute(levels).fetchall()
    assert linked.clusters.of == expected.clusters.of
    assert linked.people.estimate == pytest.approx(expected.people.estimate, rel=0.005)
    scored = "SELECT probability FROM scored ORDER BY l, r"
    mine, theirs = (each.execute(scored).fetchall() for each in (connection, other))
    off = [abs(one - another) for (one,), (another,) in zip(mine, theirs, strict=True)]
    assert sum(off) / len(off) < 0.02
