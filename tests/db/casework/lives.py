"""People in custody, near release and after it, for the tests of what waits for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import House
from throughgate.casework import actions
from throughgate.casework.models import Case
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.people import actions as people
from throughgate.people.models import Person


def day(distance: int = 0) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=distance)


def on(distance: int) -> PartialDate:
    return PartialDate.from_date(day(distance))


def somebody_held(house: House, surname: str = "Прыкладаў", *, leaves: int | None = None, **date_facts: Any) -> Person:
    """Somebody in custody for a year, leaving in so many days as far as the institution says."""
    with house.coordinator.at_work():
        person = people.add_person(names=[{"surname": surname, "given": "Сяргей"}])
        custody.record_event(person, kind="detained", on=on(-365))
        if leaves is not None:
            facts = {"type": "told_by_facility", "certainty": "likely", **date_facts}
            custody.tell_release_date(person, on=on(leaves), **facts)
    return person


def somebody_released(house: House, surname: str = "Узораў", *, ago: int = 0) -> Person:
    person = somebody_held(house, surname)
    with house.coordinator.at_work():
        custody.record_event(person, kind="released", on=on(-ago))
    return person


def a_case(house: House, person: Person, *, lead: str = "case_worker", kind: str = "re_entry") -> Case:
    with house.coordinator.at_work():
        return actions.open_case(person, kind=kind, lead=house.people[lead].member)


def text_of(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return str(answer.content.decode())
