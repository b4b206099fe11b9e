"""The names of people, in memory: per ring, only while a member who holds the ring is at work.

Names are sealed, so the database can neither search nor sort them. The index is built behind the first page that
shows a name, follows `NameChange`, finds across scripts and spellings (`core.names`), and is dropped when the last
holder locks. To read 75,000 names one by one takes seconds, so the index is also kept as one sealed sheet; the names
that changed since are read singly. Nothing of it is ever written in the clear.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from throughgate.access import sessions
from throughgate.access.acting import current_actor
from throughgate.access.afterwards import afterwards
from throughgate.codelists.codes import language
from throughgate.core.memory import give_back
from throughgate.core.names.index import DUMPED_BY, NameIndex
from throughgate.people.models import Name, NameChange, NameSheet, listed
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import Locked
from throughgate.vault.keyring import Keyring, open_keyring, unlocked

AT_ONCE = 1000  # people whose names are read one by one, and rows opened together
SHEET_FROM = 2000  # people from whom on a sheet is kept: fewer names are read in a moment


@dataclass
class _RingNames:
    """What is held for one ring: the index, and up to which change it is true."""

    organisation_id: UUID
    index: NameIndex = field(default_factory=NameIndex)
    begun: bool = False
    built: bool = False
    dropped: bool = False
    change: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)


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
        newest = _newest(held)
        if held.built and newest == held.change:
            return
        # A keyring of its own: building an index is not reading a person's page, and is not logged as one.
        reader = keyring.fresh()
        known = held.change if held.built or _take_sheet(held, reader) else None
        if known is None:
            _put(held, _everybody(held), reader)
        elif known != newest:
            changed = set(_changes(held).filter(id__gt=known).values_list("person_id", flat=True))
            _renew(held, _everybody(held), changed, reader)
        held.change = newest
        if not held.built:
            held.built = not held.dropped
            if held.built and known != newest and len(held.index) >= SHEET_FROM:
                afterwards(lambda: _keep_sheet(held, keyring.fresh()))


def _changes(held: _RingNames) -> QuerySet[NameChange]:
    return NameChange.objects.filter(organisation_id=held.organisation_id)


def _newest(held: _RingNames) -> int:
    return _changes(held).aggregate(newest=Max("id"))["newest"] or 0


def _take_sheet(held: _RingNames, reader: Keyring) -> bool:
    """Begin with the index as it was kept; False where there is none that this program reads."""
    sheet = NameSheet.unguarded.filter(organisation_id=held.organisation_id, made_by=DUMPED_BY).first()
    if sheet is None:
        return False
    with unlocked(reader):
        if isinstance(sheet.index, Locked):
            return False
        held.index, held.change = NameIndex.loaded(sheet.index), sheet.change
    return True


def _keep_sheet(held: _RingNames, reader: Keyring) -> None:
    with held.lock:
        dump, change = held.index.dump(), held.change
    with transaction.atomic(), unlocked(reader):
        forget_sheet(held.organisation_id)
        # Not if a name changed meanwhile: it may be one that was to be erased.
        if not held.dropped and change == _newest(held):
            NameSheet.unguarded.create(
                organisation_id=held.organisation_id, change=change, made_by=DUMPED_BY, index=dump
            )
    del dump
    give_back()


def forget_sheet(organisation_id: UUID) -> None:
    """Part of erasing somebody: their names must not stay in what was kept."""
    NameSheet.unguarded.filter(organisation_id=organisation_id).delete()


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


def read_all() -> Iterator[tuple[UUID, list[str]]]:
    """(person, their names) of everybody whom whoever acts may see, read one by one and held nowhere.

    For work outside any session, where an index would outlive whoever may read it.
    """
    keyring = open_keyring()
    return iter(()) if keyring is None else _read(Name.objects.all(), keyring.fresh())


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
