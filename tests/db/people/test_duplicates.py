"""People who are likely one person: found, looked at, remembered, merged."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.cast import House, a_member, an_organisation
from tests.db.people.somebody import a_person
from throughgate.access.actions import assign
from throughgate.access.models import LogEntry
from throughgate.casework.screens.contacts import warnings
from throughgate.core.dates import PartialDate
from throughgate.core.names import SENTENCES
from throughgate.people import actions, lookalikes
from throughgate.people.models import ContactPoint, Merge, Person, Verdict, carefully
from throughgate.people.reasons import NAMES

pytestmark = pytest.mark.django_db

BORN = PartialDate(1990, 5, 3)
PAGE = "/people/duplicates/"


@pytest.fixture
def house() -> House:
    return an_organisation()


@pytest.fixture
def two(house: House) -> tuple[Person, Person]:
    return a_person(house, "Узораў", "Аляксей", birth_date=BORN), a_person(house, "Uzorau", "Aliaksei", birth_date=BORN)


def found(house: House) -> list[set[Any]]:
    with house.case_worker.at_work():
        likely = lookalikes.likely()
        assert likely is not None
        return [set(pair) for pair in likely.pairs or []]


def said(house: House, one: Person, other: Person, says: str) -> Any:
    address = reverse("people:judge", args=[one.reference, other.reference])
    return house.case_worker.signs_in().post(address, {"says": says})


def test_one_person_in_two_spellings_is_found(house: House, two: tuple[Person, Person]) -> None:
    a_person(house, "Прыкладаў", "Сяргей", birth_date=BORN)

    assert found(house) == [{two[0].id, two[1].id}]


def test_whoever_changed_since_the_last_look_is_compared_anew(house: House, two: tuple[Person, Person]) -> None:
    assert found(house) == [{two[0].id, two[1].id}]

    third = a_person(house, "Узоров", "Алексей", birth_date=BORN)
    assert sorted(found(house), key=sorted) == sorted(
        ({one.id, other.id} for one, other in combinations((*two, third), 2)), key=sorted
    )

    with house.case_worker.at_work():
        actions.amend_person(two[0], reason="памылка", birth_date=PartialDate(1971, 2, 1))
    assert found(house) == [{two[1].id, third.id}]

    with house.case_worker.at_work():
        actions.put_back(Person.objects.get(id=two[0].id), was={"birth_date": str(BORN)})
    with house.coordinator.at_work():
        actions.erase_person(third, because="asked")
    assert found(house) == [{two[0].id, two[1].id}]


def test_many_changes_are_as_a_first_look(
    house: House, two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(house)
    monkeypatch.setattr(lookalikes, "MANY", 0)
    third = a_person(house, "Узоров", "Алексей", birth_date=BORN)

    assert len(found(house)) == 3
    assert third.id in set().union(*found(house))


def test_namesakes_born_in_other_years_are_not(house: House) -> None:
    a_person(house, birth_date=PartialDate(1990))
    a_person(house, birth_date=PartialDate(1971))

    assert found(house) == []


def test_another_surname_with_the_same_father_and_birthday_is_found(house: House) -> None:
    with house.case_worker.at_work():
        ids = {
            actions.add_person(
                names=[{"surname": surname, "given": "Алена", "patronymic": "Іванаўна"}], birth_date=BORN
            ).id
            for surname in ("Прыкладава", "Неіснуючая")
        }

    assert found(house) == [ids]


def test_the_same_document_is_enough(house: House) -> None:
    one, other = a_person(house), a_person(house, "Зусім", "Іншая")
    with house.case_worker.at_work():
        for person in (one, other):
            actions.add_document(person, kind="passport", state="lost", number="AB 0000000")

    assert found(house) == [{one.id, other.id}]


def test_another_organisation_finds_and_judges_nobody(house: House, two: tuple[Person, Person]) -> None:
    other = an_organisation("Іншая")

    assert found(other) == []
    assert said(other, *two, "same").status_code == 404
    assert not Verdict.unguarded.exists()


def test_whoever_has_no_keys_is_told_so(house: House, two: tuple[Person, Person]) -> None:
    newcomer = a_member(house, "case_worker", name="novaja", keys=False)
    page = newcomer.signs_in().get(PAGE).content.decode()

    assert "The names are closed to you" in page
    assert two[0].reference not in page


def test_the_page_shows_both_and_says_why(house: House, two: tuple[Person, Person]) -> None:
    page = house.case_worker.signs_in().get(PAGE).content.decode()

    assert "Узораў Аляксей" in page
    assert "Uzorau Aliaksei" in page
    assert "Uzorau is the passport spelling of Узораў" in page or "Uzorau is the national Latin" in page
    assert "born on the same day: 3 May 1990" in page
    assert "Speaks against it" not in page


def test_a_pair_that_was_judged_is_not_shown_again_until_the_verdict_is_taken_back(
    house: House, two: tuple[Person, Person]
) -> None:
    assert said(house, *two, "not_same")["Location"] == PAGE
    assert found(house) == []
    browser = house.case_worker.signs_in()
    assert "not the same person" in browser.get(f"{PAGE}verdicts/").content.decode()
    verdict = Verdict.unguarded.get()
    assert (verdict.by, {verdict.one_id, verdict.other_id}) == (house.case_worker.member, {one.id for one in two})

    browser.post(f"{PAGE}verdicts/{verdict.id}/undo/")
    assert found(house) == [{one.id for one in two}]


def test_a_later_verdict_takes_the_place_of_an_earlier_one(house: House, two: tuple[Person, Person]) -> None:
    said(house, two[1], two[0], "cannot_tell")
    said(house, *two, "not_same")

    assert Verdict.unguarded.get().says == "not_same"


def test_a_verdict_that_is_none_of_the_three_is_not_kept(house: House, two: tuple[Person, Person]) -> None:
    said(house, *two, "perhaps")

    assert not Verdict.unguarded.exists()


def test_the_same_person_leads_to_merging_and_back(house: House, two: tuple[Person, Person]) -> None:
    merging = said(house, *two, "same")["Location"]
    browser = house.case_worker.signs_in()
    page = browser.get(merging)
    assert "Узораў" in page.content.decode()
    assert browser.post(merging, {"name": "one"})["Location"] == PAGE
    assert f"undone on the page of {two[0].reference}" in browser.get(PAGE).content.decode()
    assert found(house) == []

    assert "Merged records" in browser.get(two[0].get_absolute_url()).content.decode()
    undoing = reverse("people:part_people", args=[two[0].reference, Merge.unguarded.get().id])
    assert browser.get(undoing).status_code == 200
    assert browser.post(undoing)["Location"] == two[0].get_absolute_url()
    assert found(house) == [{one.id for one in two}]


def test_the_page_of_merging_says_what_speaks_against_it(house: House, two: tuple[Person, Person]) -> None:
    with house.case_worker.at_work():
        for person, sex in zip(two, "fm", strict=True):
            actions.amend_person(person, reason="узор", sex=sex)
    merging = f"/people/{two[0].reference}/merge/{two[1].reference}/"
    browser = house.case_worker.signs_in()
    assert "one is a woman, the other a man" in browser.get(merging).content.decode()

    answer = browser.post(merging, {"name": "one", "sex": "one"})
    assert answer["Location"] == two[0].get_absolute_url()


def test_merging_asks_for_nothing_that_both_tell_alike(house: House, two: tuple[Person, Person]) -> None:
    form = house.case_worker.signs_in().get(f"/people/{two[0].reference}/merge/{two[1].reference}/").context["form"]
    assert [field.name for field in form.visible_fields()] == ["name"]
    with house.case_worker.at_work():
        actions.amend_person(two[0], reason="узор", language="ru", citizenships=["BY"])
        actions.amend_person(two[1], reason="узор", language="be", citizenships=["PL"], sex="m")

    form = house.case_worker.signs_in().get(f"/people/{two[0].reference}/merge/{two[1].reference}/").context["form"]
    assert [field.name for field in form.visible_fields()] == ["name", "citizenships", "language"]


def test_another_record_can_be_chosen_by_hand(house: House, two: tuple[Person, Person]) -> None:
    browser = house.case_worker.signs_in()
    page = f"/people/{two[0].reference}/merge/"
    assert browser.get(page).status_code == 200

    answer = browser.post(page, {"other": str(two[1].id)})
    assert answer["Location"] == f"{page}{two[1].reference}/"


def test_every_reason_about_names_has_its_sentence() -> None:
    """Translated here, made there: the one must not run ahead of the other."""
    with translation.override("en"):
        assert {code: str(words) for code, words in NAMES.items()} == dict(SENTENCES)


def test_a_search_says_why_a_name_was_found(house: House, two: tuple[Person, Person]) -> None:
    page = house.case_worker.signs_in().post("/people/find/", {"typed": "Алексей Узоров"}).content.decode()

    assert "Uzorau Aliaksei" in page
    assert "Аляксей is Алексей in Russian" in page


def test_no_title_address_or_entry_tells_a_name(house: House, two: tuple[Person, Person]) -> None:
    browser = house.case_worker.signs_in()
    for page in (PAGE, f"/people/{two[0].reference}/merge/{two[1].reference}/"):
        title = browser.get(page).content.decode().split("<title>")[1].split("</title>")[0]
        assert "Узор" not in title
    said(house, *two, "not_same")

    entry = LogEntry.unguarded.get(kind="people.judge")
    assert entry.details == {"other": two[1].id.hex, "says": "not_same"}


def test_many_pairs_cost_as_many_queries_as_few(house: House) -> None:
    def asked() -> int:
        browser = house.case_worker.signs_in()
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(PAGE).status_code == 200
        asked_for = [one["sql"] for one in captured.captured_queries if one["sql"].startswith("SELECT")]
        # What is opened is logged, an entry for each of a few people and one for a list: not the page's own.
        return len([sql for sql in asked_for if '"access_loghead"."hash"' not in sql])

    for _ in range(2):
        a_person(house, birth_date=BORN)
    few = asked()
    for _ in range(3):
        a_person(house, birth_date=BORN)
    assert asked() == few


def test_many_verdicts_cost_as_many_queries_as_few(house: House) -> None:
    def asked() -> int:
        browser = house.case_worker.signs_in()
        browser.get(f"{PAGE}verdicts/")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"{PAGE}verdicts/").status_code == 200
        asked_for = [one["sql"] for one in captured.captured_queries if one["sql"].startswith("SELECT")]
        return len([sql for sql in asked_for if '"access_loghead"."hash"' not in sql])

    def judged(count: int) -> None:
        for _ in range(count):
            one, other = a_person(house), a_person(house)
            with house.case_worker.at_work():
                actions.judge(one, other=other, says="not_same")

    judged(2)
    few = asked()
    judged(5)
    assert asked() == few


def test_verdicts_on_people_merged_or_destroyed_since_are_shown_and_taken_back(
    house: House, two: tuple[Person, Person]
) -> None:
    third = a_person(house, "Узораў", "Аляксей", birth_date=BORN)
    said(house, *two, "not_same")
    said(house, two[1], third, "same")
    with house.coordinator.at_work():
        actions.merge_people(Person.objects.get(id=two[0].id), other=Person.objects.get(id=third.id))
        actions.erase_person(Person.objects.get(id=two[1].id), because="asked")
    browser = house.case_worker.signs_in()
    page = browser.get(f"{PAGE}verdicts/").content.decode()
    assert "Uzorau" not in page
    assert "/merge/" not in page.split("<main")[1]
    for verdict in Verdict.unguarded.all():
        assert browser.post(f"{PAGE}verdicts/{verdict.id}/undo/").status_code == 302
    assert browser.get(f"{PAGE}verdicts/").status_code == 200


def test_nothing_is_asked_again_about_a_pair_that_is_merged(house: House, two: tuple[Person, Person]) -> None:
    said(house, *two, "same")
    browser = house.case_worker.signs_in()
    assert "Ask again" in browser.get(f"{PAGE}verdicts/").content.decode()
    with house.case_worker.at_work():
        actions.merge_people(two[0], other=two[1])

    assert "Ask again" not in browser.get(f"{PAGE}verdicts/").content.decode()


def test_the_page_of_merging_says_who_will_see_both_and_whom_not_to_call(
    house: House, two: tuple[Person, Person]
) -> None:
    peers, safe = "Peer workers who see one of the two", "is not safe by one record"
    address = reverse("people:merge_people", args=[two[0].reference, two[1].reference])
    browser = house.case_worker.signs_in()
    with house.case_worker.at_work():
        points = [actions.add_contact_point(row, channel="phone", value="+375 00 0000000") for row in two]
    page = browser.get(address).content.decode()
    assert peers not in page
    assert safe not in page

    with house.case_worker.at_work():
        actions.mark_not_safe(points[1], since=PartialDate(2026), because="search")
        assign(member_id=house.case_worker.member.id, subject_id=two[1].id)
    page = browser.get(address).content.decode()
    assert peers in page
    assert f"+375 00 0000000 {safe}" in page


def test_of_a_number_told_twice_the_warning_comes_first(house: House, two: tuple[Person, Person]) -> None:
    with house.case_worker.at_work():
        for value in ("+375 00 0000000", "+375 00 0000001", "+375 00 0000000"):
            actions.add_contact_point(two[0], channel="phone", value=value, safe_times="вечарам")
        last = ContactPoint.objects.order_by("id").last()
        actions.mark_not_safe(last, since=PartialDate(2026), because="search")
        order = [(one.value[-1], one.not_safe_since is None) for one in carefully(ContactPoint.objects.order_by("id"))]
        advice = warnings(two[0])

    assert order == [("1", True), ("0", False), ("0", True)]
    assert len(advice.danger) == len(advice.advice) == 1
    assert "0000001" in advice.advice[0]


def test_no_page_of_pairs_beyond_the_last_fails(house: House, two: tuple[Person, Person]) -> None:
    browser = house.case_worker.signs_in()
    for asked in ("2", "0", "-1", "999999999999", "x", "1' OR 1=1"):
        assert browser.get(PAGE, {"page": asked}).status_code in (200, 404)
        assert browser.get(f"{PAGE}verdicts/", {"page": asked}).status_code in (200, 404)
