"""Curves with their intervals on a grid of days, from exact days or from several draws of days known only roughly.

A day that is only known to lie between two is drawn between them, all days alike, several times; the curves of the
draws are averaged, and the spread between them is added to the variance (Rubin 1987, Multiple Imputation, chapter 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from throughgate.core.survival.chances import student_width
from throughgate.core.survival.counting import in_view, people_in_view
from throughgate.core.survival.curves import Curves, Z, curves, in_view_squares, interval
from throughgate.core.survival.persons import LOST, NONE, Floats, Ints, Persons
from throughgate.core.survival.reading import Releases

DRAWS = 20


class Share(NamedTuple):
    """A share of persons with its 95 % interval, all between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Shares:
    """days (G,) ascending from 0; (G,) free with interval; (K, G) shares with intervals; (G,) people in view.

    until   the last day on which anything is known: nothing is said of later ones
    warnings  codes of what a reader must know
    """

    names: tuple[str, ...]
    days: Floats
    people: Ints
    free: tuple[Floats, Floats, Floats]
    share: tuple[Floats, Floats, Floats]
    until: float
    warnings: tuple[str, ...]

    def at(self, day: float, event: str) -> Share | None:
        """The share with an event by a day; None past the last day known."""
        if day > self.until:
            return None
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        row = self.names.index(event)
        value, low, high = (float(part[row, place]) for part in self.share)
        return Share(value, low, high)

    def free_at(self, day: float) -> Share | None:
        """The share still free by a day."""
        if day > self.until:
            return None
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        value, low, high = (float(part[place]) for part in self.free)
        return Share(value, low, high)


def draws_of(releases: Releases, *, seed: int, draws: int = DRAWS) -> list[tuple[Persons, Floats]]:
    """Persons, in the order of the rows, with days from release to the end of the study (inf with durations).

    One draw where all days are exact. Rows that are the same get their draws in turn, so that their order in the
    table does not matter.
    """
    if not releases.fuzzy:
        return [_persons(releases, releases.start[0], releases.end[0])]
    codes = {name: number for number, name in enumerate(sorted(set(releases.event)))}
    event = np.array([codes[name] for name in releases.event])
    others = [np.unique(np.array(releases.columns[name]), return_inverse=True)[1] for name in sorted(releases.columns)]
    keys = (*others, releases.weight, event, *releases.end, *releases.start)
    order = np.lexsort(keys)
    random = np.random.default_rng(seed)
    made = []
    for _ in range(draws):
        start, end = np.empty(len(releases)), np.empty(len(releases))
        latest = np.minimum(releases.start[1], releases.end[1])
        start[order] = _between(releases.start[0][order], latest[order], random)
        end[order] = _between(np.maximum(releases.end[0], start)[order], releases.end[1][order], random)
        made.append(_persons(releases, start, end))
    return made


def _between(low: Floats, high: Floats, random: np.random.Generator) -> Floats:
    return np.floor(low + random.random(len(low)) * (high - low + 1))


def _persons(releases: Releases, start: Floats, end: Floats) -> tuple[Persons, Floats]:
    codes = {name: number for number, name in enumerate(releases.events, start=1)} | {NONE: 0, LOST: 0}
    persons = Persons.coded(
        end - start, [codes[name] for name in releases.event], releases.events, entry=releases.entry,
        weight=releases.weight, lost=[name == LOST for name in releases.event],
    )  # fmt: skip
    possible = np.full(len(start), np.inf) if releases.as_of is None else releases.as_of - start
    return persons, possible


def shares(draws: Sequence[Persons]) -> Shares:
    """The curves of one group, from one draw or from several."""
    found = [curves(persons) for persons in draws]
    if not any(len(each.times) for each in found):
        days = np.array([0.0])
    else:
        days = np.unique(np.concatenate([[0.0], *(each.times for each in found)]))
    people = np.mean([people_in_view(persons, days) for persons in draws], axis=0)
    effective = [_effective(persons, days) for persons in draws]
    free = _averaged([(_on(each, days, each.free, 1.0), _on(each, days, each.free_variance, 0.0)) for each in found],
                     effective)  # fmt: skip
    parts = []
    for k in range(len(found[0].names)):
        steps = [
            (1 - _on(each, days, each.share[k], 0.0), _on(each, days, each.share_variance[k], 0.0)) for each in found
        ]
        value, low, high = _averaged(steps, effective)
        parts.append((1 - value, 1 - high, 1 - low))
    known = found[0].names
    shape = (len(known), len(days))
    return Shares(
        names=known, days=days, people=np.rint(people).astype(np.int64),
        free=free,
        share=tuple(np.array([part[place] for part in parts]).reshape(shape) for place in range(3)),  # type: ignore[arg-type]
        until=_until(found), warnings=_warnings(found),
    )  # fmt: skip


def _until(found: Sequence[Curves]) -> float:
    """The day all draws reach."""
    return min(np.inf if each.reaches(np.inf) else each.until for each in found)


def _warnings(found: Sequence[Curves]) -> tuple[str, ...]:
    codes = []
    if any(each.ran_dry for each in found):
        codes.append("ran_dry")
    if len(found) > 1:
        codes.append("imputed")
    return tuple(codes)


def _effective(persons: Persons, days: Floats) -> Floats:
    risk, squares = in_view(persons, days), in_view_squares(persons, days)
    return np.divide(risk**2, squares, out=np.zeros_like(risk), where=squares > 0)


def _on(found: Curves, days: Floats, values: Floats, first: float) -> Floats:
    """(G,) a step function on the grid."""
    return np.concatenate(([first], values))[np.searchsorted(found.times, days, side="right")]


def _averaged(draws: Sequence[tuple[Floats, Floats]], effective: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """A share still free with its interval, from the shares and variances of the draws.

    The interval does not reach past those of all draws: where an event falls before a day in few draws only, the
    spread is many times the share, and the scale of logarithms has no meaning.
    """
    value, variance = _combined([each for each, _ in draws], [each for _, each in draws])
    low, high = interval(value, variance, np.mean(effective, axis=0))
    if len(draws) > 1:
        each = [interval(*draw, persons) for draw, persons in zip(draws, effective, strict=True)]
        low = np.maximum(low, np.min([one for one, _ in each], axis=0))
        high = np.minimum(high, np.max([one for _, one in each], axis=0))
    return value, low, high


def _combined(values: Sequence[Floats], variances: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Mean and total variance; few draws widen it as Student's t does."""
    m = len(values)
    mean, within = np.mean(values, axis=0), np.mean(variances, axis=0)
    if m == 1:
        return mean, within
    between = (1 + 1 / m) * np.var(values, axis=0, ddof=1)
    share = np.divide(between, within + between, out=np.zeros_like(within), where=between > 0)
    freedom = np.divide(m - 1.0, share**2, out=np.full_like(share, 1e9), where=share > 1e-4)
    return mean, (within + between) * (student_width(freedom) / Z) ** 2
