"""How honest estimates were about populations of known size.

python bench/estimation/score.py truth.jsonl estimates.jsonl

Lines of truth.jsonl have `id`, `kind`, `total`, `documented`, `identified`; those of estimates.jsonl are what
`throughgate estimate --batch` writes: `id`, `est`, `lo`, `hi`, `at_least`, `declined`, `seconds`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

MISS = 40.0
"""What a miss costs on the log scale: 2 / alpha of the interval score at 95 % (Gneiting and Raftery 2007, eq. 43)."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one kind. Shares are from 0 to 1; those of intervals are None where every table was declined."""

    kind: str
    tables: int
    identified: bool
    coverage: float | None
    interval_score: float | None
    width: float | None
    bias: float | None
    at_least_true: float | None
    at_least_share: float | None
    declined: float
    seconds: float


def interval_score(low: float, high: float, truth: float) -> float:
    """Of log N: the width and forty times the miss, so that neither courage nor cowardice pays."""
    low, high, truth = math.log(low), math.log(high), math.log(truth)
    return (high - low) + MISS * (max(low - truth, 0.0) + max(truth - high, 0.0))


def scores(truths: Iterable[Line], estimates: Iterable[Line]) -> list[Scores]:
    """One per kind in the order of *truths*. Raises KeyError for a population without an estimate."""
    found = {line["id"]: line for line in estimates}
    kinds: dict[str, list[tuple[Line, Line]]] = defaultdict(list)
    for truth in truths:
        kinds[truth["kind"]].append((truth, found[truth["id"]]))
    return [_of_kind(kind, pairs) for kind, pairs in kinds.items()]


def _of_kind(kind: str, pairs: list[tuple[Line, Line]]) -> Scores:
    answered = [(truth, said) for truth, said in pairs if not said["declined"]]
    floors = [(truth, said) for truth, said in pairs if said["at_least"] is not None]
    return Scores(
        kind,
        len(pairs),
        bool(pairs[0][0]["identified"]),
        _mean(said["lo"] <= truth["total"] <= said["hi"] for truth, said in answered),
        _mean(interval_score(said["lo"], said["hi"], truth["total"]) for truth, said in answered),
        _middle(said["hi"] / said["lo"] for _, said in answered),
        _middle(said["est"] / truth["total"] for truth, said in answered),
        _mean(said["at_least"] <= truth["total"] for truth, said in floors),
        _middle(said["at_least"] / truth["total"] for truth, said in floors),
        1 - len(answered) / len(pairs),
        fmean(said["seconds"] for _, said in pairs),
    )


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return fmean(listed) if listed else None


def _middle(values: Iterable[float]) -> float | None:
    listed = list(values)
    return median(listed) if listed else None


def summary(of_kinds: list[Scores]) -> dict[str, float | None]:
    """Means over kinds; those of intervals over the identified ones, which is where an interval can be right."""
    known = [kind for kind in of_kinds if kind.identified]
    unknown = [kind for kind in of_kinds if not kind.identified]
    return {
        "coverage": _mean(kind.coverage for kind in known if kind.coverage is not None),
        "worst_coverage": min((kind.coverage for kind in known if kind.coverage is not None), default=None),
        "interval_score": _mean(kind.interval_score for kind in known if kind.interval_score is not None),
        "at_least_true_worst": min((k.at_least_true for k in of_kinds if k.at_least_true is not None), default=None),
        "at_least_share": _middle(kind.at_least_share for kind in known if kind.at_least_share is not None),
        "declined_identified": _mean(kind.declined for kind in known),
        "declined_not_identified": _mean(kind.declined for kind in unknown),
        "seconds": _mean(kind.seconds for kind in of_kinds),
    }


def table(of_kinds: list[Scores]) -> str:
    """For the terminal: one line per kind and one for all."""
    head = (
        f"{'kind':26}{'cover':>7}{'score':>7}{'hi/lo':>7}{'est/N':>7}{'floor':>7}{'floor/N':>8}{'declined':>9}{'s':>8}"
    )
    lines = [head]
    for kind in of_kinds:
        name = kind.kind if kind.identified else f"{kind.kind} *"
        shown = [kind.coverage, kind.interval_score, kind.width, kind.bias, kind.at_least_true, kind.at_least_share]
        lines.append(
            f"{name:26}" + "".join(f"{_shown(value):>7}" for value in shown[:5])
            + f"{_shown(shown[5]):>8}{kind.declined:>9.3f}{kind.seconds:>8.3f}"
        )  # fmt: skip
    lines += [f"{name:26}{_shown(value):>7}" for name, value in summary(of_kinds).items()]
    return "\n".join([*lines, "* not identified: the right answer is to decline"])


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("truth", type=Path)
    asked.add_argument("estimates", type=Path)
    asked.add_argument("--json", type=Path, help="write the figures there as well")
    given = asked.parse_args()
    of_kinds = scores(lines(given.truth), lines(given.estimates))
    print(table(of_kinds))
    if given.json:
        figures = {"kinds": [asdict(kind) for kind in of_kinds], "all": summary(of_kinds)}
        given.json.write_text(json.dumps(figures, indent=1))


def lines(path: Path) -> list[Line]:
    with path.open() as opened:
        return [json.loads(line) for line in opened if line.strip()]


if __name__ == "__main__":
    main()
