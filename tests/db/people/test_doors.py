"""The stranger first: every page and every button of this room, asked from another organisation and without rights."""

import pytest

from tests.cast import a_member, an_organisation
from tests.db.people.somebody import a_file, a_person
from throughgate.access import actions as access
from throughgate.core.dates import PartialDate
from throughgate.people import actions

pytestmark = pytest.mark.django_db

SEEN = ("", "timeline/", "history/", "access/", "around/", "documents/", "consents/")
WRITTEN = ("change/", "names/new/", "contacts/new/", "around/new/", "documents/new/", "consents/new/", "photo/change/",
           "files/new/")  # fmt: skip


def with_everything(house):
    """A person with a row of every kind, and the addresses of the pages about those rows."""
    person = a_person(house)
    with house.case_worker.at_work():
        name = actions.add_name(person, whole="Узораў Пётр")
        point = actions.add_contact_point(person, channel="phone", value="+375 29 123-45-67")
        tie = actions.add_relationship(person, kind="mother", other_name="Неіснуючая Ганна")
        paper = actions.add_document(person, kind="passport", state="lost", number="MP1234567")
        consent = actions.add_consent(person, purpose="media", how="spoken", given=PartialDate(2026, 5))
    file = a_file(house, person)
    rows = [
        f"names/{name.id}/change/", f"contacts/{point.id}/change/", f"contacts/{point.id}/not-safe/",
        f"contacts/{point.id}/safe/", f"contacts/{point.id}/end/", f"around/{tie.id}/change/", f"around/{tie.id}/end/",
        f"documents/{paper.id}/change/", f"consents/{consent.id}/change/", f"consents/{consent.id}/withdraw/",
        f"files/{file.id}/change/", f"files/{file.id}/destroy/",
    ]  # fmt: skip
    return person, rows, f"files/{file.id}/"


def test_another_organisation_finds_no_door():
    house, other = an_organisation(), an_organisation("Іншая")
    person, rows, file = with_everything(house)
    client = other.coordinator.signs_in()
    at = person.get_absolute_url()

    for part in (*SEEN, *WRITTEN, *rows, file, "destroy/", "photo/"):
        assert client.get(at + part).status_code == 404, part
        assert client.post(at + part).status_code in (404, 405), part


def test_rows_of_one_person_are_not_found_under_another():
    house = an_organisation()
    _person, rows, file = with_everything(house)
    another = a_person(house, "Вымышленны")
    client = house.coordinator.signs_in()

    for part in (*rows, file):
        assert client.get(another.get_absolute_url() + part).status_code == 404, part


def test_a_peer_worker_sees_only_people_they_are_assigned_to():
    house = an_organisation("Прыклад", "case_worker", "coordinator", "peer_worker")
    person, _rows, file = with_everything(house)
    client = house.peer_worker.signs_in()
    doors = [person.get_absolute_url() + part for part in (*SEEN, file)]

    assert {client.get(door).status_code for door in doors} == {404}
    with house.coordinator.at_work():
        access.assign(house.peer_worker.member.id, person.id)
    assert {client.get(door).status_code for door in doors} == {200}


def test_a_peer_worker_looks_and_does_not_write():
    house = an_organisation("Прыклад", "case_worker", "coordinator", "peer_worker")
    person, rows, _file = with_everything(house)
    with house.coordinator.at_work():
        access.assign(house.peer_worker.member.id, person.id)
    client = house.peer_worker.signs_in()

    for part in (*WRITTEN, *rows, "destroy/"):
        assert client.get(person.get_absolute_url() + part).status_code == 403, part


def test_who_manages_accounts_sees_nobody():
    house = an_organisation()
    person, _rows, _file = with_everything(house)

    assert house.security_officer.signs_in().get(person.get_absolute_url()).status_code == 403


def test_every_page_answers_to_a_case_worker():
    house = an_organisation()
    person, rows, file = with_everything(house)
    client = house.case_worker.signs_in()

    for part in (*SEEN, *WRITTEN, *rows, file):
        assert client.get(person.get_absolute_url() + part).status_code == 200, part


def test_a_peer_worker_does_not_learn_the_name_at_the_other_end():
    house = an_organisation("Прыклад", "case_worker", "coordinator", "peer_worker")
    person, hidden = a_person(house), a_person(house, "Таемны")
    with house.case_worker.at_work():
        actions.add_relationship(person, kind="sibling", other=hidden)
    with house.coordinator.at_work():
        access.assign(house.peer_worker.member.id, person.id)
    page = house.peer_worker.signs_in().get(f"{person.get_absolute_url()}around/").content.decode()

    assert "Таемны" not in page
    assert hidden.reference not in page
    assert "closed to you" in page


def test_a_member_without_keys_sees_locks_and_no_values():
    house = an_organisation()
    person, _rows, _file = with_everything(house)
    newcomer = a_member(house, "case_worker", name="newcomer", keys=False)
    client = newcomer.signs_in()
    page = client.get(person.get_absolute_url()).content.decode()

    assert "Прыкладаў" not in page
    assert "+375" not in page
    assert "closed to you" in page


def test_saving_a_form_with_closed_values_leaves_them_as_they_are():
    house = an_organisation()
    person, rows, _file = with_everything(house)
    newcomer = a_member(house, "case_worker", name="newcomer", keys=False)
    change = next(part for part in rows if part.startswith("documents/"))
    client = newcomer.signs_in()
    form = {"kind": "passport", "state": "held_by_person", "reason": "аддалі", "number": "чужы нумар"}

    assert client.post(person.get_absolute_url() + change, form).status_code == 302
    page = house.case_worker.signs_in().get(f"{person.get_absolute_url()}documents/").content.decode()
    assert "MP1234567" in page
