"""Keeping the standing of a person true: every action of this room ends here."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from throughgate.access.acting import System, acting_as
from throughgate.access.acts import action
from throughgate.custody import hooks
from throughgate.custody.models import CustodyEvent, ReleaseDate, Standing
from throughgate.custody.projecting import Projection, project
from throughgate.custody.rights import Right
from throughgate.people.models import Person


def restate(person: Person, *, correction: bool = False) -> None:
    """Make the standing anew from events and release dates, and tell higher rooms what changed.

    *correction*: what was known was wrong, so nobody was released or taken just now.
    """
    restate_all([person], correction=correction)


def restate_all(people: Iterable[Person], *, correction: bool = False) -> None:
    """The same for many, in a number of statements that grows only with what higher rooms do about it."""
    living = [person for person in people if person.erased_at is None]
    events = _by_person(CustodyEvent.objects.filter(person__in=living))
    dates = _by_person(ReleaseDate.objects.filter(person__in=living).standing())
    before = {row.person_id: row for row in Standing.objects.filter(person__in=living)}
    told = [(person, _projected(person, events[person.id], dates[person.id])) for person in living]
    Standing.objects.bulk_create(
        [now for _person, (now, _made) in told],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["updated_at", *project([], [], today=timezone.localdate()).values],
    )
    for person, (now, made) in told:
        known = {str(row.id): row for row in events[person.id]}
        _tell(person, before.get(person.id) or Standing(), now, made, known, correction=correction)


def _by_person(rows: QuerySet[Any]) -> defaultdict[UUID, list[Any]]:
    found = defaultdict(list)
    for row in rows.order_by("id"):
        found[row.person_id].append(row)
    return found


def _projected(
    person: Person, events: Sequence[CustodyEvent], dates: Sequence[ReleaseDate]
) -> tuple[Standing, Projection]:
    made = project(events, dates, today=timezone.localdate())
    return Standing(organisation_id=person.organisation_id, person=person, **made.values), made


def forget_standing(person: Person) -> None:
    """Whoever is erased waits for nothing and is on no list; their events stay for the figures."""
    Standing.objects.about(person).delete()


def merged(person: Person, other: Person) -> None:
    """Two records became one, or one became two again: each is where its own events say; nobody was taken just now."""
    restate(person, correction=True)
    if other.merged_into_id is None:
        restate(other, correction=True)
    else:
        forget_standing(other)


def state_new(told: Iterable[tuple[Person, Sequence[CustodyEvent], Sequence[ReleaseDate]]]) -> None:
    """Standings of people added in this moment, of whom all events and dates are given; one insertion, for imports.

    No other room knows these people yet, so none is told.
    """
    today = timezone.localdate()
    Standing.objects.bulk_create(
        Standing(organisation_id=person.organisation_id, person=person, **project(events, dates, today=today).values)
        for person, events, dates in told
    )


def _tell(
    person: Person, before: Standing, now: Standing, made: Projection, events: dict[str, CustodyEvent], *,
    correction: bool,
) -> None:  # fmt: skip
    if before.release != now.release:
        for follow in hooks.RELEASE_DATE_MOVED:
            follow(person, before.release, now.release)
    if correction or not made.found.episodes:
        return
    last = made.found.episodes[-1]
    if now.liberty == "ended" and before.liberty != "ended":
        _call(hooks.DIED, person, events.get(last.end_event or ""))
    elif before.episode and not now.episode:
        _call(hooks.RELEASED, person, events.get(last.end_event or ""))
    elif now.episode == "deprived" and not before.episode and before.liberty in ("free", "restricted"):
        _call(hooks.HELD_AGAIN, person, events.get(last.start_event))


def _call(listeners: list[Any], person: Person, event: CustodyEvent | None) -> None:
    if event is not None:
        for follow in listeners:
            follow(person, event)


def restate_due() -> int:
    """By the clock: standings of people an event of whom has just come into its day. Needs no keys.

    Says how many there were; may be run again at any time.
    """
    with acting_as(System("standings")):
        due = list(Standing.objects.filter(recount_on__lte=timezone.localdate()).select_related("person"))
    for row in due:
        clock = System("standings", frozenset({Right.WRITE}), organisation_id=row.organisation_id)
        with acting_as(clock):
            bring_up_to_date(row.person)
    return len(due)


@action("custody.bring_up_to_date", needs=Right.WRITE)
def bring_up_to_date(person: Person) -> Person:
    """An event that was to come has come."""
    restate(person)
    return person


def differing() -> Iterator[Standing]:
    """Standings that are not what their events and dates give: a fault of the product, looked for by `check`."""
    with acting_as(System("check")):
        organisations = set(Standing.objects.order_by().values_list("organisation_id", flat=True).distinct())
    for organisation_id in organisations:
        with acting_as(System("check", organisation_id=organisation_id)):
            for row in Standing.objects.select_related("person").iterator(200):
                if _values(row) != _again(row):
                    yield row


def _again(row: Standing) -> dict[str, Any]:
    events = list(CustodyEvent.objects.about(row.person).order_by("id"))
    dates = list(ReleaseDate.objects.about(row.person).standing().order_by("id"))
    return project(events, dates, today=row.counted_on).values


def _values(row: Standing) -> dict[str, Any]:
    names = project([], [], today=datetime.date.min + datetime.timedelta(days=1)).values
    return {name: getattr(row, name) for name in names}
