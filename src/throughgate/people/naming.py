"""The names of people, in memory: per ring, only while a member who holds the ring is at work.

Names are sealed, so the database can neither search nor sort them. The index is built on first use, follows
`NameChange`, finds across scripts and spellings (`core.names`), and is dropped when the last holder locks. Nothing
of it is ever written anywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max

from throughgate.access import sessions
from throughgate.access.acting import current_actor
from throughgate.codelists.codes import language
from throughgate.core.names.index import NameIndex
from throughgate.people.models import Name, NameChange
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, RingKeys, open_keyring

AT_ONCE = 1000  # people whose names are read again one by one


@dataclass
class _RingNames:
    """What is held for one ring: the index, and up to which change it is true."""

    organisation_id: UUID
    index: NameIndex = field(default_factory=NameIndex)
    built: bool = False
    change: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


_held: dict[UUID, _RingNames] = {}
_held_lock = threading.Lock()


def note_change(organisation_id: UUID, person_id: UUID) -> None:
    """Part of every action that touches a name: the index follows on its next use, in every process."""
    NameChange.objects.create(organisation_id=organisation_id, person_id=person_id)


def note_changes(organisation_id: UUID, person_ids: Iterable[UUID]) -> None:
    """The same for many people at once."""
    NameChange.objects.bulk_create(NameChange(organisation_id=organisation_id, person_id=one) for one in person_ids)


def names() -> NameIndex | None:
    """The up-to-date index for whoever acts; None when the identity ring is closed to them."""
    keyring, actor = open_keyring(), current_actor()
    if keyring is None or actor.organisation_id is None:
        return None
    ring = keyring.ring(actor.organisation_id, Compartment.IDENTITY)
    if ring is None:
        return None
    with _held_lock:
        held = _held.setdefault(ring.ring_id, _RingNames(actor.organisation_id))
    with held.lock:
        _follow(held, ring, keyring)
    return held.index


def _follow(held: _RingNames, ring: RingKeys, keyring: Keyring) -> None:
    changes = NameChange.objects.filter(organisation_id=held.organisation_id)
    newest = changes.aggregate(newest=Max("id"))["newest"] or 0
    if held.built and newest == held.change:
        return
    if not held.built:
        _put(held, keyring, None)
    else:
        changed = set(changes.filter(id__gt=held.change).values_list("person_id", flat=True))
        if len(changed) > AT_ONCE:  # after an import: a new index is made sooner than a long list is asked for
            held.index = NameIndex()
        _put(held, keyring, changed if len(changed) <= AT_ONCE else None)
    held.built, held.change = True, newest


def _put(held: _RingNames, keyring: Keyring, changed: set[UUID] | None) -> None:
    """Read the names of all people, or of the changed ones, into the index."""
    # A keyring of its own: building an index is not reading a person's page, and is not logged as one.
    reader = keyring.fresh()
    rows = Name.unguarded.filter(organisation_id=held.organisation_id)
    if changed is not None:
        rows = rows.filter(person_id__in=changed)
        for person_id in changed:
            held.index.remove(person_id.bytes)
    by_person: dict[UUID, list[str]] = {}
    for person_id, written in read_names(rows.order_by("person_id", "-preferred", "id"), reader):
        by_person.setdefault(person_id, []).append(written)
    for person_id, spellings in by_person.items():
        held.index.put(person_id.bytes, spellings, spellings[0])


def read_names(rows: Iterable[Name], keyring: Keyring) -> Iterable[tuple[UUID, str]]:
    """(person, name as one string) of every name this keyring opens."""
    parts_field = Name._meta.get_field("parts")
    batch = list(rows)
    keyring.load({row.__dict__["parts"].key_id for row in batch if row.__dict__["parts"] is not None})
    for row in batch:
        held = row.__dict__["parts"]
        opened = parts_field.open_with(row, held, keyring) if held is not None else None
        if isinstance(opened, dict):
            row.__dict__["parts"] = opened
            yield row.person_id, row.listed


def drop_unused() -> None:
    """Forget the names of every ring that nobody at work holds any more."""
    with _held_lock:
        for ring_id in [ring_id for ring_id in _held if not sessions.at_work(ring_id)]:
            del _held[ring_id]


def find(query: str, *, limit: int = 50) -> list[tuple[UUID, float, str]]:
    """(person, how close, the name that matched), closest first, in any spelling. Not yet narrowed to the visible."""
    index = names()
    if index is None:
        return []
    return [(UUID(bytes=key), score, matched) for key, score, matched in index.search(query, limit)]


def in_order(*, descending: bool = False) -> Sequence[UUID]:
    """Everybody, sorted by name in the alphabet of the page's language."""
    index = names()
    if index is None:
        return []
    ordered = [UUID(bytes=key) for key in index.ordered(language())]
    return ordered[::-1] if descending else ordered


def shown_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The name to show for each person; those whose name is closed or missing are left out. No query per person."""
    index = names()
    if index is None:
        return {}
    found = {}
    for person_id in person_ids:
        spellings = index.names(person_id.bytes)
        if spellings:
            found[person_id] = spellings[0]
    return found
