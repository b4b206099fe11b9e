"""How many queries each main page asks: the same for few people and for many, and as the baseline says.

Where a page was changed on purpose: ``THROUGHGATE_TEST_WRITE_COUNTS=1 pytest tests/db/site/test_query_counts.py -n0``
writes the baseline anew, to be looked at in the diff.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import House, an_organisation
from throughgate.casework.actions import add_task
from throughgate.casework.models import Case
from throughgate.codelists import codes
from throughgate.people.models import Person
from throughgate.site.demo import Staff, populate

pytestmark = pytest.mark.django_db

BASELINE = Path(__file__).parents[1] / "query_counts.json"
TODAY = datetime.date.today()  # noqa: DTZ011 (the day the pages go by)
# Few enough to be counted by hand, many enough that no section of a page is empty: an empty one asks less.
FEW, MANY = 20, 70
LOGS = '"access_loghead"."hash"'
PAGES = {
    "today": "/?whose=all",
    "releases": "/releases/",
    "releases by name": "/releases/?sort=name",
    "people": "/people/",
    "people by name": "/people/?sort=name",
    "likely the same": "/people/duplicates/",
    "cases": "/cases/",
    "tasks": "/tasks/?whose=all",
    "follow-ups": "/follow-ups/?whose=all",
    "not heard from": "/custody/not-heard-from/",
    "hearings": "/custody/hearings/",
    "places": "/custody/places/",
    "members": "/members/",
    "log": "/log/",
    "person": "/people/{reference}/",
    "person, custody": "/people/{reference}/custody/",
    "person, timeline": "/people/{reference}/timeline/",
    "case": "/cases/{case}/",
    "person, in touch": "/people/{reference}/in-touch/",
}


def a_house_of(people: int) -> House:
    """As in the demo: lives, cases, plans, contacts; the first person waits for release with a case."""
    house = an_organisation("Прыклад", "coordinator", "case_worker").gather()
    members = {name: one.member for name, one in house.people.items()}
    staff = Staff({name: [member] for name, member in members.items()}, {m.id: (n,) for n, m in members.items()})
    populate(house.organisation, house.keyring, staff, people=people, seed="counts", today=TODAY, supported=1)
    with house.case_worker.at_work():
        for number, person in enumerate(Person.objects.order_by("id")[:8]):
            due = TODAY - datetime.timedelta(days=number % 2 * 3)  # some overdue, some not
            add_task("Узор", person=person, assignee=house.coordinator.member, due_on=due)
    return house


def counts_of(house: House) -> dict[str, int]:
    client = house.coordinator.signs_in()
    with house.coordinator.at_work():
        case = Case.objects.filter(kind="re_entry").select_related("person").order_by("id")[0]
    known = {"reference": case.person.reference, "case": case.reference}
    return {name: _count(client, path.format(**known)) for name, path in PAGES.items()}


def _count(client: Any, path: str) -> int:
    client.get(path)  # what is read once into memory is read here
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, path
    # What is opened is logged, by design an entry for each of a few people and one for a list: not the page's own.
    return len([one for one in captured.captured_queries if one["sql"].startswith("SELECT") and LOGS not in one["sql"]])


def test_pages_ask_as_many_queries_for_many_people_as_for_few_and_as_the_baseline_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Own terms are read again every ten seconds: whichever page comes then would ask once more.
    monkeypatch.setattr(codes, "_KEPT_SECONDS", 3600)
    few, many = counts_of(a_house_of(FEW)), counts_of(a_house_of(MANY))

    assert few == many
    if os.environ.get("THROUGHGATE_TEST_WRITE_COUNTS"):
        BASELINE.write_text(json.dumps(many, indent=2) + "\n", encoding="utf-8")
    assert many == json.loads(BASELINE.read_text(encoding="utf-8"))
