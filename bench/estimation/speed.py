"""How fast the estimators are, beside R's own glm in the same run: python bench/estimation/speed.py

CPU seconds on one core, the median of a few runs, after everything was compiled. Where R is asked for a part only,
what the whole would take is scaled from it, and marked ~. The last column is the aim.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy comes

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import peers
from kinds import population

from throughgate.core.estimation import engine, graphs, latent, loglinear
from throughgate.core.estimation.loglinear import averaging
from throughgate.core.estimation.reading import read_file
from throughgate.core.estimation.tables import Table

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "tests" / "data" / "mse"
BUILD = ROOT / "build" / "bench" / "estimation"
MEASURED = r"""
import re, time
print(time.process_time(), re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""
IMPORTING = "from throughgate.core.estimation import assess"


def real(name: str) -> Table:
    return read_file(REAL / f"{name}.csv").table.canonical()


def invented(lists: int) -> Table:
    """The first replicate of a kind with so many lists."""
    drawn = next(each for each in (population("both_signs", number) for number in range(99)) if each.lists == lists)
    return Table(tuple(f"L{index}" for index in range(lists)), drawn.counts).canonical()


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """CPU seconds of this process, the median."""
    found = []
    for _ in range(runs):
        averaging.fitted.cache_clear()
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return median(found)


def importing() -> tuple[float, float]:
    """CPU seconds and MB that importing adds to a bare interpreter."""
    bare, loaded = (_process(code) for code in ("pass", IMPORTING))
    return loaded[0] - bare[0], loaded[1] - bare[1]


def _process(code: str) -> tuple[float, float]:
    found = []
    for _ in range(5):
        said = subprocess.run([sys.executable, "-c", f"{code}\n{MEASURED}"], capture_output=True, text=True, check=True)
        took, held = map(float, said.stdout.split())
        found.append((took, held / 1000))
    return sorted(found)[2]


def in_r(what: str, table: Table) -> float | None:
    """Seconds R takes for all of it, scaled from the part it was asked for; None where R is not installed."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    counts = " ".join(map(str, table.counts.tolist()))
    asked = [rscript, str(peers.HERE / "speed.R"), what, counts]
    return float(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()[-1])


def line(what: str, ours: float, aim: str, theirs: float | None = None) -> None:
    beside = "" if theirs is None else f"~{theirs:,.1f} s, x {theirs / ours:,.0f}"
    print(f"{what:58}{ours:10.3f} s   {beside:24}{aim}", flush=True)


def chains(classes: int, name: str) -> None:
    begun = time.process_time()
    found = latent.estimate(real(name), classes=classes).details
    took = time.process_time() - begun
    each = f"{found['effective_draws'] / took:,.0f} effective draws a second, R-hat {found['rhat']:.3f}"  # type: ignore[operator]
    print(f"{f'{classes} latent classes, {name}':58}{each:48}1,000")


def main() -> None:
    cold, memory = importing()
    engine.prepare()
    kosovo, five, six = real("kosovo_1999"), invented(5), invented(6)
    print(f"{'':58}{'ours':>12}   {'R, glm':24}aim")
    line("all 1,024 two-way models of 5 lists, averaged interval", seconds(
        lambda: loglinear.estimate(five, family="two-way")), "0.05", in_r("averaged", five))  # fmt: skip
    line("all 32,768 two-way models of 6 lists", seconds(
        lambda: loglinear.estimate(six, family="two-way"), 3), "2", in_r("averaged", six))  # fmt: skip
    line("1,000 bootstraps with selection, Kosovo", seconds(lambda: loglinear.bootstrap(kosovo)), "0.5",
         in_r("bootstrap", kosovo))  # fmt: skip
    for lists, table, aim in ((5, five, "0.03"), (6, six, "1")):
        graphs.estimate(table)  # the graphs themselves are listed once
        line(f"all decomposable graphs of {lists} lists", seconds(lambda table=table: graphs.estimate(table), 3), aim)
    for classes in (2, 3):
        for name in ("kosovo_1999", "spina_bifida_ny", "taiwan_hepatitis_a"):
            chains(classes, name)
    line("import", cold, "0.4")
    print(f"{'memory that it takes':58}{memory:10.0f} MB  {'':24}150")
    print(f"largest this process became: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main()
