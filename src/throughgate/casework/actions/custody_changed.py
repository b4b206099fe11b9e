"""What casework does when somebody's custody changes: registered with `custody.hooks`, run inside its actions."""

from __future__ import annotations

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.casework.actions.anchors import follow_anchors, release_date_moved, release_day, what_moves
from throughgate.casework.actions.cases import reopen
from throughgate.casework.actions.contacts import schedule_follow_ups
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import ACTIVE, Anchor, Case, FollowUp, GateMeeting, State
from throughgate.core.dates import PartialDate
from throughgate.custody import hooks
from throughgate.custody.models import CustodyEvent
from throughgate.people.models import Person

# The case that a return to custody takes up again, and the code of the list ``reopening_reason``.
RE_ENTRY = "re_entry"
BACK_IN_CUSTODY = "back_in_custody"


def date_moved(person: Person, before: PartialDate | None, now: PartialDate | None) -> None:
    """The working date moved, or the release happened: steps and follow-ups hang on the day it now is."""
    release_date_moved(person, before, now)
    count_readiness(person)


def held_again(person: Person, event: CustodyEvent) -> None:
    """A return to custody takes up the closed re-entry case, with the reason; everything waits for a new release."""
    cases = Case.objects.about(person)
    if not cases.filter(kind=RE_ENTRY, state__in=ACTIVE).exists():
        closed = cases.filter(kind=RE_ENTRY, state=State.CLOSED).order_by("-closed_on", "-id").first()
        if closed is not None:
            reopen(closed, reason=BACK_IN_CUSTODY, on=event.on.earliest if event.on else None)
            # An entry of its own: the action that runs is about custody, and by the clock there is none.
            log.append(current_actor(), "casework.reopen_case", closed, details={"reason": BACK_IN_CUSTODY})
    for case in cases.filter(state__in=ACTIVE):
        if case.follow_ups_hang_on == Anchor.RELEASE:
            _next_round(case)
    count_readiness(person)


def _next_round(case: Case) -> None:
    """Wait for another release: what was kept of the last one stays, what was due after it is due anew."""
    case.round += 1
    case.save(update_fields=["round"])
    FollowUp.objects.filter(case=case, state=FollowUp.State.TO_DO).update(round=case.round)
    schedule_follow_ups(case)
    follow_anchors(case, release_day(case.person_id))
    GateMeeting.objects.filter(case=case).update(
        **dict.fromkeys(GateMeeting.PARTS, GateMeeting.Part.OPEN), member=None
    )  # fmt: skip


def register() -> None:
    """Join in; called once when the room is ready."""
    hooks.WHAT_MOVES.append(what_moves)
    hooks.RELEASE_DATE_MOVED.append(date_moved)
    hooks.HELD_AGAIN.append(held_again)
