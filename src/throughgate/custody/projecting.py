"""From the rows of one person to their standing: what the core derives, and what lists keep of it."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughgate.codelists import codes
from throughgate.core.custody import Episode, Event, Kinds, derive
from throughgate.core.custody import Standing as Derived
from throughgate.core.dates import PartialDate
from throughgate.core.jurisdiction import in_order
from throughgate.core.vocab import vocabulary
from throughgate.custody.models import CustodyEvent, ReleaseDate


@functools.cache
def _shipped_kinds() -> Mapping[str, tuple[str, str]]:
    return {term.code: (term.extra["group"], term.extra["liberty_after"]) for term in vocabulary("custody_event")}


def kinds() -> Kinds:
    """The event kinds as the core wants them; those an organisation added change nobody's liberty."""
    own = {code: ("own", "unchanged") for list_name, code in codes.own_terms() if list_name == "custody_event"}
    return {**own, **_shipped_kinds()} if own else _shipped_kinds()


def as_event(row: CustodyEvent) -> Event:
    return Event(
        id=str(row.id),
        kind=row.kind,
        on=row.on,
        facility=str(row.facility_id) if row.facility_id else None,
        source=row.source_kind,
        reliability=row.reliability.upper(),
        credibility=row.credibility,
        preferred=row.preferred,
        superseded=not row.stands,
    )


def derived(events: Iterable[CustodyEvent], *, today: datetime.date) -> Derived:
    return derive([as_event(row) for row in events], kinds(), today=today)


def lasting(found: Derived) -> Episode | None:
    """The episode that has not ended."""
    return found.episodes[-1] if found.episodes and found.episodes[-1].lasts else None


def is_gone(found: Derived) -> bool:
    """At liberty, abroad or dead: nobody waits for their release."""
    return lasting(found) is None and found.liberty in ("free", "restricted", "ended")


def working(dates: Iterable[ReleaseDate], found: Derived) -> ReleaseDate | None:
    """The date to work by: the first that stands and is about the present custody."""
    if is_gone(found):
        return None
    episode = lasting(found)
    start = episode.start.earliest if episode is not None and episode.start is not None else None
    about_now = [row for row in dates if start is None or not _is_older(row, start)]
    ordered = in_order(row.claim for row in about_now)
    return next((row for row in about_now if row.claim == ordered[0]), None) if ordered else None


def _is_older(row: ReleaseDate, start: datetime.date) -> bool:
    """Whether the date was given in an earlier custody, which ended otherwise than it says."""
    return row.on.latest < start or (row.told_on is not None and row.told_on < start)


@dataclass(frozen=True)
class Projection:
    """What the core derived, and the fields of `models.Standing`."""

    found: Derived
    working: ReleaseDate | None
    values: dict[str, Any]


def project(events: Sequence[CustodyEvent], dates: Sequence[ReleaseDate], *, today: datetime.date) -> Projection:
    found = derived(events, today=today)
    chosen = working(dates, found)
    return Projection(found, chosen, {**_standing(found, today), **_working(chosen), **_to_come(events, today)})


def _standing(found: Derived, today: datetime.date) -> dict[str, Any]:
    episode, sign = lasting(found), found.last_sign_of_life
    silent = found.silent_days
    return {
        "state": found.state,
        "liberty": found.liberty,
        "episode": episode.level if episode else "",
        "held": episode is not None,
        "facility_id": UUID(found.facility) if found.facility else None,
        "since": found.since,
        "days_held": found.days_held,
        "days_most": found.days_max,
        "counted_on": today,
        "released_on": _released_on(found),
        "last_sign_on": sign.on if sign else None,
        "last_sign_kind": sign.kind if sign else "",
        "heard_on": today - datetime.timedelta(days=silent) if silent is not None else None,
        "contradictions": len(found.contradictions),
        "gaps": sum(len(one.gaps) for one in found.episodes),
    }


def _released_on(found: Derived) -> PartialDate | None:
    over = found.episodes and not found.episodes[-1].lasts and found.liberty != "ended"
    return found.episodes[-1].end if over else None


def _working(chosen: ReleaseDate | None) -> dict[str, Any]:
    return {
        "working_on": chosen.on.latest if chosen else None,
        "working_date": chosen.on if chosen else None,
        "working_type": chosen.type if chosen else "",
        "working_certainty": chosen.certainty if chosen else "",
    }


def _to_come(events: Iterable[CustodyEvent], today: datetime.date) -> dict[str, Any]:
    coming = [row.on.earliest for row in events if row.stands and row.on and row.on.earliest > today]
    return {"recount_on": min(coming, default=None)}
