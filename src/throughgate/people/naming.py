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

from throughgate.access import log
from throughgate.access.afterwards import afterwards
from throughgate.codelists.codes import language
from throughgate.core.memory import give_back
from throughgate.core.names import Match, NameIndex, Parts, shown
from throughgate.core.names.index import DUMPED_BY
from throughgate.people.holding import PerRing
from throughgate.people.models import Name, NameChange, NameSheet, parts_of
from throughgate.vault.fields import Locked
from throughgate.vault.keyring import Keyring, open_keyring, unlocked

AT_ONCE = 1000  # people whose names are read one by one, and rows opened together
SHEET_FROM = 2000  # people from whom on a sheet is kept: fewer names are read in a moment


@dataclass
class _RingNames:
    """What is held for one ring: the index, and up to which change it is true."""

    organisation_id: UUID
    index: NameIndex = field(default_factory=NameIndex)
    begun: threading.Lock = field(default_factory=threading.Lock)  # once, and never released
    built: bool = False
    dropped: bool = False
    change: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)


held_names = PerRing(_RingNames)


def note_change(organisation_id: UUID, person_id: UUID) -> None:
    """Part of every action that touches a name: the index follows on its next use, in every process."""
    note_changes(organisation_id, [person_id])


def note_changes(organisation_id: UUID, person_ids: Iterable[UUID]) -> None:
    """The same for many people at once.

    An index that has read up to one number never looks below it, so that changes are numbered in the order in which
    they can be seen: whoever numbers one holds the log until the transaction ends, as for its entry.
    """
    log.hold(organisation_id)
    NameChange.objects.bulk_create(NameChange(organisation_id=organisation_id, person_id=one) for one in person_ids)


def names() -> NameIndex | None:
    """The up-to-date index for whoever acts, waiting for it; None when the identity ring is closed to them."""
    now = held_names.now()
    if now is None:
        return None
    keyring, held = now
    _follow(held, keyring)
    return held.index


def _build_behind(held: _RingNames, keyring: Keyring) -> None:
    if not held.begun.acquire(blocking=False):
        return
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
        # Not if a name changed meanwhile: it may be one that was erased.
        if not held.dropped and change == _newest(held):
            NameSheet.unguarded.create(
                organisation_id=held.organisation_id, change=change, made_by=DUMPED_BY, index=dump
            )
    del dump
    give_back()


def forget_sheet(organisation_id: UUID) -> None:
    """Part of erasing somebody: their names must not stay in what was kept, nor in what is just being kept."""
    log.hold(organisation_id)
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
        held.index.put(person_id.bytes, spellings)


def _read(rows: QuerySet[Name], reader: Keyring) -> Iterator[tuple[UUID, list[Parts]]]:
    """(person, their names, the one shown first before the others) of those whose name opens."""
    for person_id, found in groupby(_opened(rows, reader), key=itemgetter(0)):
        yield person_id, [name for _person_id, name in found]


def _opened(rows: QuerySet[Name], reader: Keyring) -> Iterator[tuple[UUID, Parts]]:
    parts = Name._meta.get_field("parts")
    ordered = rows.filter(parts__isnull=False).order_by("person_id", "-preferred", "id")
    fetched = ordered.values_list("person_id", "id", "parts").iterator(AT_ONCE)
    while some := list(islice(fetched, AT_ONCE)):
        opened = parts.open_many([(pk, held) for _person_id, pk, held in some], reader)
        for (person_id, _pk, _held), value in zip(some, opened, strict=True):
            if name := parts_of(value):
                yield person_id, name
        reader.forget_file_keys()


def read_all() -> Iterator[tuple[UUID, list[Parts]]]:
    """(person, their names) of everybody whom whoever acts may see, read one by one and held nowhere.

    For work outside any session, where an index would outlive whoever may read it.
    """
    keyring = open_keyring()
    return iter(()) if keyring is None else _read(Name.objects.all(), keyring.fresh())


def matches(query: str, *, limit: int = 50) -> dict[UUID, Match]:
    """People by any spelling of their names, closest first. Not yet narrowed to the visible."""
    index = names()
    return {} if index is None else {UUID(bytes=match.key): match for match in index.search(query, limit)}


def find(query: str, *, limit: int = 50) -> list[tuple[UUID, float, str]]:
    """(person, how close, the name that matched) of the same."""
    return [(one, match.score, match.name) for one, match in matches(query, limit=limit).items()]


def in_order(*, descending: bool = False) -> Sequence[UUID]:
    """Everybody, sorted by name in the alphabet of the page's language."""
    index = names()
    if index is None:
        return []
    ordered = [UUID(bytes=key) for key in index.ordered(language())]
    return ordered[::-1] if descending else ordered


def shown_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The name to show for each person; those whose name is closed or missing are left out. No query per person."""
    wanted, now = list(person_ids), held_names.now()
    if now is None:
        return {}
    keyring, held = now
    _build_behind(held, keyring)
    if not held.built and len(wanted) <= AT_ONCE:
        rows = _everybody(held).filter(person_id__in=wanted)
        return {person_id: shown(spellings[0]) for person_id, spellings in _read(rows, keyring.fresh())}
    _follow(held, keyring)
    return {one: held.index.names(one.bytes)[0] for one in wanted if one.bytes in held.index}
