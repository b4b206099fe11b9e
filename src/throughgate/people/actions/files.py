"""Files in somebody's file."""

from __future__ import annotations

from throughgate.access.acting import current_actor
from throughgate.access.acts import action, amend_row, note
from throughgate.people.models import File, FileKind, Person
from throughgate.people.rights import Right
from throughgate.vault.compartments import Compartment
from throughgate.vault.files import remove_after_commit
from throughgate.vault.kinds import PICTURES


@action("people.add_file", needs=Right.WRITE)
def add_file(
    person: Person, *, content: bytes, name: str, kind: str, compartment: str = Compartment.IDENTITY, title: str = ""
) -> File:
    """Keep a file, sealed in the compartment chosen for it. Raises `vault.files.NotKept`."""
    row = _new(person, kind=kind, compartment=compartment, title=title)
    row.put(content, name=name)
    row.save(force_insert=True)
    note(compartment=compartment, content=row.content_kind)
    return row


@action("people.set_photo", needs=Right.WRITE)
def set_photo(person: Person, *, content: bytes, name: str) -> File:
    """The photograph of the identity bar; the former one stays among the files. Raises `vault.files.NotKept`."""
    row = _new(person, kind=FileKind.PHOTO, compartment=Compartment.IDENTITY, title="")
    row.put(content, name=name, only=PICTURES)
    row.save(force_insert=True)
    person.photo = row
    person.save(update_fields=["photo"])
    return row


def _new(person: Person, **facts: str) -> File:
    return File(organisation_id=person.organisation_id, person=person, uploaded_by_id=current_actor().id, **facts)


@action("people.amend_file", needs=Right.WRITE)
def amend_file(row: File, *, reason: str, kind: str, title: str = "") -> File:
    amend_row(row, reason=reason, changes={"kind": kind, "title": title})
    return row


@action("people.destroy_file", needs=Right.WRITE)
def destroy_file(row: File) -> Person:
    """For good: the file and the secret that opens it are gone."""
    person = Person.objects.get(id=row.person_id)
    note(file=row.id.hex, compartment=row.compartment, content=row.content_kind)
    remove_after_commit([row.stored])
    row.delete()
    return person
