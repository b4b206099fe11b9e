"""What somebody agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from throughgate.access.acts import action, amend_row, note
from throughgate.core.dates import PartialDate
from throughgate.people.models import Consent, Person
from throughgate.people.rights import Right


@action("people.add_consent", needs=Right.WRITE)
def add_consent(
    person: Person, *, purpose: str, how: str, given: PartialDate, compartments: Iterable[str] = (), **facts: Any
) -> Consent:
    """*facts*: recipients, until."""
    consent = Consent(
        organisation_id=person.organisation_id,
        person=person,
        purpose=purpose,
        how=how,
        given=given,
        compartments=sorted(compartments),
        **facts,
    )
    consent.save(force_insert=True)
    note(purpose=purpose)
    return consent


@action("people.amend_consent", needs=Right.WRITE)
def amend_consent(consent: Consent, *, reason: str, **changes: Any) -> Consent:
    amend_row(consent, reason=reason, changes=changes)
    return consent


@action("people.withdraw_consent", needs=Right.WRITE)
def withdraw_consent(consent: Consent, *, on: PartialDate, because: str = "") -> Consent:
    """The person says no from now on; no reason is needed."""
    note(purpose=consent.purpose, because=because)
    amend_row(consent, reason="", changes={"withdrawn": on, "withdrawal_reason": because})
    return consent
