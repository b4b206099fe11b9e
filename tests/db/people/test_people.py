"""The list of people and finding somebody."""

import pytest

from tests.cast import an_organisation
from throughgate.access.models import Amendment
from throughgate.core.dates import PartialDate
from throughgate.people import actions, naming
from throughgate.people.models import Name, Person

pytestmark = pytest.mark.django_db


def a_person(house, surname="Прыкладаў", given="Сяргей", **facts):
    with house.case_worker.at_work():
        return actions.add_person(names=[{"surname": surname, "given": given}], **facts)


def test_a_person_added_is_found_in_another_script():
    house = an_organisation()
    a_person(house)
    with house.coordinator.at_work():
        assert [name for _id, _score, name in naming.find("siarhei pryklad")] == ["Прыкладаў Сяргей"]


def test_another_organisation_does_not_see_them():
    house, other = an_organisation(), an_organisation("Іншая")
    person = a_person(house)
    with other.coordinator.at_work():
        assert not Person.objects.filter(id=person.id).exists()


def test_a_person_has_ten_years_of_birth_as_a_fact_and_the_date_sealed():
    house = an_organisation()
    person = a_person(house, birth_date=PartialDate(1991, 5))

    assert Person.unguarded.get(id=person.id).birth_band == "1990-1999"
    assert b"1991-05" not in Person.unguarded.filter(id=person.id).values_list("birth_date", flat=True)[0].blob


def test_a_corrected_name_keeps_what_stood_there():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        name = Name.objects.about(person).get()
        actions.amend_name(name, reason="пашпарт", kind="current", surname="Узораў", given="Сяргей")

    with house.coordinator.at_work():
        kept = Amendment.objects.of(name).get(field="parts")
        assert kept.reason == "пашпарт"
        assert Name.objects.get(id=name.id).surname == "Узораў"


def test_pages_in_a_browser():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()

    assert "Прыкладаў Сяргей" in client.get("/people/").content.decode()
    assert "Прыкладаў" in client.get(person.get_absolute_url()).content.decode()
    found = client.post("/people/find/", {"typed": "prykladau"}).content.decode()
    assert "Прыкладаў Сяргей" in found


def test_a_form_opened_before_a_colleague_corrected_the_same_takes_nothing_back():
    house = an_organisation()
    person = a_person(house)
    page = f"/people/{person.reference}/change/"
    first, second = house.case_worker.signs_in(), house.coordinator.signs_in()
    opened = [client.get(page).context["form"] for client in (first, second)]
    sent = [{"as_seen": form["as_seen"].value(), "reason": "праверана"} for form in opened]

    assert first.post(page, {**sent[0], "sex": "f", "birth_date_year": "1971"}).status_code == 302
    refused = second.post(page, {**sent[1], "sex": "f", "birth_date_year": "1988"})
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors()
    again = second.get(page).context["form"]["as_seen"].value()
    assert second.post(page, {**sent[1], "as_seen": again, "birth_date_year": "1972"}).status_code == 302
