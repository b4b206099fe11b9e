"""Make lists, link them with `throughgate link` and with others, and say how well, how fast and in how much memory.

python bench/linkage/run.py --records 10000 --peers
python bench/linkage/run.py --records 100000 --seeds 1 2 3
python bench/linkage/run.py --records 1000000 --peers splink-given

Everything stays under build/bench/linkage. Each linker is a process of its own; the kernel says what it took.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

import make
import parsed
from evaluate import Quality, evaluate
from peers import THRESHOLDS

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench" / "linkage"
HERE = Path(__file__).resolve().parent
PROFILE = str(HERE / "data" / "profile.toml")
BLIND = ("belarusian.csv", "passport.csv")
PEERS = {
    "splink-given": 10_000_000,
    "splink-anyascii": 10_000_000,
    "splink-known": 10_000_000,
    "recordlinkage-given": 30_000,
    "recordlinkage-anyascii": 30_000,
    "nomenklatura-given": 100_000,
}
"""A peer and the names it is given, and the most records it is run on unless asked for by name."""
BASE = "splink-given"  # whose time is 1


class Failed(RuntimeError):
    """A linker ended with a message instead of clusters."""


class Cost(NamedTuple):
    """Seconds by the wall and of processor, the kernel's and all threads' together; megabytes at the most."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Run:
    """One linker on one set of lists."""

    quality: Quality
    cost: Cost
    said: str


def link(folder: Path, names: Sequence[str], options: Sequence[str]) -> Run:
    """`throughgate link`, from files to clusters. Raises Failed."""
    out = folder / "clusters.csv"
    lists = [str(folder / name) for name in names]
    said, cost = _throughgate("link", *lists, "--out", str(out), "--profile", PROFILE, *options)
    return Run(evaluate(out, folder / "truth.csv"), cost, said)


def peer(folder: Path, name: str, python: str) -> Run:
    """A peer from prepared columns to clusters, at the threshold that suits it best. Raises Failed."""
    parsed.prepare(folder)
    linker, names = name.split("-")
    out = folder / name
    said, cost = _process([python, str(HERE / "peers.py"), linker, str(folder), "--names", names, "--out", str(out)])
    found = [evaluate(out / f"clusters-{threshold}.csv", folder / "truth.csv") for threshold in THRESHOLDS]
    own = json.loads(said.splitlines()[-1])
    return Run(max(found, key=lambda quality: quality.f1), Cost(**own, megabytes=cost.megabytes), said)


def blind(folder: Path) -> str:
    """What `throughgate blind` says of the Belarusian and the passport list, beside the truth. Raises Failed."""
    key, relay = _new_key(folder / "ours.key"), _new_key(folder / "relay.key")
    tokens = [_tokens(folder, name, key, relay) for name in BLIND]
    said, cost = _throughgate("blind", "count", *map(str, tokens))
    first, second = (_people(folder, name) for name in BLIND)
    truth = f"in truth {len(first & second):,} people are in both, {len(first | second):,} in all"
    return f"{said}\n{truth}; counted in {cost.seconds:.1f} s, {cost.megabytes:,.0f} MB"


def _new_key(path: Path) -> str:
    path.unlink(missing_ok=True)
    _throughgate("blind", "key", str(path))
    return str(path)


def _tokens(folder: Path, name: str, key: str, relay: str) -> Path:
    """Of one list, under the holders' key and the relay's."""
    encoded, relayed = folder / f"{name}.encoded", folder / f"{name}.tokens"
    _throughgate("blind", "encode", str(folder / name), "--key-file", key, "--out", str(encoded))
    _throughgate("blind", "relay", str(encoded), "--key-file", relay, "--out", str(relayed))
    return relayed


def _people(folder: Path, source: str) -> set[str]:
    with (folder / "truth.csv").open(newline="") as file:
        return {row["person"] for row in csv.DictReader(file) if row["source"] == source}


def _throughgate(*words: str) -> tuple[str, Cost]:
    return _process([sys.executable, "-m", "throughgate.site", *words])


