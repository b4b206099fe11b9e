"""Tasks: promised, done, undone, changed; about somebody or about nobody."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, day, somebody_held, text_of
from throughgate.access.models import Amendment
from throughgate.casework import actions
from throughgate.casework.models import Task

pytestmark = pytest.mark.django_db

LIST = "/tasks/"


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer")


def due(distance):
    when = day(distance)
    return {"due_on_day": when.day, "due_on_month": when.month, "due_on_year": when.year}


def a_task(house, title="Купіць квіток", to="case_worker", **facts):
    with house.case_worker.at_work():
        return actions.add_task(title, assignee=house.people[to].member, **facts)


def test_a_stranger_sees_no_task(house):
    task = a_task(house)
    other = an_organisation("Іншая").coordinator.signs_in()

    assert "Купіць квіток" not in text_of(other, f"{LIST}?whose=all")
    assert other.post(f"/tasks/{task.id}/done/").status_code == 404
    assert house.security_officer.signs_in().get(LIST).status_code == 403


def test_a_task_is_added_with_a_day(house):
    client = house.case_worker.signs_in()

    page = client.post("/tasks/new/", {"title": "Купіць квіток", **due(2)}, follow=True).content.decode()

    assert "Купіць квіток" in page
    with house.case_worker.at_work():
        task = Task.objects.get()
        assert (task.title, task.due_on, task.by_id) == ("Купіць квіток", day(2), house.case_worker.member.id)


def test_what_is_to_be_done_must_be_said(house):
    answer = house.case_worker.signs_in().post("/tasks/new/", {"title": ""})

    assert answer.status_code == 422
    assert "Enter an answer" in answer.content.decode()


def test_from_a_persons_page_the_person_is_there_already(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()

    page = text_of(client, f"/tasks/new/?person={person.reference}")
    client.post(f"/tasks/new/?person={person.reference}", {"title": "Напісаць маці", "person": str(person.id)})

    assert "Прыкладаў" in page
    with house.case_worker.at_work():
        assert Task.objects.get().person_id == person.id


def test_a_person_is_found_by_typing_and_never_stands_in_an_address(house):
    somebody_held(house)
    client = house.case_worker.signs_in()

    answer = client.post("/tasks/new/", {"title": "Напісаць", "person_find": "prykladau", "person_search": "1"})

    page = answer.content.decode()
    assert "Прыкладаў Сяргей" in page
    assert 'value="Напісаць"' in page  # what was typed is not lost
    assert not re.search(r'(?:href|action)="[^"]*(?:prykladau|Прыклад)', page)


def test_a_person_of_another_organisation_is_not_taken(house):
    other = an_organisation("Іншая")
    person = somebody_held(other)
    client = house.case_worker.signs_in()

    assert client.post("/tasks/new/", {"title": "Напісаць", "person": str(person.id)}).status_code == 422
    assert client.get(f"/tasks/new/?person={person.reference}").status_code == 404


def test_done_tasks_leave_the_list_and_are_found_by_the_filter(house):
    task = a_task(house)
    client = house.case_worker.signs_in()

    client.post(f"/tasks/{task.id}/done/")

    assert "Купіць квіток" not in text_of(client, LIST)
    assert "Купіць квіток" in text_of(client, f"{LIST}?done=yes")
    client.post(f"/tasks/{task.id}/undo/")
    assert "Купіць квіток" in text_of(client, LIST)


def test_a_button_is_pressed_and_never_followed(house):
    task = a_task(house)

    assert house.case_worker.signs_in().get(f"/tasks/{task.id}/done/").status_code == 405


def test_the_list_is_filtered_by_when_it_is_due(house):
    a_task(house, "Спозненае", due_on=day(-1))
    a_task(house, "Калі-небудзь")
    client = house.case_worker.signs_in()

    late = text_of(client, f"{LIST}?when=overdue")

    assert "Спозненае" in late
    assert "Калі-небудзь" not in late
    assert "Калі-небудзь" in text_of(client, f"{LIST}?when=no_day&when=overdue")


def test_tasks_of_others_stand_under_everybodys(house):
    a_task(house, to="coordinator")
    client = house.case_worker.signs_in()

    assert "Купіць квіток" not in text_of(client, LIST)
    assert "Купіць квіток" in text_of(client, f"{LIST}?whose=all")


def test_a_changed_task_keeps_what_it_was(house):
    task = a_task(house)
    client = house.case_worker.signs_in()

    client.post(f"/tasks/{task.id}/change/", {"title": "Купіць два квіткі", "reason": "едзе з маці", **due(3)})

    with house.case_worker.at_work():
        changed = Task.objects.get(id=task.id)
        assert (changed.title, changed.due_on) == ("Купіць два квіткі", day(3))
        assert {kept.field for kept in Amendment.objects.of(task)} == {"title", "due_on", "assignee"}


def test_one_returns_only_within_the_site(house):
    task = a_task(house)

    answer = house.case_worker.signs_in().post(f"/tasks/{task.id}/done/", {"next": "https://example.org/"})

    assert answer["Location"] == LIST


@pytest.mark.parametrize("address", [f"{LIST}?whose=all", "/steps/?whose=all"])
def test_the_number_of_queries_does_not_grow(house, address):
    client = house.case_worker.signs_in()

    def a_life(number):
        case = a_case(house, somebody_held(house, leaves=number))
        a_task(house, f"Задача {number}", person=case.person, due_on=day(number))
        with house.case_worker.at_work():
            actions.make_plan(case, template="short_notice")

    def queries():
        text_of(client, address)
        with CaptureQueriesContext(connection) as captured:
            text_of(client, address)
        return len(captured)

    for number in range(4):
        a_life(number)
    few = queries()
    for number in range(4, 9):
        a_life(number)

    assert queries() == few
