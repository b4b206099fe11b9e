"""The first page of a working day: what waits for me, and what changed while I was away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, day, on, somebody_held, somebody_released, text_of
from throughgate.access.models import Member
from throughgate.casework import actions
from throughgate.casework.models import FollowUp, Step, Task
from throughgate.custody import actions as custody

pytestmark = pytest.mark.django_db

TODAY = "/"


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer", "peer_worker", "analyst")


def a_task(house, title="Патэлефанаваць", *, by="case_worker", to="case_worker", **facts):
    with house.people[by].at_work():
        return actions.add_task(title, assignee=house.people[to].member, **facts)


def tiles(page):
    found = re.findall(r'tg-stat__number">(\d+)</span>(?:<a[^>]*>)?([^<]+)', page)
    return {words: int(number) for number, words in found}


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(TODAY, secure=True).status_code == 302


def test_an_empty_day_says_the_next_step(house):
    page = text_of(house.case_worker.signs_in(), TODAY)

    assert "Nothing to do this week" in page
    assert "Nobody leaves within 30 days" in page
    assert set(tiles(page).values()) == {0}


def test_whoever_has_no_working_day_begins_with_their_own_menu(house):
    for role in ("security_officer", "analyst"):
        answer = house.people[role].signs_in().get(TODAY, follow=True)

        assert answer.status_code == 200
        assert answer.redirect_chain[0][0] == "/home/"
        assert answer.redirect_chain[-1][0] != TODAY


def test_what_is_overdue_stands_first_and_is_counted(house):
    a_task(house, "Заўтрашняе", due_on=day(1))
    a_task(house, "Сённяшняе", due_on=day())
    a_task(house, "Спозненае", due_on=day(-2))
    a_task(house, "Калі-небудзь")

    page = text_of(house.case_worker.signs_in(), TODAY)

    places = [page.index(title) for title in ("Спозненае", "Сённяшняе", "Заўтрашняе", "Калі-небудзь")]
    assert places == sorted(places)
    assert (tiles(page)["overdue"], tiles(page)["due today"]) == (1, 1)


def test_tasks_of_others_are_seen_only_under_everybodys(house):
    a_task(house, "Чужое", by="coordinator", to="coordinator")
    client = house.case_worker.signs_in()

    assert "Чужое" not in text_of(client, TODAY)
    assert "Чужое" in text_of(client, f"{TODAY}?whose=all")


def test_a_task_is_ticked_by_a_button_and_unticked_at_once(house):
    task = a_task(house, due_on=day())
    client = house.case_worker.signs_in()

    page = client.post(f"/tasks/{task.id}/done/", {"next": TODAY}, follow=True).content.decode()

    assert "Патэлефанаваць" not in page
    undo = re.search(r'action="(/tasks/[^"]+undo/[^"]*)"', page)
    assert undo
    assert "Патэлефанаваць" in client.post(undo[1], follow=True).content.decode()
    assert Task.unguarded.get(id=task.id).done_on is None


def test_a_step_of_my_case_that_is_nobodys_is_mine(house):
    case = a_case(house, somebody_held(house, leaves=60))
    with house.case_worker.at_work():
        plan = actions.make_plan(case, template="re_entry_6_months")
        Step.objects.filter(plan=plan).update(owner=None)
        late = Step.objects.filter(plan=plan, due_on__lt=day()).count()

    assert late
    assert tiles(text_of(house.case_worker.signs_in(), TODAY))["overdue"] == late
    assert tiles(text_of(house.coordinator.signs_in(), TODAY))["overdue"] == 0


def test_a_step_is_ticked_from_here_and_comes_back_here(house):
    case = a_case(house, somebody_held(house, leaves=60))
    with house.case_worker.at_work():
        actions.make_plan(case, template="re_entry_6_months")
        step = Step.objects.filter(case=case, due_on__lt=day()).first()
    client = house.case_worker.signs_in()

    answer = client.post(f"/cases/{case.reference}/steps/{step.id}/do/", {"next": TODAY})

    assert answer["Location"] == TODAY
    assert Step.unguarded.get(id=step.id).state == "done"


def test_steps_of_a_paused_case_wait_for_nobody(house):
    case = a_case(house, somebody_held(house, leaves=60))
    with house.coordinator.at_work():
        actions.make_plan(case, template="re_entry_6_months")
        actions.pause_case(case, reason="no_contact")

    assert tiles(text_of(house.case_worker.signs_in(), TODAY))["overdue"] == 0


def test_follow_ups_due_lead_to_recording_a_contact(house):
    person = somebody_released(house, ago=4)
    a_case(house, person)
    with house.case_worker.at_work():
        due = FollowUp.objects.get(offset_days=3)

    page = text_of(house.case_worker.signs_in(), TODAY)

    assert f"/people/{person.reference}/in-touch/new/?follow_up={due.id}" in page
    assert tiles(page)["follow-ups due"] == 1
    assert "72 hours" in page
    assert "month 1" not in page


def test_nobody_is_to_be_called_who_has_not_been_released(house):
    a_case(house, somebody_held(house, leaves=-10))

    assert tiles(text_of(house.case_worker.signs_in(), TODAY))["follow-ups due"] == 0


def test_what_is_long_overdue_does_not_push_out_what_is_due_today(house):
    for number in range(12):
        a_task(house, f"Даўняе {number}", due_on=day(-50))
    a_task(house, "Сённяшняе", due_on=day())

    page = text_of(house.case_worker.signs_in(), TODAY)

    assert "Сённяшняе" in page
    assert page.count("Даўняе") == 2 * 10  # the title, and the button's name
    assert "all tasks" in page


def test_releases_near_say_what_is_missing(house):
    a_case(house, somebody_held(house, "Прыкладаў", leaves=20))
    a_case(house, somebody_held(house, "Узораў", leaves=90))

    page = text_of(house.case_worker.signs_in(), TODAY)
    near = page.partition("Releases near")[2].partition("Not heard from")[0]

    assert "Прыкладаў" in near
    assert "Узораў" not in near
    assert "no plan" in near
    assert tiles(page)["leave within 30 days and are not ready"] == 1


def test_people_not_heard_from_stand_with_their_days(house):
    person = somebody_held(house)
    a_case(house, person)
    with house.case_worker.at_work():
        custody.record_sign_of_life(person, kind="letter_received", on=on(-45))

    assert "45 days" in text_of(house.case_worker.signs_in(), TODAY)


def test_a_peer_worker_sees_only_those_they_support(house):
    a_case(house, somebody_held(house, "Прыкладаў", leaves=10), lead="peer_worker")
    a_case(house, somebody_held(house, "Узораў", leaves=11))
    client = house.peer_worker.signs_in()

    page = text_of(client, f"{TODAY}?whose=all")

    assert "Прыкладаў" in page
    assert "Узораў" not in page
    assert "Everybody’s" not in page


def test_a_task_about_somebody_one_may_not_see_names_nobody(house):
    person = somebody_held(house, "Узораў")
    a_task(house, "Забраць пакунак", by="coordinator", to="peer_worker", person=person)

    page = text_of(house.peer_worker.signs_in(), TODAY)

    assert "Забраць пакунак" in page
    assert "Узораў" not in page
    assert person.reference not in page


# What changed ---------------------------------------------------------------------------------------------------------


def was_here(person, ago):
    then = timezone.now() - ago
    Member.objects.filter(id=person.member.id).update(before_that_seen_at=then)


def changes_of(page):
    return page.partition("Changed since you were here")[2]


def test_what_colleagues_did_since_then_stands_in_words(house):
    was_here(house.case_worker, timedelta(hours=1))
    person = somebody_held(house)
    a_case(house, person)
    client = house.case_worker.signs_in()

    changed = changes_of(text_of(client, TODAY))

    assert "Прыкладаў" in changed
    assert "opened a case" in changed
    assert "Coordinator" in changed


def test_what_i_did_myself_and_what_was_opened_is_left_out(house):
    person = somebody_held(house)
    a_case(house, person)
    Member.objects.update(before_that_seen_at=timezone.now())
    with house.case_worker.at_work():
        actions.add_task("Сваё", person=person)
    text_of(house.coordinator.signs_in(), f"/people/{person.reference}/")

    assert "Colleagues changed nothing" in changes_of(text_of(house.case_worker.signs_in(), TODAY))


def test_what_happened_before_my_last_visit_is_left_out(house):
    a_case(house, somebody_held(house))
    was_here(house.case_worker, timedelta(0))

    assert "Прыкладаў" not in changes_of(text_of(house.case_worker.signs_in(), TODAY))


def test_changes_about_people_of_others_stand_under_everybodys(house):
    was_here(house.case_worker, timedelta(hours=1))
    somebody_held(house, "Узораў")
    client = house.case_worker.signs_in()

    assert "Узораў" not in changes_of(text_of(client, TODAY))
    assert "Узораў" in changes_of(text_of(client, f"{TODAY}?whose=all"))


@pytest.mark.parametrize("query", ["", "?whose=all"])
def test_the_number_of_queries_does_not_grow(house, query):
    client = house.case_worker.signs_in()

    def a_life(number):
        case = a_case(house, somebody_held(house, f"Узораў{number}", leaves=number))
        a_case(house, somebody_released(house, f"Прыкладаў{number}", ago=4))
        with house.coordinator.at_work():
            actions.make_plan(case, template="re_entry_6_months")
        a_task(house, f"Задача {number}", by="coordinator", person=case.person)

    def queries():
        text_of(client, f"{TODAY}{query}")  # the index of names follows first
        with CaptureQueriesContext(connection) as captured:
            text_of(client, f"{TODAY}{query}")
        return len(captured)

    for number in range(4):  # more people than are entered in the log one by one
        a_life(number)
    few = queries()
    for number in range(4, 10):
        a_life(number)

    assert queries() == few
    assert few < 45
