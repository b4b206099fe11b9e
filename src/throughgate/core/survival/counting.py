"""Who is in view, and what happens, on every day on which something happens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughgate.core.survival.persons import Floats, Ints, Persons


@dataclass(frozen=True, eq=False)
class Counts:
    """m different times with at least one event, of K events.

    times    (m,) ascending
    at_risk  (m,) persons in view just before, weighted
    events   (K, m) events of each kind, weighted
    persons  (m,) persons in view just before, each counted once
    """

    times: Floats
    at_risk: Floats
    events: Floats
    persons: Ints

    @property
    def all(self) -> Floats:
        """(m,) events of every kind together."""
        total: Floats = self.events.sum(axis=0)
        return total


def count(persons: Persons) -> Counts:
    """The counts of a group. Somebody who leaves on a day of an event is still in view on that day."""
    persons = persons.in_order()
    n, kinds = len(persons), len(persons.events)
    new = np.concatenate(([True], persons.time[1:] != persons.time[:-1]))
    starts, group = np.flatnonzero(new), new.cumsum() - 1
    happened = persons.event > 0
    flat = (persons.event[happened] - 1) * len(starts) + group[happened]
    weight = persons.weight[happened] if persons.weighted else None
    events = np.bincount(flat, weight, minlength=kinds * len(starts)).reshape(kinds, len(starts)).astype(np.float64)
    kept = np.flatnonzero((events > 0).any(axis=0))
    times = persons.time[starts[kept]]
    people = people_in_view(persons, times) if persons.delayed else n - starts[kept]
    scale = persons.weight[0]  # one for all, when they are equal
    risk = in_view(persons, times) if persons.weighted else people * scale
    return Counts(times, risk, events[:, kept] * (1 if persons.weighted else scale), people)


def in_view(persons: Persons, times: Floats) -> Floats:
    """Weight of those with entry < t <= time, for every t of the ascending `times`."""
    return _in_view(persons, times, persons.weight)


def people_in_view(persons: Persons, times: Floats) -> Ints:
    """How many persons are in view at each t."""
    return np.rint(_in_view(persons, times, None)).astype(np.int64)


def _in_view(persons: Persons, times: Floats, weight: Floats | None) -> Floats:
    m = len(times)
    last = np.searchsorted(times, persons.time, side="right")  # in view at the times before this place
    leaving = np.bincount(last, weight, minlength=m + 1)[: m + 1]
    staying = leaving[::-1].cumsum()[::-1][1:].astype(np.float64)
    if not persons.delayed:
        return staying
    first = np.searchsorted(times, persons.entry, side="right")
    coming = np.bincount(first, weight, minlength=m + 1)[: m + 1]
    missing: Floats = staying - coming[::-1].cumsum()[::-1][1:]
    return missing
