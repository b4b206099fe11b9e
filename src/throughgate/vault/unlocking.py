"""Making, opening and handing over keys: all that members, colleagues and trustees do with them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughgate.core import sealing
from throughgate.core.ids import new_id
from throughgate.core.sealing import CannotOpen, KeyPair
from throughgate.vault.keyring import Keyring, RingKeys, open_wrapped
from throughgate.vault.models import FileKey, FileKeyGrant, MemberKeys, RecoverySet, Ring, RingGrant

SALT_LENGTH = 16

# Key derivation takes a fifth of a second and 64 MiB: a few at once, the others wait their turn.
_derivations = threading.BoundedSemaphore(4)


def _stretch(passphrase: str, salt: bytes) -> sealing.Stretched:
    with _derivations:
        return sealing.stretch_into_two(passphrase, salt, memory_kib=settings.THROUGHGATE_ARGON2_KIB)


# Members' keys -----------------------------------------------------------------------------------------------------


def make_member_keys(member_id: UUID, passphrase: str) -> KeyPair:
    """A new key pair for a member; whatever the former one could open is closed until a colleague hands it over."""
    pair = KeyPair.new()
    RingGrant.objects.filter(holder_id=member_id).delete()
    MemberKeys.objects.filter(member_id=member_id).delete()
    MemberKeys.objects.create(member_id=member_id, public=pair.public, **_sealed_secret(member_id, pair, passphrase))
    return pair


def change_passphrase(member_id: UUID, pair: KeyPair, passphrase: str) -> None:
    """Seal the same secret key under another passphrase."""
    MemberKeys.objects.filter(member_id=member_id).update(**_sealed_secret(member_id, pair, passphrase))


def _sealed_secret(member_id: UUID, pair: KeyPair, passphrase: str) -> dict[str, bytes]:
    salt = os.urandom(SALT_LENGTH)
    stretched = _stretch(passphrase, salt)
    return {
        "salt": salt,
        "verifier": sealing.derive_key(stretched.verifier, "stored verifier"),
        "sealed_secret": sealing.seal(stretched.key, pair.secret, member_id.bytes),
    }


def open_member_keys(member_id: UUID | None, passphrase: str) -> KeyPair | None:
    """The member's key pair if the passphrase is right. An unknown member takes just as long."""
    row = MemberKeys.objects.filter(member_id=member_id).first() if member_id else None
    if row is None or member_id is None:
        _stretch(passphrase, bytes(SALT_LENGTH))
        return None
    stretched = _stretch(passphrase, bytes(row.salt))
    if not sealing.same(sealing.derive_key(stretched.verifier, "stored verifier"), bytes(row.verifier)):
        return None
    return KeyPair(sealing.open_sealed(stretched.key, bytes(row.sealed_secret), member_id.bytes))


def public_key(member_id: UUID) -> bytes | None:
    row = MemberKeys.objects.filter(member_id=member_id).only("public").first()
    return bytes(row.public) if row else None


def keyring_of(holder_id: UUID, pair: KeyPair) -> Keyring:
    """Everything that was handed to this holder."""
    rings = {}
    for grant in RingGrant.objects.filter(holder_id=holder_id).select_related("ring"):
        secret = sealing.unwrap(pair, bytes(grant.wrapped), _grant_place(grant.ring_id, holder_id))
        rings[grant.ring_id] = RingKeys(grant.ring_id, grant.ring.organisation_id, str(grant.ring.compartment), secret)
    return Keyring(holder_id, rings, pair)


def close_keys(member_id: UUID) -> int:
    """Destroy what was handed to a member: nothing opens for them until a colleague hands it over again."""
    deleted, _by_model = RingGrant.objects.filter(holder_id=member_id).delete()
    return deleted


# Rings -------------------------------------------------------------------------------------------------------------


def make_ring(organisation_id: UUID, compartment: str, *, generation: int = 1) -> RingKeys:
    ring_id, secret = new_id(), sealing.new_key()
    keys = RingKeys(ring_id, organisation_id, compartment, secret)
    Ring.objects.create(
        id=ring_id,
        organisation_id=organisation_id,
        compartment=compartment,
        generation=generation,
        public=keys.pair.public,
    )
    return keys


def _grant_place(ring_id: UUID, holder_id: UUID) -> bytes:
    return b"ring" + ring_id.bytes + holder_id.bytes


def hand_over(keys: RingKeys, holder_id: UUID, public: bytes) -> None:
    """Give a ring to a holder (a member, a recovery set, a worker) by their public key."""
    wrapped = sealing.wrap(public, keys.secret, _grant_place(keys.ring_id, holder_id))
    RingGrant.objects.update_or_create(ring_id=keys.ring_id, holder_id=holder_id, defaults={"wrapped": wrapped})


def hand_over_to_member(
    keyring: Keyring, member_id: UUID, organisation_id: UUID, compartments: Iterable[str]
) -> list[str]:
    """Give a colleague those of the wanted rings that *keyring* holds; says which were given."""
    public = public_key(member_id)
    if public is None:
        raise CannotOpen("this member has no keys yet: they must choose a passphrase first")
    given = []
    for compartment in sorted(compartments):
        keys = keyring.ring(organisation_id, compartment)
        if keys is not None:
            hand_over(keys, member_id, public)
            given.append(compartment)
    return given


