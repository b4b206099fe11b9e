"""Builders for the tests of this room."""

from __future__ import annotations

from typing import Any

from tests.cast import House
from throughgate.people import actions
from throughgate.people.models import File, Person


def a_person(house: House, surname: str = "Прыкладаў", given: str = "Сяргей", **facts: Any) -> Person:
    with house.case_worker.at_work():
        return actions.add_person(names=[{"surname": surname, "given": given}], **facts)


def page_of(client: Any, person: Person, part: str = "") -> str:
    answer = client.get(f"{person.get_absolute_url()}{part}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def a_file(house: House, person: Person, content: bytes = "дрозд".encode(), **facts: Any) -> File:
    with house.case_worker.at_work():
        return actions.add_file(person, content=content, **{"name": "ліст.txt", "kind": "letter", **facts})
