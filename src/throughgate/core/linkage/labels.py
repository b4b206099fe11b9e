# ruff: noqa: S608 (names of columns and tables are our own)
"""What reviewers decided -> probabilities that agree with them.

Decided pairs are as they decided. For all others the weights are stretched and shifted so that pairs like those are as
often one person as reviewers found (logistic calibration after Platt, 1999), held near no change while labels are few.
"""

from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from throughgate.core.linkage import arrow
from throughgate.core.linkage.reviewing import Label
from throughgate.core.linkage.scoring import rescale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

ROUNDS = 30
# How many labels it takes to move stretch and shift about half way from no change.
HOLD_STRETCH, HOLD_SHIFT = 10.0, 0.25
CERTAIN = 13.0  # log2 of odds: one in eight thousand is a slip of the reviewer


def keep(connection: "Connection", labels: Sequence[Label]) -> None:
    """Fills `labelled` (join_key_l, join_key_r, same)."""
    left, right, same = arrow.turned(sorted(set(labels)), 3)
    decided = arrow.table({"join_key_l": ("int", left), "join_key_r": ("int", right), "same": ("bool", same)})
    connection.register("decided", decided)
    connection.execute("CREATE OR REPLACE TABLE labelled AS FROM decided")
    connection.unregister("decided")


def learn(connection: "Connection") -> None:
    """Changes `scored` to what the labels teach."""
    known = connection.execute(
        "SELECT weight, same FROM labelled JOIN scored ON l = join_key_l AND r = join_key_r ORDER BY l, r"
    ).fetchall()
    stretch, shift = fit([(float(weight), bool(same)) for weight, same in known])
    rescale(connection, stretch, shift)
    connection.execute("""
        INSERT INTO scored BY NAME SELECT join_key_l AS l, join_key_r AS r FROM labelled
        ANTI JOIN scored ON l = join_key_l AND r = join_key_r
    """)
    connection.execute(f"""
        UPDATE scored SET weight = if(same, {CERTAIN}, -{CERTAIN}),
            probability = 1 / (1 + pow(2.0, if(same, -{CERTAIN}, {CERTAIN})))
        FROM labelled WHERE l = join_key_l AND r = join_key_r
    """)


def fit(known: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Stretch and shift of weights (log2 of odds), by Newton's method; (1, 0) without labels."""
    stretch, shift = 1.0, 0.0
    for _ in range(ROUNDS):
        slope_a, slope_b = -HOLD_STRETCH * (stretch - 1), -HOLD_SHIFT * shift
        aa, ab, bb = HOLD_STRETCH, 0.0, HOLD_SHIFT
        for weight, same in known:
            chance = 1 / (1 + exp(-min(500.0, max(-500.0, (stretch * weight + shift) * log(2)))))
            off, sure = (same - chance) * log(2), chance * (1 - chance) * log(2) ** 2
            slope_a, slope_b = slope_a + off * weight, slope_b + off
            aa, ab, bb = aa + sure * weight * weight, ab + sure * weight, bb + sure
        determinant = aa * bb - ab * ab
        stretch += (bb * slope_a - ab * slope_b) / determinant
        shift += (aa * slope_b - ab * slope_a) / determinant
    return max(0.1, stretch), shift