def take_back(member_id: UUID, organisation_id: UUID, keep: Iterable[str] = ()) -> None:
    """Remove rings of compartments that a member's roles no longer give."""
    grants = RingGrant.objects.filter(holder_id=member_id, ring__organisation_id=organisation_id)
    grants.exclude(ring__compartment__in=list(keep)).delete()


def compartments_held(member_ids: Iterable[UUID], organisation_id: UUID) -> dict[UUID, set[str]]:
    """Which compartments each member holds the current ring of; one query."""
    held: dict[UUID, set[str]] = {member_id: set() for member_id in member_ids}
    grants = RingGrant.objects.filter(
        holder_id__in=held, ring__organisation_id=organisation_id, ring__retired_at=None
    ).values_list("holder_id", "ring__compartment")
    for holder_id, compartment in grants:
        held[holder_id].add(compartment)
    return held


# Called inside the transaction with the keyring that holds the new ring: keyed hashes are made anew with its keys.
on_rotated: list[Callable[[Keyring, UUID, str], None]] = []


def rotate_ring(keyring: Keyring, organisation_id: UUID, compartment: str, holders: dict[UUID, bytes]) -> int:
    """A new generation of a ring: every file key is wrapped anew, and only *holders* ({id: public}) get it.

    Returns how many file keys were wrapped. Raises `CannotOpen` when *keyring* does not hold the ring.
    """
    old = keyring.ring(organisation_id, compartment)
    if old is None:
        raise CannotOpen("only somebody who holds a ring can renew it")
    with transaction.atomic():
        # Locked, so that whoever is about to save a file key for this ring waits (see `keyring.follow_renewal`).
        generation = Ring.objects.select_for_update().get(id=old.ring_id).generation
        Ring.objects.filter(id=old.ring_id).update(retired_at=timezone.now())
        new = make_ring(organisation_id, compartment, generation=generation + 1)
        moved = _rewrap(FileKey, old, new) + _rewrap(FileKeyGrant, old, new)
        for holder_id, public in holders.items():
            hand_over(new, holder_id, public)
        RingGrant.objects.filter(ring_id=old.ring_id).delete()
        keyring.rings.pop(old.ring_id)
        keyring.rings[new.ring_id] = new
        for follow in on_rotated:
            follow(keyring, organisation_id, compartment)
    return moved


def _rewrap(model: type[FileKey | FileKeyGrant], old: RingKeys, new: RingKeys) -> int:
    moved = 0
    rows: Any = model.objects.filter(ring_id=old.ring_id).order_by("id")
    while batch := list(rows[:1000]):
        for row in batch:
            key_id: UUID = row.id if isinstance(row, FileKey) else row.file_key_id
            key = open_wrapped(old, bytes(row.wrapped), key_id, at_home=row.at_home)
            row.ring_id, row.at_home = new.ring_id, True
            row.wrapped = sealing.seal(new.home_key, key, key_id.bytes)
        rows.model.objects.bulk_update(batch, ["ring", "at_home", "wrapped"])
        moved += len(batch)
    return moved


# Sharing with another organisation --------------------------------------------------------------------------------


def share_compartment(
    keyring: Keyring,
    subject_id: UUID,
    compartment: str,
    with_organisation: UUID,
    *,
    purpose: str,
    consent_id: UUID | None = None,
    until: datetime | None = None,
) -> int:
    """Hand the file keys of one compartment of one person to another organisation's ring; says how many."""
    theirs = Ring.objects.get(organisation_id=with_organisation, compartment=compartment, retired_at=None)
    shared = 0
    for row in FileKey.objects.filter(subject_id=subject_id, compartment=compartment, ring__in=keyring.rings):
        key = keyring.file_key(row.id.bytes)
        if key is None:
            raise CannotOpen("a key of an open ring did not open")
        FileKeyGrant.objects.update_or_create(
            file_key=row,
            ring=theirs,
            defaults={
                "wrapped": sealing.wrap(bytes(theirs.public), key, row.id.bytes),
                "at_home": False,
                "purpose": purpose,
                "consent_id": consent_id,
                "until": until,
            },
        )
        shared += 1
    return shared


def stop_sharing(subject_id: UUID, compartment: str, with_organisation: UUID) -> int:
    """Take it back: their ring opens none of that compartment any more."""
    deleted, _by_model = FileKeyGrant.objects.filter(
        file_key__subject_id=subject_id, file_key__compartment=compartment, ring__organisation_id=with_organisation
    ).delete()
    return deleted


def renew_file_keys(subject_id: UUID, compartment: str) -> int:
    """From now on that compartment of that person is sealed with a new key."""
    return FileKey.objects.filter(subject_id=subject_id, compartment=compartment, retired_at=None).update(
        retired_at=timezone.now()
    )


def erase_subject(subject_id: UUID) -> int:
    """Destroy every key of a person's file, with all that was handed to others: nothing sealed of it opens any more.

    Returns how many keys there were. It cannot be undone.
    """
    keys = FileKey.objects.filter(subject_id=subject_id)
    count = keys.count()
    keys.delete()
    return count


