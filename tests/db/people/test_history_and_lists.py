"""What was corrected, what happened, who opened; filters of the list; queries that do not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.people.somebody import a_file, a_person, page_of
from throughgate.access import acts
from throughgate.core.dates import PartialDate
from throughgate.people import actions
from throughgate.people.models import Name, Person

pytestmark = pytest.mark.django_db


# History -------------------------------------------------------------------------------------------------------------


def test_the_history_says_what_was_what_became_who_and_why():
    house = an_organisation()
    person = a_person(house, sex="m")
    with house.case_worker.at_work():
        row = Person.objects.get(id=person.id)
        actions.amend_person(row, reason="памылка ў анкеце", sex="f")
        actions.amend_name(Name.objects.about(row).get(), reason="пашпарт", kind="current", surname="Узорава")
    page = page_of(house.coordinator.signs_in(), person, "history/")

    for words in ("man", "woman", "памылка ў анкеце", "Прыкладаў", "Узорава", house.case_worker.member.display_name):
        assert words in page, words


def test_each_correction_shows_the_value_that_followed_it():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        document = actions.add_document(person, kind="passport", state="lost", number="ПЕРШЫ-1111")
        actions.amend_document(document, reason="адзін", number="ДРУГІ-2222")
        actions.amend_document(document, reason="два", number="ТРЭЦІ-3333")
    page = page_of(house.case_worker.signs_in(), person, "history/?of=identitydocument")
    order = [page.index(number) for number in ("ДРУГІ-2222", "ТРЭЦІ-3333", "ПЕРШЫ-1111")]

    assert order == sorted(order)


def test_the_history_of_a_room_is_for_those_who_may_see_the_room():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        acts.amend(Person.objects.get(id=person.id), reason="бачна ўсім", sex="x")
    from throughgate.people.screens import HISTORY

    page = page_of(house.case_worker.signs_in(), person, "history/")
    assert "бачна ўсім" in page
    kept, HISTORY["people"] = HISTORY["people"], "nobody.has_it"
    try:
        assert "бачна ўсім" not in page_of(house.case_worker.signs_in(), person, "history/")
    finally:
        HISTORY["people"] = kept


# Timeline ------------------------------------------------------------------------------------------------------------


def test_the_timeline_is_newest_first_and_can_be_narrowed():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        actions.add_consent(person, purpose="media", how="spoken", given=PartialDate(2021))
        actions.add_document(person, kind="passport", state="lost", issued=PartialDate(2015, 2))
    client = house.case_worker.signs_in()
    page = page_of(client, person, "timeline/")
    places = [page.index(words) for words in ("Known to us", "Consent given", "Document issued")]

    assert places == sorted(places)
    assert "Document issued" not in page_of(client, person, "timeline/?kind=consents")


# Who opened ----------------------------------------------------------------------------------------------------------


def test_the_access_page_names_who_can_open_and_who_opened():
    house = an_organisation()
    person = a_person(house)
    page_of(house.case_worker.signs_in(), person)
    page = page_of(house.coordinator.signs_in(), person, "access/")

    assert page.count(house.case_worker.member.display_name) >= 2


# The list ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [
    "sex=f", "birth_band=1990-1999", "category=journalist", "language=pl", "citizenship=ua",
])  # fmt: skip
def test_each_filter_narrows_the_list(query):
    house = an_organisation()
    wanted = a_person(
        house, "Шуканая", "Ганна", sex="f", birth_date=PartialDate(1994), categories=["student", "journalist"],
        language="pl", citizenships=["by", "ua"],
    )  # fmt: skip
    other = a_person(
        house, "Лішні", "Пётр", sex="m", birth_date=PartialDate(1984), categories=["blogger"], language="be"
    )
    page = house.case_worker.signs_in().get(f"/people/?{query}").content.decode()

    assert wanted.reference in page
    assert other.reference not in page


def test_sorted_by_name_the_list_follows_the_alphabet():
    house = an_organisation()
    for surname in ("Узораў", "Вымышленны", "Іншы"):
        a_person(house, surname)
    page = house.case_worker.signs_in().get("/people/?sort=name").content.decode()
    places = [page.index(surname) for surname in ("Вымышленны", "Іншы", "Узораў")]

    assert places == sorted(places)


def test_an_export_has_no_names():
    house = an_organisation()
    person = a_person(house, categories=["journalist"])
    answer = house.coordinator.signs_in().get("/people/?export=csv").content.decode()

    assert person.reference in answer
    assert "Прыкладаў" not in answer
    assert house.case_worker.signs_in().get("/people/?export=csv").status_code == 403


# Queries -------------------------------------------------------------------------------------------------------------


def queries_of(client, address):
    client.get(address)  # what is read once in a while is read now
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def add_rows(house, person, start, end):
    with house.case_worker.at_work():
        for n in range(start, end):
            other = actions.add_person(names=[{"surname": f"Сваяк{n}"}])
            actions.add_relationship(person, kind="sibling", other=other)
            actions.add_contact_point(person, channel="phone", value=f"+37529000{n:04}", whose="сваяк")
            document = actions.add_document(person, kind="passport", state="lost", number=f"MP000{n:04}")
            actions.amend_document(document, reason="праверка", number=f"MP111{n:04}")
            actions.add_consent(person, purpose="media", how="spoken", given=PartialDate(2026, 5), recipients="усе")
    for _n in range(start, end):
        a_file(house, person)


@pytest.mark.parametrize("part", ["", "timeline/", "history/", "access/", "around/", "documents/", "consents/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(part):
    house = an_organisation()
    person = a_person(house)
    add_rows(house, person, 0, 3)
    client = house.case_worker.signs_in()
    few = queries_of(client, person.get_absolute_url() + part)
    add_rows(house, person, 3, 30)

    assert queries_of(client, person.get_absolute_url() + part) == few


@pytest.mark.parametrize("query", ["", "?sort=name", "?category=student"])
def test_the_number_of_queries_of_the_list_does_not_grow(query):
    house = an_organisation()
    for n in range(3):
        a_person(house, f"Узораў{n}", categories=["student"])
    client = house.case_worker.signs_in()
    few = queries_of(client, f"/people/{query}")
    for n in range(3, 25):
        a_person(house, f"Узораў{n}", categories=["student"])

    assert queries_of(client, f"/people/{query}") == few
