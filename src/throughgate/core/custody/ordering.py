"""Putting events in order when many of their dates are partial.

Exact dates come first; a coarse one is then put where, within its month or year, the story
makes most sense: a release where the person was held, an arrest where the person was free.
"""

import datetime
from collections.abc import Iterable

from throughgate.core.custody.given import Event, Kinds
from throughgate.core.custody.kinds import Role, role_of
from throughgate.core.dates import PartialDate

_RANK: dict[Role, int] = {
    "entry": 0,
    "taken": 1,
    "inside": 2,
    "neutral": 3,
    "doubt": 4,
    "soft": 5,
    "exit": 6,
    "end": 7,
}
_HELD_AFTER: frozenset[Role] = frozenset({"entry", "taken", "inside", "doubt"})
_PRECISION = {"day": 0, "month": 1, "year": 2}


def in_order(events: Iterable[Event], kinds: Kinds) -> list[Event]:
    """The dated events in the likeliest order, the same for any order of input."""
    placed: list[_Placed] = []
    for one in sorted((_Placed(event, event.on, kinds) for event in events if event.on), key=_Placed.order):
        placed.insert(_best_position(placed, one), one)
    return [one.event for one in placed]


class _Placed:
    """An event with the ends of its date and its role at hand."""

    __slots__ = ("earliest", "event", "latest", "on", "role")

    def __init__(self, event: Event, on: PartialDate, kinds: Kinds) -> None:
        self.event = event
        self.on = on
        self.earliest: datetime.date = on.earliest
        self.latest: datetime.date = on.latest
        self.role = role_of(event.kind, kinds)

    def order(self) -> tuple[int, PartialDate, int, str, str]:
        return (
            _PRECISION[self.on.precision],
            self.on,
            _RANK[self.role],
            self.event.kind,
            self.event.id,
        )


def _best_position(placed: list[_Placed], one: _Placed) -> int:
    first, last = _window(placed, one)
    if first == last or one.role == "neutral":
        return first
    positions = range(first, last + 1)
    # An end is put late and everything else early, where both make the same sense.
    if one.role in ("exit", "end"):
        positions = positions[::-1]
    return min(positions, key=lambda position: _added_cost(placed, position, one))


def _window(placed: list[_Placed], one: _Placed) -> tuple[int, int]:
    """The first and last position that keep the dates in order."""
    first = 0
    for position, other in enumerate(placed, start=1):
        if other.latest < one.earliest:
            first = position
    last = len(placed)
    for position in range(len(placed) - 1, -1, -1):
        if placed[position].earliest > one.latest:
            last = position
    return first, max(first, last)


def _added_cost(placed: list[_Placed], position: int, one: _Placed) -> int:
    """How much less sense the story makes with the event there; negative for more."""
    before = next((other.role for other in reversed(placed[:position]) if other.role != "neutral"), None)
    after = next((other.role for other in placed[position:] if other.role != "neutral"), None)
    cost = _cost(one.role, before)
    return cost if after is None else cost + _cost(after, one.role) - _cost(after, before)


def _cost(role: Role, before: Role | None) -> int:
    if before == "end":
        return 3
    held = before in _HELD_AFTER
    if role == "entry":
        return 1 if held else 0
    if role in ("inside", "taken"):
        return 0 if held else 1
    if role == "exit":
        # House arrest and the like can be left as well.
        return 0 if held or before == "soft" else 2
    return 0
