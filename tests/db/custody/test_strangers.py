"""Whoever has no business here."""

import pytest
from django.urls import reverse

from tests.cast import a_member, an_organisation
from tests.db.custody.held import held, on
from throughgate.access.acting import Forbidden
from throughgate.custody import actions
from throughgate.custody.models import CustodyEvent, Facility, Standing
from throughgate.custody.urls import urlpatterns

pytestmark = pytest.mark.django_db

OF_A_PERSON = [one for one in urlpatterns if "<reference>" in str(one.pattern)]


def address(route, person):
    kwargs = {"reference": person.reference}
    for name in route.pattern.converters:
        if name != "reference":
            with_rows = CustodyEvent.unguarded.filter(person_id=person.id).first()
            kwargs[name] = with_rows.id
    return reverse(f"custody:{route.name}", kwargs=kwargs)


@pytest.mark.parametrize("route", OF_A_PERSON, ids=[one.name for one in OF_A_PERSON])
def test_a_person_of_another_organisation_is_not_found(route):
    house, other = an_organisation(), an_organisation("Іншая")
    person = held(house)
    client = other.coordinator.signs_in()

    url = address(route, person)
    posting = route.name in ("withdraw_event", "give_back_event", "prefer_event")
    assert (client.post(url) if posting else client.get(url)).status_code == 404
    assert CustodyEvent.unguarded.get(person_id=person.id).withdrawn_at is None


def test_rows_of_another_organisation_are_not_there():
    house, other = an_organisation(), an_organisation("Іншая")
    held(house)
    with other.coordinator.at_work():
        assert not Standing.objects.exists()
        assert not CustodyEvent.objects.exists()


def test_a_peer_worker_sees_nobody_who_is_not_theirs():
    house = an_organisation("Прыклад", "case_worker", "coordinator", "peer_worker")
    person = held(house)
    client = house.peer_worker.signs_in()

    assert client.get(f"{person.get_absolute_url()}custody/").status_code == 404
    assert "Прыкладаў" not in client.get("/custody/not-heard-from/").content.decode()


def test_a_peer_worker_records_nothing():
    house = an_organisation("Прыклад", "case_worker", "peer_worker")
    person = held(house)
    with house.peer_worker.at_work(), pytest.raises(Forbidden):
        actions.record_event(person, kind="released", on=on("2024-01-01"))


def test_a_trainer_may_not_come_in():
    house = an_organisation("Прыклад", "case_worker")
    trainer = a_member(house, "trainer")
    assert trainer.signs_in().get("/custody/not-heard-from/").status_code == 403


def test_a_place_added_by_another_organisation_is_not_found():
    house, other = an_organisation(), an_organisation("Іншая")
    with house.coordinator.at_work():
        place = actions.add_facility(kind="place_prison", name_be="Вымышленная турма")

    assert other.coordinator.signs_in().get(place.get_absolute_url()).status_code == 404
    with other.coordinator.at_work():
        assert not Facility.objects.filter(id=place.id).exists()
        assert Facility.objects.filter(organisation=None).exists()
