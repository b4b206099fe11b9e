"""How long until return to custody, and what else becomes of people after release.

    throughgate survival events.csv [--group COL ...] [--cox COL ...] [--json out.json] [--chart out.svg]

events.csv has a row for each person (with --repeated: for each release of a person):

    start    day of release: 2024-05-03; 2024-05 or 2024 where no more is known; 2024-05-03/2024-06-10 or
             2024-05-03..2024-06-10 for between. Or two columns: start_from and start_to, the first and last possible
             day (--column start_from=release_from, where the headings are others)
    end      day of the event, or the last day of which anything is known, written in the same ways
             (or end_from and end_to)
    event    what happened: return_political, return_other, return_unknown, death, exile, expelled, or a name of your
             own; none for somebody still free and in touch on that day; lost for somebody lost from sight then
    time     days from release to the event, in place of start and end
    entry    day since which the person was in view, if that is later than the release (optional)
    weight   how many people this one stands for (optional)
    person   whose row it is (needed for --repeated)

All other columns are free, for --group and --cox. Death and exile are ends of their own, never taken for somebody
whose return is still to come. The text goes to the terminal. Nothing is sent anywhere, no installation is needed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from throughgate.core.estimation.errors import EstimationError, MissingEngine
from throughgate.site import progress
from throughgate.site.trouble import Trouble

LANGUAGES = ("en", "be", "ru")
WINDOWS = (42, 90, 180, 365, 730, 1095)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("events", type=Path, metavar="EVENTS", help="CSV")
    parser.add_argument(
        "--group", action="append", default=[], metavar="COL", help="a curve for each value of this column"
    )
    parser.add_argument("--cox", action="append", default=[], metavar="COL", help="a column of numbers to regress on")
    parser.add_argument("--event", metavar="NAME", help="what --cox explains (each kind of return)")
    parser.add_argument(
        "--days", type=days, default=WINDOWS, metavar="D,D", help="windows in days (42,90,180,365,730,1095)"
    )
    parser.add_argument("--as-of", type=day, metavar="DATE", help="last day of the study (the last day in the table)")
    parser.add_argument("--repeated", action="store_true", help="several rows for one person: count all the returns")
    parser.add_argument(
        "--turnbull", action="store_true", help="also tell the shares from the limits of rough days alone, undrawn"
    )
    parser.add_argument(
        "--column", action="append", default=[], type=pair, metavar="FIELD=HEADING", help="start=Released, for instance"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there (JSON)")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="write the curves there (SVG)")
    parser.add_argument("--curve", type=Path, metavar="FILE", help="write the curves there as a table (CSV)")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the text (%(default)s)")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="for days known only roughly (%(default)s)")


def days(text: str) -> tuple[int, ...]:
    found = tuple(sorted({int(part) for part in text.split(",")}))
    if found[0] < 1:
        raise argparse.ArgumentTypeError("a window is longer than 0 days")
    return found


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def pair(text: str) -> tuple[str, str]:
    field, between, heading = text.partition("=")
    if not between or not heading:
        raise argparse.ArgumentTypeError("write FIELD=HEADING")
    return field, heading


def seed(text: str) -> int:
    found = int(text)
    if found < 0:
        raise argparse.ArgumentTypeError("a seed is 0 or more")
    return found


def run(options: argparse.Namespace) -> int:
    written = [path for path in (options.json, options.chart, options.curve) if path]
    if len({path.absolute() for path in (options.events, *written)}) <= len(written):
        raise Trouble("A file is named twice.")
    if not find_spec("scipy"):
        raise Trouble(str(MissingEngine()))
    try:
        answer(options)
    except EstimationError as error:
        raise Trouble(f"{options.events}: {error}") from error
    finally:
        progress.wipe()
    return 0


def answer(options: argparse.Namespace) -> None:
    # NumPy and SciPy are an extra, so they are asked for here and not when the command is listed.
    from throughgate.core.survival import chart, reading, study, telling, writing  # noqa: PLC0415

    wanted = tuple(dict.fromkeys((*options.group, *options.cox)))
    releases = reading.read(
        text_of(options.events), names=dict(options.column), columns=wanted, repeated=options.repeated,
        as_of=options.as_of,
    )  # fmt: skip
    refuse_days_to_come(releases.as_of)
    settings = study.Settings(
        groups=tuple(dict.fromkeys(options.group)), columns=tuple(dict.fromkeys(options.cox)), event=options.event,
        repeated=options.repeated, turnbull=options.turnbull, seed=options.seed, version=installed(), days=options.days,
    )  # fmt: skip
    found = study.study(releases, settings, tell=show)
    progress.wipe()
    if options.json:
        options.json.write_text(json.dumps(writing.as_json(found), ensure_ascii=False, indent=1), encoding="utf-8")
    if options.chart:
        options.chart.write_text(chart.draw(found, options.lang), encoding="utf-8")
    if options.curve:
        options.curve.write_text(writing.as_table(found), encoding="utf-8")
    sys.stdout.write(telling.tell(found, options.lang))


def refuse_days_to_come(as_of: int | None) -> None:
    """A slip in one year would make every window a completed one."""
    last = datetime.date.fromordinal(as_of) if as_of else datetime.date.min
    if last > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1):
        raise EstimationError(f"The last day of the study, {last}, is still to come; mend the row with it, or --as-of.")


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Trouble(f"{path} is not a text in UTF-8: save the table as CSV UTF-8.") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}.") from error


def installed() -> str:
    try:
        return version("throughgate")
    except PackageNotFoundError:
        return ""


def show(done: int, of: int) -> None:
    progress.show(round(20 * done / of), 20, "Curves")
