"""Where somebody stands, kept true by every action."""

import datetime

import pytest
from django.utils import timezone

from tests.cast import an_organisation
from tests.db.custody.held import a_person, held, on, standing
from throughgate.access.models import LogEntry
from throughgate.custody import actions, hooks
from throughgate.custody.models import CustodyEvent, Facility, Standing
from throughgate.people.actions import erase_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What higher rooms are told."""
    told = []
    monkeypatch.setattr(hooks, "RELEASED", [lambda person, event: told.append(("released", event.kind))])
    monkeypatch.setattr(hooks, "HELD_AGAIN", [lambda person, event: told.append(("held", event.kind))])
    monkeypatch.setattr(hooks, "DIED", [lambda person, event: told.append(("died", event.kind))])
    monkeypatch.setattr(
        hooks, "RELEASE_DATE_MOVED", [lambda person, before, now: told.append(("moved", str(before), str(now)))]
    )
    return told


def test_events_in_any_order_say_where_somebody_is():
    house = an_organisation()
    person = held(house, ("remanded", "2022-03-18"), ("detained", "2022-03-15"))

    now = standing(person)
    assert (now.state, now.liberty, now.episode) == ("state_remand", "deprived", "deprived")
    assert now.days_held == (timezone.localdate() - datetime.date(2022, 3, 15)).days + 1


def test_a_place_is_the_last_one_known():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        colony = Facility.objects.get(code="IK-22")
        actions.record_event(person, kind="transferred", on=on("2023"), facility=colony)

    assert standing(person).facility_id == colony.id


def test_a_release_is_told_once_and_ends_the_working_date(heard):
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_facility", on=on("2025-03-14"))
        actions.record_event(person, kind="released", on=on("2024-05-07"))
        actions.record_event(person, kind="released", on=on("2024-05"))

    assert heard == [("moved", "None", "2025-03-14"), ("moved", "2025-03-14", "2024-05-07"), ("released", "released")]
    now = standing(person)
    assert (now.state, now.working_on, str(now.released_on)) == ("state_free", None, "2024-05-07")


def test_a_return_to_custody_is_told(heard):
    house = an_organisation()
    person = held(house, ("detained", "2020-08-10"), ("released", "2020-08-13"))
    heard.clear()
    with house.case_worker.at_work():
        actions.record_event(person, kind="redetained", on=on("2023-01-05"))

    assert ("held", "redetained") in heard


def test_a_date_given_in_an_earlier_custody_is_no_working_date():
    house = an_organisation()
    person = held(house, ("detained", "2020-08-10"))
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_facility", on=on("2022-08-09"))
        actions.record_event(person, kind="released", on=on("2021-03-01"))
        actions.record_event(person, kind="redetained", on=on("2023-01-05"))

    assert standing(person).working_on is None


def test_a_correction_releases_nobody(heard):
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"), ("released", "2024-01-01"))
    heard.clear()
    with house.case_worker.at_work():
        released = CustodyEvent.objects.get(kind="released")
        actions.withdraw_event(released)
        assert standing(person).episode == "deprived"
        actions.give_back_event(released)

    assert {told[0] for told in heard} == {"moved"}
    assert standing(person).state == "state_free"


def test_a_death_is_told(heard):
    house = an_organisation()
    held(house, ("detained", "2022-03-15"), ("died", "2024-01-01"))
    assert heard[-1] == ("died", "died")


def test_an_amended_event_moves_the_days_and_keeps_what_it_said():
    house = an_organisation()
    person = held(house)
    before = standing(person).days_held
    with house.case_worker.at_work():
        actions.amend_event(CustodyEvent.objects.get(), reason="памылка", on=on("2022-03-10"))

    assert standing(person).days_held == before + 5


def test_standings_are_what_their_events_give():
    house = an_organisation()
    held(house, ("detained", "2022"), ("remanded", "2022-03"), ("letter_received", "2024-02"))
    person = held(house, ("detained", "2020-08-10"), ("released", "2020-08-13"))
    assert list(actions.differing()) == []

    Standing.unguarded.filter(person_id=person.id).update(state="state_serving")
    assert [row.person_id for row in actions.differing()] == [person.id]


def test_an_event_to_come_counts_from_its_day(monkeypatch):
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"), ("released", "2999-01-01"))
    assert standing(person).recount_on == datetime.date(2999, 1, 1)
    assert actions.restate_due() == 0

    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2999, 1, 1))
    assert actions.restate_due() == 1
    assert standing(person).state == "state_free"


def test_a_judgment_is_recorded_as_events_once():
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"), ("sentenced", "2022-09"))
    with house.case_worker.at_work():
        actions.add_sentence(
            person, kind="imprisonment", years=3, judgment_on=on("2022-09-05"), in_force_on=datetime.date(2022, 11, 10),
            as_events=True,
        )  # fmt: skip
        assert CustodyEvent.objects.filter(kind="sentenced").count() == 1

    assert standing(person).state == "state_serving"


def test_a_note_is_sealed_and_stays_out_of_the_log():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        actions.record_event(person, kind="detained", on=on("2022-03-15"), note="таямніца", source="суседка")

    event = CustodyEvent.unguarded.get(person_id=person.id)
    assert "таямніца".encode() not in event.__dict__["note"].blob
    assert all("таямніца" not in str(entry.details) for entry in LogEntry.unguarded.all())
    with house.case_worker.at_work():
        assert CustodyEvent.objects.get().note == "таямніца"


def test_whoever_is_erased_waits_on_no_list():
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"))
    with house.coordinator.at_work():
        assert Standing.objects.held().about(person).exists()
        erase_person(person, because="asked")
        actions.restate(person)

        assert not Standing.objects.about(person).exists()
