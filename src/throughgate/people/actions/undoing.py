"""Taking back what was done a moment ago."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.people.models import Consent, ContactPoint, IdentityDocument, Name, Person, Relationship
from throughgate.people.naming import note_change
from throughgate.people.rights import Right

TAKEN_BACK: dict[str, type[Any]] = {
    model._meta.model_name or "": model for model in (Name, IdentityDocument, ContactPoint, Relationship, Consent)
}


@action("people.take_back", needs=Right.WRITE)
def take_back(row: Any) -> Person:
    """Remove a row that was added by mistake a moment ago. Raises `CannotDo` for the name that is shown first."""
    if isinstance(row, Name) and row.preferred:
        raise CannotDo(gettext("This name is shown first. Show another one first."))
    person = Person.objects.get(id=row.person_id)
    note(noun=row._meta.model_name, row=row.id.hex)
    row.delete()
    if isinstance(row, Name):
        note_change(person.organisation_id, person.id)
    return person


@action("people.put_back", needs=Right.WRITE)
def put_back(row: Any, *, was: Mapping[str, Any]) -> Any:
    """Give fields the values they had a moment ago; both changes stay in the history."""
    fields = {name: row._meta.get_field(name).to_python(value) for name, value in was.items()}
    amend_row(row, reason=gettext("taken back"), changes=fields)
    if isinstance(row, Person | Name):
        note_change(row.organisation_id, row.id if isinstance(row, Person) else row.person_id)
    return row