def erase_subjects(subject_ids: Iterable[UUID]) -> None:
    """The same for many: those whom an import that is undone had added."""
    FileKey.objects.filter(subject_id__in=list(subject_ids)).delete()


# Two files of one person ---------------------------------------------------------------------------------------------


def join_subjects(subject_id: UUID, *, into: UUID) -> dict[UUID, bool]:
    """Give every key of one file to another: what they seal opens as before, is shared and destroyed with the other.

    No new value is sealed with them. Says for each key whether that was so until now, for `part_subjects`.
    """
    keys = FileKey.objects.filter(subject_id=subject_id)
    were_in_use = {key_id: retired is None for key_id, retired in keys.values_list("id", "retired_at")}
    keys.filter(retired_at=None).update(retired_at=timezone.now())
    keys.update(subject_id=into)
    return were_in_use


def part_subjects(keys: Mapping[UUID, bool], *, out_of: UUID, subject_id: UUID) -> None:
    """Take these keys out of the file that they were joined to; those that were in use are in use again."""
    for in_use in (True, False):
        back = FileKey.objects.filter(id__in=[one for one, used in keys.items() if used is in_use], subject_id=out_of)
        back.update(subject_id=subject_id, **({"retired_at": None} if in_use else {}))


def keys_of(subject_id: UUID) -> set[bytes]:
    """The ids of the keys of a file, as sealed values carry them."""
    return {key_id.bytes for key_id in FileKey.objects.filter(subject_id=subject_id).values_list("id", flat=True)}


# Recovery ----------------------------------------------------------------------------------------------------------


def make_recovery_set(keyring: Keyring, organisation_id: UUID, *, needed: int, total: int) -> list[str]:
    """New shares, to be printed once; the former set stops working. Raises `CannotOpen` when a ring is not held."""
    rings = list(Ring.objects.filter(organisation_id=organisation_id, retired_at=None))
    held = [keyring.rings.get(ring.id) for ring in rings]
    if not all(held):
        raise CannotOpen("only somebody who holds every ring can print recovery shares")
    pair, recovery_id = KeyPair.new(), new_id()
    with transaction.atomic():
        former = RecoverySet.objects.filter(organisation_id=organisation_id, retired_at=None)
        RingGrant.objects.filter(holder_id__in=former.values("id")).delete()
        former.update(retired_at=timezone.now())
        RecoverySet.objects.create(
            id=recovery_id, organisation_id=organisation_id, public=pair.public, needed=needed, total=total
        )
        for keys in held:
            if keys is not None:
                hand_over(keys, recovery_id, pair.public)
    return sealing.split_into_shares(pair.secret, needed=needed, total=total)


def keyring_from_shares(organisation_id: UUID, shares: list[str]) -> Keyring:
    """Every ring of the organisation, opened by its trustees; raises `CannotOpen` with what is wrong."""
    current = RecoverySet.objects.filter(organisation_id=organisation_id, retired_at=None).first()
    if current is None:
        raise CannotOpen("no recovery shares were ever made here")
    pair = KeyPair(sealing.combine_shares(shares))
    if not sealing.same(pair.public, bytes(current.public)):
        raise CannotOpen("these shares are not of the newest set")
    return keyring_of(current.id, pair)


# Keys that cross to a worker ----------------------------------------------------------------------------------------


def seal_to(public: bytes, plain: bytes, place: bytes) -> tuple[bytes, bytes]:
    """(wrapped key, sealed bytes) that only the holder of *public* opens: for drafts, jobs, submissions."""
    key = sealing.new_key()
    return sealing.wrap(public, key, place), sealing.seal(key, plain, place)


def open_sealed_to(pair: KeyPair, wrapped: bytes, sealed: bytes, place: bytes) -> bytes:
    return sealing.open_sealed(sealing.unwrap(pair, wrapped, place), sealed, place)


def recovery_holder(organisation_id: UUID) -> dict[UUID, bytes]:
    """{id: public key} of the current recovery set, empty when no shares were made."""
    current = RecoverySet.objects.filter(organisation_id=organisation_id, retired_at=None).first()
    return {current.id: bytes(current.public)} if current else {}


# What there is, for the people who look after it ---------------------------------------------------------------------


@dataclass(frozen=True)
class RingState:
    """The current ring of a compartment: its generation, and since when."""

    generation: int
    since: datetime


@dataclass(frozen=True)
class RecoveryState:
    """The current set of shares."""

    needed: int
    total: int
    made_at: datetime


def ring_states(organisation_id: UUID) -> dict[str, RingState]:
    """{compartment: state} of the rings in use."""
    rings = Ring.objects.filter(organisation_id=organisation_id, retired_at=None)
    return {str(ring.compartment): RingState(ring.generation, ring.created_at) for ring in rings}


def recovery_state(organisation_id: UUID) -> RecoveryState | None:
    """The shares that work now; None when none were made."""
    current = RecoverySet.objects.filter(organisation_id=organisation_id, retired_at=None).first()
    return RecoveryState(current.needed, current.total, current.created_at) if current else None
