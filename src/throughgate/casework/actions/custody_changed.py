"""What casework does when somebody's custody changes: registered with `custody.hooks`, run inside its actions."""

from __future__ import annotations

from throughgate.casework.actions.anchors import first_day, follow_anchors, release_date_moved, what_moves
from throughgate.casework.actions.cases import reopen
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import ACTIVE, Case, State
from throughgate.core.dates import PartialDate
from throughgate.custody import hooks
from throughgate.custody.models import CustodyEvent
from throughgate.people.models import Person

BACK_IN_CUSTODY = "back_in_custody"


def date_moved(person: Person, before: PartialDate | None, now: PartialDate | None) -> None:
    release_date_moved(person, before, now)
    count_readiness(person)


def released(person: Person, event: CustodyEvent) -> None:
    """From now on the real day counts: steps and follow-ups hang on it."""
    for case in Case.objects.about(person).filter(state__in=ACTIVE):
        follow_anchors(case, first_day(event.on))
    count_readiness(person)


def held_again(person: Person, event: CustodyEvent) -> None:
    """A return to custody reopens the re-entry case that was closed, and says why."""
    closed = Case.objects.about(person).filter(kind="re_entry", state=State.CLOSED).order_by("-closed_on").first()
    if closed is not None and not Case.objects.about(person).filter(kind="re_entry", state__in=ACTIVE).exists():
        reopen(closed, reason=BACK_IN_CUSTODY, on=event.on.earliest if event.on else None)
    count_readiness(person)


def register() -> None:
    """Join in; called once when the room is ready."""
    hooks.WHAT_MOVES.append(what_moves)
    hooks.RELEASE_DATE_MOVED.append(date_moved)
    hooks.RELEASED.append(released)
    hooks.HELD_AGAIN.append(held_again)
