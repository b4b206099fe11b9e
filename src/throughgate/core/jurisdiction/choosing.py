"""Which of several release dates is the one to work by."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from throughgate.core.dates import PartialDate

ReleaseDateType = Literal[
    "computed",
    "told_by_facility",
    "told_by_person",
    "parole",
    "replacement",
    "amnesty",
    "pardon",
    "court_changed",
    "rumoured",
]
ReleaseCertainty = Literal["certain", "likely", "possible", "doubtful", "past_no_release"]

# On the same day, or when the days are not known, the decision that frees most surely.
_DECISIONS: tuple[ReleaseDateType, ...] = (
    "told_by_facility",
    "replacement",
    "parole",
    "amnesty",
    "court_changed",
    "pardon",
)
_UNSURE: frozenset[ReleaseCertainty] = frozenset({"possible", "doubtful"})
_CERTAINTY: tuple[ReleaseCertainty, ...] = ("doubtful", "possible", "past_no_release", "likely", "certain")


@dataclass(frozen=True, slots=True)
class ReleaseDateClaim:
    """A release date somebody gives; `told_on` is the day it was told or decided."""

    type: ReleaseDateType
    on: PartialDate
    certainty: ReleaseCertainty = "likely"
    told_on: datetime.date | None = None
    withdrawn: bool = False


def choose(dates: Iterable[ReleaseDateClaim]) -> ReleaseDateClaim | None:
    """The working date, or None when nothing stands; see `in_order` for the precedence."""
    return next(iter(in_order(dates)), None)


def in_order(dates: Iterable[ReleaseDateClaim]) -> list[ReleaseDateClaim]:
    """The claims that stand, the one to work by first.

    ====  =====================================================  ==========================
    rank  claims                                                 within the rank
    ====  =====================================================  ==========================
    1     pardon, changed by a court, amnesty, parole,           the newest `told_on`; on
          replacement, told by the institution                   the same day in this order
    2     told by the person or family                           the newest
    3     computed                                               the newest
    4     any of rank 1 or 2 that is only possible or doubtful   the newest
    5     rumoured                                               the newest
    ====  =====================================================  ==========================

    A decision thus beats every date told before it, and a date the institution tells later
    (which has the decision in it) beats the decision. The last day written in the judgment is
    recorded as told by the institution. A date told on an unknown day counts as the oldest.
    Withdrawn claims are out. A rumour comes first only when nothing else stands.
    """
    return sorted((one for one in dates if not one.withdrawn), key=_weight, reverse=True)


def _weight(claim: ReleaseDateClaim) -> tuple[int, datetime.date, int, int, int]:
    return (
        -_rank(claim),
        claim.told_on or datetime.date.min,
        _DECISIONS.index(claim.type) if claim.type in _DECISIONS else 0,
        _CERTAINTY.index(claim.certainty),
        # Two equal claims: the earlier date, so that nobody comes out to an empty gate.
        -claim.on.earliest.toordinal(),
    )


def _rank(claim: ReleaseDateClaim) -> int:
    if claim.type == "rumoured":
        return 5
    if claim.type == "computed":
        return 3
    if claim.certainty in _UNSURE:
        return 4
    return 1 if claim.type in _DECISIONS else 2
