"""Recording what happened, and deciding between reports of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.core.dates import PartialDate
from throughgate.custody.actions.standing import restate
from throughgate.custody.models import CustodyEvent, Facility
from throughgate.custody.models.events import group_of
from throughgate.custody.rights import Right
from throughgate.people.models import Person


@action("custody.record_event", needs=Right.WRITE)
def record_event(
    person: Person,
    *,
    kind: str,
    on: PartialDate | None = None,
    hour: datetime.time | None = None,
    facility: Facility | None = None,
    days: int | None = None,
    **told: Any,
) -> CustodyEvent:
    """One report. *told* is how it is known: source_kind, reliability, credibility, and the sealed source and note."""
    return _record(person, kind=kind, on=on, hour=hour, facility=facility, days=days, **told)


@action("custody.record_sign_of_life", needs=Right.WRITE)
def record_sign_of_life(person: Person, *, kind: str, on: PartialDate, **told: Any) -> CustodyEvent:
    """A letter, a visit, a lawyer, somebody who saw the person. Raises `CannotDo` for any other kind of event."""
    if group_of(kind) != "sign_of_life":
        raise CannotDo(gettext("This is not a sign of life."))
    return _record(person, kind=kind, on=on, **told)


def _record(person: Person, *, kind: str, **facts: Any) -> CustodyEvent:
    event = CustodyEvent(organisation_id=person.organisation_id, person=person, kind=kind, **_filled(facts))
    event.save(force_insert=True)
    note(event=kind)
    restate(person)
    return event


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what was left open, so that the defaults of the model stand."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


@action("custody.amend_event", needs=Right.WRITE)
def amend_event(event: CustodyEvent, *, reason: str, **changes: Any) -> CustodyEvent:
    """Correct a report, keeping what it said."""
    amend_row(event, reason=reason, changes=changes)
    restate(event.person, correction=True)
    return event


@action("custody.withdraw_event", needs=Right.WRITE)
def withdraw_event(event: CustodyEvent) -> CustodyEvent:
    """Take back a report that was recorded by mistake; it stays readable and no longer counts."""
    event.withdrawn_at = timezone.now()
    event.save(update_fields=["withdrawn_at"])
    restate(event.person, correction=True)
    return event


@action("custody.give_back_event", needs=Right.WRITE)
def give_back_event(event: CustodyEvent) -> CustodyEvent:
    """Let a report count again that was taken back or replaced."""
    event.withdrawn_at = event.superseded_by = None
    event.save(update_fields=["withdrawn_at", "superseded_by"])
    restate(event.person, correction=True)
    return event


@action("custody.prefer_event", needs=Right.WRITE)
def prefer_event(event: CustodyEvent, *, over: Iterable[CustodyEvent]) -> CustodyEvent:
    """Where reports disagree, go by this one. The others stay, say what they said, and count no more."""
    others = [one for one in over if one.pk != event.pk]
    for other in others:
        if other.person_id != event.person_id:
            raise CannotDo(gettext("Only reports about the same person can be compared."))
        other.preferred, other.superseded_by = False, event
        other.save(update_fields=["preferred", "superseded_by"])
    event.preferred, event.superseded_by, event.withdrawn_at = True, None, None
    event.save(update_fields=["preferred", "superseded_by", "withdrawn_at"])
    note(over=len(others))
    restate(event.person, correction=True)
    return event


@action("custody.supersede_event", needs=Right.WRITE)
def supersede_event(event: CustodyEvent, *, by: CustodyEvent) -> CustodyEvent:
    """A later report tells the same better: the earlier one no longer counts."""
    if by.person_id != event.person_id or by.pk == event.pk:
        raise CannotDo(gettext("Only reports about the same person can be compared."))
    event.superseded_by = by
    event.save(update_fields=["superseded_by"])
    restate(event.person, correction=True)
    return event
