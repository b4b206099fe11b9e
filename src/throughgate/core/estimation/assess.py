"""From tables to a result: the bound, the headline, every method, all again without each list, the light, the stamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from throughgate.core.estimation import bounds, combining, engine, linked, strata, two_lists
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Combined, Estimate, Interval, Warning_, missing
from throughgate.core.estimation.light import light, too_little
from throughgate.core.estimation.limits import FEWEST_LISTS
from throughgate.core.estimation.reading import Read
from throughgate.core.estimation.result import Found, Result
from throughgate.core.estimation.stamp import Settings, stamp
from throughgate.core.estimation.tables import Table
from throughgate.core.estimation.tipping import Point, Tipping, tipping

Tell = Callable[[int, int, str, str], None]
"""Steps done, steps in all, what comes now (as `words` has it under `progress`), and the list it is about or ""."""


def quiet(done: int, of: int, what: str, name: str) -> None:
    """Tells nobody."""


@dataclass
class Steps:
    """Counts the steps for whoever is told."""

    of: int
    tell: Tell
    done: int = field(default=0)

    def next(self, what: str, name: str = "") -> None:
        """One step more, which is *what*."""
        self.tell(self.done, self.of, what, name)
        self.done += 1


def assess(
    read: Read,
    *,
    seed: int = 0,
    version: str = "",
    settings: Settings | None = None,
    quick: bool = False,
    tell: Tell = quiet,
) -> Result:
    """Everything there is to say of what was read. The same input, seed and version give the same bits.

    quick  takes fewer draws, and leaves out the methods without weight and what would come out without each list

    Raises `EstimationError` where nothing can be computed at all.
    """
    table = read.table.canonical()
    draws = tuple(each.canonical() for each in read.draws)
    by_stratum = {name: each.canonical() for name, each in sorted(read.strata.items())}
    steps = Steps(3 + table.k, tell)
    steps.next("preparing")
    if table.k >= FEWEST_LISTS:
        engine.prepare()
    steps.next("bound")
    least = min((bounds.at_least(each) for each in (table, *draws)), key=lambda each: each.number)
    steps.next("methods")
    combined, pooled = _headline(table, draws, by_stratum, seed, quick=quick)
    without = {} if quick or too_little(table) else _without(table, seed, steps)
    colour = light(table, combined.headline, without, least.number)
    whole = Found(table, least.number, combined.headline, colour, least.reasons)
    return Result(
        whole=whole,
        stamp=stamp(_named(table, draws, by_stratum), version=version, seed=seed, settings=settings or {}),
        parts=combined.parts,
        weights=combined.weights,
        without=without,
        tipping=_tipping(whole, seed),
        strata={name: _found(each, pooled[name]) for name, each in by_stratum.items()},
        linkages=max(len(draws), 1),
        dropped=read.dropped,
    )


def _headline(
    table: Table, draws: tuple[Table, ...], by_stratum: Mapping[str, Table], seed: int, *, quick: bool
) -> tuple[Combined, Mapping[str, Estimate]]:
    """The combined estimate, and those of the strata. What cannot be computed does not exist, and says why."""
    if too_little(table):
        return Combined(missing("combined", table.documented), ()), {
            name: missing("combined", each.documented) for name, each in by_stratum.items()
        }
    try:
        if by_stratum:
            pooled = strata.estimate(by_stratum, seed=seed)
            return pooled.total, pooled.strata
        if draws:
            return linked.estimate(draws, seed=seed), {}
        return combining.estimate(table, seed=seed, quick=quick), {}
    except EstimationError as error:
        return Combined(_refused(table, error), ()), {name: _refused(each, error) for name, each in by_stratum.items()}


def _refused(table: Table, error: EstimationError) -> Estimate:
    return missing("combined", table.documented, Warning_("refused", {"why": str(error)}))


def _without(table: Table, seed: int, steps: Steps) -> dict[str, Estimate]:
    """The headline again without each list; of two lists that are left, the range over all odds ratios of the curve."""
    found = {}
    for name in table.lists:
        steps.next("without", name)
        found[name] = _of_fewer(table.without(name), seed)
    return found


def _of_fewer(table: Table, seed: int) -> Estimate:
    try:
        if table.k < FEWEST_LISTS:
            return two_lists.estimate(table, seed=seed)
        return combining.estimate(table, seed=seed, quick=True).headline
    except EstimationError as error:
        return _refused(table, error)


def _found(table: Table, headline: Estimate) -> Found:
    """A stratum, with the lists that have somebody there: it is too small for leaving out lists."""
    table = table.restricted([name for name in table.lists if table.on(name)])
    least = bounds.at_least(table)
    return Found(table, least.number, headline, light(table, headline, {}, least.number), least.reasons)


def _tipping(found: Found, seed: int) -> Tipping | None:
    """Of two lists the odds ratio is the only thing to tell; of more it is what may be off."""
    if found.table.k < FEWEST_LISTS:
        return Tipping(_curve(_of_fewer(found.table, seed)))
    return tipping(found.table.documented, found.interval) if found.interval is not None else None


def _curve(estimate: Estimate) -> tuple[Point, ...]:
    rows = cast("list[tuple[float, float, float]]", estimate.details.get("curve", []))
    return tuple(Point(ratio, Interval(low, high)) for ratio, low, high in rows)


def _named(table: Table, draws: tuple[Table, ...], by_stratum: Mapping[str, Table]) -> Iterator[tuple[str, Table]]:
    yield "", table
    yield from by_stratum.items()
    yield from ((str(number), each) for number, each in enumerate(draws))
