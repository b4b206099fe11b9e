"""The settings for Splink say what the statements of our own do: here Splink runs them on the same engine."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from throughgate.core.linkage import settings, spark
from throughgate.core.linkage.errors import MissingSpark
from throughgate.core.linkage.model import Comparison

from .mistaken_lists import learn_from, write_lists


def _linker(connection: DuckDBPyConnection, comparisons: Sequence[Comparison], u: settings.Shares) -> Linker:
    settings.make_keyed(connection)
    records = DuckDBAPI(connection=connection).register("keyed")
    return Linker(records, settings.of_splink(comparisons, u), log_level="ERROR")


def test_splink_finds_the_same_pairs_at_the_same_levels_and_learns_the_same(
    connection: DuckDBPyConnection, tmp_path: Path
) -> None:
    comparisons, own = learn_from(connection, write_lists(tmp_path))
    linker = _linker(connection, comparisons, own.u)
    learnt = settings.learn(connection, linker, comparisons)
    predicted = linker.inference.predict(warning_mode="never").physical_name

    columns = f"SELECT id_l, id_r, {settings.levels(comparisons)} FROM {predicted} ORDER BY ALL"
    compared = connection.execute("FROM compared ORDER BY ALL").fetchall()
    assert connection.execute(columns).fetchall() == compared
    assert learnt.keys() == own.m.keys()
    for name, shares in learnt.items():
        assert shares == pytest.approx(own.m[name], abs=0.02), name


def test_lists_that_tell_no_birthdays_are_learnt_from_too(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name\nУзораў Адам\nУзоров Адам\nПрыкладаў Ян\n", encoding="utf-8")
    comparisons, own = learn_from(connection, [path])
    m = settings.learn(connection, _linker(connection, comparisons, own.u), comparisons)
    assert m["surname"][0] > m["surname"][-1]
    assert m["given"][0] > m["given"][-1]


def test_spark_that_is_missing_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingSpark, match=r'Java 17 .* pip install "throughgate\[linkage,spark\]"'):
        spark.check()


def test_java_that_is_missing_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pyspark = ModuleType("pyspark")
    pyspark.__spec__ = ModuleSpec("pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark", pyspark)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingSpark, match="Java 17"):
        spark.check()
