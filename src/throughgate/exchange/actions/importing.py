"""The import itself: rows become people, names and claims about them, a batch in a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import our_organisation
from throughgate.access.acts import CannotDo, action, note
from throughgate.core.ids import new_id
from throughgate.core.references import new_reference
from throughgate.custody.actions import restate_all, state_new
from throughgate.custody.models import Charge, CustodyEvent, Facility, Hearing, ReleaseDate, Sentence, SourceKind
from throughgate.exchange.actions.checking import move, queue_job
from throughgate.exchange.claims import Claims, Fact
from throughgate.exchange.models import Decision, DoubtPage, ImportedRow, Reading, RowMatch, RowState, State
from throughgate.exchange.rights import Right
from throughgate.people.models import Name, NameKind, Person, band_of
from throughgate.people.naming import note_changes
from throughgate.vault import files
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import open_keyring

BATCH = 200
MODELS: dict[str, Any] = {
    "charge": Charge,
    "event": CustodyEvent,
    "sentence": Sentence,
    "hearing": Hearing,
    "release_date": ReleaseDate,
}
IN_CASE = ("note", "court")  # sealed in another compartment than the names
# How a list is judged as a source until somebody judges it better (Admiralty grades).
RELIABILITY, CREDIBILITY = "c", "3"


@dataclass(frozen=True)
class Planned:
    """One row on its way: what it says, and the row of the reading before, with what that one said."""

    number: int
    key: str
    claims: Claims
    cells: Mapping[str, str]
    health: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    doubts: Sequence[Mapping[str, Any]] = ()
    earlier: ImportedRow | None = None
    said_before: Claims | None = None
    person: Person | None = None  # somebody known whom it is about, as was decided

    @property
    def about(self) -> Person | None:
        """Whoever of those known it is about."""
        return self.earlier.person if self.earlier is not None else self.person

    @property
    def added(self) -> Claims:
        """What it says and the row of the reading before did not."""
        return self.claims.beyond(self.said_before) if self.said_before else self.claims


@action("exchange.start_import", needs=Right.IMPORT)
def start_import(reading: Reading, *, although_smaller: bool = False, queue: bool = True) -> Reading:
    """Let the import begin, or go on where it broke off.

    Raises `CannotDo` while the list was not checked, when it lost too many rows and that was not confirmed, when
    somebody whom a row was said to be about was destroyed, and when another reading of the same list came in between.
    """
    if reading.shrank and not although_smaller and reading.state == State.CHECKED:
        raise CannotDo(gettext("The list is much smaller than before. Confirm that this is so and no broken copy."))
    later = Reading.objects.filter(previous=reading.previous_id, state__in=(State.RUNNING, State.DONE, State.UNDOING))
    if reading.previous_id and later.exclude(id=reading.id).exists():
        raise CannotDo(gettext("A later copy of this list was imported meanwhile. Choose the columns again."))
    same = RowMatch.objects.filter(reading=reading, decision=Decision.SAME)
    if reading.state == State.CHECKED and same.exclude(person__erased_at=None).exists():
        raise CannotDo(gettext("Somebody whom a row is about was destroyed meanwhile. Check the list again."))
    move(reading, (State.CHECKED, State.RUNNING), State.RUNNING)
    if queue:
        queue_job("exchange.import", reading)
    return reading


@action("exchange.import_rows", needs=Right.IMPORT)
def import_rows(reading: Reading, *, rows: Sequence[Planned], facilities: Mapping[str, Facility]) -> Reading:
    """One batch: complete when this returns, or not there at all."""
    new = [row for row in rows if row.earlier is None and row.person is None]
    _import_new(reading, new, facilities)
    _import_known(reading, [row for row in rows if row.earlier is not None or row.person is not None], facilities)
    note(rows=len(rows), people=sum(bool(row.claims.names) for row in new))
    return reading


@action("exchange.finish_import", needs=Right.IMPORT)
def finish_import(reading: Reading, *, unchanged: Sequence[UUID], gone: Sequence[UUID]) -> Reading:
    """Every row is in: those that did not change are known to stand, those that are gone are marked; the file goes."""
    for some in _batches(list(unchanged), 500):
        ImportedRow.objects.filter(id__in=some).update(last_seen=reading)
    for some in _batches(list(gone), 500):
        ImportedRow.objects.filter(id__in=some).update(ended_in=reading, gone=True)
    DoubtPage.objects.filter(reading=reading).delete()
    RowMatch.objects.filter(reading=reading).delete()
    known = ImportedRow.objects.filter(reading=reading, state=RowState.KNOWN).count()
    counts = {**reading.counts, "known": known, "new": reading.count("new") - known}
    stored, finished = reading.stored, timezone.now()
    move(reading, (State.RUNNING,), State.DONE, finished_at=finished, counts=counts, stored=None, secret=None)
    reading.counts = counts
    if stored is not None:
        files.remove_after_commit([stored])
    note(rows=reading.row_count, unchanged=len(unchanged), gone=len(gone))
    return reading


def _batches(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


# New people ----------------------------------------------------------------------------------------------------------


def _import_new(reading: Reading, rows: Sequence[Planned], facilities: Mapping[str, Facility]) -> None:
    """Everything about people of whom nothing is known yet, in a number of statements that does not grow with them."""
    people = [_person(row) if row.claims.names else None for row in rows]
    made = [person for person in people if person is not None]
    _give_references(made)
    _make_keys(rows, people)
    Person.objects.bulk_create(made)
    pairs = [(row, person) for row, person in zip(rows, people, strict=True) if person is not None]
    Name.objects.bulk_create(name for row, person in pairs for name in _names(reading, person, row.claims))
    facts = {person.id: [_row_of(person, one, facilities) for one in row.claims.facts] for row, person in pairs}
    _insert(one for found in facts.values() for one in found)
    state_new((person, _of(CustodyEvent, facts[person.id]), _of(ReleaseDate, facts[person.id])) for person in made)
    ImportedRow.objects.bulk_create(_kept(reading, row, person) for row, person in zip(rows, people, strict=True))
    note_changes(reading.organisation_id, [person.id for person in made])


def _person(row: Planned) -> Person:
    birth = row.claims.birth
    return Person(
        id=new_id(), organisation_id=our_organisation(), sex=row.claims.sex, birth_date=birth, birth_band=band_of(birth)
    )


def _give_references(people: Sequence[Person]) -> None:
    """Other references to those that drew one that is taken."""
    taken: set[str] = set()
    waiting = list(people)
    while waiting:
        drawn = {person.reference for person in waiting}
        taken |= set(Person.objects.filter(reference__in=drawn).values_list("reference", flat=True))
        again = []
        for person in waiting:
            if person.reference in taken:
                person.reference = new_reference()
                again.append(person)
            else:
                taken.add(person.reference)
        waiting = again


def _make_keys(rows: Sequence[Planned], people: Sequence[Person | None]) -> None:
    keyring = open_keyring()
    if keyring is None:
        return
    people_of = [(row, person.id if person else None) for row, person in zip(rows, people, strict=True)]
    for compartment, subjects in _compartments(people_of).items():
        keyring.make_file_keys(subjects, our_organisation(), compartment)


def _compartments(rows: Iterable[tuple[Planned, UUID | None]]) -> dict[str, list[UUID]]:
    """{compartment: the people of whom something is to be sealed in it}."""
    pairs = [(row, one) for row, one in rows if one is not None]
    wanted = {
        Compartment.IDENTITY: [one for _row, one in pairs],
        Compartment.CASE: [one for row, one in pairs if _says_case(row.claims)],
        Compartment.HEALTH: [one for row, one in pairs if row.health],
    }
    return {compartment: subjects for compartment, subjects in wanted.items() if subjects}


def _says_case(claims: Claims) -> bool:
    return any(name in IN_CASE for one in claims.facts for name, _value in one.fields)


def _names(reading: Reading, person: Person, claims: Claims, *, first: bool = True) -> Iterable[Name]:
    for place, parts in enumerate(claims.names):
        yield Name(
            organisation_id=person.organisation_id, person=person, parts=parts, script=reading.script,
            kind=NameKind.ALSO if place else NameKind.LIST, preferred=first and place == 0,
        )  # fmt: skip


def _row_of(person: Person, one: Fact, facilities: Mapping[str, Facility]) -> Any:
    values = one.values
    if code := values.pop("facility", ""):
        values["facility"] = facilities.get(code)
    if one.model == "event":
        values |= {"source_kind": SourceKind.LIST, "reliability": RELIABILITY, "credibility": CREDIBILITY}
    if one.model == "release_date":
        values["told_on"] = timezone.localdate()
    return MODELS[one.model](organisation_id=person.organisation_id, person=person, **values)


def _insert(rows: Iterable[Any]) -> None:
    by_model: dict[Any, list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, some in by_model.items():
        model.objects.bulk_create(some)


def _of(model: type[Any], rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, model)]


def _kept(reading: Reading, row: Planned, person: Person | None) -> ImportedRow:
    return ImportedRow(
        organisation_id=reading.organisation_id, reading=reading, last_seen=reading, person=person, number=row.number,
        key=row.key, cells=dict(row.cells), health=dict(row.health) or None, left=dict(row.left) or None,
        doubts=list(row.doubts) or None, doubt_count=len(row.doubts),
    )  # fmt: skip


# People who are known ------------------------------------------------------------------------------------------------


def _import_known(reading: Reading, rows: Sequence[Planned], facilities: Mapping[str, Facility]) -> None:
    """Rows about people who are known, in a number of statements that does not grow with them.

    What is told of them for the first time is added, nothing replaced: of a row that changed, what the list did not say
    before; of one about somebody known from elsewhere, what is not recorded of them.
    """
    recorded = _recorded({row.person.id for row in rows if row.earlier is None and row.person is not None})
    made: list[ImportedRow] = []
    added: list[Any] = []
    told: dict[UUID, Person] = {}
    _ready_keys(rows)
    for row in rows:
        person, kept = row.about, _kept(reading, row, row.about)
        kept.state, kept.earlier = (RowState.KNOWN if row.earlier is None else RowState.CHANGED), row.earlier
        if person is not None:
            said = row.added if row.earlier is not None else recorded[person.id].beyond(row.claims)
            names = _names(reading, person, said, first=False)
            new = [*(_row_of(person, one, facilities) for one in said.facts), *names]
            kept.made = _ids(new)
            added += new
            if said.facts:
                told[person.id] = person
        made.append(kept)
    _insert(added)
    ImportedRow.objects.bulk_create(made)
    ImportedRow.objects.filter(id__in=[row.earlier.id for row in rows if row.earlier]).update(ended_in=reading)
    note_changes(reading.organisation_id, {one.person_id for one in added if isinstance(one, Name)})
    restate_all(told.values())


@dataclass
class _Recorded:
    """Names of somebody, and kinds and days of events: from the database and from the rows before."""

    names: list[Any] = field(default_factory=list)
    events: set[tuple[Any, str]] = field(default_factory=set)

    def beyond(self, claims: Claims) -> Claims:
        """Without what is recorded; what is left is recorded from now on."""
        names = tuple(parts for parts in claims.names if parts not in self.names)
        facts = tuple(one for one in claims.facts if one.model != "event" or _event(one) not in self.events)
        self.names += names
        self.events |= {_event(one) for one in facts if one.model == "event"}
        return replace(claims, names=names, facts=facts)


def _event(one: Fact) -> tuple[Any, str]:
    return one.values.get("kind"), str(one.values.get("on"))


def _recorded(people: Collection[UUID]) -> defaultdict[UUID, _Recorded]:
    found: defaultdict[UUID, _Recorded] = defaultdict(_Recorded)
    for name in Name.objects.filter(person__in=people):
        found[name.person_id].names.append(name.parts)
    for one in CustodyEvent.objects.filter(person__in=people):
        found[one.person_id].events.add((one.kind, str(one.on)))
    return found


def _ready_keys(rows: Sequence[Planned]) -> None:
    keyring = open_keyring()
    if keyring is None:
        return
    people = [(row, row.about.id if row.about else None) for row in rows]
    for compartment, wanted in _compartments(people).items():
        keyring.ready_file_keys(wanted, our_organisation(), compartment)


def _ids(rows: Iterable[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row._meta.label_lower, []).append(str(row.id))
    return found
