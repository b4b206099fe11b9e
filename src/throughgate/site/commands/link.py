"""Find the same people in several lists, and count them.

    throughgate link LIST [LIST ...] --out clusters.csv

Each LIST is a table of people as somebody keeps it: CSV, XLSX, ODS or Parquet, in Cyrillic or Latin letters.
Columns are known by their headings, or by what is in them. A row is compared by name, birth, place and detention, as
far as its list tells them. The output has one row for each row of the lists; those with the same cluster_id are one
person. A list is compared with itself, too. Nothing is sent anywhere, and no installation is needed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from throughgate.core import linkage
from throughgate.core.linkage.columns import of_profile, unmet
from throughgate.core.linkage.files import check_outputs
from throughgate.site import progress
from throughgate.site.trouble import Trouble

STEPS = (
    "Reading", "Names", "Pairs", "Comparing", "Learning", "Scoring", "Checking against chance", "People", "Writing",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST", help="CSV, XLSX, ODS or Parquet")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write who is who (CSV)")
    parser.add_argument(
        "--threshold", type=probability, default=linkage.THRESHOLD, metavar="P",
        help="how sure a link must be, from 0 to 1 (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--review", type=Path, metavar="FILE", help="write doubtful pairs there, with reasons (CSV)")
    parser.add_argument("--labels", type=Path, metavar="FILE", help="learn from what --review wrote, with verdicts")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a page about what was found there (HTML)")
    parser.add_argument(
        "--engine", choices=("duckdb", "spark"), default="duckdb", help="what compares the pairs (%(default)s)"
    )
    parser.add_argument("--profile", type=Path, metavar="FILE", help="which heading means what (TOML)")


def probability(text: str) -> float:
    found = float(text)
    if not 0 < found < 1:
        raise argparse.ArgumentTypeError("a threshold lies between 0 and 1")
    return found


def run(options: argparse.Namespace) -> int:
    try:
        check_files(options)
        profile = of_profile(options.profile) if options.profile else {}
        with linkage.engine() as connection:
            linked = linkage.link(
                connection, options.lists, today=timezone.localdate(), threshold=options.threshold, profile=profile,
                labels=options.labels, on_spark=options.engine == "spark", tell=tell,
            )  # fmt: skip
            tell("Writing")
            linkage.write(connection, linked, options.out)
            if options.review:
                linkage.review(connection, linked, options.review)
            if options.report:
                linkage.write_report(connection, linked, options.report)
    except linkage.LinkageError as error:
        raise Trouble(str(error)) from error
    finally:
        progress.wipe()
    for heading in unmet(profile, [each.columns for each in linked.lists]):
        print(f"{options.profile}: no list has a column “{heading}”.", file=sys.stderr)
    show(linked)
    return 0


def check_files(options: argparse.Namespace) -> None:
    read = [path for path in (*options.lists, options.profile, options.labels) if path]
    written = [path for path in (options.out, options.review, options.report) if path]
    check_outputs(written, read)
    if options.labels and not options.labels.is_file():
        raise Trouble(f"{options.labels} is no file of reviewed pairs: there is no such file.")


def tell(step: str) -> None:
    progress.show(STEPS.index(step) if step in STEPS else len(STEPS), len(STEPS), step)


def show(linked: linkage.Linked) -> None:
    for each in linked.lists:
        columns = ", ".join(f"{heading} = {field}" for field, heading in each.columns.items())
        print(f"{each.source}: {each.rows:,} records; {columns}")
    people = linked.people
    print(f"Records: {linked.records:,}")
    print(f"Clusters: {linked.clusters.count:,}")
    print(f"People: about {people.estimate:,.0f}, between {people.low:,.0f} and {people.high:,.0f} (95 %)")
