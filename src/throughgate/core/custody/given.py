"""Events as they were reported, and the standing derived from them: plain values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from throughgate.core.dates import PartialDate

Liberty = Literal["free", "restricted", "deprived", "ended", "unknown"]
Level = Literal["deprived", "restricted"]

# Event kind -> (group, liberty_after), as the vocabulary of custody events has them.
Kinds = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One report of one thing that happened.

    `reliability` A (best) to F of the source, `credibility` 1 (best) to 6 of the report.
    `preferred`: somebody decided for it where reports disagree; `superseded`: left out.
    """

    id: str
    kind: str
    on: PartialDate | None
    facility: str | None = None
    source: str = ""
    reliability: str = "F"
    credibility: str = "6"
    preferred: bool = False
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """Time in one facility; None where it is not known. No `end`: still there."""

    facility: str | None
    start: PartialDate | None
    end: PartialDate | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in custody of more days than allowed without a known facility."""

    start: datetime.date
    end: datetime.date
    days: int


@dataclass(frozen=True, slots=True)
class Episode:
    """One continuous deprivation of liberty, or one of house arrest or restriction of liberty.

    `start` and `end` are None when not known; `end_event` is None too while it lasts. Both the
    first and the last day count. `days_max` is None when the start is not known at all.
    """

    level: Level
    start_event: str
    end_event: str | None
    start: PartialDate | None
    end: PartialDate | None
    stays: tuple[Stay, ...]
    days_min: int
    days_max: int | None
    gaps: tuple[Gap, ...]

    @property
    def lasts(self) -> bool:
        return self.end_event is None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Reports that cannot all be true, or one that cannot be placed; see `wording.explain`."""

    code: str
    events: tuple[str, ...]
    params: tuple[tuple[str, str | PartialDate], ...] = ()


@dataclass(frozen=True, slots=True)
class SignOfLife:
    on: PartialDate
    kind: str
    event: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands today, by the events given.

    `state` is a `state_*` code of the vocabulary and `since` the day it began. `days_held`
    counts deprivation of liberty only (a disappearance is one), between `days_min` and
    `days_max` (None: no upper bound is known); `days_restricted` counts house arrest and
    restriction of liberty. `silent_days`: since the last sign of life or, failing that, since
    the person was taken; None for somebody who is not held.
    """

    state: str
    liberty: Liberty
    facility: str | None
    since: PartialDate | None
    days_held: int
    days_min: int
    days_max: int | None
    days_restricted: int
    episodes: tuple[Episode, ...]
    contradictions: tuple[Contradiction, ...]
    last_sign_of_life: SignOfLife | None
    silent_days: int | None
