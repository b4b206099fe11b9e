"""Results as the estimators would give them, made at once."""

from __future__ import annotations

import numpy as np

from throughgate.core.estimation.estimates import Estimate, Warning_, from_draws
from throughgate.core.estimation.light import light
from throughgate.core.estimation.result import Found, Result
from throughgate.core.estimation.stamp import Stamp
from throughgate.core.estimation.tables import Table
from throughgate.core.estimation.tipping import tipping

TABLE = Table.of("ABC", {"100": 500, "010": 400, "001": 300, "110": 90, "101": 80, "011": 70, "111": 44})
STAMP = Stamp("0" * 64, "0.1.0", 7, {"lists": "A,B,C"})


def estimate(middle: float, *warnings: Warning_, method: str = "combined", wide: float = 0.1) -> Estimate:
    """Around *middle* persons, from 1 - wide to 1 + wide times as many."""
    return from_draws(method, middle * np.linspace(1 - wide, 1 + wide, 201), warnings=warnings)


def result(headline: Estimate, table: Table = TABLE, without: dict[str, Estimate] | None = None) -> Result:
    without = without or {}
    whole = Found(table, 2134, headline, light(table, headline, without))
    curves = None if whole.interval is None else tipping(table.documented, whole.interval)
    parts = (estimate(3000, Warning_("rhat", {"value": 1.2}), method="latent"),)
    return Result(whole, STAMP, parts, {"latent": 1.0}, without, curves)
