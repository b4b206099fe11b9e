"""What those lost to follow-up could change at most (Horowitz and Manski 2000, JASA 95, 77-84)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from throughgate.core.survival.persons import Floats, Persons


def unharmed(persons: Persons, possible: Floats) -> Persons:
    """As if nobody lost had any event while they could have been followed; `possible` (n,) is how long that is."""
    longest = np.where(np.isfinite(possible), possible, persons.time.max())
    time = np.where(persons.lost, np.maximum(longest, persons.time), persons.time)
    return replace(persons, time=time, ordered=False)


def harmed(persons: Persons, event: str) -> Persons:
    """As if everybody lost had the event on the day they were lost."""
    return replace(persons, event=np.where(persons.lost, persons.number(event), persons.event), ordered=False)
