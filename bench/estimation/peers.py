"""What an analyst would get from R on the same tables: two-way log-linear models chosen and averaged by BIC.

CRAN's packages for capture histories are not in Debian, so this is what R itself does with `glm`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Line = dict[str, Any]


def run(tables: list[Line], folder: Path) -> dict[str, list[Line]]:
    """By name of the peer: its answers, as score.py reads them. Empty where R is not installed."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("no Rscript: no peers")
        return {}
    asked, said = folder / "peers.csv", folder / "peers.out"
    asked.write_text("".join(f"{each['id']},{' '.join(map(str, each['counts']))}\n" for each in tables))
    subprocess.run([rscript, str(HERE / "peers.R"), str(asked), str(said)], check=True)
    return _read(said)


def _read(said: Path) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in said.read_text().splitlines():
        peer, name, middle, low, high, seconds = line.split(",")
        declined = low == "NA"
        numbers = {"est": None, "lo": None, "hi": None}
        if not declined:
            numbers = json.loads(f'{{"est": {middle}, "lo": {low}, "hi": {high}}}')
        said_of = {"id": name, **numbers, "at_least": None, "declined": declined, "seconds": float(seconds)}
        found.setdefault(peer, []).append(said_of)
    return found
