"""Other linkers on the same lists, whose columns they are told beforehand (parsed.py).

python bench/linkage/peers.py splink build/bench/linkage/10000-1 --out build/bench/linkage/10000-1/splink
python bench/linkage/peers.py splink ... --names anyascii

Names are taken as given, as the package anyascii writes them, or `known`: the true ones in one spelling, the most that
anything done about names could give to the same model.

Writes clusters-0.5.csv and so on, one file a threshold, and prints what it took from parsed columns to the clusters of
the first one: seconds by the wall and seconds of processor.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import parsed
import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as level
from splink import comparison_library as compare

THRESHOLDS = (0.5, 0.01, 0.1, 0.3, 0.8, 0.9, 0.95, 0.99)
"""Time is taken for the first one."""
NAMES = ("surname", "given", "patronymic", "place")
BLOCKS = (("surname", "given"), ("surname", "year"), ("born",), ("detained", "year"), ("detained", "given"))
"""Pairs that agree in all columns of one of these are compared."""

Pair = tuple[str, str, float]  # two records, and how likely they are one person


class Missing(RuntimeError):
    """A package that a peer needs is not installed."""


class Clock:
    """Runs from its making to the first `stop`."""

    def __init__(self) -> None:
        self._begin = self._now()
        self.took: tuple[float, ...] = ()

    def stop(self) -> None:
        self.took = self.took or tuple(now - begin for now, begin in zip(self._now(), self._begin, strict=True))

    @staticmethod
    def _now() -> tuple[float, float]:
        """By the wall and of the processor, all threads together."""
        return time.monotonic(), time.process_time()


def splink(folder: Path, out: Path, names: str) -> Clock:
    """Splink as its documentation shows it, on one kind of names."""
    database = _records(folder, names)
    clock = Clock()
    linker = Linker(DuckDBAPI(database).register("records"), _splink_settings(), log_level="ERROR")
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("surname", "given", "born")], recall=0.5)
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    train.estimate_parameters_using_expectation_maximisation(block_on("born"))
    train.estimate_parameters_using_expectation_maximisation(block_on("surname", "given"))
    predictions = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold)
        clock.stop()
        _write(database, clusters.physical_name, out, threshold)
    return clock


def _splink_settings() -> SettingsCreator:
    birth: list[Any] = [
        level.NullLevel("year"),
        level.ExactMatchLevel("born"),
        level.DamerauLevenshteinLevel("born", 1),
        level.CustomLevel("year_l = year_r AND (born_l IS NULL OR born_r IS NULL)", "same year, day unknown"),
        level.ExactMatchLevel("year"),
        level.ElseLevel(),
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        comparisons=[
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.NameComparison("given").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("patronymic", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            compare.CustomComparison(birth, output_column_name="birth"),
            compare.JaroWinklerAtThresholds("place", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            compare.AbsoluteDateDifferenceAtThresholds(
                "detained", input_is_string=True, metrics=["day", "day"], thresholds=[2, 31]
            ),
        ],
        retain_matching_columns=False,
    )


def recordlinkage(folder: Path, out: Path, names: str) -> Clock:
    """recordlinkage with its unsupervised classifier (ECM) over Jaro-Winkler and exact comparisons.

    The year of birth is not compared: it agrees in all but a few pairs that share a block, and ECM divides by zero.
    """
    library = _imported("recordlinkage")
    database = _records(folder, names)
    records = database.execute("SELECT * FROM records").fetch_df().set_index("unique_id")
    clock = Clock()
    index = library.Index()
    for columns in BLOCKS:
        index.block(list(columns))
    pairs = index.index(records)
    comparing = library.Compare()
    for column in NAMES:
        comparing.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("born", "detained"):
        comparing.exact(column, column, label=column)
    classifier = library.ECMClassifier(binarize=0.5)
    features = comparing.compute(pairs, records)
    classifier.fit_predict(features)
    chances = classifier.prob(features)
    scored = [(first, second, float(chance)) for (first, second), chance in chances.items()]
    _close(database, scored, out, clock)
    return clock


def nomenklatura(folder: Path, out: Path, names: str) -> Clock:
    """nomenklatura's logic-v2 over FollowTheMoney persons, on pairs of the same blocks.

    It reads scripts itself, so the blocks are those of names by anyascii whatever it is given to compare.
    """
    matching = _imported("nomenklatura.matching")
    entities = _imported("followthemoney")
    algorithm = matching.get_algorithm("logic-v2")
    config = algorithm.default_config()
    database = _records(folder, names)
    pairs = _records(folder, "anyascii").execute(_blocks()).fetchall()
    clock = Clock()
    people = {}
    rows = database.execute("SELECT unique_id, surname, given, patronymic, born, year, place FROM records").fetchall()
    for key, surname, given, patronymic, born, year, place in rows:
        said = {
            "name": " ".join(word for word in (given, patronymic, surname) if word),
            "firstName": given, "lastName": surname, "fatherName": patronymic,
            "birthDate": born or year, "birthPlace": place,
        }  # fmt: skip
        properties = {name: [value] for name, value in said.items() if value}
        people[key] = entities.model.get_proxy({"id": key, "schema": "Person", "properties": properties})
    scored = [(a, b, algorithm.compare(people[a], people[b], config).score) for a, b in pairs]
    _close(database, scored, out, clock)
    return clock


def _blocks() -> str:
    return " UNION ".join(
        f"SELECT a.unique_id, b.unique_id FROM records a JOIN records b USING ({', '.join(columns)})"  # noqa: S608
        " WHERE a.unique_id < b.unique_id"
        for columns in BLOCKS
    )


def _records(folder: Path, names: str) -> duckdb.DuckDBPyConnection:
    """The table `records` of the parsed columns, NULL for what a list does not say."""
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE records AS SELECT source || '/' || row AS unique_id, * REPLACE (row::BIGINT AS row)"
        " FROM read_csv(?, all_varchar = true, nullstr = '')",
        [str(parsed.prepare(folder))],
    )
    if names == "anyascii":
        spelt: Callable[[str], str] = _imported("anyascii").anyascii
        for name in NAMES:
            _respell(database, name, spelt)
    elif names == "known":
        for name in ("truth", "people"):
            database.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder / name}.csv')")  # a folder of ours
        database.execute(_KNOWN)
    return database


def _respell(database: duckdb.DuckDBPyConnection, name: str, spelt: Callable[[str], str]) -> None:
    rows = database.execute(f"SELECT DISTINCT {name} FROM records WHERE {name} IS NOT NULL").fetchall()  # noqa: S608
    words = [word for (word,) in rows]
    database.register("spellings", pyarrow.table({"word": words, "spelt": [spelt(word).lower() for word in words]}))
    database.execute(f"UPDATE records SET {name} = spelt FROM spellings WHERE word = {name}")  # noqa: S608
    database.unregister("spellings")


_KNOWN = """
    UPDATE records SET
        surname = p.surname_ru, given = p.given_ru,
        patronymic = CASE WHEN records.patronymic IS NOT NULL THEN p.father_be END
    FROM truth t JOIN people p USING (person) WHERE t.source = records.source AND t.row = records.row
