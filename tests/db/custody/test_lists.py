"""Not heard from, hearings, places, articles, rules."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import an_organisation
from tests.db.custody.held import held, on
from throughgate.access.models import LogEntry
from throughgate.codelists import codes
from throughgate.codelists.models import OwnTerm
from throughgate.core.dates import PartialDate
from throughgate.core.geo import institutions
from throughgate.custody import actions
from throughgate.custody.models import Facility, Hearing

pytestmark = pytest.mark.django_db


def order(page, people):
    """The people in the order of their references on the page."""
    return sorted(people, key=lambda person: page.index(f"{person.reference}</td>"))


def test_the_longest_silence_stands_first():
    house = an_organisation()
    recent = held(house, ("detained", "2020-01-01"), ("letter_received", "2025-06-01"), surname="Першы")
    longest = held(house, ("detained", "2021-01-01"), surname="Другі")
    middle = held(house, ("detained", "2020-01-01"), ("visit_short", "2023-06-01"), surname="Трэці")
    held(house, ("detained", "2020-01-01"), ("released", "2022-01-01"), surname="Вольны")
    page = house.case_worker.signs_in().get("/custody/not-heard-from/").content.decode()

    assert order(page, [recent, longest, middle]) == [longest, middle, recent]
    assert "3 people" in page
    assert "Вольны" not in page


def test_silence_is_narrowed_by_days_and_region():
    house = an_organisation()
    week = timezone.localdate() - datetime.timedelta(days=7)
    quiet, heard = held(house), held(house)
    with house.case_worker.at_work():
        actions.record_sign_of_life(heard, kind="lawyer_visit", on=PartialDate.from_date(week))
        place = Facility.objects.get(code="IK-22")
        actions.record_event(quiet, kind="transferred", on=on("2023-01-01"), facility=place)
    client = house.case_worker.signs_in()

    long = client.get("/custody/not-heard-from/", {"days": "30"}).content.decode()
    assert quiet.reference in long
    assert heard.reference not in long
    assert heard.reference in client.get("/custody/not-heard-from/", {"days": "7"}).content.decode()
    there = client.get("/custody/not-heard-from/", {"region": "BY-BR"}).content.decode()
    assert (quiet.reference in there, heard.reference in there) == (True, False)


@pytest.mark.parametrize("url", ["/custody/not-heard-from/", "/custody/hearings/", "/people/", "/custody/places/"])
def test_a_list_asks_as_often_for_many_as_for_one(url):
    house = an_organisation()
    client = house.case_worker.signs_in()
    asked = []
    for number in (1, 5):
        for _ in range(number):
            person = held(house)
            with house.case_worker.at_work():
                place = Facility.objects.order_by("?").first()
                actions.record_event(person, kind="transferred", on=on("2023-01-01"), facility=place)
                actions.add_hearing(person, on=on("2040-01-01"), kind="trial", court="Суд")
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_hearings_of_today_and_of_this_year_are_to_come():
    house = an_organisation()
    person = held(house)
    today = timezone.localdate()
    whens = ["2019-01-01", str(today), str(today.year), str(today.year + 1)]
    with house.case_worker.at_work():
        for when in whens:
            actions.add_hearing(person, on=on(when), kind="trial")
    page = house.case_worker.signs_in().get("/custody/hearings/").content.decode()

    assert "3 hearings" in page
    assert Hearing.unguarded.count() == 4


def test_an_export_is_for_those_who_may_and_is_entered():
    house = an_organisation()
    held(house)
    assert house.case_worker.signs_in().get("/custody/not-heard-from/?export=csv").status_code == 403

    answer = house.coordinator.signs_in().get("/custody/not-heard-from/?export=csv")
    rows = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert "Прыкладаў" not in rows
    assert LogEntry.unguarded.filter(kind="exported.not-heard-from").exists()


# Places ---------------------------------------------------------------------------------------------------------------


def test_the_shipped_places_are_there_and_loading_again_changes_nothing():
    assert Facility.unguarded.count() == len(institutions())
    assert actions.load_facilities() == 0


def test_an_older_row_is_brought_up_to_date():
    Facility.unguarded.filter(code="IK-22").update(version="old", name_be="няправільна")
    assert actions.load_facilities() == 1
    assert Facility.unguarded.get(code="IK-22").name_be == "Папраўчая калонія № 22"


def test_places_that_are_not_confirmed_are_marked_and_sources_never_shown():
    house = an_organisation()
    client = house.case_worker.signs_in()
    page = client.get("/custody/places/").content.decode()
    place = Facility.unguarded.get(code="IK-9")

    assert page.count(">not confirmed</strong>") == Facility.unguarded.filter(verified="no").count()
    assert "is not confirmed: check it" in client.get(place.get_absolute_url()).content.decode()
    sources = {
        word for row in Facility.unguarded.all() for word in re.findall(r"\w+\.(?:io|by|com|info)\b", row.source)
    }
    assert [word for word in sources if word in page] == []


def test_a_place_page_shows_who_is_held_there():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        place = Facility.objects.get(code="IK-9")
        actions.record_event(person, kind="transferred", on=on("2023-01-01"), facility=place)
    page = house.case_worker.signs_in().get(place.get_absolute_url()).content.decode()

    assert person.reference in page
    assert "1 person" in page


def test_the_map_is_a_picture_that_loads_nothing():
    answer = an_organisation().case_worker.signs_in().get("/custody/places/map.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"<script" not in answer.content
    assert answer.content.startswith(b"<svg")


def test_an_own_place_is_found_by_typing_and_can_be_corrected():
    house = an_organisation()
    client = house.coordinator.signs_in()
    client.post(
        "/custody/places/new/", {"kind": "place_police_station", "name_be": "Вымышлены аддзел", "former": "А; Б"}
    )
    place = Facility.unguarded.get(name_be="Вымышлены аддзел")
    assert place.former_names == ["А", "Б"]

    from throughgate.custody import places

    with house.case_worker.at_work():
        assert places.find("вымышленный")[0][0] == str(place.id)
    url = f"/custody/places/{place.id}/change/"
    client.post(url, {"kind": "place_police_station", "name_be": "Няісны аддзел", "former": ""})
    assert Facility.unguarded.get(id=place.id).name_be == "Няісны аддзел"


def test_a_shipped_place_cannot_be_changed():
    place = Facility.unguarded.get(code="IK-9")
    assert an_organisation().coordinator.signs_in().get(f"/custody/places/{place.id}/change/").status_code == 404


@pytest.mark.parametrize("text", ["ПК-22", "ИК 22", "колония 22 ивацевичи", "ik-22", "Воўчыя норы"])
def test_a_place_is_found_in_any_spelling(text):
    from throughgate.custody import places

    with an_organisation().case_worker.at_work():
        assert places.find(text)[0][1].startswith("Папраўчая калонія № 22")


# Data that comes with the product -------------------------------------------------------------------------------------


def test_articles_are_listed_and_the_organisations_own_beside_them():
    house = an_organisation()
    with house.coordinator.at_work():
        OwnTerm.objects.create(
            organisation_id=house.organisation.id,
            list="article",
            code="999",
            en="Invented",
            be="Выдуманы",
            ru="Выдуман",
        )
    codes.forget_own_terms()
    page = house.case_worker.signs_in().get("/custody/articles/").content.decode()

    assert "342" in page
    assert "Invented" in page


def test_rules_say_whether_they_are_confirmed():
    page = an_organisation().case_worker.signs_in().get("/custody/rules/").content.decode()

    assert "CRD-05" in page
    assert "not confirmed" in page
    assert "Remand prison" in page
