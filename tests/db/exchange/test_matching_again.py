"""Rows about people known, when those are merged, destroyed or taken back between the steps of an import."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import House, an_organisation
from tests.db.exchange.lists import checked, csv_of, imported, undone
from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody.models import CustodyEvent
from throughgate.exchange import actions, work
from throughgate.exchange.models import ImportedRow, Reading, RowMatch
from throughgate.people import actions as people
from throughgate.people.models import Merge, Name, Person

pytestmark = pytest.mark.django_db

BORN = PartialDate(1990, 5, 3)
ROW = "1;Uzorau Aliaksei;3.5.1990;1.2.2023;;;;;"
OTHER = "2;Вымышленны Зусім;7.8.1971;1.2.2023;;;;;"


@pytest.fixture
def house() -> House:
    return an_organisation("Прыклад", "coordinator", "case_worker")


@pytest.fixture
def known(house: House) -> Person:
    with house.coordinator.at_work():
        return people.add_person(names=[{"surname": "Узораў", "given": "Аляксей"}], birth_date=BORN)


def accepted(data: bytes, **chosen: Any) -> Reading:
    """Gone through dry, and every sure row said to be about whom it seems to be."""
    reading = checked(data, **chosen)
    actions.accept_sure_rows(reading)
    return Reading.objects.get(id=reading.id)


def carried_out(reading: Reading) -> Reading:
    actions.start_import(reading, queue=False)
    return work.carry_out(reading)


def fresh(person: Person) -> Person:
    return Person.unguarded.get(id=person.id)


def test_undoing_one_list_leaves_whom_another_list_tells_of(house: House) -> None:
    with house.coordinator.at_work():
        first = imported(csv_of(ROW, OTHER))
        carried_out(accepted(csv_of("77;Узораў Аляксей;3.5.1990;;;;;;"), previous=None))
        person = ImportedRow.objects.get(state="known").person
        undone(first)

        assert Person.objects.filter(id=person.id).exists()
        assert ImportedRow.objects.get(state="known").person_id == person.id
        assert "Узораў Аляксей" in [name.whole for name in Name.objects.about(person)]
        assert Person.objects.count() == 1


def test_whoever_was_destroyed_meanwhile_is_not_entered_anew(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        reading = accepted(csv_of(ROW))
        people.erase_person(fresh(known), because="asked")
        with pytest.raises(CannotDo, match=r"знішчылі|destroyed"):
            carried_out(reading)
        assert Person.unguarded.count() == 1
        actions.start_check(reading, queue=False)
        carried_out(work.check(reading))

    assert Person.unguarded.filter(erased_at=None).count() == 1


def test_a_copy_of_the_list_that_came_while_merged_goes_with_whom_it_is_about(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        imported(csv_of(ROW))
        added = ImportedRow.objects.get().person
        merge = people.merge_people(fresh(known), other=fresh(added))
        imported(csv_of(ROW.replace("3.5.1990;1.2.2023", "3.5.1990;4.5.2024")))
        assert CustodyEvent.objects.about(known).count() == 2
        people.part_people(Merge.objects.get(id=merge.id))

        assert not CustodyEvent.objects.about(known).exists()
        assert {str(one.on) for one in CustodyEvent.objects.about(added)} == {"2023-02-01", "2024-05-04"}
        assert set(ImportedRow.objects.values_list("person", flat=True)) == {added.id}
        people.erase_person(fresh(known), because="asked")
        assert all(isinstance(row.cells, dict) for row in ImportedRow.objects.all())


def test_an_import_is_undone_after_whom_it_added_was_merged_and_nothing_older_is_lost(
    house: House, known: Person
) -> None:
    with house.coordinator.at_work():
        reading = imported(csv_of(ROW))
        added = ImportedRow.objects.get().person
        people.merge_people(fresh(added), other=fresh(known))
        undone(reading)

        assert {name.whole for name in Name.objects.about(added)} == {"Uzorau Aliaksei", "Узораў Аляксей"}
        assert fresh(known).merged_into_id == added.id


def test_what_a_list_added_to_somebody_merged_since_is_taken_back(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        older = people.add_person(names=[{"surname": "Стары", "given": "Запіс"}])
        reading = carried_out(accepted(csv_of(ROW)))
        people.merge_people(fresh(older), other=fresh(known), take=[people.NAME])
        undone(reading)

        assert sorted(name.whole for name in Name.objects.about(older)) == ["Стары Запіс", "Узораў Аляксей"]
        assert not CustodyEvent.objects.about(older).exists()


def test_the_same_person_twice_in_a_list_is_added_to_once(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        carried_out(accepted(csv_of(ROW, ROW.replace("1;U", "2;U"))))

        assert sorted(name.whole for name in Name.objects.about(known)) == ["Uzorau Aliaksei", "Узораў Аляксей"]
        assert CustodyEvent.objects.about(known).count() == 1
        assert Person.objects.count() == 1


def test_a_row_like_two_known_people_is_to_be_looked_at(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        people.add_person(names=[{"surname": "Uzorau", "given": "Aliaksej"}], birth_date=BORN)
        reading = checked(csv_of(ROW))

        assert not RowMatch.objects.get().sure
    page = house.coordinator.signs_in().get(reverse("exchange:matches", args=[reading.id])).content.decode()
    assert "1 other person known here is like this row, too" in page


def test_whoever_has_decided_every_row_is_led_back_to_the_list(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        reading = accepted(csv_of(ROW))
    page = house.coordinator.signs_in().get(reverse("exchange:matches", args=[reading.id]), {"show": "open"})

    assert "Every row is decided" in page.content.decode()
    assert f'href="{reading.get_absolute_url()}">Back to the list' in page.content.decode()


def test_a_decision_about_one_of_two_is_kept_when_they_are_merged(house: House, known: Person) -> None:
    with house.coordinator.at_work():
        older = people.add_person(names=[{"surname": "Стары", "given": "Запіс"}])
        reading = accepted(csv_of(ROW))
        people.merge_people(fresh(older), other=fresh(known))
        actions.start_check(reading, queue=False)
        work.check(reading)

        match = RowMatch.objects.get()
        assert (match.person_id, match.decision) == (older.id, "same")


def test_many_rows_about_people_known_cost_as_many_queries_as_few(house: House) -> None:
    def asked(count: int, day: int) -> int:
        with house.coordinator.at_work():
            rows = [f"{number};Uzorau Aliaksei;{day}.{number + 1}.1990;1.2.2023;;;;;боль" for number in range(count)]
            for number in range(count):
                people.add_person(
                    names=[{"surname": "Узораў", "given": "Аляксей"}], birth_date=PartialDate(1990, number + 1, day)
                )
            reading = accepted(csv_of(*rows), previous=None)
            assert reading.count("sure") == count
            return queries_of(reading)

    few = asked(2, 5)
    assert asked(9, 17) <= few


def test_many_rows_that_changed_cost_as_many_queries_as_few(house: House) -> None:
    def asked(count: int) -> int:
        with house.coordinator.at_work():
            rows = [f"{count}{number};Узораў Аляксей;1990;1.2.2023;;;;;" for number in range(count)]
            first = imported(csv_of(*rows), previous=None)
            changed = [row.replace("1.2.2023", "3.4.2024") for row in rows]
            return queries_of(accepted(csv_of(*changed), previous=first))

    few = asked(2)
    assert asked(9) <= few


def queries_of(reading: Reading) -> int:
    with CaptureQueriesContext(connection) as captured:
        carried_out(reading)
    return len(captured)
