"""One study: everything that is said of a table of releases, as an object that texts and charts are made of."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.cohorts import WINDOWS, Window, window
from throughgate.core.survival.comparing import Test, gray, log_rank
from throughgate.core.survival.cox import Regression, cox
from throughgate.core.survival.lost import harmed, unharmed
from throughgate.core.survival.means import Means, restricted_means
from throughgate.core.survival.persons import LOST, NONE, Flags, Floats, Persons
from throughgate.core.survival.pooling import pool_means, pool_regressions, pool_tests
from throughgate.core.survival.reading import Releases
from throughgate.core.survival.refusing import Note, refused
from throughgate.core.survival.repeated import MeanCount, mean_count
from throughgate.core.survival.returning import first_releases, lives, returns_in
from throughgate.core.survival.shares import Share, Shares, draws_of, shares
from throughgate.core.survival.undrawn import Undrawn, undrawn

MOST_GROUPS = 20
Draw = tuple[Persons, Floats]


@dataclass(frozen=True)
class Settings:
    """What was asked. days: windows; groups, columns: headings; event: of the regressions (None: each return)."""

    days: tuple[int, ...] = WINDOWS
    groups: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    event: str | None = None
    repeated: bool = False
    turnbull: bool = False
    seed: int = 0
    version: str = ""


@dataclass(frozen=True)
class Reading:
    """The share with an event by a day: if the lost fare as others, if none of the lost had it, if all of them had."""

    day: int
    event: str
    share: Share
    best: Share | None
    worst: Share | None


@dataclass(frozen=True, eq=False)
class Group:
    """Persons of one group; `name` is empty for everybody. `beyond`: days asked for that nobody reached; `undrawn`:
    shares from the limits of rough days alone, where they were asked for."""

    name: tuple[tuple[str, str], ...]
    persons: int
    ended: dict[str, int]
    followed: int
    lost: int
    late: int
    shares: Shares
    readings: tuple[Reading, ...]
    beyond: tuple[int, ...]
    windows: tuple[Window, ...]
    means: Means | None
    counts: dict[str, MeanCount]
    undrawn: tuple[Undrawn, ...] = ()


@dataclass(frozen=True, eq=False)
class Study:
    """groups: everybody first. tests: by event, of all groups. regressions: one for each event asked for."""

    settings: Settings
    as_of: int | None
    weighted: bool
    fuzzy: bool
    groups: tuple[Group, ...]
    tests: dict[str, tuple[Test, ...]]
    regressions: tuple[Regression, ...]
    notes: tuple[Note, ...]
    stamp: dict[str, object]


def study(releases: Releases, settings: Settings, *, tell: Callable[[int, int], None] | None = None) -> Study:
    """Everything at once. Raises EstimationError for what cannot be answered at all; lesser things become notes.

    `tell` hears how many groups of how many are done.
    """
    if not all(day > 0 for day in settings.days) or not settings.days:
        raise EstimationError("A window must be longer than 0 days.")
    if settings.event and not settings.columns:
        raise EstimationError("An event to explain needs columns to explain it by.")
    everything = releases
    if settings.repeated:
        releases = first_releases(everything)
    draws = draws_of(releases, seed=settings.seed)
    masks = [((), np.ones(len(releases), dtype=bool)), *_groups(releases, settings.groups)]
    notes: list[Note] = []
    groups = []
    for done, (name, mask) in enumerate(masks):
        if tell:
            tell(done, len(masks) + 1)
        groups.append(_group(name, mask, releases, draws, settings, notes))
    if settings.turnbull:
        groups = _with_limits(groups, [mask for _, mask in masks], releases, notes, settings.seed)
    if settings.repeated:
        groups = [_with_counts(group, everything, notes) for group in groups]
    tests = _tests([mask for _, mask in masks[1:]], releases, draws, notes)
    return Study(
        settings, releases.as_of, draws[0][0].weighted, releases.fuzzy, tuple(groups), tests,
        tuple(_regressions(releases, draws, settings, notes)), tuple(dict.fromkeys(notes)),
        _stamp(everything, settings),
    )  # fmt: skip


def _groups(releases: Releases, headings: Sequence[str]) -> list[tuple[tuple[tuple[str, str], ...], Flags]]:
    if not headings:
        return []
    values = [sorted(set(releases.columns[heading])) for heading in headings]
    arrays = [np.array(releases.columns[heading]) for heading in headings]
    found = []
    for chosen in itertools.product(*values):
        mask = np.logical_and.reduce([array == value for array, value in zip(arrays, chosen, strict=True)])
        if mask.any():
            found.append((tuple(zip(headings, chosen, strict=True)), mask))
    if len(found) > MOST_GROUPS:
        raise EstimationError(f"There are {len(found)} groups by {', '.join(headings)}; {MOST_GROUPS} are the most.")
    if len(found) < 2:
        raise EstimationError(f"Everybody is in one group by {', '.join(headings)}.")
    return found


def _group(
    name: tuple[tuple[str, str], ...], mask: Flags, releases: Releases, draws: Sequence[Draw], settings: Settings,
    notes: list[Note],
) -> Group:  # fmt: skip
    mine = [(persons.where(mask), possible[mask]) for persons, possible in draws]
    persons = mine[0][0]
    found = shares([each for each, _ in mine])
    notes.extend(Note(code, _said(name)) for code in found.warnings)
    names = np.array(releases.event)[mask]
    reached = tuple(day for day in settings.days if day <= found.until)
    return Group(
        name=name, persons=len(persons), ended={event: int((names == event).sum()) for event in persons.events},
        followed=int((names == NONE).sum()), lost=int((names == LOST).sum()),
        late=int(np.isfinite(persons.entry).sum()), shares=found, readings=_readings(mine, found, reached),
        beyond=tuple(day for day in settings.days if day > found.until),
        windows=_windows(releases, mask, persons, settings), means=_means(mine, reached), counts={},
    )  # fmt: skip


def _readings(draws: Sequence[Draw], found: Shares, days: Sequence[int]) -> tuple[Reading, ...]:
    anybody = bool(draws[0][0].lost.any())
    best = shares([unharmed(*draw) for draw in draws]) if anybody else None
    made = []
    for event in found.names:
        worst = shares([harmed(persons, event) for persons, _ in draws]) if anybody else None
        for day in days:
            share = found.at(day, event)
            if share:
                edges = [each.at(day, event) if each else None for each in (best, worst)]
                made.append(Reading(day, event, share, *edges))
    return tuple(sorted(made, key=lambda each: (each.day, found.names.index(each.event))))


def _windows(releases: Releases, mask: Flags, persons: Persons, settings: Settings) -> tuple[Window, ...]:
    if releases.as_of is None or persons.delayed:
        return ()
    possible = (releases.as_of - releases.start[1])[mask]
    shortest = np.maximum(releases.end[0] - releases.start[1], 0)[mask]
    longest = (releases.end[1] - releases.start[0])[mask]
    days = [day for day in settings.days if (possible >= day).any()]
    return tuple(window(persons, possible, day, spans=(shortest, longest)) for day in days)


def _means(draws: Sequence[Draw], days: Sequence[int]) -> Means | None:
    return pool_means([restricted_means(persons, max(days)) for persons, _ in draws]) if days else None


def _with_counts(group: Group, releases: Releases, notes: list[Note]) -> Group:
    mask = np.logical_and.reduce(
        [np.ones(len(releases), dtype=bool), *(np.array(releases.columns[name]) == value for name, value in group.name)]
    )
    found = {}
    try:
        for event in ("", *returns_in(releases)):
            spells, person, returns, ends = lives(releases, mask, event)
            found[event] = mean_count(spells, person, returns, ends)
    except EstimationError as error:
        if not group.name:
            raise
        notes.append(refused(error, _said(group.name)))
    return replace(group, counts=found)


def _with_limits(
    groups: list[Group], masks: Sequence[Flags], releases: Releases, notes: list[Note], seed: int
) -> list[Group]:  # fmt: skip
    """What is refused for everybody is refused once."""
    found = []
    for group, mask in zip(groups, masks, strict=True):
        days = sorted({each.day for each in group.readings})
        try:
            found.append(replace(group, undrawn=undrawn(releases, mask, days, seed=seed)))
        except EstimationError as error:
            notes.append(refused(error, _said(group.name)))
            if not group.name:
                return groups
            found.append(group)
    return found


def _tests(
    masks: Sequence[Flags], releases: Releases, draws: Sequence[Draw], notes: list[Note]
) -> dict[str, tuple[Test, ...]]:  # fmt: skip
    if not masks:
        return {}
    found: dict[str, tuple[Test, ...]] = {}
    for event in releases.events:
        made = []
        for test in (log_rank, gray):
            try:
                made.append(pool_tests([test([persons.where(mask) for mask in masks], event) for persons, _ in draws]))
            except EstimationError as error:
                notes.append(refused(error, event))
        if made:
            found[event] = tuple(made)
    return found


def _regressions(
    releases: Releases, draws: Sequence[Draw], settings: Settings, notes: list[Note]
) -> list[Regression]:  # fmt: skip
    if not settings.columns:
        return []
    wanted = (settings.event,) if settings.event else returns_in(releases) or releases.events
    columns = releases.numbers(settings.columns)
    found = []
    for event in wanted:
        try:
            made = [cox(persons, columns, settings.columns, event) for persons, _ in draws]
            found.append(pool_regressions(made))
        except EstimationError as error:
            if settings.event:
                raise
            notes.append(refused(error, event))
    return found


def _said(name: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{heading} = {value}" for heading, value in name)


def _stamp(releases: Releases, settings: Settings) -> dict[str, object]:
    """SHA-256 of the rows in whatever order, of what is used of them; the version, the seed and the settings."""
    days = (part.tolist() for part in (*releases.start, *releases.end, releases.entry, releases.weight))
    persons = releases.person if settings.repeated else ("",) * len(releases)
    others = (releases.columns[name] for name in sorted(releases.columns))
    rows = zip(*days, releases.event, persons, *others, strict=True)
    digest = hashlib.sha256(json.dumps([releases.as_of, sorted(releases.columns)], ensure_ascii=False).encode())
    for row in sorted(json.dumps(row, ensure_ascii=False) for row in rows):
        digest.update(b"\n" + row.encode())
    asked = {
        "days": list(settings.days), "groups": list(settings.groups), "columns": list(settings.columns),
        "event": settings.event, "repeated": settings.repeated, "turnbull": settings.turnbull,
    }  # fmt: skip
    return {"input": digest.hexdigest(), "version": settings.version, "seed": settings.seed, "settings": asked}
