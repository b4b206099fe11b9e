"""Nouns of this room, one file each."""

from throughgate.people.models.person import (
    Name,
    NameChange,
    NameKind,
    Person,
    PersonRow,
    PersonRowQuerySet,
    Sex,
    band_of,
)

__all__ = ["Name", "NameChange", "NameKind", "Person", "PersonRow", "PersonRowQuerySet", "Sex", "band_of"]
