"""From events to episodes to the standing of a person."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import pairwise

from throughgate.core.custody.given import (
    Contradiction,
    Episode,
    Event,
    Gap,
    Kinds,
    SignOfLife,
    Standing,
    Stay,
)
from throughgate.core.custody.kinds import MOVES, NOT_SIGNS, quality, role_of
from throughgate.core.custody.ordering import in_order
from throughgate.core.custody.walking import Draft, Walk

_Span = tuple[datetime.date, datetime.date]


def derive(events: Iterable[Event], kinds: Kinds, *, today: datetime.date, gap_days: int = 14) -> Standing:
    """The standing by the events given, the same for any order of them; it never raises.

    `kinds` maps every event kind to (group, liberty_after) of the vocabulary. Superseded
    events are left out; events of the future and of unknown kinds are reported and left out.
    An event without a date counts as the first thing known if it takes a person into custody
    and as the last if it lets the person go. `gap_days`: a facility unknown for longer is a gap.
    """
    usable, unusable = _sift(events, kinds, today)
    walk = Walk(kinds)
    for event in _sequence(usable, kinds):
        walk.take(event)
    spans = _spans(walk.drafts, today)
    episodes = tuple(_episode(draft, span, today, gap_days) for draft, span in zip(walk.drafts, spans, strict=True))
    held = [episode for episode in episodes if episode.level == "deprived"]
    days_min, days_max = _total(held, spans, today)
    sign = _last_sign(usable, kinds)
    current = walk.current
    return Standing(
        state=walk.state,
        liberty=walk.liberty,
        facility=current.moves[-1][0] if current is not None and current.moves else None,
        since=walk.since,
        days_held=days_min if days_max is None else (days_min + days_max) // 2,
        days_min=days_min,
        days_max=days_max,
        days_restricted=sum(one.days_min for one in episodes if one.level == "restricted"),
        episodes=episodes,
        contradictions=_in_one_order([*unusable, *walk.contradictions, *_two_facilities(usable, kinds)]),
        last_sign_of_life=sign,
        silent_days=_silent(walk, sign, today),
    )


def _sift(events: Iterable[Event], kinds: Kinds, today: datetime.date) -> tuple[list[Event], list[Contradiction]]:
    """The events that can be used, and why others cannot."""
    usable, unusable = [], []
    for event in sorted(set(events), key=lambda one: (one.id, one.kind, str(one.on), quality(one))):
        if event.superseded:
            continue
        if event.kind not in kinds:
            unusable.append(Contradiction("unknown_kind", (event.id,), (("kind", event.kind),)))
        elif event.on is not None and event.on.earliest > today:
            params = (("kind", event.kind), ("on", event.on))
            unusable.append(Contradiction("in_future", (event.id,), params))
        else:
            usable.append(event)
    return usable, unusable


def _sequence(events: Sequence[Event], kinds: Kinds) -> list[Event]:
    """Dated events in order; undated arrests before them, undated releases after them."""
    undated = [event for event in events if event.on is None]
    leaving = [event for event in undated if role_of(event.kind, kinds) in ("exit", "soft", "end")]
    coming = [event for event in undated if role_of(event.kind, kinds) in ("entry", "taken")]
    leaving.sort(key=lambda event: (role_of(event.kind, kinds) == "end", event.kind, event.id))
    return [*sorted(coming, key=lambda event: (event.kind, event.id)), *in_order(events, kinds), *leaving]


def _spans(drafts: Sequence[Draft], today: datetime.date) -> list[tuple[_Span, _Span]]:
    """For each episode the bounds of its first and of its last day, made to fit each other."""
    spans: list[tuple[_Span, _Span]] = []
    floor = datetime.date.min
    for draft in drafts:
        dated = [event.on for event in [draft.start, *draft.inside] if event.on is not None]
        known_by = min((on.latest for on in dated), default=_end_bounds(draft, today)[1])
        start = draft.start.on
        first = max(start.earliest if start is not None else datetime.date.min, floor)
        last = max(first, min(start.latest if start is not None else known_by, today))
        if start is None or known_by < last:
            last = max(first, min(last, known_by))
        end_first, end_last = _end_bounds(draft, today)
        seen = max((on.earliest for on in dated), default=first)
        end_first = max(end_first, first, min(seen, end_last))
        spans.append(((first, last), (end_first, max(end_first, end_last))))
        floor = end_first
    return spans


def _end_bounds(draft: Draft, today: datetime.date) -> _Span:
    if draft.end is None:
        return today, today
    if draft.end.on is None:
        return datetime.date.min, today
    return draft.end.on.earliest, min(draft.end.on.latest, today)


def _episode(draft: Draft, span: tuple[_Span, _Span], today: datetime.date, gap_days: int) -> Episode:
    (start_first, start_last), (end_first, end_last) = span
    start_known = start_first > datetime.date.min
    return Episode(
        level=draft.level,
        start_event=draft.start.id,
        end_event=draft.end.id if draft.end is not None else None,
        start=draft.start.on,
        end=draft.end.on if draft.end is not None else None,
        stays=_stays(draft),
        days_min=max(1, (end_first - start_last).days + 1),
        days_max=max(1, (end_last - start_first).days + 1) if start_known else None,
        gaps=_gaps(draft, end_last, gap_days) if draft.level == "deprived" else (),
    )


def _stays(draft: Draft) -> tuple[Stay, ...]:
    ends = [on for _, on in draft.moves[1:]] + [draft.end.on if draft.end is not None else None]
    return tuple(Stay(facility, on, end) for (facility, on), end in zip(draft.moves, ends, strict=True))


def _gaps(draft: Draft, end: datetime.date, gap_days: int) -> tuple[Gap, ...]:
    """Counted from the latest day a place was lost to the earliest the next was known."""
    found = []
    points = [*draft.moves, ("", None)]
    for (facility, on), (_, following) in pairwise(points):
        if facility is not None or on is None:
            continue
        until = following.earliest if following is not None else end
        days = (until - on.latest).days
        if days > gap_days:
            found.append(Gap(on.latest, until, days))
    return tuple(found)


def _total(
    held: Sequence[Episode], spans: Sequence[tuple[_Span, _Span]], today: datetime.date
) -> tuple[int, int | None]:
    """The least and the most days; a day shared by two episodes counts once."""
    least = sum(episode.days_min for episode in held)
    most = [episode.days_max for episode in held]
    shared = sum(
        1
        for before, after in pairwise(held)
        if before.end is not None and before.end == after.start and before.end.precision == "day"
    )
    # Each coarse boundary may be shared too; a person is never held more days than have passed.
    least = max(min(least, 1) if held else 0, least - shared)
    if any(days is None for days in most):
        return least, None
    passed = (today - min(start for (start, _), _ in spans)).days + 1 if held else 0
    upper = min(sum(days for days in most if days is not None) - shared, passed)
    return min(least, upper), max(upper, 0)


def _last_sign(events: Sequence[Event], kinds: Kinds) -> SignOfLife | None:
    signs = [
        (event.on, event)
        for event in events
        if event.on is not None and kinds[event.kind][0] == "sign_of_life" and event.kind not in NOT_SIGNS
    ]
    if not signs:
        return None
    on, event = max(signs, key=lambda pair: (pair[0].latest, pair[0], pair[1].kind, pair[1].id))
    return SignOfLife(on, event.kind, event.id)


def _silent(walk: Walk, sign: SignOfLife | None, today: datetime.date) -> int | None:
    current = walk.current
    if current is None or current.level != "deprived":
        return None
    heard = [on.latest for on in (sign.on if sign else None, current.start.on) if on is not None]
    return max(0, (today - max(heard)).days) if heard else None


def _two_facilities(events: Sequence[Event], kinds: Kinds) -> list[Contradiction]:
    """Different places on one day without anything that moves a person on that day."""
    by_day: dict[datetime.date, list[Event]] = {}
    for event in events:
        day = event.on.as_date() if event.on is not None and not event.on.about else None
        if day is not None:
            by_day.setdefault(day, []).append(event)
    found = []
    for same_day in by_day.values():
        placed = [event for event in same_day if event.facility is not None]
        moved = any(
            event.kind in MOVES or role_of(event.kind, kinds) not in ("inside", "neutral") for event in same_day
        )
        if len({event.facility for event in placed}) > 1 and not (moved and _kinds_differ(placed)):
            assert placed[0].on is not None
            ids = tuple(sorted(event.id for event in placed))
            found.append(Contradiction("two_facilities", ids, (("on", placed[0].on),)))
    return found


def _kinds_differ(placed: Sequence[Event]) -> bool:
    """Whether no two events of one kind name different places."""
    return len({event.kind for event in placed}) == len({(event.kind, event.facility) for event in placed})


def _in_one_order(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    return tuple(sorted(set(found), key=lambda one: (one.code, one.events, str(one.params))))
