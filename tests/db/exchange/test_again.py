"""A newer copy of a list that was imported before."""

from __future__ import annotations

import pytest
import time_machine
from django.utils.translation import override

from tests.cast import an_organisation
from tests.db.exchange.lists import a_list, checked, csv_of, imported, undone
from tests.db.exchange.test_import import ONE, TWO
from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.exchange import actions
from throughgate.exchange.models import ImportedRow, Reading
from throughgate.people.models import Name, Person

pytestmark = pytest.mark.django_db

MOVED = ONE.replace("Папраўчая калонія № 15, Магілёў", "Папраўчая калонія № 17, Шклоў")
NEW = "9;Вымышленны Алесь;1999-01-01;2025-05-05;;;;;"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def house():
    return an_organisation("Прыклад", "coordinator", "monitor", "case_worker")


def counts(reading: Reading) -> dict[str, int]:
    return {code: reading.count(code) for code in ("new", "unchanged", "changed", "gone")}


def test_the_earlier_copy_is_proposed_and_compared_with(house):
    with house.coordinator.at_work():
        first = imported(csv_of(ONE, TWO))
        second = checked(csv_of(MOVED, NEW))

        assert second.previous == first
        assert counts(second) == {"new": 1, "unchanged": 0, "changed": 1, "gone": 1}


def test_the_same_list_again_adds_nobody(house):
    with house.coordinator.at_work():
        imported(a_list(40))
        second = imported(a_list(40))

        assert counts(second) == {"new": 0, "unchanged": 40, "changed": 0, "gone": 0}
        assert Person.objects.count() == ImportedRow.objects.count() == 40
        third = checked(a_list(40, edition=2))
        assert counts(third)["unchanged"] > 30


def test_what_changed_is_added_and_what_was_said_stays(house):
    with house.coordinator.at_work():
        with time_machine.travel("2026-03-01T12:00Z"):
            imported(csv_of(ONE, TWO))
        imported(csv_of(MOVED, TWO, NEW))
        person = ImportedRow.objects.standing().get(number=2).person
        arrivals = CustodyEvent.objects.about(person).filter(kind="arrived_at_facility").order_by("id")

        assert [row.facility.number for row in arrivals] == ["15", "17"]
        assert Standing.objects.get(person=person).facility.number == "17"
        assert CustodyEvent.objects.about(person).filter(kind="detained").count() == 1
        assert Name.objects.about(person).count() == 1
        assert ImportedRow.objects.about(person).count() == 2
        assert Person.objects.count() == 3


def test_whoever_is_gone_from_the_list_is_marked_and_stays(house):
    with house.coordinator.at_work():
        imported(csv_of(ONE, TWO))
        imported(csv_of(ONE), although_smaller=True)

        assert Person.objects.count() == 2
        assert [row.gone for row in ImportedRow.objects.order_by("number")] == [False, True]


def test_a_list_that_lost_more_than_a_few_in_a_hundred_stops(house):
    with house.coordinator.at_work():
        imported(a_list(100))
        little, much = checked(a_list(97)), checked(a_list(96))

        assert (little.shrank, much.shrank) == (False, True)
        with pytest.raises(CannotDo, match="smaller"):
            actions.start_import(much, queue=False)


def test_undoing_the_newer_copy_gives_the_earlier_one_back(house):
    with house.coordinator.at_work():
        first = imported(csv_of(ONE, TWO))
        undone(imported(csv_of(MOVED, NEW, TWO.replace("8;", "10;")), although_smaller=True))

        assert Person.objects.count() == 2
        assert [row.ended_in for row in ImportedRow.objects.all()] == [None, None]
        assert not CustodyEvent.objects.filter(facility__number="17").exists()
        assert counts(checked(csv_of(ONE, TWO)))["unchanged"] == 2
        assert Reading.objects.newest_of_their_list().get() == first


def test_an_earlier_copy_is_not_undone_under_a_later_one(house):
    with house.coordinator.at_work():
        first = imported(csv_of(ONE))
        imported(csv_of(ONE, TWO))

        with pytest.raises(CannotDo, match="Undo that one first"):
            actions.start_undo(first, queue=False)


def test_what_somebody_decided_about_since_stays_when_the_newer_copy_is_undone(house):
    with house.coordinator.at_work():
        from throughgate.custody.actions import amend_event

        imported(csv_of(ONE))
        second = imported(csv_of(MOVED))
        event = CustodyEvent.objects.get(kind="arrived_at_facility", facility__number="17")
        amend_event(event, reason="па лісце", on=PartialDate(2026, 3))
        undone(second)

        assert CustodyEvent.objects.filter(id=event.id).exists()
        assert ImportedRow.objects.get(kept=True).state == "changed"


def test_of_two_newer_copies_one_is_imported(house):
    with house.coordinator.at_work():
        first = imported(csv_of(ONE))
        one, other = checked(csv_of(ONE, TWO), previous=first), checked(csv_of(ONE, NEW), previous=first)
        actions.start_import(one, queue=False)

        with pytest.raises(CannotDo, match="meanwhile"):
            actions.start_import(other, queue=False)
