"""Where higher rooms join in when somebody's custody changes; each adds its functions in its ``apps.py``.

All but `WHAT_MOVES` are called inside the action, in its transaction: what they raise undoes the action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from throughgate.core.dates import PartialDate
from throughgate.custody.models import CustodyEvent
from throughgate.people.models import Person


@dataclass(frozen=True)
class Moves:
    """One thing that follows the working date: its words, its day now and its day afterwards (None: no day)."""

    label: Any
    was: Any = None
    becomes: Any = None
    note: Any = ""
    url: str = ""


# (person, before, now): the day of release where it has happened, else the working date, became another one.
RELEASE_DATE_MOVED: list[Callable[[Person, PartialDate | None, PartialDate | None], None]] = []
# (person, working date as it would be) -> what would follow; asked by the page that comes before the change.
WHAT_MOVES: list[Callable[[Person, PartialDate | None], Iterable[Moves]]] = []
# By this event the person left custody; was taken after having been at liberty; died. Corrections do not call these.
RELEASED: list[Callable[[Person, CustodyEvent], None]] = []
HELD_AGAIN: list[Callable[[Person, CustodyEvent], None]] = []
DIED: list[Callable[[Person, CustodyEvent], None]] = []


def what_moves(person: Person, becomes: PartialDate | None) -> list[Moves]:
    """Everything that would follow if the working date became this."""
    return [one for ask in WHAT_MOVES for one in ask(person, becomes)]
