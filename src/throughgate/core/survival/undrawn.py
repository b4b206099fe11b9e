"""Shares from the limits of days known only roughly, without any day being drawn (Turnbull)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.survival.persons import LOST, NONE, Flags, Floats
from throughgate.core.survival.reading import Releases
from throughgate.core.survival.refusing import Refusal
from throughgate.core.survival.turnbull import turnbull_at

MOST = 20_000  # persons: more take minutes


@dataclass(frozen=True)
class Undrawn:
    """The share with an event by a day: least and greatest that the limits allow, and the 95 % interval around both."""

    day: int
    event: str
    least: float
    greatest: float
    low: float
    high: float


def undrawn(releases: Releases, mask: Flags, days: Sequence[int], *, seed: int) -> tuple[Undrawn, ...]:
    """Shares with each event of the persons of `mask`, by each of the days.

    Where release and event are both rough, the days between them lie between the shortest and the longest time; that
    somebody was released early if the event was early is not used. Raises EstimationError when somebody came into view
    late, when nobody had an event, and when there are too many persons.
    """
    if int(mask.sum()) > MOST:
        raise Refusal("limits_many", most=MOST)
    if np.isfinite(releases.entry[mask]).any():
        raise Refusal("limits_late")
    names = np.array(releases.event)[mask]
    events = sorted(set(names.tolist()) - {NONE, LOST})
    code = np.array([events.index(name) + 1 if name in events else 0 for name in names.tolist()])
    left, right = limits(releases, mask, code > 0)
    found = turnbull_at(left, right, [float(day) for day in days], weight=releases.weight[mask], event=code, seed=seed)
    return tuple(
        Undrawn(int(each.day), events[each.event - 1], each.least, each.greatest, each.low, each.high)
        for each in sorted(found, key=lambda each: (each.day, each.event))
    )


def limits(releases: Releases, mask: Flags, happened: Flags) -> tuple[Floats, Floats]:
    """After which time, and up to which, the event came: equal where it is known, (time in view, inf) if it did not."""
    shortest = np.maximum(releases.end[0] - releases.start[1], 0)[mask]
    longest = (releases.end[1] - releases.start[0])[mask]
    rough = happened & (shortest < longest)
    return np.where(rough, shortest - 1, shortest), np.where(happened, longest, np.inf)