"""


def _close(database: duckdb.DuckDBPyConnection, scored: Sequence[Pair], out: Path, clock: Clock) -> None:
    """Clusters of pairs at each threshold: whoever is joined by a chain."""
    everybody = [key for (key,) in database.execute("SELECT unique_id FROM records").fetchall()]
    for threshold in THRESHOLDS:
        head = {key: key for key in everybody}
        for first, second, score in scored:
            if score >= threshold:
                head[_head(head, first)] = _head(head, second)
        heads = [_head(head, key) for key in everybody]
        clock.stop()
        database.register("joined", pyarrow.table({"unique_id": everybody, "cluster_id": heads}))
        _write(database, "joined", out, threshold)


def _head(head: dict[str, str], key: str) -> str:
    while head[key] != key:
        head[key] = head[head[key]]
        key = head[key]
    return key


def _write(database: duckdb.DuckDBPyConnection, table: str, out: Path, threshold: float) -> None:
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"clusters-{threshold}.csv"
    columns = "split_part(unique_id, '/', 1) AS source, split_part(unique_id, '/', 2) AS row, cluster_id"
    database.execute(f"COPY (SELECT {columns} FROM {table}) TO '{target}' (HEADER)")  # noqa: S608 (names of ours)


def _imported(name: str) -> Any:
    """A module that may be missing. Raises Missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Missing(f"{name.partition('.')[0]} is not installed") from error


PEERS = {"splink": splink, "recordlinkage": recordlinkage, "nomenklatura": nomenklatura}


def main() -> None:
    options = _options()
    try:
        seconds, processor = PEERS[options.peer](options.lists, options.out, options.names).took
    except Missing as missing:
        sys.exit(f"{missing}.")
    print(json.dumps({"seconds": round(seconds, 2), "processor": round(processor, 2)}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("peer", choices=list(PEERS))
    parser.add_argument("lists", type=Path, help="a folder that make.py wrote")
    parser.add_argument("--names", choices=["given", "anyascii", "known"], default="given")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
