"""Follow-ups after release: due, done, or not done and whose reason it was."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, somebody_held, somebody_released, text_of
from throughgate.access.models import LogEntry
from throughgate.casework import actions
from throughgate.casework.models import FollowUp
from throughgate.core.vocab import vocabulary

pytestmark = pytest.mark.django_db

LIST = "/follow-ups/"


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer", "peer_worker")


def the_follow_up(house, *, ago=4, days=3, lead="case_worker", surname="Узораў"):
    case = a_case(house, somebody_released(house, surname, ago=ago), lead=lead)
    with house.coordinator.at_work():
        return FollowUp.objects.select_related("person").get(case=case, offset_days=days)


def now(row):
    return FollowUp.unguarded.get(id=row.id)


def test_a_stranger_sees_none(house):
    row = the_follow_up(house)
    other = an_organisation("Іншая").coordinator.signs_in()

    assert "Узораў" not in text_of(other, f"{LIST}?whose=all")
    assert other.get(f"/follow-ups/{row.id}/missed/").status_code == 404
    assert house.security_officer.signs_in().get(LIST).status_code == 403


def test_those_that_are_due_stand_by_their_day(house):
    the_follow_up(house, ago=4, surname="Прыкладаў")
    the_follow_up(house, ago=40, surname="Вымышленны")

    page = text_of(house.case_worker.signs_in(), f"{LIST}?when=overdue")

    assert page.index("Вымышленны") < page.index("Прыкладаў")
    assert page.count("72 hours") == 2
    assert page.count("month 1<") == 1


def test_without_a_day_of_release_nothing_is_due_but_it_can_be_asked_for(house):
    a_case(house, somebody_held(house, "Прыкладаў"))
    client = house.case_worker.signs_in()

    assert "Nothing is due" in text_of(client, LIST)
    assert "Прыкладаў" in text_of(client, f"{LIST}?when=no_day")


def test_the_reason_says_whose_it_was(house):
    page = text_of(house.case_worker.signs_in(), f"/follow-ups/{the_follow_up(house).id}/missed/")

    groups = re.findall(r'<optgroup label="[^"]+">(.*?)</optgroup>', page, re.DOTALL)
    found = [re.findall(r'value="(\w+):(\w+)"', group) for group in groups]
    for whose, pairs in zip(FollowUp.Why.values, found, strict=True):
        assert pairs == [(whose, code) for code in vocabulary(whose).codes]


@pytest.mark.parametrize(
    ("sent", "why", "reason"),
    [
        ("no_contact_acceptable:ill", "no_contact_acceptable", "ill"),
        ("no_contact_not_acceptable:no_answer", "no_contact_not_acceptable", "no_answer"),
        ("no_contact_logistics:forgotten", "no_contact_logistics", "forgotten"),
    ],
)
def test_one_that_did_not_happen_says_why(house, sent, why, reason):
    row = the_follow_up(house)
    client = house.case_worker.signs_in()

    page = client.post(f"/follow-ups/{row.id}/missed/", {"why": sent}, follow=True).content.decode()

    assert (now(row).state, now(row).why, now(row).reason) == ("missed", why, reason)
    assert "Did not happen" in page
    with house.coordinator.at_work():
        entry = LogEntry.objects.get(kind="casework.miss_follow_up")
        assert entry.details == {"why": why, "reason": reason}


@pytest.mark.parametrize("sent", ["", "no_contact_acceptable:no_answer", "ill", "no_contact_acceptable:"])
def test_a_reason_of_another_list_is_not_taken(house, sent):
    row = the_follow_up(house)

    answer = house.case_worker.signs_in().post(f"/follow-ups/{row.id}/missed/", {"why": sent})

    assert answer.status_code == 422
    assert now(row).state == "to_do"


def test_it_is_taken_back_at_once(house):
    row = the_follow_up(house)
    client = house.case_worker.signs_in()
    page = client.post(
        f"/follow-ups/{row.id}/missed/", {"why": "no_contact_logistics:forgotten"}, follow=True
    ).content.decode()
    undo = re.search(rf'action="(/follow-ups/{row.id}/undo/[^"]*)"', page)

    client.post(undo[1].replace("&amp;", "&"))

    assert (now(row).state, now(row).why, now(row).done_on) == ("to_do", "", None)


def test_what_was_done_cannot_be_missed_and_what_is_due_cannot_be_taken_back(house):
    row = the_follow_up(house)
    client = house.case_worker.signs_in()

    page = client.post(f"/follow-ups/{row.id}/undo/", follow=True).content.decode()
    assert "has not been missed" in page
    with house.case_worker.at_work():
        actions.miss_follow_up(FollowUp.objects.get(id=row.id), why="no_contact_logistics", reason="forgotten")
    answer = client.post(f"/follow-ups/{row.id}/missed/", {"why": "no_contact_acceptable:ill"})
    assert "already been dealt with" in answer.content.decode()


def test_a_persons_tab_shows_due_done_and_missed_apart(house):
    row = the_follow_up(house)
    with house.case_worker.at_work():
        actions.miss_follow_up(FollowUp.objects.get(id=row.id), why="no_contact_acceptable", reason="ill")

    page = text_of(house.case_worker.signs_in(), f"/people/{row.person.reference}/in-touch/")

    assert "Ill or at a doctor" in page
    assert "Month 36" in page
    assert page.count("Record a contact<") == 7  # six that wait, and the button of the page


def test_filters_narrow_by_kind_lead_and_state(house):
    row = the_follow_up(house)
    client = house.case_worker.signs_in()

    def shown(query):
        return "Узораў" in text_of(client, f"{LIST}?{query}")

    assert shown("kind=re_entry")
    assert not shown("kind=exile")
    assert shown(f"lead={house.case_worker.member.id}")
    assert not shown(f"lead={house.coordinator.member.id}")
    assert not shown("state=missed")
    with house.case_worker.at_work():
        actions.miss_follow_up(FollowUp.objects.get(id=row.id), why="no_contact_acceptable", reason="ill")
    assert shown("state=missed")


def test_mine_are_those_of_my_cases(house):
    the_follow_up(house, lead="coordinator")
    client = house.case_worker.signs_in()

    assert "Узораў" not in text_of(client, LIST)
    assert "Узораў" in text_of(client, f"{LIST}?whose=all")


def test_a_peer_worker_sees_only_those_they_support(house):
    the_follow_up(house, surname="Прыкладаў", lead="peer_worker")
    the_follow_up(house, surname="Узораў")

    page = text_of(house.peer_worker.signs_in(), f"{LIST}?whose=all")

    assert "Прыкладаў" in page
    assert "Узораў" not in page


def test_the_number_of_queries_does_not_grow(house):
    client = house.case_worker.signs_in()

    def queries():
        text_of(client, LIST)
        with CaptureQueriesContext(connection) as captured:
            text_of(client, LIST)
        return len(captured)

    for number in range(4):
        the_follow_up(house, surname=f"Узораў{number}")
    few = queries()
    for number in range(4, 9):
        the_follow_up(house, surname=f"Узораў{number}")

    assert queries() == few
