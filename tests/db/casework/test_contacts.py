"""Keeping in touch: contacts recorded, corrected, taken back; warnings read first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, day, on, somebody_held, somebody_released, text_of
from throughgate.access.models import Amendment, LogEntry
from throughgate.casework import actions
from throughgate.casework.models import Contact, FollowUp
from throughgate.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer", "peer_worker", "monitor")


def told(distance=0, **but):
    when = day(distance)
    base = {"day_day": when.day, "day_month": when.month, "day_year": when.year, "channel": "signal"}
    return {**base, "direction": "out", "happened": "yes", "note": "дрозд спявае", **but}


def tab(person, more=""):
    return f"/people/{person.reference}/in-touch/{more}"


def contacts_of(house, person):
    with house.case_worker.at_work():
        return list(Contact.objects.about(person).order_by("id"))


def test_a_stranger_and_those_without_the_right_see_nothing(house):
    person = somebody_held(house)

    assert an_organisation("Іншая").coordinator.signs_in().get(tab(person)).status_code == 404
    assert house.monitor.signs_in().get(tab(person)).status_code == 403
    assert house.peer_worker.signs_in().get(tab(person)).status_code == 404


def test_a_contact_is_recorded_and_sealed(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()

    page = client.post(tab(person, "new/"), told(-1, hour="14:30", minutes="20"), follow=True).content.decode()

    assert "дрозд спявае" in page
    assert "20 minutes" in page
    (row,) = contacts_of(house, person)
    assert timezone.localtime(row.at).strftime("%H:%M") == "14:30"
    assert "дрозд".encode() not in Contact.unguarded.values_list("note", flat=True)[0].blob


def test_an_hour_that_was_not_told_is_not_shown(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()

    page = client.post(tab(person, "new/"), told(-1), follow=True).content.decode()

    assert not re.search(r"\d\d:\d\d", page.partition("<tbody>")[2])


@pytest.mark.parametrize(
    ("but", "problem"),
    [
        ({"channel": ""}, "Choose an answer"),
        ({"hour": "99"}, "for example 14:30"),
        ({"happened": "no", "minutes": "5"}, "An attempt has no minutes"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(house, but, problem):
    person = somebody_held(house)

    answer = house.case_worker.signs_in().post(tab(person, "new/"), told(-1, **but))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert problem in page
    assert "дрозд спявае" in page


def test_a_contact_is_recorded_after_it_and_not_before(house):
    person = somebody_held(house)

    answer = house.case_worker.signs_in().post(tab(person, "new/"), told(2))

    assert "This is still to come" in answer.content.decode()
    assert contacts_of(house, person) == []


def test_an_attempt_and_a_consultation_look_different(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()

    client.post(tab(person, "new/"), told(-2, happened="no"))
    page = client.post(tab(person, "new/"), told(-1, consultation="legal"), follow=True).content.decode()

    assert "nobody answered" in page
    assert "consultation: " in page


def test_a_contact_just_recorded_is_taken_back(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()
    page = client.post(tab(person, "new/"), told(-1), follow=True).content.decode()
    undo = re.search(r'action="(/contacts/[^"]+/undo/[^"]*)"', page)

    client.post(undo[1].replace("&amp;", "&"))

    assert contacts_of(house, person) == []


def test_only_who_recorded_it_takes_it_back(house):
    person = somebody_held(house)
    house.case_worker.signs_in().post(tab(person, "new/"), told(-1))
    (row,) = contacts_of(house, person)

    page = house.coordinator.signs_in().post(f"/contacts/{row.id}/undo/", follow=True).content.decode()

    assert "Only who recorded a contact can take it back" in page
    assert len(contacts_of(house, person)) == 1


def test_a_corrected_contact_keeps_what_it_said(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()
    client.post(tab(person, "new/"), told(-1))
    (row,) = contacts_of(house, person)

    client.post(f"/contacts/{row.id}/change/", told(-1, note="дрозд маўчыць", reason="памыліўся"))

    with house.case_worker.at_work():
        assert Contact.objects.get().note == "дрозд маўчыць"
        assert Amendment.objects.of(row).get().field == "note"


def test_a_contact_for_a_follow_up_does_it_and_belongs_to_its_case(house):
    person = somebody_released(house, ago=3)
    case = a_case(house, person)
    with house.case_worker.at_work():
        due = FollowUp.objects.get(offset_days=3)
    client = house.case_worker.signs_in()
    address = tab(person, f"new/?follow_up={due.id}")

    assert "follow-up, 72 hours" in text_of(client, address)
    client.post(address, told())

    (row,) = contacts_of(house, person)
    done = FollowUp.unguarded.get(id=due.id)
    assert (done.state, done.contact_id, row.case_id) == ("done", row.id, case.id)


def test_an_attempt_leaves_the_follow_up_due(house):
    person = somebody_released(house, ago=3)
    a_case(house, person)
    with house.case_worker.at_work():
        due = FollowUp.objects.get(offset_days=3)

    house.case_worker.signs_in().post(tab(person, f"new/?follow_up={due.id}"), told(happened="no"))

    assert FollowUp.unguarded.get(id=due.id).state == "to_do"


def test_a_follow_up_of_somebody_else_is_not_found(house):
    person, other = somebody_held(house), somebody_released(house, ago=3)
    a_case(house, other)
    with house.case_worker.at_work():
        due = FollowUp.objects.get(offset_days=3)
    client = house.case_worker.signs_in()

    assert client.get(tab(person, f"new/?follow_up={due.id}")).status_code == 404
    assert client.get(tab(person, "new/?follow_up=nothing")).status_code == 404


def test_which_case_is_asked_only_where_there_are_several(house):
    person = somebody_held(house)
    first = a_case(house, person)
    client = house.case_worker.signs_in()

    assert "In which case" not in text_of(client, tab(person, "new/"))
    second = a_case(house, person, kind="humanitarian_aid")
    assert "In which case" in text_of(client, tab(person, "new/"))
    client.post(tab(person, "new/"), told(-1, case=str(second.id)))
    assert [row.case_id for row in contacts_of(house, person)] == [second.id]
    assert first.id != second.id


def test_warnings_stand_before_the_contacts_and_before_the_form(house):
    person = somebody_held(house)
    with house.case_worker.at_work():
        people.add_contact_point(
            person, channel="phone", value="+375 29 000 00 01", never_mention_us=True, safe_times="пасля 18:00"
        )
        unsafe = people.add_contact_point(person, channel="signal", value="+375 29 000 00 02")
        people.mark_not_safe(unsafe, since=on(-10), because="search")
        over = people.add_contact_point(person, channel="viber", value="+375 29 000 00 03", never_mention_us=True)
        people.end_contact_point(over, since=on(-10))
    client = house.case_worker.signs_in()

    for address in (tab(person), tab(person, "new/")):
        page = text_of(client, address)
        assert "+375 29 000 00 01: never mention us" in page
        assert "пасля 18:00" in page
        assert "Do not use Signal +375 29 000 00 02: not safe since" in page
        assert "+375 29 000 00 03" not in page


def test_contacts_stand_newest_first_and_in_pages(house):
    person = somebody_held(house)
    with house.case_worker.at_work():
        for number in range(25):
            at = timezone.now() - timedelta(days=number)
            actions.record_contact(person, at=at, channel="phone", note=f"размова-{number:02}.")
    client = house.case_worker.signs_in()

    page = text_of(client, tab(person))

    assert re.findall(r"размова-(\d\d)\.", page) == [f"{number:02}" for number in range(20)]
    assert "размова-24." in text_of(client, f"{tab(person)}?page=2")


def test_contacts_stand_in_the_timeline_without_what_was_said(house):
    person = somebody_held(house)
    client = house.case_worker.signs_in()
    client.post(tab(person, "new/"), told(-1))

    page = text_of(client, f"/people/{person.reference}/timeline/?kind=contacts")

    assert "we reached out" in page
    assert "дрозд" not in page


def test_the_log_says_that_and_not_what(house):
    person = somebody_held(house)
    house.case_worker.signs_in().post(tab(person, "new/"), told(-1))

    with house.coordinator.at_work():
        entry = LogEntry.objects.get(kind="casework.record_contact")
        assert (entry.subject_id, entry.details) == (person.id, {"happened": True})


def test_the_number_of_queries_does_not_grow(house):
    person = somebody_released(house, ago=30)
    a_case(house, person)
    client = house.case_worker.signs_in()

    def more(count):
        with house.case_worker.at_work():
            for number in range(count):
                actions.record_contact(person, at=timezone.now(), channel="phone", note=f"{number}")
                people.add_contact_point(person, channel="phone", value=f"+375 29 {number}", safe_times="ранкам")

    def queries():
        text_of(client, tab(person))
        with CaptureQueriesContext(connection) as captured:
            text_of(client, tab(person))
        return len(captured)

    more(2)
    few = queries()
    more(8)

    assert queries() == few
