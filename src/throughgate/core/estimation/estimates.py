"""What every estimator gives back: a number with its interval, and all that is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Draws = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """From `low` to `high` persons; `high` may be infinite."""

    low: float
    high: float

    @property
    def ratio(self) -> float:
        """high / low, 1 or more."""
        return self.high / self.low if self.low > 0 else math.inf


@dataclass(frozen=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """Something a reader must know of a result: a code, and what its sentence names. The words are in `words`."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Estimate:
    """What one method says of N, the number of all persons, documented and not.

    method    its name, such as "loglinear"
    estimate  the median of N in persons; never shown without its interval
    interval  95 %, in persons
    draws     (n,) equally likely values of N, sorted, for combining; None where the method has none
    warnings  all that is wrong with it
    details   what the method adds, for JSON
    """

    method: str
    estimate: float
    interval: Interval
    draws: Draws | None = None
    warnings: tuple[Warning_, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether there is a number at all: not where the data leave N without an upper end."""
        return all(math.isfinite(value) for value in (self.estimate, *self.interval))

    def has(self, code: str) -> bool:
        """Whether a warning of that code is among the warnings."""
        return any(warning.code == code for warning in self.warnings)


def from_draws(
    method: str,
    draws: Draws,
    *,
    warnings: tuple[Warning_, ...] = (),
    details: Mapping[str, object] | None = None,
) -> Estimate:
    """Median and 95 % interval of equally likely values of N, shape (n,), in any order."""
    ordered = np.sort(np.asarray(draws, dtype=np.float64))
    low, middle, high = (float(value) for value in np.quantile(ordered, (0.025, 0.5, 0.975)))
    return Estimate(method, middle, Interval(low, high), ordered, warnings, details or {})


def missing(method: str, documented: int, *warnings: Warning_, details: Mapping[str, object] | None = None) -> Estimate:
    """No estimate: anything from the documented number up is possible, for the reasons named."""
    return Estimate(method, math.inf, Interval(float(documented), math.inf), None, warnings, details or {})


@dataclass(frozen=True, eq=False)
class Combined:
    """What all methods say together.

    headline  from the stated mixture; `exists` is False where the lists do not tell. Its warnings are those about the
              mixture itself: they set the traffic light (the codes are in `light`)
    parts     every single result, with its own warnings
    weights   of the mixture, by method; they add up to 1
    """

    headline: Estimate
    parts: tuple[Estimate, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
