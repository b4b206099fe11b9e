"""Giving an organisation any number of invented people: rows of a few hundred people at once, in bulk.

What is derived (standings, release dates, readiness, days of steps) is made by the code that makes it for one.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from throughgate.access.acting import System, acting_as
from throughgate.access.models import Assignment, Organisation
from throughgate.casework.actions.readiness import count_readiness_many
from throughgate.custody.actions import state_new
from throughgate.custody.models import Facility, Standing
from throughgate.people.models import Person
from throughgate.site.demo import custodies, persons
from throughgate.site.demo.stories import DAY, Story, tell
from throughgate.site.demo.support import Staff, Support, Supporting, assignments
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, unlocked

__all__ = ["Staff", "populate"]

# Two keys a person: as many as there are prepared ciphers kept (`core.sealing.values`), or each row would pay for one.
BATCH = 250
YEARS = 6


@dataclass
class _Maker:
    """What is the same for all batches of one organisation."""

    organisation: Organisation
    keyring: Keyring
    staff: Staff
    seed: str
    today: datetime.date
    supported: float
    facilities: dict[str, Facility]
    references: set[str] = field(default_factory=set)
    case_references: set[str] = field(default_factory=set)


def populate(
    organisation: Organisation, keyring: Keyring, staff: Staff, *, people: int, seed: str | int, today: datetime.date,
    supported: float = 0.5,
) -> None:  # fmt: skip
    """Add *people* invented people, about the share *supported* of them with a case; the same seed, the same lives."""
    with acting_as(System("demo", organisation_id=organisation.id)), unlocked(keyring):
        facilities = {row.code: row for row in Facility.objects.filter(organisation=None)}
        maker = _Maker(organisation, keyring, staff, str(seed), today, supported, facilities)
        for start in range(0, people, BATCH):
            with transaction.atomic():
                _batch(maker, range(start, min(people, start + BATCH)))
            keyring.forget_file_keys()


def _batch(maker: _Maker, numbers: Iterable[int]) -> None:
    chances = [random.Random(f"{maker.seed}/{number}") for number in numbers]  # noqa: S311 (nothing to be guessed)
    stories = [tell(rng, number, maker.today) for rng, number in zip(chances, numbers, strict=True)]
    people = [_person(maker, rng, story) for rng, story in zip(chances, stories, strict=True)]
    ids = [person.id for person in people]
    for compartment in (Compartment.IDENTITY, Compartment.CASE):
        maker.keyring.make_file_keys(ids, maker.organisation.id, compartment)
    _write(people)
    told = list(zip(chances, people, stories, strict=True))
    _write(_identities(maker, told))
    standings = _custody(maker, told)
    supports = _support(maker, told, standings)
    counted = {one.case.person_id for one in supports} | {key for key, row in standings.items() if row.release}
    count_readiness_many([person for person in people if person.id in counted])


_Told = Sequence[tuple[random.Random, Person, Story]]


def _person(maker: _Maker, rng: random.Random, story: Story) -> Person:
    since = min(maker.today, (story.begun or maker.today - 90 * DAY) + rng.randint(0, 20) * DAY)
    at = timezone.make_aware(datetime.datetime.combine(since, datetime.time(rng.randint(8, 19), rng.randint(0, 59))))
    reference = persons.draw_reference(rng, maker.references)
    return persons.make_person(rng, maker.organisation.id, story, reference, min(at, timezone.now()))


def _identities(maker: _Maker, told: _Told) -> Iterable[models.Model]:
    before: Person | None = None
    for rng, person, story in told:
        since = timezone.localdate(person.created_at)
        yield from persons.names(rng, person, story)
        if rng.random() < maker.supported * 1.3:
            yield from persons.papers(rng, person, maker.today)
            yield from persons.contact_points(rng, person, story, maker.today)
            yield from persons.relationships(rng, person, story, before if rng.random() < 0.15 else None)
            yield from persons.consents(rng, person, story, since, maker.today)
        before = person


def _custody(maker: _Maker, told: _Told) -> dict[Any, Standing]:
    """Events and dates, and the standings that come of them, by person."""
    held = [(person, custodies.rows_of(rng, person, story, maker.facilities)) for rng, person, story in told]
    _write(
        row
        for _person_, one in held
        for row in (*one.events, *one.charges, *one.hearings, *one.sentences, *one.dates, *one.assessments)
    )
    state_new((person, one.events, one.dates) for person, one in held if one.events)
    rows = Standing.objects.filter(person__in=[person.id for person, _one in held])
    return {row.person_id: row for row in rows}


def _support(maker: _Maker, told: _Told, standings: dict[Any, Standing]) -> list[Support]:
    made = []
    for rng, person, story in told:
        supporting = Supporting(rng, person, story, standings.get(person.id), maker.staff, maker.today)
        if supporting.wanted(maker.supported):
            made.append(supporting.make(persons.draw_reference(rng, maker.case_references)))
    _write(row for one in made for row in one.rows)
    Assignment.objects.bulk_create(assignments(made))
    return made


def _write(rows: Iterable[Any]) -> None:
    """Insert rows of any models, each model at once, in the order in which the models first came."""
    by_model: dict[type[Any], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, found in by_model.items():
        model.objects.bulk_create(found)
