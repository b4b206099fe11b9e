"""Nouns of this room, one file each."""

from throughgate.people.models.around import Relationship
from throughgate.people.models.consents import Consent, ConsentState, HowGiven
from throughgate.people.models.contacts import ContactPoint, NotSafeReason, carefully
from throughgate.people.models.documents import DocumentKind, IdentityDocument
from throughgate.people.models.duplicates import Merge, Says, Verdict
from throughgate.people.models.files import File, FileKind
from throughgate.people.models.person import (
    Name,
    NameChange,
    NameKind,
    NameSheet,
    Person,
    PersonRow,
    PersonRowQuerySet,
    Sex,
    band_of,
    listed,
    parts_of,
)

__all__ = [
    "Consent",
    "ConsentState",
    "ContactPoint",
    "DocumentKind",
    "File",
    "FileKind",
    "HowGiven",
    "IdentityDocument",
    "Merge",
    "Name",
    "NameChange",
    "NameKind",
    "NameSheet",
    "NotSafeReason",
    "Person",
    "PersonRow",
    "PersonRowQuerySet",
    "Relationship",
    "Says",
    "Sex",
    "Verdict",
    "band_of",
    "carefully",
    "listed",
    "parts_of",
]
