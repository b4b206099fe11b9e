"""Papers."""

from __future__ import annotations

from typing import Any

from throughgate.access.acts import action, amend_row
from throughgate.people.finding import document_hash
from throughgate.people.models import IdentityDocument, Person
from throughgate.people.rights import Right


@action("people.add_document", needs=Right.WRITE)
def add_document(person: Person, *, kind: str, state: str, number: str = "", **facts: Any) -> IdentityDocument:
    """A paper somebody has, had or lacks. *facts*: missing_reason, issued, expires, country."""
    document = IdentityDocument(
        organisation_id=person.organisation_id, person=person, kind=kind, state=state, number=number, **facts
    )
    document.number_hash = document_hash(person.organisation_id, number)
    document.save(force_insert=True)
    return document


@action("people.amend_document", needs=Right.WRITE)
def amend_document(document: IdentityDocument, *, reason: str, **changes: Any) -> IdentityDocument:
    """Correct what is known of a paper, keeping what stood there."""
    if "number" in amend_row(document, reason=reason, changes=changes):
        document.number_hash = document_hash(document.organisation_id, document.number)
        document.save(update_fields=["number_hash"])
    return document
