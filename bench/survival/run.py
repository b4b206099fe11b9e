"""How long the curves take, ours and others', on the same invented persons.

    python bench/survival/run.py --persons 1000000
    python bench/survival/run.py --persons 100000 --peers     # lifelines and greenwood where installed, R where found

Prints seconds of processor time, and how far a peer's figures are from ours.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from throughgate.core.survival.comparing import gray, log_rank
from throughgate.core.survival.cox import cox
from throughgate.core.survival.curves import Curves, curves, kaplan_meier
from throughgate.core.survival.persons import Persons

EVENTS = ("death", "exile", "return_political")
DAY = 365.0
R_PROGRAM = """
suppressMessages(library(survival)); options(digits = 12)
d <- read.csv(commandArgs(TRUE)[1]); d$event <- factor(d$event, levels = 0:3)
took <- system.time(s <- survfit(Surv(time, event) ~ 1, d))
x <- summary(s, times = 365)
cat(took[["user.self"]] + took[["sys.self"]], x$pstate[-1], x$std.err[-1], "\\n")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--whole-days", action="store_true", help="leave out the times of which each is its own")
    options = parser.parse_args()
    for kind, days in (("every time its own", False), ("whole days", True))[options.whole_days :]:
        print(f"{options.persons:,} persons, three events, {kind}")
        persons, weight = invented(options.persons, options.seed, days=days)
        ours(persons, weight)
        if options.peers:
            for name, peer in PEERS.items():
                compare(name, peer, persons)


def invented(n: int, seed: int, *, days: bool) -> tuple[Persons, np.ndarray]:
    random = np.random.default_rng(seed)
    event, until = random.exponential(500, n), random.uniform(0, 1095, n)
    kind = np.where(event <= until, random.integers(1, 4, n), 0)
    when = np.minimum(event, until)
    return Persons.coded(np.ceil(when) if days else when, kind, EVENTS), random.uniform(0.5, 2, n)


def ours(persons: Persons, weight: np.ndarray) -> None:
    half = np.arange(len(persons)) % 2 == 0
    two = [persons.where(half), persons.where(~half)]
    weighted = Persons.coded(persons.time, persons.event, EVENTS, weight=weight)
    columns = np.column_stack([weight, half])
    timed("Kaplan-Meier with variance", lambda: kaplan_meier(persons))
    timed("Aalen-Johansen with variance", lambda: curves(persons))
    timed("the same, weighted, robust", lambda: curves(weighted))
    timed("log-rank", lambda: log_rank(two, "exile"))
    timed("Gray", lambda: gray(two, "exile"))
    if len(persons) <= 200_000:
        timed("Cox, two columns", lambda: cox(persons, columns, ["one", "two"], "exile"))


def timed(name: str, work: Callable[[], object]) -> None:
    took = []
    for _ in range(3):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    print(f"  {name:32}{min(took):10.3f} s")


def compare(name: str, peer: Callable[[Persons], tuple[float, list[float], list[float]]], persons: Persons) -> None:
    try:
        took, share, error = peer(persons)
    except (ImportError, FileNotFoundError):
        print(f"  {name:32}not installed")
        return
    found: Curves = curves(persons)
    at = found.at(DAY)
    apart = np.abs(found.share[:, at] - share).max()
    apart_error = np.abs(np.sqrt(found.share_variance[:, at]) - error).max()
    print(f"  {name:32}{took:10.3f} s   shares differ by {apart:.1e}, errors by {apart_error:.1e}")


def with_r(persons: Persons) -> tuple[float, list[float], list[float]]:
    program = shutil.which("Rscript")
    if program is None:
        raise FileNotFoundError("Rscript")
    with tempfile.TemporaryDirectory() as folder:
        table, script = Path(folder, "persons.csv"), Path(folder, "peer.R")
        rows = np.column_stack([persons.time, persons.event])
        np.savetxt(table, rows, delimiter=",", header="time,event", comments="", fmt=["%.17g", "%d"])
        script.write_text(R_PROGRAM, encoding="utf-8")
        said = subprocess.run([program, script, table], capture_output=True, text=True, check=True).stdout.split()
    figures = [float(each) for each in said]
    return figures[0], figures[1:4], figures[4:7]


def with_lifelines(persons: Persons) -> tuple[float, list[float], list[float]]:
    from lifelines import AalenJohansenFitter  # noqa: PLC0415 - a peer that need not be there

    share, error, begun = [], [], time.process_time()
    for kind in (1, 2, 3):
        fitter = AalenJohansenFitter(calculate_variance=True, seed=1)
        fitted = fitter.fit(persons.time, persons.event, event_of_interest=kind)
        share.append(float(fitted.predict(DAY)))
        variance = fitted.variance_
        error.append(float(np.sqrt(variance[variance.index <= DAY].iloc[-1])))
    return time.process_time() - begun, share, error


def with_greenwood(persons: Persons) -> tuple[float, list[float], list[float]]:
    import greenwood  # noqa: PLC0415 - a peer that need not be there
    import pandas  # noqa: PLC0415 - ... likewise

    kinds = pandas.Categorical.from_codes(persons.event, ["none", *EVENTS])
    table = pandas.DataFrame({"time": persons.time, "event": kinds})
    begun = time.process_time()
    fitted = greenwood.AalenJohansen().fit("Surv(time, event) ~ 1", data=table)
    took = time.process_time() - begun
    rows = fitted.to_frame(format="pandas")
    lasts = rows[rows["time"] <= DAY].groupby("cause").last().loc[list(EVENTS)]
    return took, lasts["estimate"].tolist(), lasts["std_error"].tolist()


PEERS = {"R survival": with_r, "lifelines": with_lifelines, "greenwood": with_greenwood}

if __name__ == "__main__":
    main()
