"""Who is likely the same person as whom: worked out in memory, under the ring of whoever is at work, kept nowhere.

For an organisation of many people it takes seconds, so it is done behind the page that asks for it, which shows what
was found the last time. After a change only those who changed are compared, with everybody. It is dropped with the
names (`naming`) when the last holder of the ring locks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from throughgate.access.acting import current_actor
from throughgate.access.afterwards import afterwards
from throughgate.core.lookalikes import LIKELY, Known, likelihood, pairs
from throughgate.core.names import NameIndex, Parts, taken_apart
from throughgate.people import naming
from throughgate.people.holding import PerRing
from throughgate.people.models import ContactPoint, IdentityDocument, NameChange, Person, Verdict
from throughgate.vault.keyring import Keyring, open_keyring, unlocked

AT_ONCE = 1000
WAIT_FOR = 2000  # people up to whom the page waits for the work
AT_MOST = 2000  # pairs to review; the likeliest
MANY = 500  # changed people from whom on everybody is compared anew
KEEP_SECONDS = 600  # numbers and addresses may have changed, which no counter tells
SHARED_BY = 4  # a telephone of more people is that of an office
SAME_NUMBER, SAME_CONTACT = 1.0, 0.2  # added for the same document, the same telephone or address
LET_OTHERS_WORK = 0.002

SpellingsOf = Callable[[UUID], list[Parts]]


class Pair(NamedTuple):
    """Two people, the one with the lower identifier first."""

    one: UUID
    other: UUID


@dataclass
class _Found:
    """What was found for one ring, up to which change of names, and when."""

    organisation_id: UUID
    pairs: list[Pair] | None = None
    people: dict[bytes, Known] = field(default_factory=dict)
    alike: dict[tuple[bytes, bytes], float] = field(default_factory=dict)  # by names and birth, of those alike enough
    change: int = -1
    checked: int = -1  # up to which change it is known that all of them are there
    at: float = 0.0
    looking: bool = False
    dropped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


held_pairs = PerRing(_Found)


@dataclass(frozen=True)
class Likely:
    """Pairs, the likeliest first; None while they are looked for. `looking`: they may change in a moment."""

    pairs: list[Pair] | None
    looking: bool


def likely() -> Likely | None:
    """The pairs nobody has judged yet; None when the names are closed to whoever acts."""
    now = held_pairs.now()
    if now is None or current_actor().narrowed:
        return None
    keyring, found = now
    newest = _newest(found)
    if found.change != newest or time.monotonic() - found.at > KEEP_SECONDS:
        _begin(found, newest, keyring)
    _check(found, newest)
    return Likely(None if found.pairs is None else _to_review(found.pairs), found.looking)


def _begin(found: _Found, newest: int, keyring: Keyring) -> None:
    with found.lock:
        if found.looking:
            return
        found.looking = True
    if Person.objects.kept()[: WAIT_FOR + 1].count() <= WAIT_FOR:
        _look(found, newest, keyring)
    else:
        afterwards(lambda: _look(found, newest, keyring))


def _look(found: _Found, newest: int, keyring: Keyring) -> None:
    try:
        # A keyring of its own: comparing everybody is not reading somebody's page, and is not logged as that.
        with unlocked(keyring.fresh()):
            pairs_now = _work_out(found)
        if not found.dropped:
            with found.lock:
                found.pairs, found.at = pairs_now, time.monotonic()
                found.change = found.checked = newest
    finally:
        found.looking = False


def _check(found: _Found, newest: int) -> None:
    """Leave out those destroyed or merged since, which every change of names may tell of."""
    with found.lock:
        if found.pairs is None or found.checked == newest:
            return
        ids = {one for pair in found.pairs for one in pair}
        there = set(Person.objects.kept().filter(id__in=ids).values_list("id", flat=True))
        found.pairs = [pair for pair in found.pairs if there.issuperset(pair)]
        found.checked = newest


def _newest(found: _Found) -> int:
    changes = NameChange.objects.filter(organisation_id=found.organisation_id)
    return changes.aggregate(newest=Max("id"))["newest"] or 0


def _to_review(found: list[Pair]) -> list[Pair]:
    """Without those judged before."""
    ends = Verdict.objects.values_list("one_id", "one__merged_into_id", "other_id", "other__merged_into_id")
    judged = {frozenset((into or one, other_into or other)) for one, into, other, other_into in ends}
    return [pair for pair in found if frozenset(pair) not in judged]


# Working it out ------------------------------------------------------------------------------------------------------


def _work_out(found: _Found) -> list[Pair]:
    index = naming.names()
    if index is None:
        return []
    changed = _changed(found)
    if changed is None or changed:
        _compare(found, index, changed)
    if found.dropped:
        return []
    scored = dict(found.alike)
    for pair, added in _sharing(found.people.keys()).items():
        scored[pair] = likelihood(*(found.people[one] for one in pair)) + added
    likely_ones = (pair for pair, score in scored.items() if score >= LIKELY)
    best = sorted(likely_ones, key=lambda pair: (-scored[pair], pair))[:AT_MOST]
    return [Pair(UUID(bytes=one), UUID(bytes=other)) for one, other in best]


def _changed(found: _Found) -> set[UUID] | None:
    """Whose names, birth or sex changed since the last look; None for everybody: at first, and after many changes."""
    if found.change < 0:
        return None
    changes = NameChange.objects.filter(organisation_id=found.organisation_id, id__gt=found.change)
    changed = set(changes.values_list("person_id", flat=True)[: MANY + 1])
    return changed if len(changed) <= MANY else None


def _compare(found: _Found, index: NameIndex, changed: set[UUID] | None) -> None:
    """Whoever changed with everybody, or everybody with each other."""
    people, spellings_of = Person.objects.kept(), _in(index)
    if changed is None:
        found.change = -1
        found.people, found.alike, again = {}, {}, None
    else:
        people, again = people.filter(id__in=changed), {one.bytes for one in changed}
        found.people = {one: known for one, known in found.people.items() if one not in again}
        found.alike = {pair: score for pair, score in found.alike.items() if again.isdisjoint(pair)}
    found.people |= {person_id.bytes: known for person_id, known in _known_by(people, spellings_of)}
    for number, pair in enumerate(pairs(found.people, again)):
        if found.dropped:
            return
        if number % AT_ONCE == 0:
            time.sleep(LET_OTHERS_WORK)
        score = likelihood(*(found.people[one] for one in pair))
        if score >= LIKELY:
            found.alike[pair] = score


def everybody() -> dict[UUID, Known]:
    """All whom whoever acts may see, without the index: for work outside any session. Nothing of it is held."""
    spellings = dict(naming.read_all())
    return dict(_known_by(Person.objects.kept(), lambda person_id: spellings.get(person_id, [])))


def _in(index: NameIndex) -> SpellingsOf:
    return lambda person_id: index.parts(person_id.bytes) if person_id.bytes in index else []


def _known_by(people: QuerySet[Person], spellings_of: SpellingsOf) -> Iterator[tuple[UUID, Known]]:
    for person_id, sex, born in _facts(people):
        if spellings := dict.fromkeys(spellings_of(person_id)):
            yield person_id, Known(tuple(map(taken_apart, spellings)), born, sex)


def _facts(people: QuerySet[Person]) -> Iterator[tuple[UUID, str, Any]]:
    keyring = open_keyring()
    if keyring is None:
        return
    keyring = keyring.fresh()
    birth = Person._meta.get_field("birth_date")
    rows = iter(people.order_by("id").values_list("id", "sex", "birth_date").iterator(AT_ONCE))
    while some := list(islice(rows, AT_ONCE)):
        sealed = [(person_id, held) for person_id, _sex, held in some if held is not None]
        opened = dict(zip((one for one, _held in sealed), birth.open_many(sealed, keyring), strict=True))
        yield from ((person_id, sex, opened.get(person_id)) for person_id, sex, _held in some)
        keyring.forget_file_keys()


def _sharing(people: Iterable[bytes]) -> dict[tuple[bytes, bytes], float]:
    """{pair: what is added} of people with the same document, telephone or address."""
    known = set(people)
    extra: dict[tuple[bytes, bytes], float] = {}
    for model, hashed, weight in (
        (IdentityDocument, "number_hash", SAME_NUMBER),
        (ContactPoint, "value_hash", SAME_CONTACT),
    ):
        for owners in shared(model, hashed).values():
            if len(owners) <= SHARED_BY:
                for pair in combinations(sorted(one.bytes for one in owners), 2):
                    if known.issuperset(pair):
                        extra[pair] = extra.get(pair, 0.0) + weight
    return extra


def shared(model: Any, hashed: str, among: Iterable[UUID] | None = None) -> dict[bytes, set[UUID]]:
    """{keyed hash: people} of the numbers that several people have."""
    rows = model.objects.exclude(**{hashed: None})
    if among is not None:
        rows = rows.filter(person_id__in=list(among))
    several = rows.values(hashed).annotate(owners=Count("person_id", distinct=True)).filter(owners__gt=1)
    found: dict[bytes, set[UUID]] = {}
    for value, person_id in rows.filter(**{f"{hashed}__in": several.values(hashed)}).values_list(hashed, "person_id"):
        found.setdefault(bytes(value), set()).add(person_id)
    return found
