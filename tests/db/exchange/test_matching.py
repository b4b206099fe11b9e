"""Rows about people who are known: shown beside them, decided by somebody, never taken together unasked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import House, an_organisation
from tests.db.exchange.lists import checked, csv_of, undone
from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.exchange import actions, work
from throughgate.exchange.models import ImportedRow, Reading, RowMatch
from throughgate.people import actions as people
from throughgate.people.models import Name, Person

pytestmark = pytest.mark.django_db

LIST = csv_of(
    "1;Uzorau Aliaksei;3.5.1990;1.2.2023;;;;;",
    "2;Prykladau Siarhei;1985;1.2.2023;;;;;",
    "3;Вымышленны Зусім;7.8.1971;1.2.2023;;;;;",
)


@pytest.fixture
def house() -> House:
    return an_organisation("Прыклад", "coordinator", "case_worker")


@pytest.fixture
def sure(house: House) -> Person:
    """Surely the one of the first row."""
    return somebody(house, "Узораў", "Аляксей", PartialDate(1990, 5, 3))


@pytest.fixture
def perhaps(house: House) -> Person:
    """Perhaps the one of the second."""
    return somebody(house, "Прыкладаў", "Сяргей", None)


def somebody(house: House, surname: str, given: str, born: PartialDate | None) -> Person:
    with house.coordinator.at_work():
        return people.add_person(names=[{"surname": surname, "given": given}], birth_date=born)


def a_check(house: House) -> Reading:
    with house.coordinator.at_work():
        return checked(LIST)


def carried_out(house: House, reading: Reading) -> Reading:
    with house.coordinator.at_work():
        row = Reading.objects.get(id=reading.id)
        actions.start_import(row, queue=False)
        return work.carry_out(row)


def test_rows_are_new_sure_or_to_be_looked_at(house: House, sure: Person, perhaps: Person) -> None:
    reading = a_check(house)

    assert (reading.count("new"), reading.count("alike"), reading.count("sure")) == (3, 2, 1)
    found = {row.number: (row.person_id, row.sure) for row in RowMatch.unguarded.all()}
    assert set(found.values()) == {(sure.id, True), (perhaps.id, False)}


def test_what_nobody_decided_is_imported_as_new(house: House, sure: Person) -> None:
    carried_out(house, a_check(house))

    assert Person.unguarded.count() == 4
    assert not ImportedRow.unguarded.filter(person=sure).exists()
    assert not RowMatch.unguarded.exists()


def test_a_row_said_to_be_the_same_is_added_to_whom_we_know_and_taken_back_with_the_import(
    house: House, sure: Person
) -> None:
    reading = a_check(house)
    with house.coordinator.at_work():
        actions.accept_sure_rows(reading)
    reading = carried_out(house, reading)

    assert Person.unguarded.count() == 3
    assert (reading.count("known"), reading.count("new")) == (1, 2)
    with house.coordinator.at_work():
        assert {name.whole for name in Name.objects.about(sure)} == {"Узораў Аляксей", "Uzorau Aliaksei"}
        assert Name.objects.about(sure).get(preferred=True).whole == "Узораў Аляксей"
        assert Standing.objects.get(person=sure).held
        undone(reading)
        assert [name.whole for name in Name.objects.about(sure)] == ["Узораў Аляксей"]
        assert not CustodyEvent.objects.about(sure).exists()
    assert Person.unguarded.count() == 1


def test_an_event_that_is_recorded_is_not_recorded_twice(house: House, sure: Person) -> None:
    reading = a_check(house)
    with house.coordinator.at_work():
        custody.record_event(sure, kind="detained", on=PartialDate(2023, 2, 1))
        actions.accept_sure_rows(reading)
    carried_out(house, reading)

    with house.coordinator.at_work():
        assert CustodyEvent.objects.about(sure).filter(kind="detained").count() == 1


def test_the_page_shows_both_with_reasons_and_takes_a_decision(house: House, sure: Person, perhaps: Person) -> None:
    reading = a_check(house)
    browser = house.coordinator.signs_in()
    assert "Look at the rows about people known here" in browser.get(reading.get_absolute_url()).content.decode()
    page = browser.get(reverse("exchange:matches", args=[reading.id])).content.decode()
    assert "Узораў Аляксей" in page
    assert "Uzorau Aliaksei" in page
    assert "born on the same day" in page
    assert perhaps.reference in page

    number = RowMatch.unguarded.get(person=perhaps).number
    browser.post(reverse("exchange:decide_row", args=[reading.id, number]), {"decision": "other"})
    browser.post(reverse("exchange:decide_row", args=[reading.id, number]), {"decision": "nonsense"})
    assert RowMatch.unguarded.get(person=perhaps).decision == "other"


def test_a_second_check_keeps_what_was_decided(house: House, sure: Person) -> None:
    reading = a_check(house)
    with house.coordinator.at_work():
        actions.accept_sure_rows(reading)
        actions.start_check(reading, queue=False)
        work.check(reading)

    assert RowMatch.unguarded.get().decision == "same"


def test_a_person_merged_meanwhile_is_who_they_were_merged_into(house: House, sure: Person, perhaps: Person) -> None:
    reading = a_check(house)
    with house.coordinator.at_work():
        actions.accept_sure_rows(reading)
        people.merge_people(Person.objects.get(id=perhaps.id), other=Person.objects.get(id=sure.id))
    carried_out(house, reading)

    assert ImportedRow.unguarded.get(state="known").person_id == perhaps.id


def test_nothing_is_decided_once_the_import_has_begun(house: House, sure: Person) -> None:
    reading = a_check(house)
    with house.coordinator.at_work():
        match = RowMatch.objects.select_related("reading").get()
        actions.start_import(reading, queue=False)
        with pytest.raises(CannotDo):
            actions.decide_row(RowMatch.objects.select_related("reading").get(id=match.id), decision="same")


def test_another_organisation_sees_no_match(house: House, sure: Person) -> None:
    reading = a_check(house)
    browser = an_organisation("Іншая", "coordinator").coordinator.signs_in()

    for route, more in (("matches", []), ("accept_sure_rows", []), ("decide_row", [2])):
        address = reverse(f"exchange:{route}", args=[reading.id, *more])
        assert browser.post(address, {"decision": "same"}).status_code == 404
