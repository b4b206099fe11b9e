"""Estimates for populations of known size, scored: python bench/estimation/run.py --replicates 200 --jobs 2

Every method sees the same tables. `combined` is what the product says; `loglinear`, `graphs`, ... are its parts by
themselves; peers in R run where Rscript is installed (see README.md). Files go to build/bench/estimation.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import peers
from kinds import DESIGN, JUDGE, KINDS, Population, population
from score import scores, summary, table

from throughgate.core.estimation import combining
from throughgate.core.estimation.estimates import Estimate
from throughgate.core.estimation.tables import Table

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench" / "estimation"
DECLINES = frozenset({"prior_driven", "not_identified", "few_lists", "few_overlaps", "no_upper_end"})
"""Warnings of the headline with which the product shows no interval: the red light."""

Line = dict[str, Any]


def truth(drawn: Population) -> Line:
    return {
        "id": drawn.name,
        "kind": drawn.kind,
        "total": drawn.total,
        "unreachable": drawn.unreachable,
        "documented": int(drawn.counts.sum()),
        "identified": KINDS[drawn.kind].identified,
    }


def asked(drawn: Population) -> Table:
    return Table(tuple(f"L{index}" for index in range(drawn.lists)), drawn.counts)


def answers(drawn: Population, *, quick: bool) -> dict[str, Line]:
    """By method: what it says of one population, in the form of `throughgate estimate --batch`."""
    begun = time.process_time()
    found = combining.estimate(asked(drawn), quick=quick)
    took = time.process_time() - begun
    said = {part.method: answer(drawn, part, None, 0.0) for part in found.parts}
    return {"combined": answer(drawn, found.headline, floor(asked(drawn)), took), **said}


def answer(drawn: Population, said: Estimate, at_least: float | None, seconds: float) -> Line:
    reasons = [warning.code for warning in said.warnings]
    declined = not said.exists or (said.method == combining.METHOD and not DECLINES.isdisjoint(reasons))
    low, high = (None, None) if declined else said.interval
    return {
        "id": drawn.name, "est": None if declined else said.estimate, "lo": low, "hi": high, "at_least": at_least,
        "declined": declined, "reasons": reasons, "seconds": seconds,
    }  # fmt: skip


def floor(given: Table) -> float | None:
    """The product's "at least"; None while it has none."""
    try:
        from throughgate.core.estimation import bounds  # noqa: PLC0415 - it may not be there yet
    except ImportError:
        return None
    return float(bounds.at_least(given).number)


def work(task: tuple[str, int, int, bool]) -> tuple[Line, dict[str, Line], list[int]]:
    kind, number, seed, quick = task
    drawn = population(kind, number, seed)
    return truth(drawn), answers(drawn, quick=quick), drawn.counts.tolist()


def tasks(kinds: list[str], replicates: int, seed: int, *, quick: bool) -> Iterator[tuple[str, int, int, bool]]:
    return ((kind, number, seed, quick) for kind in kinds for number in range(replicates))


def report(name: str, truths: list[Line], said: list[Line]) -> None:
    of_kinds = scores(truths, said)
    print(f"\n== {name}\n{table(of_kinds)}", flush=True)
    figures = {"kinds": [asdict(kind) for kind in of_kinds], "all": summary(of_kinds)}
    (BUILD / f"{name}.json").write_text(json.dumps(figures, indent=1))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kinds", default="all", help="all, design, judge, or names with commas")
    options.add_argument("--replicates", type=int, default=200)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--quick", action="store_true", help="one round of draws for each table, not up to three")
    options.add_argument("--parts", action="store_true", help="score each method by itself too")
    options.add_argument("--peers", action="store_true", help="run what R offers on the same tables")
    given = options.parse_args()
    groups = {"all": list(KINDS), "design": sorted(DESIGN), "judge": sorted(JUDGE)}
    kinds = groups.get(given.kinds) or given.kinds.split(",")
    BUILD.mkdir(parents=True, exist_ok=True)
    asked_for = list(tasks(kinds, given.replicates, given.seed, quick=given.quick))
    with ProcessPoolExecutor(given.jobs) as pool:
        done = list(pool.map(work, asked_for, chunksize=4))
    truths = [true for true, _, _ in done]
    (BUILD / "truth.jsonl").write_text("".join(json.dumps(true) + "\n" for true in truths))
    names = list(dict.fromkeys(name for _, said, _ in done for name in said)) if given.parts else ["combined"]
    for name in names:
        nothing = {"est": None, "lo": None, "hi": None, "at_least": None, "declined": True, "seconds": 0.0}
        report(name, truths, [said.get(name, {"id": true["id"], **nothing}) for true, said, _ in done])
    if given.peers:
        counts = [{"id": true["id"], "counts": cells} for true, _, cells in done]
        for name, said in peers.run(counts, BUILD).items():
            report(name, truths, said)


if __name__ == "__main__":
    main()
