"""The names of people, in memory: per ring, only while a member who holds the ring is at work.

Names are sealed, so the database can neither search nor sort them. The index is built behind the first page that
shows a name, follows `NameChange`, finds across scripts and spellings (`core.names`), and is dropped when the last
holder locks. Nothing of it is ever written anywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from uuid import UUID

from django.db.models import Max, QuerySet

from throughgate.access import sessions
from throughgate.access.acting import current_actor
from throughgate.access.afterwards import afterwards
from throughgate.codelists.codes import language
from throughgate.core.names.index import NameIndex
from throughgate.people.models import Name, NameChange, listed
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, open_keyring

AT_ONCE = 1000  # people whose names are read one by one, and rows opened together


@dataclass
class _RingNames:
    """What is held for one ring: the index, and up to which change it is true."""

    organisation_id: UUID
    index: NameIndex = field(default_factory=NameIndex)
    begun: bool = False
    built: bool = False
    dropped: bool = False
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
    """The up-to-date index for whoever acts, waiting for it; None when the identity ring is closed to them."""
    keyring, held = open_keyring(), _held_now()
    if keyring is None or held is None:
        return None
    _follow(held, keyring)
    return held.index


def _held_now() -> _RingNames | None:
    keyring, actor = open_keyring(), current_actor()
    if keyring is None or actor.organisation_id is None:
        return None
    ring = keyring.ring(actor.organisation_id, Compartment.IDENTITY)
    if ring is None:
        return None
    with _held_lock:
        return _held.setdefault(ring.ring_id, _RingNames(actor.organisation_id))


def _build_behind(held: _RingNames, keyring: Keyring) -> None:
    with _held_lock:
        if held.begun:
            return
        held.begun = True
    afterwards(lambda: _follow(held, keyring))


def _follow(held: _RingNames, keyring: Keyring) -> None:
    with held.lock:
        changes = NameChange.objects.filter(organisation_id=held.organisation_id)
        newest = changes.aggregate(newest=Max("id"))["newest"] or 0
        if held.built and newest == held.change:
            return
        # A keyring of its own: building an index is not reading a person's page, and is not logged as one.
        reader = keyring.fresh()
        everybody = _everybody(held)
        if held.built:
            changed = set(changes.filter(id__gt=held.change).values_list("person_id", flat=True))
            _renew(held, everybody, changed, reader)
        else:
            _put(held, everybody, reader)
            held.built = not held.dropped
        held.change = newest


def _everybody(held: _RingNames) -> QuerySet[Name]:
    return Name.unguarded.filter(organisation_id=held.organisation_id)


def _renew(held: _RingNames, everybody: QuerySet[Name], changed: set[UUID], reader: Keyring) -> None:
    left = iter(changed)
    while some := list(islice(left, AT_ONCE)):
        for person_id in some:
            held.index.remove(person_id.bytes)
        _put(held, everybody.filter(person_id__in=some), reader)


def _put(held: _RingNames, rows: QuerySet[Name], reader: Keyring) -> None:
    for person_id, spellings in _read(rows, reader):
        if held.dropped:
            return
        held.index.put(person_id.bytes, spellings, spellings[0])


def _read(rows: QuerySet[Name], reader: Keyring) -> Iterator[tuple[UUID, list[str]]]:
    """(person, their names, the one shown first before the others) of those whose name opens."""
    for person_id, found in groupby(_opened(rows, reader), key=itemgetter(0)):
        yield person_id, [name for _person_id, name in found]


def _opened(rows: QuerySet[Name], reader: Keyring) -> Iterator[tuple[UUID, str]]:
    parts = Name._meta.get_field("parts")
    ordered = rows.filter(parts__isnull=False).order_by("person_id", "-preferred", "id")
    fetched = ordered.values_list("person_id", "id", "parts").iterator(AT_ONCE)
    while some := list(islice(fetched, AT_ONCE)):
        opened = parts.open_many([(pk, held) for _person_id, pk, held in some], reader)
        for (person_id, _pk, _held), value in zip(some, opened, strict=True):
            if name := listed(value):
                yield person_id, name
        reader.forget_file_keys()


def drop_unused() -> None:
    """Forget the names of every ring that nobody at work holds any more."""
    with _held_lock:
        for ring_id in [ring_id for ring_id in _held if not sessions.at_work(ring_id)]:
            _held.pop(ring_id).dropped = True


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
    wanted, keyring, held = list(person_ids), open_keyring(), _held_now()
    if keyring is None or held is None:
        return {}
    _build_behind(held, keyring)
    if not held.built and len(wanted) <= AT_ONCE:
        rows = _everybody(held).filter(person_id__in=wanted)
        return {person_id: spellings[0] for person_id, spellings in _read(rows, keyring.fresh())}
    _follow(held, keyring)
    return {one: held.index.names(one.bytes)[0] for one in wanted if one.bytes in held.index}
