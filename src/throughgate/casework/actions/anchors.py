"""What steps and follow-ups hang on, and how they move when it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from throughgate.casework.models import ACTIVE, UNDONE, Anchor, Case, FollowUp, Plan, Step
from throughgate.core.dates import PartialDate
from throughgate.custody.hooks import Moves
from throughgate.custody.models import Standing
from throughgate.people.models import Person

# 72 hours, months 1, 3, 6, 12, 24, 36: the schedule of the domain document.
FOLLOW_UP_DAYS = (3, 30, 90, 180, 365, 730, 1095)


@dataclass(frozen=True)
class Move:
    """That something due on one day will be due on another; a pinned step stays and says so."""

    row: Step | FollowUp
    before: date | None
    after: date | None
    pinned: bool = False


def release_day(person_id: object) -> date | None:
    """The day of release where it has happened, else the working date; the first possible day of an uncertain one."""
    standing = Standing.objects.filter(person_id=person_id).first()
    return first_day(standing.release) if standing else None


def first_day(when: PartialDate | None) -> date | None:
    """Work towards a release must be done by the first day it may be on."""
    return when.earliest if when else None


def anchor_day(case: Case, plan: Plan | None, anchor: str, release: date | None) -> date | None:
    days = {
        Anchor.RELEASE: release,
        Anchor.INTAKE: case.intake_on or case.opened_on,
        Anchor.ARRIVAL: case.arrival_on,
        Anchor.EVENT: plan.event_on if plan else None,
    }
    return days[Anchor(anchor)]


def follow_up_day(case: Case, offset_days: int, release: date | None) -> date | None:
    start = anchor_day(case, None, case.follow_ups_hang_on, release)
    return start + timedelta(days=offset_days) if start else None


def moves(case: Case, release: date | None) -> Iterator[Move]:
    """What would be due when, if the release were on that day. Done and skipped work stays where it was."""
    for step in Step.objects.filter(case=case, state__in=UNDONE).select_related("plan").order_by("due_on", "id"):
        after = step.due_from(anchor_day(case, step.plan, step.anchor, release))
        if after != step.due_on:
            yield Move(step, step.due_on, step.due_on if step.pinned else after, pinned=step.pinned)
    waiting = FollowUp.objects.filter(case=case, state=FollowUp.State.TO_DO)
    for follow_up in waiting.order_by("offset_days"):
        after = follow_up_day(case, follow_up.offset_days, release)
        if after != follow_up.due_on:
            yield Move(follow_up, follow_up.due_on, after)


def follow_anchors(case: Case, release: date | None) -> int:
    """Move what hangs on dates to where it now belongs; says how many moved."""
    moved = [move for move in moves(case, release) if not move.pinned]
    for move in moved:
        move.row.due_on = move.after
    for model in (Step, FollowUp):
        model.objects.bulk_update([move.row for move in moved if isinstance(move.row, model)], ["due_on"])
    return len(moved)


def what_moves(person: Person, becomes: PartialDate | None) -> Iterator[Moves]:
    """For the page that shows what a new date moves before it moves it."""
    for case in Case.objects.about(person).filter(state__in=ACTIVE):
        for move in moves(case, first_day(becomes)):
            stays = gettext("pinned: stays on its day") if move.pinned else ""
            yield Moves(shown(move.row), move.before, move.after, stays, case.get_absolute_url())


def shown(row: Step | FollowUp) -> Any:
    if isinstance(row, Step):
        return row.title
    return gettext("Follow-up, day %(days)s") % {"days": row.offset_days}


def release_date_moved(person: Person, _before: PartialDate | None, now: PartialDate | None) -> None:
    """The working date changed: what hangs on it follows, inside the same action."""
    for case in Case.objects.about(person).filter(state__in=ACTIVE):
        follow_anchors(case, first_day(now))
