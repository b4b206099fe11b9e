"""Those who are followed: how long, what happened, and since when they were in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from throughgate.core.estimation.errors import EstimationError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = "none"  # free, alive, in the country and in touch on the last day
LOST = "lost"  # nobody knows what happened after the last day
LEAST_WEIGHT, MOST_WEIGHT = 1e-6, 1e6  # beyond them sums of squares are rounding errors
NO_EVENT = frozenset({NONE, LOST})


@dataclass(frozen=True, eq=False)
class Persons:
    """n persons (or spells of persons) in arrays of shape (n,).

    time    days from the origin (release) to the event or to the last day of knowledge, 0 or more
    event   0: no event up to `time`; k: `events[k - 1]`, counted from 1
    events  names of the events. All compete: each is an end of its own, none is censoring
    entry   day from which the person was in view; -inf: since the origin. In view on the days entry < t <= time
    weight  how many persons this one stands for, above 0 (inverse of the chance to be in the data)
    lost    whether somebody without an event was lost to follow-up, not followed to the end of the study

    Equal times are ties; they are kept as they are.
    """

    time: Floats
    event: Ints
    events: tuple[str, ...]
    entry: Floats
    weight: Floats
    lost: Flags
    ordered: bool = False  # by time and all the rest, so that sums do not depend on the order of rows

    @classmethod
    def of(
        cls,
        time: npt.ArrayLike,
        event: Sequence[str] | npt.NDArray[np.str_],
        *,
        events: Iterable[str] | None = None,
        entry: npt.ArrayLike | None = None,
        weight: npt.ArrayLike | None = None,
    ) -> Self:
        """From times and names of events; `none` and `lost` are no event.

        Raises EstimationError for what no person can have; rows are counted from 1.
        """
        names = np.asarray(event, dtype=str)
        known = sorted(set(names.tolist()) - NO_EVENT) if events is None else list(events)
        code = np.full(names.shape, -1, dtype=np.int64)
        for number, name in enumerate(known, start=1):
            code[names == name] = number
        code[np.isin(names, list(NO_EVENT))] = 0
        if (code < 0).any():
            row = int(np.argmin(code))
            raise EstimationError(f"Person {row + 1}: the event “{names[row]}” is not one of those asked for.")
        return cls.coded(time, code, known, entry=entry, weight=weight, lost=names == LOST)

    @classmethod
    def coded(
        cls,
        time: npt.ArrayLike,
        event: npt.ArrayLike,
        events: Sequence[str],
        *,
        entry: npt.ArrayLike | None = None,
        weight: npt.ArrayLike | None = None,
        lost: npt.ArrayLike | None = None,
    ) -> Self:
        """From times and codes of events, 0 for none."""
        when = np.asarray(time, dtype=np.float64)
        n = len(when)
        made = cls(
            time=when,
            event=np.asarray(event, dtype=np.int64),
            events=tuple(events),
            entry=np.full(n, -np.inf) if entry is None else np.asarray(entry, dtype=np.float64),
            weight=np.ones(n) if weight is None else np.asarray(weight, dtype=np.float64),
            lost=np.zeros(n, dtype=bool) if lost is None else np.asarray(lost, dtype=bool),
        )
        made._check()
        return made

    def _check(self) -> None:
        if len(self.time) == 0:
            raise EstimationError("There is nobody to follow: no person is in the data.")
        columns = (self.event, self.entry, self.weight, self.lost)
        if any(column.shape != self.time.shape for column in columns) or self.time.ndim != 1:
            raise EstimationError("Times, events, entries and weights must be equally many.")
        _refuse(~(np.isfinite(self.time) & (self.time >= 0)), "the time is not a number of days, 0 or more")
        _refuse((self.event < 0) | (self.event > len(self.events)), "the event has no name")
        _refuse(~(self.entry < self.time), "the person came into view on the last day or after it")
        within = (self.weight >= LEAST_WEIGHT) & (self.weight <= MOST_WEIGHT)
        _refuse(~within, f"the weight is not between {LEAST_WEIGHT:f} and {MOST_WEIGHT:,.0f}")

    def __len__(self) -> int:
        return len(self.time)

    @property
    def weighted(self) -> bool:
        """Whether some persons stand for more than others."""
        return bool((self.weight != self.weight[0]).any())

    @property
    def delayed(self) -> bool:
        """Whether somebody came into view after the origin."""
        return bool(np.isfinite(self.entry).any())

    def where(self, chosen: Flags | Ints) -> Self:
        """The chosen persons alone; the list of events stays."""
        return replace(
            self, time=self.time[chosen], event=self.event[chosen], entry=self.entry[chosen],
            weight=self.weight[chosen], lost=self.lost[chosen], ordered=False,
        )  # fmt: skip

    def number(self, event: str) -> int:
        """The code of an event. Raises EstimationError for one that is not in the data."""
        if event not in self.events:
            known = ", ".join(self.events) or "none"
            raise EstimationError(f"There is no event “{event}” in the data; there are: {known}.")
        return self.events.index(event) + 1

    def in_order(self) -> Self:
        """The same persons by time, event, entry and weight, so that rounding is the same for every order of rows."""
        if self.ordered:
            return self
        if self.weighted or self.delayed:
            order = np.lexsort((self.lost, self.weight, self.entry, self.event, self.time))
            return replace(self.where(order), ordered=True)
        order = np.argsort(self.time)  # whole numbers are added exactly; entries and weights are all the same
        return replace(self, time=self.time[order], event=self.event[order], lost=self.lost[order], ordered=True)

    def any_event(self) -> Self:
        """The same persons, all events taken for one: how many still stay free, alive and in the country."""
        return replace(self, event=(self.event > 0).astype(np.int64), events=("any",), ordered=False)


def _refuse(wrong: Flags, why: str) -> None:
    if wrong.any():
        raise EstimationError(f"Person {int(np.argmax(wrong)) + 1}: {why}.")
