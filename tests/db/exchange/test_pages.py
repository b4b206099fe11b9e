"""The way of a list through the browser."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.exchange.lists import a_list, checked, csv_of, imported, worker  # noqa: F401 (a fixture)
from tests.db.exchange.test_import import ONE, TWO
from throughgate.exchange.models import Profile, Reading, State
from throughgate.people.models import Person

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def house():
    return an_organisation("Прыклад", "coordinator", "monitor", "case_worker", "security_officer")


def send(client, data: bytes, name: str = "list.csv", **more):
    return client.post("/import/new/", {"file": SimpleUploadedFile(name, data)}, **more)


def answers(house, reading: Reading, **more) -> dict[str, str]:
    """The form of the columns as it was proposed."""
    with house.coordinator.at_work():
        opened = Reading.objects.get(id=reading.id)
        proposed = {f"c{n}": opened.mapping[heading] for n, heading in enumerate(opened.headings)}
    previous = str(reading.previous_id or "")
    return {**proposed, "script": reading.script, "previous": previous, "save_as": "", **more}


def text(answer) -> str:
    return answer.content.decode()


def test_from_upload_to_result_and_back(house, worker):  # noqa: F811
    client = house.coordinator.signs_in()
    sent = send(client, csv_of(ONE, TWO))
    reading = Reading.unguarded.get()
    assert sent.url == f"/import/{reading.id}/columns/"
    assert "Прыкладаў" in text(client.get(sent.url))

    client.post(sent.url, answers(house, reading, save_as="Наш спіс"))
    waiting = client.get(reading.get_absolute_url())
    assert waiting["Refresh"]
    assert worker() == ["done"]

    dry = client.get(reading.get_absolute_url())
    assert "Refresh" not in dry
    assert not Person.unguarded.exists()
    assert "Нейкае невядомае месца" in text(client.get(f"/import/{reading.id}/doubts/"))

    client.post(f"/import/{reading.id}/start/")
    assert worker() == ["done"]
    assert Person.unguarded.count() == 2
    assert "Прыкладаў Сяргей" in text(client.get(f"/import/{reading.id}/rows/?show=new"))
    assert "дыябет" in text(client.get(f"/people/{Person.unguarded.order_by('id')[0].reference}/lists/"))

    client.post(f"/import/{reading.id}/undo/")
    assert worker() == ["done"]
    assert client.get(reading.get_absolute_url()).status_code == 200
    assert not Person.unguarded.exists()


def test_columns_that_were_named_once_are_known_again(house):
    client = house.coordinator.signs_in()
    odd = b"Alpha;Beta;Gamma\n\xd0\x9f\xd1\x80\xd1\x8b\xd0\xba\xd0\xbb\xd0\xb0\xd0\xb4;x;y\n"
    send(client, odd)
    first = Reading.unguarded.get()
    with house.coordinator.at_work():
        from throughgate.exchange import actions

        actions.choose_columns(first, mapping={"Alpha": "name", "Beta": "judge"}, save_as="Дзіўны")
    send(client, odd)

    second = Reading.unguarded.exclude(id=first.id).get()
    with house.coordinator.at_work():
        assert second.mapping == {"Alpha": "name", "Beta": "judge", "Gamma": ""}
    assert second.profile == Profile.unguarded.get(name="Дзіўны")


def test_a_field_that_takes_one_column_is_not_given_to_two(house):
    client = house.coordinator.signs_in()
    send(client, csv_of(ONE))
    reading = Reading.unguarded.get()

    answer = client.post(f"/import/{reading.id}/columns/", answers(house, reading, c0="name"))

    assert answer.status_code == 422
    assert Reading.unguarded.get().state == State.READ


@pytest.mark.parametrize("path", ["", "columns/", "doubts/", "rows/", "undo/", "discard/"])
def test_a_stranger_finds_no_list(house, path):
    other = an_organisation("Іншая", "coordinator")
    with house.coordinator.at_work():
        reading = imported(csv_of(ONE))

    assert other.coordinator.signs_in().get(f"/import/{reading.id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["start/", "check/", "undo/", "discard/", "sheet/"])
def test_a_stranger_moves_no_list(house, path):
    other = an_organisation("Іншая", "coordinator")
    with house.coordinator.at_work():
        reading = checked(csv_of(ONE))

    assert other.coordinator.signs_in().post(f"/import/{reading.id}/{path}").status_code == 404
    assert Reading.unguarded.get().state == State.CHECKED


@pytest.mark.parametrize("role", ["case_worker", "security_officer"])
def test_whoever_may_not_import_is_told_so(house, role):
    assert house.people[role].signs_in().get("/import/").status_code == 403


def test_nothing_of_a_list_stands_in_a_title_or_an_address(house):
    client = house.coordinator.signs_in()
    send(client, csv_of(ONE, TWO), name="Сакрэтны спіс.csv")
    reading = Reading.unguarded.get()
    page = text(client.get(f"/import/{reading.id}/columns/"))

    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    title = re.search(r"<title>(.*?)</title>", page)[1]
    assert "Сакрэтны" in page
    assert "Сакрэтны" not in title + addresses
    assert "Прыклад" not in title + addresses


def test_a_script_in_a_cell_is_shown_as_its_letters(house):
    client = house.coordinator.signs_in()
    evil = ONE.replace("Прыкладаў", "<script>alert(1)</script>").replace("Магілёў", "<img src=x onerror=alert(1)>")
    evil = evil.replace("Папраўчая калонія", "<b>")
    with house.coordinator.at_work():
        reading = checked(csv_of(evil).replace(b"health", b"<svg onload=alert(1)>"))
    pages = [text(client.get(f"/import/{reading.id}/{path}")) for path in ("columns/", "doubts/")]
    with house.coordinator.at_work():
        from throughgate.exchange import actions, work

        actions.start_import(reading, queue=False)
        work.carry_out(reading)
    person = Person.unguarded.get()
    pages += [text(client.get(f"/import/{reading.id}/rows/")), text(client.get(person.get_absolute_url()))]
    pages += [text(client.get(f"/people/{person.reference}/lists/"))]

    for page in pages:
        assert not re.search(r"<script>alert|<img src=x|<svg onload", page)
    assert "&lt;script&gt;alert(1)" in pages[0]


def test_a_list_much_smaller_than_before_stops_until_it_is_confirmed(house, worker):  # noqa: F811
    with house.coordinator.at_work():
        before = imported(a_list(40))
        reading = checked(a_list(30), previous=before)
    client = house.coordinator.signs_in()

    refused = client.post(f"/import/{reading.id}/start/")
    assert refused.status_code == 422
    assert worker() == []
    client.post(f"/import/{reading.id}/start/", {"although_smaller": "on"})
    assert worker() == ["done"]
    assert Reading.unguarded.get(id=reading.id).state == State.DONE


def test_without_a_worker_the_form_says_so(house, monkeypatch):
    client = house.coordinator.signs_in()
    send(client, csv_of(ONE))
    reading = Reading.unguarded.get()

    answer = client.post(f"/import/{reading.id}/columns/", answers(house, reading))

    assert answer.status_code == 422
    assert "worker" in text(answer)


def test_work_that_broke_off_can_go_on(house, worker, monkeypatch):  # noqa: F811
    with house.coordinator.at_work():
        reading = checked(csv_of(ONE, TWO))
    client = house.coordinator.signs_in()
    from throughgate.exchange import actions

    real = actions.finish_import
    monkeypatch.setattr(actions, "finish_import", lambda *args, **options: 1 / 0)
    client.post(f"/import/{reading.id}/start/")
    assert worker() == ["failed"]
    page = text(client.get(reading.get_absolute_url()))
    assert "2 of 2 rows are in" in page

    monkeypatch.setattr(actions, "finish_import", real)
    client.post(f"/import/{reading.id}/start/")
    assert worker() == ["done"]
    assert Person.unguarded.count() == 2


def test_an_upload_can_be_destroyed(house):
    with house.coordinator.at_work():
        reading = checked(csv_of(ONE))

    house.coordinator.signs_in().post(f"/import/{reading.id}/discard/")

    assert not Reading.unguarded.exists()


def test_the_number_of_queries_does_not_grow_with_the_list(house):
    with house.coordinator.at_work():
        few, many = imported(a_list(10), previous=None), imported(a_list(45), previous=None)
    client = house.coordinator.signs_in()
    client.get("/people/?sort=name")  # the index of names is there

    def asked(reading: Reading) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/import/{reading.id}/rows/")
        return sum(query["sql"].startswith("SELECT") and "log" not in query["sql"] for query in captured)

    assert asked(many) == asked(few)
