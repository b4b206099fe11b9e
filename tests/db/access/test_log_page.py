"""The log as people read it, and who opened a person's file."""

import uuid

import pytest
from django.test import Client

from tests.cast import an_organisation
from throughgate.access import actions, log, log_words, screens
from throughgate.access.acts import ACTIONS
from throughgate.access.models import LogEntry

pytestmark = pytest.mark.django_db


def test_a_stranger_and_a_case_worker_do_not_get_in():
    assert Client().get("/log/", secure=True).url.startswith("/sign-in/?")
    client = an_organisation().case_worker.signs_in()
    assert client.get("/log/").status_code == 403
    assert client.post("/log/verify/").status_code == 403


def test_the_newest_stands_first_with_who_and_what_in_words():
    house = an_organisation().gather()
    with house.security_officer.at_work():
        actions.invite("Узорава", roles=["finance"])
    rows = house.coordinator.signs_in().get("/log/").context["table"].page_rows

    assert [row.what for row in rows[:2]] == ["invited a member", "accepted an invitation"]
    assert rows[0].who == house.security_officer.member.display_name
    assert rows[0].more == "Finance"


def test_another_organisations_entries_are_not_there():
    house, other = an_organisation(), an_organisation("Іншая")
    page = house.coordinator.signs_in().get("/log/")

    assert {row.organisation_id for row in page.context["table"].page_rows} == {house.organisation.id}
    assert other.case_worker.member.display_name not in page.content.decode()


def test_the_log_is_narrowed_by_kind_member_and_day():
    house = an_organisation()
    with house.security_officer.at_work():
        actions.invite("Узорава", roles=["finance"])
    client = house.coordinator.signs_in()

    def found(**query):
        return [row.kind for row in client.get("/log/", query).context["table"].page_rows]

    assert set(found(kind="access.accept_invitation")) == {"access.accept_invitation"}
    assert found(member=house.security_officer.member.id) == ["access.invite"]
    assert found(since_day="1", since_month="1", since_year="2999") == []
    assert found(until_day="1", until_month="1", until_year="2999") != []


def test_a_page_of_the_log_takes_the_same_number_of_queries_whatever_is_on_it(django_assert_max_num_queries):
    house = an_organisation()
    for number in range(30):
        with house.security_officer.at_work():
            actions.invite(f"Узорава {number}", roles=["finance"])
    client = house.coordinator.signs_in()
    with django_assert_max_num_queries(10):
        client.get("/log/")


def test_an_export_of_the_log_is_an_entry_too():
    house = an_organisation()
    answer = house.coordinator.signs_in().get("/log/?export=csv")

    assert "invited a member" in answer.content.decode("utf-8-sig")
    assert LogEntry.unguarded.filter(organisation_id=house.organisation.id, kind="exported.log").exists()


def test_checking_says_that_the_log_is_whole_or_where_it_is_not():
    house = an_organisation()
    client = house.coordinator.signs_in()
    assert "The log is whole" in client.post("/log/verify/").content.decode()

    LogEntry.unguarded.filter(organisation_id=house.organisation.id, number=2).delete()
    page = client.post("/log/verify/").content.decode()
    assert "tampered" in page
    assert "Entry 2 is missing." in page


def test_every_act_of_this_room_has_words():
    ours = {kind for kind in ACTIONS if kind.startswith("access.")}

    assert ours - log_words.known().keys() == set()


def test_a_kind_without_words_is_shown_as_it_is_and_exports_share_theirs():
    assert log_words.label("someroom.act") == "someroom.act"
    assert log_words.label("exported.people") == "exported a list to a file"


# Who opened


def opened(house, subject, times=1, who="case_worker"):
    entry = {"kind": "opened.compartment", "subject_id": subject, "details": {"compartment": "case", "at": "x"}}
    log.openings_buffer.add(house.people[who].actor, [entry] * times)


def test_a_persons_page_says_who_opened_which_section():
    house, subject = an_organisation(), uuid.uuid4()
    opened(house, subject)
    opened(house, uuid.uuid4(), who="security_officer")
    with house.coordinator.at_work():
        shown = str(screens.opened_panel(subject))

    assert house.case_worker.member.display_name in shown
    assert "Case" in shown
    assert house.security_officer.member.display_name not in shown


def test_what_belongs_to_the_organisation_itself_is_not_said_to_be_closed():
    house = an_organisation()
    opened(house, house.organisation.id)
    opened(house, uuid.uuid4())
    rows = house.coordinator.signs_in().get("/log/").context["table"].page_rows
    whom = [row.whom for row in rows if row.kind == "opened.compartment"]

    assert [one is None for one in whom] == [False, True]
    assert "closed to you" in str(whom[0])


def test_openings_by_another_organisation_are_not_told():
    house, other, subject = an_organisation(), an_organisation("Іншая"), uuid.uuid4()
    opened(other, subject)
    with house.coordinator.at_work():
        assert "Nobody has opened" in str(screens.opened_panel(subject))


def test_older_openings_are_on_further_pages():
    house, subject = an_organisation(), uuid.uuid4()
    opened(house, subject, times=51)
    with house.coordinator.at_work():
        first, second = (screens.opened_panel(subject, number=number) for number in (1, 2))

    assert (len(first.context["entries"]), first.context["older"]) == (50, "?opened=2")
    assert (len(second.context["entries"]), second.context["older"], second.context["newer"]) == (1, "", "?opened=1")
