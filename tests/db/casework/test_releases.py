"""Everybody by working date, how sure it is, and what is not ready."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, day, on, somebody_held, somebody_released, text_of
from throughgate.access.models import LogEntry
from throughgate.casework import actions
from throughgate.custody import actions as custody

pytestmark = pytest.mark.django_db

LIST = "/releases/"


def in_order(page: str, *surnames: str) -> list[str]:
    found = {surname: page.find(surname) for surname in surnames}
    return sorted((one for one in surnames if found[one] >= 0), key=lambda one: found[one])


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer", "peer_worker")


def test_a_stranger_sees_nobody(house):
    somebody_held(house, leaves=5)
    other = an_organisation("Іншая").coordinator.signs_in()

    assert "Прыкладаў" not in text_of(other, LIST)


def test_those_without_the_right_are_refused(house):
    assert house.security_officer.signs_in().get(LIST).status_code == 403


def test_the_soonest_come_first_and_those_without_a_date_last(house):
    somebody_held(house, "Узораў")
    somebody_held(house, "Прыкладаў", leaves=200)
    somebody_held(house, "Вымышленны", leaves=-3)
    somebody_held(house, "Неіснуючы", leaves=10)

    page = text_of(house.case_worker.signs_in(), LIST)

    surnames = ["Вымышленны", "Неіснуючы", "Прыкладаў", "Узораў"]
    assert in_order(page, *surnames) == surnames
    assert "date has passed" in page


def test_the_list_can_be_sorted_by_name_both_ways(house):
    for surname, leaves in (("Яўзораў", 5), ("Азораў", 100), ("Прыкладаў", 50)):
        somebody_held(house, surname, leaves=leaves)
    client = house.case_worker.signs_in()
    surnames = ["Азораў", "Прыкладаў", "Яўзораў"]

    assert in_order(text_of(client, f"{LIST}?sort=name"), *surnames) == surnames
    assert in_order(text_of(client, f"{LIST}?sort=-name"), *surnames) == surnames[::-1]


def test_somebody_released_is_not_waiting_any_more(house):
    somebody_released(house)

    assert "Узораў" not in text_of(house.case_worker.signs_in(), LIST)


@pytest.mark.parametrize(
    ("leaves", "window"),
    [
        (-1, "overdue"), (0, "30_days"), (30, "30_days"), (31, "3_months"), (91, "3_months"), (92, "6_months"),
        (182, "6_months"), (183, "12_months"), (365, "12_months"), (366, "later"), (None, "no_date"),
    ],
)  # fmt: skip
def test_everybody_stands_in_exactly_one_window(house, leaves, window):
    somebody_held(house, leaves=leaves)
    client = house.case_worker.signs_in()
    windows = ("overdue", "30_days", "3_months", "6_months", "12_months", "later", "no_date")

    assert [one for one in windows if "Прыкладаў" in text_of(client, f"{LIST}?within={one}")] == [window]


def test_the_tiles_count_who_leaves_when(house):
    for leaves in (-3, 3, 4, None):
        somebody_held(house, leaves=leaves)

    page = text_of(house.case_worker.signs_in(), LIST)

    counts = re.findall(r'tg-stat__number">(\d+)</span><a class="govuk-link" href="/releases/\?within=(\w+)"', page)
    assert {window: int(count) for count, window in counts} == {
        "overdue": 1, "30_days": 2, "3_months": 0, "6_months": 0, "12_months": 0, "later": 0, "no_date": 1,
    }  # fmt: skip


def test_a_date_always_says_how_it_is_known(house):
    somebody_held(house, leaves=20, type="rumoured", certainty="doubtful")

    page = text_of(house.case_worker.signs_in(), LIST)

    assert "Rumour" in page
    assert "doubtful" in page.lower()


def test_what_is_missing_is_named(house):
    person = somebody_held(house, "Прыкладаў", leaves=20)
    somebody_held(house, "Узораў", leaves=21)
    case = a_case(house, person)
    with house.coordinator.at_work():
        actions.make_plan(case, template="re_entry_6_months")
        actions.identify_need(case, kind="passport_replacement")
        actions.plan_gate_day(case, meets="arranged")

    ours, other = re.findall(r"<tr>.*?</tr>", text_of(house.case_worker.signs_in(), LIST), re.DOTALL)[-2:]

    assert "1 need without an owner" in ours
    assert "first night" in ours
    assert "who meets" not in ours
    assert "no plan" not in ours
    assert "no case" in other


def test_filters_narrow_and_are_named(house):
    person = somebody_held(house, "Прыкладаў", leaves=20)
    somebody_held(house, "Узораў", leaves=400, type="computed")
    case = a_case(house, person)
    client = house.case_worker.signs_in()

    def names(query):
        return in_order(text_of(client, f"{LIST}?{query}"), "Прыкладаў", "Узораў")

    assert names("gap=no_case") == ["Узораў"]
    assert names("gap=no_plan") == ["Прыкладаў"]
    assert names("kind=computed") == ["Узораў"]
    assert names(f"lead={case.lead_id}") == ["Прыкладаў"]
    assert names("mine=on") == ["Прыкладаў"]
    assert names("within=30_days&within=later") == ["Прыкладаў", "Узораў"]
    assert "When: within 30 days" in text_of(client, f"{LIST}?within=30_days")


def test_a_peer_worker_sees_only_those_they_support(house):
    ours = somebody_held(house, "Прыкладаў", leaves=20)
    somebody_held(house, "Узораў", leaves=21)
    a_case(house, ours, lead="peer_worker")

    page = text_of(house.peer_worker.signs_in(), LIST)

    assert in_order(page, "Прыкладаў", "Узораў") == ["Прыкладаў"]


def test_an_export_has_references_and_no_names_and_is_an_entry(house):
    person = somebody_held(house, leaves=20)
    client = house.coordinator.signs_in()

    answer = client.get(f"{LIST}?export=csv")

    text = answer.content.decode("utf-8-sig")
    assert person.reference in text
    assert day(20).isoformat() in text
    assert "Прыкладаў" not in text
    with house.coordinator.at_work():
        assert LogEntry.objects.get(kind="exported.releases").details == {"as": "csv", "rows": 1}


def test_only_some_may_export(house):
    somebody_held(house, leaves=20)

    assert house.case_worker.signs_in().get(f"{LIST}?export=csv").status_code == 403


@pytest.mark.parametrize("query", ["", "?sort=name", "?gap=documents&mine=on"])
def test_the_number_of_queries_does_not_grow(house, query):
    client = house.case_worker.signs_in()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            text_of(client, f"{LIST}{query}")
        return len(captured)

    for leaves in (10, 20):
        a_case(house, somebody_held(house, leaves=leaves))
    queries()  # the index of names is built once
    few = queries()
    for leaves in range(30, 38):
        a_case(house, somebody_held(house, leaves=leaves))
    queries()

    assert queries() == few


def test_a_release_moves_with_the_date_that_comes_first(house):
    person = somebody_held(house, leaves=20)
    with house.coordinator.at_work():
        custody.tell_release_date(person, type="amnesty", on=on(5), certainty="certain")

    assert "Amnesty" in text_of(house.case_worker.signs_in(), f"{LIST}?within=30_days")
