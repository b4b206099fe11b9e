"""The traffic light: may an interval be published (green), with what care (amber), or not at all (red)?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from throughgate.core.estimation.estimates import Estimate, Warning_
from throughgate.core.estimation.limits import FEWEST_LISTS, FEWEST_OVERLAPS
from throughgate.core.estimation.tables import Table

MOST_SINGLETONS = 0.90
MOST_SPREAD = 1.5
MOST_RATIO = 3.0
# What an estimator's warning means for the light. A code in neither is told beside its method only.
REDS = frozenset(
    {
        "copied",
        "few_lists",
        "few_overlaps",
        "no_estimate",
        "no_upper_end",
        "not_identified",
        "prior_driven",
        "refused",
        "strata_silent",
    }
)
AMBERS = frozenset({"rhat", "few_draws", "not_converged", "poor_fit", "borrowed"})

OF_A_RANGE = frozenset({"leave_one_out", "wide", "below_bound"})
"""Cautions about a range. Where none may be told, neither may its shape."""


class Colour(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Light:
    """A colour, and every reason for it: the red ones first."""

    colour: Colour
    reasons: tuple[Warning_, ...]

    @property
    def is_red(self) -> bool:
        return self.colour is Colour.RED


def light(table: Table, headline: Estimate, without: Mapping[str, Estimate], at_least: float = 0) -> Light:
    """Of a table, its combined estimate with the warnings about it, the estimates without each list, and the bound."""
    own = {warning.code: warning for warning in headline.warnings}
    red = [*_refusals(table, headline), *(own[code] for code in sorted(own) if code in REDS)]
    red = list({(reason.code, tuple(reason.params.items())): reason for reason in red}.values())
    amber = [*_cautions(table, headline, without, at_least), *(own[code] for code in sorted(own) if code in AMBERS)]
    if red:
        amber = [reason for reason in amber if reason.code not in OF_A_RANGE]
    colour = Colour.RED if red else Colour.AMBER if amber else Colour.GREEN
    return Light(colour, (*red, *amber))


def too_little(table: Table) -> tuple[Warning_, ...]:
    """The red reasons that no estimate can change: too few lists, or one with too few overlaps. Empty: try."""
    overlaps = {name: table.overlaps(name) for name in sorted(table.lists)}
    few = [Warning_("few_lists", {"lists": table.k})] if table.k < FEWEST_LISTS else []
    return (
        *few,
        *(
            Warning_("few_overlaps", {"list": name, "overlaps": shared})
            for name, shared in overlaps.items()
            if shared < FEWEST_OVERLAPS
        ),
    )


def _refusals(table: Table, headline: Estimate) -> Iterator[Warning_]:
    little = too_little(table)
    yield from little
    if not headline.exists and not little and not any(headline.has(code) for code in REDS):
        yield Warning_("no_estimate")


def _cautions(table: Table, headline: Estimate, without: Mapping[str, Estimate], at_least: float) -> Iterator[Warning_]:
    share = table.singletons() / table.documented
    if share > MOST_SINGLETONS:
        yield Warning_("singletons", {"share": share})
    for name, each in without.items():
        if not each.exists:
            yield Warning_("leave_one_out_none", {"list": name})
    existing = [each.estimate for each in (headline, *without.values()) if each.exists]
    if len(existing) > 1:
        ratio = max(existing) / min(existing)
        if ratio > MOST_SPREAD:
            yield Warning_("leave_one_out", {"ratio": ratio})
    if headline.exists and headline.interval.ratio > MOST_RATIO:
        yield Warning_("wide", {"ratio": headline.interval.ratio})
    if headline.interval.high < at_least:
        yield Warning_("below_bound")
