"""The tab of a person: what disagrees, what was recorded, what is allowed."""

import re

import pytest

from tests.cast import an_organisation
from tests.db.custody.held import a_person, day, held, on, send, standing, tab
from throughgate.custody import actions
from throughgate.custody.models import Charge, CustodyEvent, Facility, Hearing, StatusAssessment

pytestmark = pytest.mark.django_db


def two_reports(house):
    person = a_person(house)
    with house.case_worker.at_work():
        first = actions.record_event(
            person, kind="detained", on=on("2022-03-15"), source_kind="family", reliability="b", source="маці"
        )
        second = actions.record_event(
            person, kind="detained", on=on("2022-04-02"), source_kind="media", source="газета"
        )
    return person, first, second


def test_two_sources_that_disagree_stand_side_by_side():
    house = an_organisation()
    person, *_ = two_reports(house)
    page = tab(house.case_worker.signs_in(), person)

    assert "Detained: one source says 15 March 2022, another 2 April 2022." in page
    assert page.count("Prefer this one") == 2
    assert "маці" in page
    assert "газета" in page


def test_the_one_preferred_counts_and_the_other_can_be_given_back():
    house = an_organisation()
    person, first, second = two_reports(house)
    client = house.case_worker.signs_in()
    buttons = re.findall(r'action="([^"]+)"', tab(client, person))
    client.post(next(one for one in buttons if f"{second.id}/prefer/" in one).replace("&amp;", "&"))

    assert (standing(person).contradictions, str(standing(person).since)) == (0, "2022-04-02")
    assert "replaced by another report" in tab(client, person)

    send(client, person, f"events/{first.id}/give-back/", {})
    assert standing(person).contradictions == 1


@pytest.mark.parametrize("part", ["events/new/", "dates/new/", "dates/compute/", "sentences/new/", "hearings/new/"])
def test_whoever_writes_reads_above_it_whom_it_is_about(part):
    house = an_organisation()
    person = held(house, surname="Неіснуючы")
    page = tab(house.case_worker.signs_in(), person, part)

    assert "Неіснуючы" in page.partition("<h1")[0]
    assert f"<title>{person.reference}: " in page


def test_a_date_that_moves_a_plan_is_confirmed_under_the_name():
    house = an_organisation()
    person = held(house, surname="Неіснуючы")
    typed = {"type": "rumoured", "certainty": "likely", "on_year": "2031"}
    asked = send(house.case_worker.signs_in(), person, "dates/new/", typed).content.decode()

    assert "Working date after the change" in asked
    assert "Неіснуючы" in asked.partition("<h1")[0]


def test_an_event_is_recorded_with_a_place_found_in_another_spelling():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    typed = {"kind": "detained", "on_year": "2022", "reliability": "f", "credibility": "6", "note": "запячатана"}

    found = send(client, person, "events/new/", {**typed, "facility_find": "ивацевичи", "facility_search": "1"})
    assert "Penal colony No. 22, Ivacevičy" in found.content.decode()
    assert "запячатана" in found.content.decode()

    colony = Facility.unguarded.get(code="IK-22")
    answer = send(client, person, "events/new/", {**typed, "facility": str(colony.id)})
    assert answer.status_code == 302
    assert standing(person).facility_id == colony.id


def test_a_recorded_event_can_be_undone():
    house = an_organisation()
    person = held(house)
    client = house.case_worker.signs_in()
    event = CustodyEvent.unguarded.get(person_id=person.id)
    send(client, person, f"events/{event.id}/withdraw/", {})

    assert standing(person).episode == ""
    assert "taken back" in tab(client, person)


def test_a_sign_of_life_ends_the_silence():
    house = an_organisation()
    person = held(house)
    client = house.case_worker.signs_in()
    send(
        client, person, "signs/new/",
        {"kind": "letter_received", "on_day": 1, "on_month": 4, "on_year": 2024, "reliability": "a", "credibility": 1},
    )  # fmt: skip

    assert standing(person).heard_on == day("2024-04-01")
    assert "not heard from for" in tab(client, person)


def test_a_charge_keeps_its_article_and_its_code():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    asked = send(client, person, "charges/new/", {"article_find": "342"}).content.decode()
    assert 'value="criminal:342"' in asked

    send(client, person, "charges/new/", {"article": "criminal:342", "part": "1"})
    charge = Charge.unguarded.get()
    assert (charge.code, charge.article, charge.part) == ("criminal", "342", "1")
    assert "Criminal Code" in tab(client, person)


def test_an_article_nobody_listed_can_be_charged():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    send(client, person, "charges/new/", {"article": "criminal:290-9"})
    assert Charge.unguarded.get().article == "290-9"


def test_the_next_hearing_is_a_hearing_of_its_own():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    send(
        client, person, "hearings/new/",
        {"on_day": 1, "on_month": 4, "on_year": 2030, "kind": "trial", "court": "Прыкладны суд", "next_on_year": 2031},
    )  # fmt: skip

    assert sorted(str(row.on) for row in Hearing.unguarded.all()) == ["2030-04-01", "2031"]
    assert "Прыкладны суд" in client.get("/custody/hearings/").content.decode()


def test_an_assessment_is_an_organisations_own():
    house = an_organisation()
    person = held(house)
    coordinator, worker = house.coordinator.signs_in(), house.case_worker.signs_in()
    send(coordinator, person, "status/new/", {"by": "Прыкладная арганізацыя", "criterion": "PACE-1900:a"})

    assert StatusAssessment.unguarded.get().scheme == "PACE-1900"
    assert "Прыкладная арганізацыя" in tab(worker, person)
    assert send(worker, person, "status/new/", {}).status_code == 403


def test_what_the_regime_allows_stands_on_the_page_with_its_mark():
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"), ("sentenced", "2022-09-05"), ("sentence_in_force", "2022-11-10"))
    with house.case_worker.at_work():
        actions.add_sentence(person, kind="imprisonment", years=5, regime="reinforced")
    page = tab(house.case_worker.signs_in(), person)

    assert "Reinforced regime" in page
    assert "Short visits" in page
    assert "not confirmed" in page


def test_a_monitor_without_the_ring_sees_facts_and_locks():
    house = an_organisation("Прыклад", "case_worker", "monitor")
    person, *_ = two_reports(house)
    page = tab(house.monitor.signs_in(), person)

    assert "15 March 2022" in page
    assert "маці" not in page
    assert "closed to you" in page


def test_the_person_page_says_where_somebody_is_and_how_the_date_is_known():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_person", on=on("2031-05"))
    page = house.case_worker.signs_in().get(person.get_absolute_url()).content.decode()

    assert "Release: May 2031, told by the person or family" in page
    assert "Detained" in page


def test_the_tab_asks_as_often_for_many_events_as_for_few():
    house = an_organisation()
    few, many = held(house), held(house, *[("letter_received", f"2023-{month:02}") for month in range(1, 13)])
    with house.case_worker.at_work():
        actions.record_event(few, kind="transferred", on=on("2024"), note="запячатана")
        for place in Facility.objects.filter(organisation=None)[:8]:
            actions.record_event(many, kind="transferred", on=on("2024"), facility=place, note="запячатана")
            actions.tell_release_date(many, type="rumoured", on=on("2031"), source="чутка")
    client = house.case_worker.signs_in()
    tab(client, few)  # what is read once a process is read now

    assert _queries(client, few) == _queries(client, many)


def _queries(client, person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        tab(client, person)
    return len(seen)
