"""Ways to reach somebody."""

from __future__ import annotations

from typing import Any

from throughgate.access.acts import action, amend_row, note
from throughgate.core.dates import PartialDate
from throughgate.people.finding import contact_hash
from throughgate.people.models import ContactPoint, Person
from throughgate.people.rights import Right


@action("people.add_contact_point", needs=Right.WRITE)
def add_contact_point(person: Person, *, channel: str, value: str, **facts: Any) -> ContactPoint:
    """A number, address or account. *facts*: whose, safe_times, risk, never_mention_us."""
    point = ContactPoint(organisation_id=person.organisation_id, person=person, channel=channel, value=value, **facts)
    point.value_hash = contact_hash(person.organisation_id, value)
    point.save(force_insert=True)
    return point


@action("people.amend_contact_point", needs=Right.WRITE)
def amend_contact_point(point: ContactPoint, *, reason: str, **changes: Any) -> ContactPoint:
    """Correct a contact point, keeping what stood there."""
    if "value" in amend_row(point, reason=reason, changes=changes):
        point.value_hash = contact_hash(point.organisation_id, point.value)
        point.save(update_fields=["value_hash"])
    return point


@action("people.mark_not_safe", needs=Right.WRITE)
def mark_not_safe(point: ContactPoint, *, since: PartialDate, because: str) -> ContactPoint:
    """From this day on it must not be used: every page that shows it says so."""
    note(because=because)
    amend_row(point, reason="", changes={"not_safe_since": since, "not_safe_reason": because})
    return point


@action("people.mark_safe_again", needs=Right.WRITE)
def mark_safe_again(point: ContactPoint, *, reason: str) -> ContactPoint:
    amend_row(point, reason=reason, changes={"not_safe_since": None, "not_safe_reason": ""})
    return point


@action("people.end_contact_point", needs=Right.WRITE)
def end_contact_point(point: ContactPoint, *, since: PartialDate) -> ContactPoint:
    """It is no longer used; it stays known."""
    amend_row(point, reason="", changes={"ended": since})
    return point
