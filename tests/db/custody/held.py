"""Builders for the tests of this room."""

from __future__ import annotations

import datetime
from typing import Any

from tests.cast import House
from throughgate.core.dates import PartialDate
from throughgate.custody import actions
from throughgate.custody.models import Standing
from throughgate.people import actions as people
from throughgate.people.models import Person


def a_person(house: House, surname: str = "Прыкладаў", given: str = "Сяргей") -> Person:
    with house.case_worker.at_work():
        return people.add_person(names=[{"surname": surname, "given": given}])


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def held(house: House, *events: tuple[str, str], surname: str = "Прыкладаў") -> Person:
    """Somebody with events ("detained", "2022-03-15"), detained in 2022 unless told otherwise."""
    person = a_person(house, surname)
    with house.case_worker.at_work():
        for kind, when in events or (("detained", "2022-03-15"),):
            actions.record_event(person, kind=kind, on=on(when))
    return person


def standing(person: Person) -> Standing:
    return Standing.unguarded.get(person_id=person.id)


def tab(client: Any, person: Person, part: str = "") -> str:
    answer = client.get(f"{person.get_absolute_url()}custody/{part}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Any, person: Person, part: str, data: dict[str, Any]) -> Any:
    return client.post(f"{person.get_absolute_url()}custody/{part}", data)
