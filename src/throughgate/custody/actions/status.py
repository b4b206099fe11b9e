"""What organisations say somebody's imprisonment is."""

from __future__ import annotations

from typing import Any

from throughgate.access.acts import action, note
from throughgate.custody.models import StatusAssessment
from throughgate.custody.rights import Right
from throughgate.people.models import Person


@action("custody.assess_status", needs=Right.ASSESS)
def assess_status(person: Person, *, scheme: str, code: str, **facts: Any) -> StatusAssessment:
    """An organisation's assessment under one criterion. *facts*: by, start, until, afterwards, note."""
    row = StatusAssessment(organisation_id=person.organisation_id, person=person, scheme=scheme, code=code, **facts)
    row.save(force_insert=True)
    note(scheme=scheme, code=code)
    return row
