"""Sealed fields: the declaration is all an app writes.

    class Name(PersonRow):
        surname = SealedText(_("surname"), compartment=Compartment.IDENTITY)

Stored: one version byte, the 16 bytes of the file key's id, then the sealed value, bound to model, row and field.
Reading gives the value, or `Locked` when no open key fits. Nothing can be looked up, ordered or indexed by it.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self, overload
from uuid import UUID

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.utils.translation import gettext

from throughgate.core import sealing
from throughgate.core.dates import PartialDate
from throughgate.core.sealing import CannotOpen
from throughgate.vault.keyring import Keyring, open_keyring, sealing_key

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

VERSION = b"\x01"


class Sealable(Protocol):
    """A row that has sealed fields: whose file it belongs to, and who keeps that file."""

    pk: Any

    def sealed_subject(self) -> tuple[UUID, UUID]: ...


class Locked:
    """What stands where a value is sealed and no key is open for it."""

    locked = True

    def __init__(self, compartment: str) -> None:
        self.compartment = compartment

    def __str__(self) -> str:
        return gettext("closed to you")

    def __repr__(self) -> str:
        return f"<Locked {self.compartment}>"

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Locked) and other.compartment == self.compartment

    def __hash__(self) -> int:
        return hash(("locked", self.compartment))


class Sealed:
    """Bytes as they came from the database, not opened yet."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    @property
    def key_id(self) -> bytes:
        return self.blob[1:17]

    def __repr__(self) -> str:
        return "<Sealed …>"


class SealedAttribute:
    """Opens on first reading, seals on saving."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    @overload
    def __get__(self, row: None, owner: type[models.Model]) -> Self: ...
    @overload
    def __get__(self, row: models.Model, owner: type[models.Model]) -> Any: ...
    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        held = row.__dict__[self.field.attname]
        if not isinstance(held, Sealed):
            return held
        opened = self.field.open(row, held)
        if not isinstance(opened, Locked):
            row.__dict__[f"_sealed_{self.field.attname}"] = held
            row.__dict__[self.field.attname] = opened
        return opened

    def __set__(self, row: models.Model, value: Any) -> None:
        if isinstance(value, Locked):
            return  # a form that shows a closed value hands back the same closed value
        row.__dict__[self.field.attname] = value if isinstance(value, Sealed) else self.field.to_python(value)


# For rows that name their own compartment: ``SealedText(_("title"), compartment=OF_THE_ROW)``.
OF_THE_ROW = "of the row"


class SealedField(models.Field[Any, Any]):
    """The base of the fields below. With `OF_THE_ROW` the row's ``sealed_compartment()`` says which compartment."""

    empty_strings_allowed = False

    def __init__(self, verbose_name: Any = None, *, compartment: str, **kwargs: Any) -> None:
        self.compartment = str(compartment)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        if kwargs.get("db_index") or kwargs.get("unique") or kwargs.get("primary_key"):
            raise FieldError("a sealed field cannot be indexed: at rest there is no searchable form of it")
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["compartment"] = self.compartment
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        blob = value.blob if isinstance(value, Sealed) else value
        return None if blob is None else connection.Database.Binary(blob)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: it can be tested for null and for nothing else")

    def value_to_string(self, obj: models.Model) -> str:
        return "…"

    def compartment_of(self, row: models.Model) -> str:
        if self.compartment != OF_THE_ROW:
            return self.compartment
        return str(row.sealed_compartment())  # type: ignore[attr-defined]  # what OF_THE_ROW asks of a row

    def place(self, pk: Any) -> bytes:
        return f"{self.model._meta.label_lower}|{pk}|{self.name}".encode()

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value: Any = row.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        kept = row.__dict__.get(f"_sealed_{self.attname}")
        if kept is not None and self.open(row, kept) == value:
            return kept  # unchanged: the bytes stay as they are
        sealed = self.seal(row, value)
        row.__dict__[f"_sealed_{self.attname}"] = sealed  # what the row now keeps, should it be superseded
        return sealed

    def seal(self, row: models.Model, value: Any) -> Sealed:
        subject_id, organisation_id = row.sealed_subject()  # type: ignore[attr-defined]  # Sealable, by declaration
        key_id, key = sealing_key(subject_id, organisation_id, self.compartment_of(row))
        return Sealed(VERSION + key_id.bytes + sealing.seal(key, self.to_bytes(value), self.place(row.pk)))

    def open(self, row: models.Model, held: Sealed) -> Any:
        """The value, or `Locked`. Raises `CannotOpen` when the bytes belong to another place."""
        keyring = open_keyring()
        if keyring is None:
            return Locked(self.compartment_of(row))
        peers = row.__dict__.get("_peers")
        if peers is not None:
            load_peers(keyring, peers)
        return self.open_with(row, held, keyring)

    def open_with(self, row: models.Model, held: Sealed, keyring: Keyring) -> Any:
        """The same with a given keyring, for work that is not a request's."""
        key = keyring.file_key(held.key_id)
        return Locked(self.compartment_of(row)) if key is None else self._open_under(key, row.pk, held)

    def seal_anew(self, row: models.Model, held: Sealed) -> Sealed:
        """The same value, sealed with the key of the file that the row belongs to now. Raises `CannotOpen`."""
        value = self.open(row, held)
        if isinstance(value, Locked):
            raise CannotOpen(f"{self.name}: closed to whoever acts")
        return self.seal(row, value)

    def open_many(self, values: Sequence[tuple[Any, Sealed]], keyring: Keyring) -> Iterator[Any]:
        """The values of many rows, given as (primary key, sealed) without the rows; None where no key fits."""
        key_ids = [held.key_id for _pk, held in values]
        keyring.load(key_ids)
        for key_id, (pk, held) in zip(key_ids, values, strict=True):
            key = keyring.file_key(key_id)
            yield None if key is None else self._open_under(key, pk, held)

    def _open_under(self, key: bytes, pk: Any, held: Sealed) -> Any:
        if held.blob[:1] != VERSION:
            raise CannotOpen(f"{self.name}: sealed by a newer version")
        return self.from_bytes(sealing.open_sealed(key, held.blob[17:], self.place(pk)))

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return plain.decode()


