# ruff: noqa: S608 (names of columns and tables are our own)
"""Pairs, comparison and learning on Apache Spark, by Splink: for lists whose pairs are too many for one machine.

Records go there and levels come back as Parquet files, in a folder that is removed. Spark is used as its own
environment configures it (`PYSPARK_SUBMIT_ARGS`, `SPARK_CONF_DIR`); where nothing does, it runs inside this machine, on
all its cores, and listens on the loopback address only.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from throughgate.core.linkage import settings
from throughgate.core.linkage.errors import MissingSpark
from throughgate.core.linkage.model import Comparison
from throughgate.core.linkage.training import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

CONFIGURES = ("PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR")
ALONE = {
    "spark.master": "local[*]",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "16",
}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


def check() -> None:
    """Raises MissingSpark where PySpark or Java is not to be found."""
    if find_spec("pyspark") is None or not (os.environ.get("JAVA_HOME") or which("java")):
        raise MissingSpark


def compare_and_learn(connection: "Connection", comparisons: Sequence[Comparison], u: settings.Shares) -> Model:
    """Fills `compared` from `records`. `u`: how often strangers reach each level. Raises MissingSpark."""
    with TemporaryDirectory() as folder, _spark(uri := Path(folder).as_uri()) as spark:
        settings.make_keyed(connection)
        connection.execute(f"COPY keyed TO '{_quoted(folder)}/records.parquet' (FORMAT parquet)")
        linker = _linker(spark, f"{uri}/records.parquet", settings.of_splink(comparisons, u))
        learnt = settings.learn(connection, linker, comparisons)
        connection.execute("DROP TABLE keyed")
        predicted = linker.inference.predict(warning_mode="never").as_spark_dataframe()
        gammas = [f"gamma_{name}" for name in u]
        predicted.select("id_l", "id_r", *gammas).write.parquet(f"{uri}/compared")
        connection.execute(f"""
            CREATE OR REPLACE TABLE compared AS SELECT id_l AS l, id_r AS r, {settings.levels(comparisons)}
            FROM read_parquet('{_quoted(folder)}/compared/*.parquet') ORDER BY l, r
        """)
    return Model({**u, **learnt}, u)  # what nothing teaches is worth nothing


@contextmanager
def _spark(uri: str) -> Iterator[Any]:
    from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 (an extra)
    from pyspark.sql import SparkSession  # noqa: PLC0415

    builder = SparkSession.builder.appName("throughgate link")
    for name, value in QUIET.items() if any(map(os.environ.get, CONFIGURES)) else (ALONE | QUIET).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except PySparkRuntimeError as error:  # Java is too old
        raise MissingSpark from error
    spark.sparkContext.setCheckpointDir(f"{uri}/steps")
    try:
        yield spark
    finally:
        spark.stop()


def _linker(spark: Any, path: str, wanted: dict[str, Any]) -> Any:
    from splink import Linker, SparkAPI  # noqa: PLC0415 (an extra)

    api = SparkAPI(spark_session=spark, register_udfs_automatically=False)  # type: ignore[no-untyped-call]
    records = api.register(spark.read.parquet(path))
    return Linker(records, wanted, log_level="ERROR")


def _quoted(folder: str) -> str:
    return folder.replace("'", "''")
