"""What an estimation found: text, JSON and chart are made from it, and say the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from throughgate.core.estimation.estimates import Estimate, Interval, Warning_
from throughgate.core.estimation.light import Light
from throughgate.core.estimation.rounding import down, outward
from throughgate.core.estimation.stamp import Stamp
from throughgate.core.estimation.tables import Table
from throughgate.core.estimation.tipping import Point, Tipping


@dataclass(frozen=True, eq=False)
class Found:
    """The numbers for one population, or for one stratum of it.

    table     the counts
    at_least  lower bound of N in persons, one-sided 97.5 %
    headline  the combined estimate; its interval may be told only where `interval` is not None
    light     and its reasons
    bound     why `at_least` is no higher, as `bounds.AtLeast` has it
    """

    table: Table
    at_least: int
    headline: Estimate
    light: Light
    bound: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """95 %; None where the light is red. It begins at the bound at the earliest, which assumes less."""
        if self.light.is_red:
            return None
        return Interval(*(max(end, float(self.at_least)) for end in self.headline.interval))


@dataclass(frozen=True, eq=False)
class Result:
    """All that is told.

    whole     everybody
    stamp     what makes the same bits again
    parts     every method by itself
    weights   of the methods in the headline
    without   the headline again without one list, by the list's name
    tipping   the number if what cannot be checked is not so; None where there is nothing to tell
    strata    by name, in order
    linkages  how many plausible linkages were combined
    dropped   persons on none of the lists chosen
    """

    whole: Found
    stamp: Stamp
    parts: tuple[Estimate, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    without: Mapping[str, Estimate] = field(default_factory=dict)
    tipping: Tipping | None = None
    strata: Mapping[str, Found] = field(default_factory=dict)
    linkages: int = 1
    dropped: int = 0

    @property
    def table(self) -> Table:
        return self.whole.table

    def as_dict(self) -> dict[str, object]:
        """For JSON. Infinity is null there; where the light is red so is every range but the curve of two lists."""
        tell = not self.whole.light.is_red
        return {
            **_found(self.whole),
            "lists": list(self.table.lists),
            "not_included": "persons no organisation could ever have reached",
            "methods": [_estimate(each, tell=tell) for each in self.parts],
            "weights": dict(self.weights),
            "without": {name: _estimate(each, tell=tell) for name, each in self.without.items()},
            "tipping": _tipping(self.tipping),
            "strata": {name: _found(each) for name, each in self.strata.items()},
            "linkages": self.linkages,
            "dropped": self.dropped,
            "stamp": self.stamp.as_dict(),
        }


def _found(found: Found) -> dict[str, object]:
    """Exact numbers, and beside them what may be told of them (two figures)."""
    documented = found.table.documented
    told: dict[str, object] = {"documented": documented, "at_least": down(found.at_least, documented), "between": None}
    if found.interval is not None:
        told["between"] = [finite(end) for end in outward(found.interval, documented)]
    return {
        "documented": documented,
        "at_least": found.at_least,
        "bound": list(found.bound),
        "estimate": _estimate(found.headline, tell=found.interval is not None),
        "told": told,
        "light": found.light.colour.value,
        "reasons": [_warning(reason) for reason in found.light.reasons],
    }


def _estimate(estimate: Estimate, *, tell: bool) -> dict[str, object]:
    return {
        "method": estimate.method,
        "median": finite(estimate.estimate) if tell else None,
        "low": finite(estimate.interval.low) if tell else None,
        "high": finite(estimate.interval.high) if tell else None,
        "warnings": [_warning(each) for each in estimate.warnings],
    }


def _warning(warning: Warning_) -> dict[str, object]:
    params = {name: finite(value) if isinstance(value, float) else value for name, value in warning.params.items()}
    return {"code": warning.code, **params}


def _tipping(found: Tipping | None) -> dict[str, object]:
    if found is None:
        return {"dependence": [], "unreachable": []}
    return {"dependence": _points("times", found.dependence), "unreachable": _points("share", found.unreachable)}


def _points(name: str, points: tuple[Point, ...]) -> list[dict[str, object]]:
    return [{name: each.at, "low": finite(each.interval.low), "high": finite(each.interval.high)} for each in points]


def finite(number: float) -> float | None:
    """None for infinity and NaN, which JSON does not have."""
    return number if math.isfinite(number) else None