def _process(command: Sequence[str]) -> tuple[str, Cost]:
    """What it printed and what it took. Raises Failed."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        begin = time.monotonic()
        process = subprocess.Popen(
            command, stdout=said, stderr=complaint, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        if process.returncode:
            raise Failed((_text(complaint) or _text(said)).splitlines()[-1])
        return _text(said), Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().strip() or ""


def _table(runs: dict[str, Run]) -> Iterator[str]:
    """A line a linker; seconds of processor also as a ratio to those of BASE, where it ran."""
    base = runs.get(BASE)
    yield (
        f"{'':26}{'pairs P':>9}{'R':>8}{'F1':>8}{'B3 P':>8}{'R':>8}{'F1':>8}{'clusters':>11}{'error':>9}"
        f"{'s':>8}{'cpu s':>8}{'ratio':>7}{'MB':>8}"
    )
    for name, run in runs.items():
        found = run.quality
        ratio = f"{run.cost.processor / base.cost.processor:.2f}" if base else ""
        yield (
            f"{name:26}{found.precision:9.4f}{found.recall:8.4f}{found.f1:8.4f}"
            f"{found.cubed_precision:8.4f}{found.cubed_recall:8.4f}{found.cubed_f1:8.4f}"
            f"{found.clusters:11,}{found.count_error:+9.2%}{run.cost.seconds:8.1f}{run.cost.processor:8.1f}{ratio:>7}{run.cost.megabytes:8,.0f}"
        )


def measure(records: int, seed: int, options: argparse.Namespace) -> None:
    folder = BUILD / f"{records}-{seed}{'-hard' if options.hard else ''}"
    if not (folder / "people.csv").exists():
        make.make(records, seed, folder, hard=options.hard)
    print(f"\n{records:,} records, seed {seed}")
    runs: dict[str, Run] = {}
    for name, run in _runs(folder, records, options):
        try:
            runs[name] = run()
        except Failed as failed:
            print(f"{name}: {failed}")
    print("\n".join(_table(runs)))
    ours = runs.get("throughgate link")
    if ours:
        print(_estimate(ours))
    if options.blind:
        print(_blind(folder))


def _estimate(run: Run) -> str:
    """What `throughgate link` says of the number of people, beside the truth."""
    people = run.quality.people
    found = re.search(r"about ([\d,]+), between ([\d,]+) and ([\d,]+)", run.said)
    if not found:
        return f"{people:,} people in truth; no estimate was printed"
    about, least, most = (int(number.replace(",", "")) for number in found.groups())
    covers = "covers" if least <= people <= most else "does not cover"
    return (
        f"{people:,} people in truth; estimate {about:,} ({about / people - 1:+.2%}), {least:,} to {most:,} {covers} it"
    )


def _runs(folder: Path, records: int, options: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Run]]]:
    if not options.without_ours:
        names = [one.name for one in make.made(hard=options.hard)]
        yield "throughgate link", lambda: link(folder, names, options.link)
    for name in _peers(records, options.peers):
        yield name, partial(peer, folder, name, options.python)


def _peers(records: int, asked: Sequence[str] | None) -> Sequence[str]:
    """None, those named, or where none is named all that manage so many records."""
    if asked is None:
        return ()
    return asked or [name for name, most in PEERS.items() if records <= most]


def _blind(folder: Path) -> str:
    try:
        return blind(folder)
    except Failed as failed:
        return f"throughgate blind: {failed}"


def main() -> None:
    options = _options()
    for seed in options.seeds:
        measure(options.records, seed, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000, help="rows over the five lists, about")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS, metavar="PEER", help=f"other linkers as well: {', '.join(PEERS)}"
    )
    parser.add_argument("--without-ours", action="store_true", help="the others alone")
    parser.add_argument(
        "--blind", action="store_true", help="the Belarusian and the passport list without names as well"
    )
    parser.add_argument("--hard", action="store_true", help="the five harder lists, which only ours can be tried on")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers' packages")
    parser.add_argument("--link", nargs=argparse.REMAINDER, default=[], help="options for throughgate link, at the end")
    options = parser.parse_args()
    if options.hard and (options.peers is not None or options.blind):
        parser.error("--hard goes with neither --peers nor --blind")
    return options


if __name__ == "__main__":
    main()
