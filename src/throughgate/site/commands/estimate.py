"""Say how many persons nobody listed, from lists that overlap, and how sure that is.

    throughgate estimate histories.csv
    throughgate estimate --from-clusters clusters.csv
    throughgate estimate --batch tables.jsonl --out estimates.jsonl

histories.csv has one column of 0 and 1 for each list and a column `count`, or a row for each person and no `count`.
clusters.csv is what `throughgate link` writes; several of them, or a column `draw`, are several plausible linkages.
A line of tables.jsonl is {"id": ..., "lists": ["A", "B"], "table": [["01", 12], ...]}. Nothing is sent anywhere, and
no installation is needed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from throughgate.core.estimation.errors import EstimationError, MissingEngine
from throughgate.core.linkage.errors import LinkageError
from throughgate.core.linkage.files import check_outputs, written
from throughgate.kit.context import product_version
from throughgate.site import progress
from throughgate.site.trouble import Trouble

try:
    from throughgate.core.estimation.assess import Tell, assess
    from throughgate.core.estimation.batch import answer
    from throughgate.core.estimation.chart import chart
    from throughgate.core.estimation.engine import prepare
    from throughgate.core.estimation.reading import Read, read_clusters, read_file, text_of
    from throughgate.core.estimation.text import text
    from throughgate.core.estimation.words import LANGUAGES, words
except ImportError as error:
    if error.name not in ("numpy", "scipy", "numba"):
        raise
    raise Trouble(str(MissingEngine())) from error

BAR = 20
# What a program that was never installed says of its version.
UNKNOWN = "unknown"


def configure(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("histories", nargs="?", type=Path, metavar="FILE", help="histories or persons (CSV)")
    source.add_argument("--from-clusters", nargs="+", type=Path, metavar="FILE", help="what `throughgate link` wrote")
    source.add_argument("--batch", type=Path, metavar="FILE", help="many tables, one in each line (JSON lines)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where --batch writes its answers (JSON lines)")
    parser.add_argument("--strata", nargs="+", default=[], metavar="COL", help="columns that part the persons")
    parser.add_argument("--lists", type=names, default=[], metavar="A,B,C", help="the lists to use (all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there (JSON)")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw them there (SVG)")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of text and chart (%(default)s)")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="the same seed gives the same bits (0)")


def names(given: str) -> list[str]:
    return [name.strip() for name in given.split(",")]


def seed(given: str) -> int:
    found = int(given)
    if not 0 <= found < 2**63:
        raise argparse.ArgumentTypeError("a seed is a whole number from 0")
    return found


def run(options: argparse.Namespace) -> int:
    if find_spec("numba") is None:
        raise Trouble(str(MissingEngine()))
    try:
        check(options)
        if options.batch:
            return run_batch(options)
        read = reading(options)
        version = product_version() or UNKNOWN
        result = assess(read, seed=options.seed, version=version, settings=settings(options), tell=teller(options.lang))
        outcome = text(result, options.lang)
        if options.json:
            save(options.json, json.dumps(result.as_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        if options.chart:
            save(options.chart, chart(result, options.lang))
    except (EstimationError, LinkageError) as error:
        raise Trouble(str(error)) from error
    finally:
        progress.wipe()
    print(outcome)
    return 0


def check(options: argparse.Namespace) -> None:
    """Says before the work what does not go together."""
    if bool(options.batch) != bool(options.out):
        raise Trouble("--batch and --out go together: one is read, the other written.")
    if options.batch and (options.strata or options.lists or options.json or options.chart):
        raise Trouble("--batch goes with --out and --seed only: its lines name their lists.")
    if options.from_clusters and options.strata:
        raise Trouble("--strata goes with a file of histories or persons: clusters have no other columns.")
    read = [path for path in (options.histories, options.batch, *(options.from_clusters or ())) if path]
    check_outputs([path for path in (options.out, options.json, options.chart) if path], read)


def reading(options: argparse.Namespace) -> Read:
    if options.from_clusters:
        return read_clusters(options.from_clusters, lists=options.lists)
    return read_file(options.histories, lists=options.lists, strata=options.strata)


def settings(options: argparse.Namespace) -> dict[str, str | int | float]:
    """What was asked, for the stamp."""
    asked = {"lists": ",".join(options.lists), "strata": ",".join(options.strata)}
    return {name: value for name, value in asked.items() if value}


def run_batch(options: argparse.Namespace) -> int:
    lines = text_of(options.batch).rstrip().split("\n")  # not at the other line ends that a text in JSON may hold
    bar(0, 1, words(options.lang).say("progress.preparing"))
    prepare()
    with written(options.out) as stream:
        for found in answers(lines, options.seed):
            stream.write(json.dumps(found, allow_nan=False) + "\n")
    return 0


def answers(lines: list[str], seed: int) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        bar(number, len(lines), f"{number} of {len(lines)}")
        start = time.perf_counter()
        found = answer(line, seed=seed)
        if "error" in found and found["id"] is None:
            found["error"] = f"Line {number + 1}: {found['error']}"
        yield {**found, "seconds": round(time.perf_counter() - start, 4)}


def save(path: Path, content: str) -> None:
    with written(path) as stream:
        stream.write(content)


def teller(language: str) -> Tell:
    """Shows how far the work is, in that language."""
    speaker = words(language)

    def tell(done: int, of: int, what: str, name: str) -> None:
        bar(done, of, speaker.say(f"progress.{what}", list=name))

    return tell


def bar(done: int, of: int, what: str) -> None:
    progress.show(BAR * done // of, BAR, what)
