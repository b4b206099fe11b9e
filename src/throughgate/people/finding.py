"""Finding somebody by a reference, or by an exact number or address, of which only the keyed hash is ever compared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext

from throughgate.access.acting import current_actor
from throughgate.core.exact import looks_like_contact, looks_like_document, normal_contact, normal_document
from throughgate.people.models import ContactPoint, IdentityDocument, Person
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, blind_hash

DOCUMENTS, CONTACTS = "documents", "contacts"
BATCH = 1000


def known_person(reference: str, *, erased: bool = False) -> Person:
    """Whoever has this reference, or had it before a merge.

    404 for a person of another organisation and for one not assigned to a narrowed member; for destroyed data too,
    unless *erased*.
    """
    try:
        found = Person.objects.known_as(reference)
    except Person.DoesNotExist:
        raise Http404 from None
    if found.erased_at is not None and not erased:
        raise Http404
    return found


def document_hash(organisation_id: UUID, number: Any) -> bytes | None:
    """None while the identity ring is closed: the document is then found by its number no more than a closed one is."""
    return blind_hash(organisation_id, Compartment.IDENTITY, DOCUMENTS, normal_document(str(number or "")))


def contact_hash(organisation_id: UUID, value: Any) -> bytes | None:
    return blind_hash(organisation_id, Compartment.IDENTITY, CONTACTS, normal_contact(str(value or "")))


def by_number(typed: str) -> list[tuple[UUID, float, str]]:
    """(person, 1.0, what met) of visible people with exactly this document number, telephone or address."""
    ours = current_actor().organisation_id
    if ours is None:
        return []
    found: dict[UUID, str] = {}
    if looks_like_document(typed):
        _note(found, IdentityDocument, "number_hash", document_hash(ours, typed), gettext("number of a document"))
    if looks_like_contact(typed):
        _note(found, ContactPoint, "value_hash", contact_hash(ours, typed), gettext("number or address of a contact"))
    return [(person_id, 1.0, what) for person_id, what in found.items()]


def _note(found: dict[UUID, str], model: Any, field: str, hashed: bytes | None, what: str) -> None:
    if hashed is not None:
        for person_id in model.objects.filter(**{field: hashed}).values_list("person_id", flat=True):
            found.setdefault(person_id, what)


def make_hashes_anew(keyring: Keyring, organisation_id: UUID, compartment: str) -> None:
    """After the identity ring was renewed: the hashes of its numbers follow its new key."""
    ring = keyring.ring(organisation_id, compartment)
    if compartment != Compartment.IDENTITY or ring is None:
        return
    mine = {"organisation_id": organisation_id}
    _rehash(
        IdentityDocument.unguarded.filter(**mine),
        "number",
        lambda text: ring.blind(DOCUMENTS, normal_document(text)),
        keyring,
    )
    _rehash(
        ContactPoint.unguarded.filter(**mine), "value", lambda text: ring.blind(CONTACTS, normal_contact(text)), keyring
    )


def _rehash(rows: Any, sealed: str, hashing: Any, keyring: Keyring) -> None:
    field = rows.model._meta.get_field(sealed)
    ids = list(rows.exclude(**{f"{sealed}_hash": None}).values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = list(rows.filter(id__in=ids[start : start + BATCH]))
        keyring.load({row.__dict__[sealed].key_id for row in batch if row.__dict__[sealed] is not None})
        for row in batch:
            held = row.__dict__[sealed]
            opened = field.open_with(row, held, keyring) if held is not None else None
            setattr(row, f"{sealed}_hash", hashing(opened) if isinstance(opened, str) else None)
        rows.model.unguarded.bulk_update(batch, [f"{sealed}_hash"])
