"""What became of those whose window is over: counts, with the unknown beside every one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.persons import Flags, Floats, Persons

WINDOWS = (42, 90, 180, 365, 730, 1095)  # days at which outcomes are asked for


@dataclass(frozen=True)
class Window:
    """`day` is over for `complete` persons, and still to come for `waiting`.

    had      of the complete: persons with each event by that day, by name
    free     known to be free, alive and in the country on that day
    unknown  neither: nobody knows
    shares   weighted share with each event: at least (the unknown had none), at most (all of them had it)
    """

    day: int
    complete: int
    waiting: int
    had: dict[str, int]
    free: int
    unknown: int
    shares: dict[str, tuple[float, float]]


def window(persons: Persons, possible: Floats, day: int, *, spans: tuple[Floats, Floats] | None = None) -> Window:
    """Counts at the end of a window of `day` days; `possible` (n,) is days from the origin to the end of the study.

    `spans` are the shortest and the longest times (n,) where days are known only roughly: what may have happened
    before or after the end of the window is unknown.

    Who is in the window follows from the day of release alone, never from what happened. Raises EstimationError when
    persons came into view late, for those whom they stand for are not in the data, and when no window is over.
    """
    if persons.delayed:
        raise EstimationError("There are no cohort rates for persons who came into view after their release.")
    over = possible >= day
    if not over.any():
        raise EstimationError(f"Day {day} is not over for anybody.")
    shortest, longest = spans or (persons.time, persons.time)
    event = persons.event > 0
    happened = over & event & (longest <= day)
    unknown = over & ~happened & np.where(event, shortest <= day, shortest < day)
    had, shares = {}, {}
    for number, name in enumerate(persons.events, start=1):
        mine = happened & (persons.event == number)
        had[name] = int(mine.sum())
        shares[name] = (_part(persons, mine, over), _part(persons, mine | unknown, over))
    free = int((over & ~happened & ~unknown).sum())
    return Window(day, int(over.sum()), int((~over).sum()), had, free, int(unknown.sum()), shares)


def _part(persons: Persons, chosen: Flags, of: Flags) -> float:
    return float(np.sort(persons.weight[chosen]).sum() / np.sort(persons.weight[of]).sum())
