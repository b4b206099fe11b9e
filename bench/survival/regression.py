"""Cox's regression, ours beside others': how far they agree, and what it costs to load them.

    python bench/survival/regression.py     # lifelines, statsmodels and greenwood where installed, R where found

Three sets: Rossi's (ties), invented rows with late entry, and the same with late entry and weights (robust errors).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from throughgate.core.survival.cox import cox
from throughgate.core.survival.persons import Persons

DATA = Path(__file__).resolve().parents[2] / "tests" / "data" / "survival"
ROSSI = ("fin", "age", "race", "wexp", "mar", "paro", "prio")
SETS = {  # file, time, columns, late entry, weights
    "Rossi": ("rossi", "week", ROSSI, False, False),
    "late entry": ("invented", "time", ("age", "prior"), True, False),
    "late entry and weights": ("invented", "time", ("age", "prior"), True, True),
}
Answer = tuple[np.ndarray, np.ndarray]  # log ratios, errors


def main() -> None:
    for title, asked in SETS.items():
        print(title)
        mine = told("ours", asked, None)
        for name in PEERS:
            told(name, asked, mine)
    for module in ("throughgate.core.survival.cox", "lifelines", "statsmodels.duration.api", "greenwood"):
        loaded(module)


def told(name: str, asked: tuple[str, str, tuple[str, ...], bool, bool], mine: Answer | None) -> Answer | None:
    table = np.genfromtxt(DATA / f"{asked[0]}.csv", delimiter=",", names=True, dtype=None, encoding="utf-8")
    happened = table["arrest"] == 1 if asked[0] == "rossi" else table["event"] != "none"
    columns = np.column_stack([table[heading].astype(float) for heading in asked[2]])
    entry = table["entry"].astype(float) if asked[3] else None
    weight = table["weight"].astype(float) if asked[4] else None
    try:
        found = {"ours": ours, **PEERS}[name](table[asked[1]].astype(float), happened, columns, entry, weight)
    except (ImportError, FileNotFoundError):
        print(f"  {name:12}not installed")
        return None
    except NotImplementedError as error:
        print(f"  {name:12}{error}")
        return None
    if mine is not None:
        apart, apart_error = (np.abs(one - other).max() for one, other in zip(found, mine, strict=True))
        print(f"  {name:12}log ratios differ by {apart:.0e}, errors by {apart_error:.0e}")
    return found


def ours(days: np.ndarray, happened: np.ndarray, columns: np.ndarray, entry: object, weight: object) -> Answer:
    persons = Persons.coded(days, happened, ("event",), entry=entry, weight=weight)  # type: ignore[arg-type]
    found = cox(persons, columns, [f"c{place}" for place in range(columns.shape[1])]).coefficients
    return np.array([each.log_ratio for each in found]), np.array([each.error for each in found])


def with_r(days: np.ndarray, happened: np.ndarray, columns: np.ndarray, entry: object, weight: object) -> Answer:
    found = shutil.which("Rscript")
    if found is None:
        raise FileNotFoundError("Rscript")
    n = len(days)
    first = np.full(n, -1.0) if entry is None else entry
    weights = np.ones(n) if weight is None else weight
    rows = np.column_stack([first, days, happened, weights, columns])  # type: ignore[list-item]
    robust = "" if weight is None else ", robust=TRUE, cluster=seq_len(nrow(d))"
    program = (
        "suppressMessages(library(survival)); d <- read.csv(file('stdin'), header=FALSE); options(digits=12);"
        f"f <- coxph(Surv(V1,V2,V3) ~ as.matrix(d[,-(1:4)]), d, weights=V4{robust});"
        "cat(coef(f), sqrt(diag(vcov(f))))"
    )
    text = "\n".join(",".join(f"{value:.17g}" for value in row) for row in rows)
    said = subprocess.run([found, "-e", program], input=text, capture_output=True, text=True, check=True).stdout
    one, other = np.array([float(part) for part in said.split()]).reshape(2, -1)
    return one, other


def with_lifelines(
    days: np.ndarray, happened: np.ndarray, columns: np.ndarray, entry: object, weight: object
) -> Answer:
    import pandas  # noqa: PLC0415 - a peer that need not be there
    from lifelines import CoxPHFitter  # noqa: PLC0415 - ... likewise

    table = pandas.DataFrame(columns, columns=[f"c{place}" for place in range(columns.shape[1])])
    table["days"], table["event"] = days, happened
    more = {}
    for name, value in (("entry_col", entry), ("weights_col", weight)):
        if value is not None:
            table[name], more[name] = value, name
    fitted = CoxPHFitter().fit(table, "days", "event", robust=weight is not None, **more)
    return fitted.params_.to_numpy(), fitted.standard_errors_.to_numpy()


def with_statsmodels(
    days: np.ndarray, happened: np.ndarray, columns: np.ndarray, entry: object, weight: object
) -> Answer:  # fmt: skip
    from statsmodels.duration.api import PHReg  # noqa: PLC0415 - a peer that need not be there

    if weight is not None:
        raise NotImplementedError("takes no weights")
    fitted = PHReg(days, columns, status=happened.astype(int), entry=entry, ties="efron").fit()
    return fitted.params, fitted.bse


def with_greenwood(
    days: np.ndarray, happened: np.ndarray, columns: np.ndarray, entry: object, weight: object
) -> Answer:
    import greenwood  # noqa: PLC0415 - a peer that need not be there
    import pandas  # noqa: PLC0415 - ... likewise

    table = pandas.DataFrame(columns, columns=[f"c{place}" for place in range(columns.shape[1])])
    table["days"], table["event"], table["first"] = days, happened.astype(int), -1.0 if entry is None else entry
    table["weight"] = 1.0 if weight is None else weight
    named = " + ".join(table.columns[: columns.shape[1]])
    more = {} if weight is None else {"weights": table["weight"].to_numpy(), "robust": True}
    start = "" if entry is None else "first, "
    fitted = greenwood.CoxPH().fit(f"Surv({start}days, event) ~ {named}", data=table, **more)
    return np.asarray(fitted.coef_), np.asarray(fitted.std_error_)


def loaded(module: str) -> None:
    """Seconds and memory that the module takes on top of NumPy and SciPy, in a process of its own."""
    program = (
        "import time, numpy, scipy.special; begun = time.process_time(); "
        "memory = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096; before = memory(); "
        f"import {module}; print(time.process_time() - begun, memory() - before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"import {module}: not installed")
    else:
        seconds, octets = (float(part) for part in done.stdout.split())
        print(f"import {module}: {seconds:.2f} s, {octets / 1e6:.0f} MB more")


PEERS: dict[str, Callable[..., Answer]] = {
    "R survival": with_r, "lifelines": with_lifelines, "statsmodels": with_statsmodels, "greenwood": with_greenwood,
}  # fmt: skip

if __name__ == "__main__":
    main()
