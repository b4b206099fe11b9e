"""Make a table of persons that can be published: nobody can tell from it who talked.

    throughgate protect persons.csv --by date,facility:region,sex --ledger releases.ledger --key releases.key
                        --name "Report of spring" --out table.csv

The file has one row a person: an identifier, the dimensions, and the organisations that told of the person, joined by
semicolons. With --cells it has one row a cell, whose column of persons holds identifiers joined by semicolons.
A dimension is a column; with colons, fine to coarse, a column and those it may be coarsened to. Dates are counted by
month, quarter or year, as fine as can be shown.

Fewer than ten persons, or one organisation alone, are never shown. Each release is entered in the ledger, and checked
against all those before: whatever a reader of all of them could compute is withheld, or the table is refused.
The first time, add --new-ledger and --new-key. Keep both files as secret as the list. Read docs/disclosure.md first.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from throughgate.core.disclosure import Columns, DisclosureError, Protected, Rules, ledger, protect, read, table
from throughgate.core.disclosure.report import report
from throughgate.core.disclosure.words import LANGUAGES, words
from throughgate.core.linkage import LinkageError
from throughgate.core.linkage.files import check_outputs
from throughgate.core.linkage.files import table as write_table
from throughgate.site import progress
from throughgate.site.trouble import Trouble

STEPS = ("Reading", "Coarsening", "Rounding", "Withholding", "Writing")
KEY_BYTES = 32


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="persons, or cells of persons (CSV)")
    parser.add_argument("--by", required=True, metavar="COL[:COL...],...", help="the dimensions of the table")
    parser.add_argument("--name", required=True, metavar="TEXT", help="what this release is called in the ledger")
    parser.add_argument("--ledger", required=True, type=Path, metavar="FILE", help="all releases so far; one is added")
    parser.add_argument("--key", required=True, type=Path, metavar="FILE", help="the secret key of the ledger")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write the table (CSV)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be shown; write and enter nothing")
    parser.add_argument("--new-ledger", action="store_true", help="nothing was ever released: start the ledger")
    parser.add_argument("--new-key", action="store_true", help="make the key")
    parser.add_argument("--person", default="person", metavar="COL", help="identifies persons (%(default)s)")
    parser.add_argument(
        "--organisations", default="organisations", metavar="COL", help="who told of the person (%(default)s)"
    )
    parser.add_argument("--cells", action="store_true", help="a row is a cell, not a person")
    parser.add_argument(
        "--add-up", action="store_true", help="round up and down so that parts make up their whole, instead of down"
    )
    parser.add_argument("--threshold", type=int, default=10, metavar="N", help="persons in a cell (%(default)s)")
    parser.add_argument(
        "--withhold", type=float, default=0.1, metavar="SHARE",
        help="coarsen until fewer persons are in cells too small to show (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the report (%(default)s)")


def run(options: argparse.Namespace) -> int:
    try:
        rules = Rules(threshold=options.threshold, withheld=options.withhold, add_up=options.add_up)
        check_files(options)
        columns = Columns(
            tuple(filter(None, (each.strip() for each in options.by.split(",")))),
            options.person, options.organisations, options.cells,
        )  # fmt: skip
        tell("Reading")
        persons = read(options.table, columns)
        key = key_of(options)
        if options.new_ledger and not options.dry_run:
            ledger.start(options.ledger, key, rules)
        former = [] if options.new_ledger else ledger.read(options.ledger, key, rules)
        check_name(options.name, [each.name for each in former])
        made = protect(persons, name=options.name, key=key, former=former, rules=rules, tell=tell)
        tell("Writing")
        if not options.dry_run:
            publish(options, made, key, len(former))
    except (DisclosureError, LinkageError) as error:
        raise Trouble(str(error)) from error
    finally:
        progress.wipe()
    show(made, len(former), options)
    return 0


def check_files(options: argparse.Namespace) -> None:
    if not options.out and not options.dry_run:
        raise Trouble("Say where to write the table with --out, or --dry-run to write nothing.")
    check_outputs([path for path in (options.out,) if path], [options.table, options.ledger, options.key])
    new = [path for path, wanted in ((options.ledger, options.new_ledger), (options.key, options.new_key)) if wanted]
    check_outputs([path for path in new if not path.exists()], [options.table])
    if options.new_ledger and options.ledger.exists():
        raise Trouble(f"{options.ledger} exists already: leave --new-ledger out, a ledger is never overwritten.")
    if options.new_key and options.key.exists():
        raise Trouble(f"{options.key} exists already: leave --new-key out, a key is never overwritten.")
    if options.new_key and not options.new_ledger:
        raise Trouble("A new key fits a new ledger only: the releases before are sealed with their own.")


def key_of(options: argparse.Namespace) -> bytes:
    """The key, made if that was asked for. A dry run makes one that is forgotten."""
    if not options.new_key:
        return bytes(options.key.read_bytes())
    key = os.urandom(KEY_BYTES)
    if not options.dry_run:
        with os.fdopen(os.open(options.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(key)
    return key


def check_name(name: str, before: Sequence[str]) -> None:
    if not name.strip():
        raise Trouble("A release needs a name: what --name says is empty.")
    if name in before:
        raise Trouble(f"There is a release “{name}” in the ledger already: give this one another name.")


def publish(options: argparse.Namespace, made: Protected, key: bytes, before: int) -> None:
    """Enters the release first: a table that is in no ledger must not exist."""
    ledger.append(options.ledger, made.release, key, after=before)
    write_table(options.out, table.headings(made.release, add_up=options.add_up), table.rows(made.release))


def tell(step: str, left: int = 0) -> None:
    progress.show(STEPS.index(step) + 1, len(STEPS), f"{step}, cells to look at: {left}" if left else step)


def show(made: Protected, before: int, options: argparse.Namespace) -> None:
    print(report(made, before=before, add_up=options.add_up, apart=not options.cells, language=options.lang))
    if options.dry_run:
        print(words(options.lang).say("report.dry_run"))
