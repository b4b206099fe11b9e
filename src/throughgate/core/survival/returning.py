"""Several returns of one person: spells of freedom, and the years of a life put on one clock."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.persons import LOST, NONE, Flags, Ints, Persons
from throughgate.core.survival.reading import Releases

RETURN = "return"  # with this word begin the names of events that are returns to custody


def returns_in(releases: Releases) -> tuple[str, ...]:
    """The events that are returns to custody, by their names: `return_political`, `return_other`, ..."""
    return tuple(name for name in releases.events if name.startswith(RETURN))


def first_releases(releases: Releases) -> Releases:
    """The first row of every person. Raises EstimationError when a day is known only roughly."""
    if releases.fuzzy:
        raise EstimationError("Repeated returns need exact days: one of the days is known only roughly.")
    _order(releases)
    order = np.lexsort((releases.end[0], releases.start[0]))
    first: dict[str, int] = {}
    for row in order.tolist():
        first.setdefault(releases.person[row], row)
    return _rows(releases, np.array(sorted(first.values())))


def lives(releases: Releases, mask: Flags, event: str) -> tuple[Persons, list[str], set[str], set[str]]:
    """Spells on the clock of the first release, whose each is, names of returns and of ends.

    With `event`, other returns are no event, though the person goes on to be in view. A person is in view from the
    first release on, in custody too, up to the last row; whose last row is a return is held since, up to the end of
    the study, for another release would have made another row.
    """
    releases = _rows(releases, np.flatnonzero(mask))
    returns, rows = set(returns_in(releases)), np.lexsort((releases.end[0], releases.start[0]))
    wanted = {event} if event else returns
    ends = set(releases.events) - returns
    names = sorted((wanted & returns) | ends)
    codes = {name: number for number, name in enumerate(names, start=1)}
    made: list[tuple[str, float, float, int, float]] = []
    origin: dict[str, float] = {}
    ended: dict[str, tuple[float, int]] = {}
    for row in rows.tolist():
        person = releases.person[row]
        zero = origin.setdefault(person, float(releases.start[0][row]))
        entry = ended.get(person, (float(releases.entry[row]), row))[0]
        time = float(releases.end[0][row]) - zero
        if not entry < time:
            raise EstimationError(f"Two returns of “{person}” are on one day; keep one of them.")
        made.append((person, entry, time, codes.get(releases.event[row], 0), float(releases.weight[row])))
        ended[person] = (time, row)
    for person, (time, row) in ended.items():
        if releases.event[row] in returns and releases.as_of is not None and releases.as_of - origin[person] > time:
            made.append((person, time, releases.as_of - origin[person], 0, float(releases.weight[row])))
    who, entries, times, kinds, weights = zip(*made, strict=True)
    spells = Persons.coded(times, kinds, names, entry=entries, weight=weights)
    return spells, list(who), wanted & returns, ends


def _order(releases: Releases) -> None:
    """Rows of a person must follow each other, and only a return can be followed."""
    order = np.lexsort((releases.end[0], releases.start[0]))
    last: dict[str, int] = {}
    for row in order.tolist():
        person = releases.person[row]
        if person in last:
            before = last[person]
            here, there = releases.row[row], releases.row[before]
            if releases.start[0][row] < releases.end[0][before]:
                raise EstimationError(f"“{person}” is released in row {here} before the end in row {there}.")
            if releases.event[before] in (NONE, LOST) or not releases.event[before].startswith(RETURN):
                raise EstimationError(
                    f"“{person}” is released in row {here}, but row {there} does not end in a return."
                )
        last[person] = row


def _rows(releases: Releases, rows: Ints) -> Releases:
    return replace(
        releases,
        start=(releases.start[0][rows], releases.start[1][rows]), end=(releases.end[0][rows], releases.end[1][rows]),
        event=tuple(releases.event[row] for row in rows), entry=releases.entry[rows], weight=releases.weight[rows],
        person=tuple(releases.person[row] for row in rows) if releases.person else (),
        row=tuple(releases.row[row] for row in rows),
        columns={name: tuple(values[row] for row in rows) for name, values in releases.columns.items()},
    )  # fmt: skip