class SealedText(SealedField):
    """Text of any length; an empty text is stored as nothing."""

    def to_python(self, value: Any) -> str | None:
        return str(value) if value not in (None, "") else None

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(form_class=forms.CharField, **kwargs)


class SealedBytes(SealedField):
    """Bytes of any kind, up to some megabytes; larger things are files (`vault.files`)."""

    def to_python(self, value: Any) -> bytes | None:
        return bytes(value) if value else None

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain


class SealedDate(SealedField):
    """A `PartialDate`."""

    def to_python(self, value: Any) -> PartialDate | None:
        if value in (None, ""):
            return None
        return value if isinstance(value, PartialDate) else PartialDate.parse(str(value))

    def from_bytes(self, plain: bytes) -> PartialDate:
        return PartialDate.parse(plain.decode())


class SealedJSON(SealedField):
    """Lists and mappings of plain values."""

    def to_python(self, value: Any) -> Any:
        return value

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain.decode())


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, SealedField)]


def seal_anew(row: models.Model, keys: Container[bytes]) -> list[str]:
    """Seal whatever was sealed with none of *keys* (ids) with the key of the file that the row belongs to now.

    For a row that changed hands; gives the names of the fields to save. Raises `CannotOpen` for a closed value.
    """
    changed = []
    for field in sealed_fields(type(row)):
        held = row.__dict__.get(field.attname)
        if isinstance(held, Sealed) and held.key_id not in keys:
            row.__dict__[field.attname] = field.seal_anew(row, held)
            changed.append(field.name)
    return changed


def load_peers(keyring: Keyring, rows: list[models.Model]) -> None:
    """Open the file keys of all rows that were fetched together, with constant queries."""
    wanted = set()
    for row in rows:
        for field in sealed_fields(type(row)):
            held = row.__dict__.get(field.attname)
            if isinstance(held, Sealed):
                wanted.add(held.key_id)
        row.__dict__.pop("_peers", None)
    keyring.load(wanted)
