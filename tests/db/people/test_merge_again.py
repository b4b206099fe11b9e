"""Merging what was merged, taking apart in any order, and whatever happens between the two."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.cast import House, a_member, an_organisation
from tests.db.people.somebody import a_file, a_person
from throughgate.access.actions import assign
from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.people import actions, naming
from throughgate.people.models import Merge, Name, Person, Relationship
from throughgate.vault.models import FileKey

pytestmark = pytest.mark.django_db

ONE, TWO = PartialDate(1990, 5, 3), PartialDate(1991, 6, 4)
DAY = datetime.date(2024, 5, 3)


@pytest.fixture
def house() -> House:
    return an_organisation()


@pytest.fixture
def first(house: House) -> Person:
    return a_person(house, "Прыкладаў", "Сяргей")


@pytest.fixture
def second(house: House) -> Person:
    return a_person(house, "Prykladau", "Siarhei", birth_date=ONE, sex="m")


@pytest.fixture
def third(house: House) -> Person:
    return a_person(house, "Узораў", "Трэці", birth_date=TWO, sex="f")


def fresh(person: Person) -> Person:
    return Person.unguarded.get(id=person.id)


def merged(house: House, person: Person, other: Person, *take: str) -> Merge:
    with house.case_worker.at_work():
        return actions.merge_people(fresh(person), other=fresh(other), take=take)


def parted(house: House, merge: Merge) -> None:
    with house.coordinator.at_work():
        actions.part_people(Merge.objects.select_related("person", "merged").get(id=merge.id))


def facts(house: House, person: Person) -> tuple[Any, ...]:
    with house.coordinator.at_work():
        row = Person.objects.get(id=person.id)
        return row.birth_date, row.birth_band, row.sex


# What one took over from two others ---------------------------------------------------------------------------------


def test_facts_taken_from_two_are_given_back_the_last_first(
    house: House, first: Person, second: Person, third: Person
) -> None:
    one = merged(house, first, second)
    two = merged(house, first, third, "birth_date", "sex")
    parted(house, two)
    assert facts(house, first) == (ONE, "1990-1999", "m")
    parted(house, one)

    assert facts(house, first) == (None, "", "")


def test_facts_taken_from_two_are_given_back_the_first_first(
    house: House, first: Person, second: Person, third: Person
) -> None:
    one = merged(house, first, second)
    two = merged(house, first, third, "birth_date", "sex")
    parted(house, one)
    assert facts(house, first) == (TWO, "1990-1999", "f")
    parted(house, two)

    assert facts(house, first) == (None, "", "")


def test_a_fact_corrected_between_two_merges_is_left_as_it_was_corrected(
    house: House, first: Person, second: Person, third: Person
) -> None:
    one = merged(house, first, second)
    with house.case_worker.at_work():
        actions.amend_person(fresh(first), reason="пашпарт", birth_date=PartialDate(1989))
    two = merged(house, first, third, "birth_date")
    parted(house, one)
    parted(house, two)

    assert facts(house, first)[0] == PartialDate(1989)


@pytest.mark.parametrize("inner_first", [True, False])
def test_a_fact_handed_on_twice_is_given_back_by_each(
    house: House, first: Person, second: Person, third: Person, inner_first: bool
) -> None:
    inner = merged(house, first, second)
    last = a_person(house, "Апошні", "Узор")
    outer = merged(house, last, first)
    assert facts(house, last)[0] == ONE
    for merge in (inner, outer) if inner_first else (outer, inner):
        parted(house, merge)

    assert facts(house, first) == (None, "", "")
    assert facts(house, last) == (None, "", "")
    assert facts(house, second) == (ONE, "1990-1999", "m")


def test_merged_again_after_taking_apart_and_apart_again(house: House, first: Person, second: Person) -> None:
    for _ in range(2):
        merge = merged(house, first, second)
        assert facts(house, first)[0] == ONE
        parted(house, merge)
        assert facts(house, first) == (None, "", "")


@pytest.mark.parametrize("inner_first", [True, False])
def test_a_photograph_goes_home(house: House, first: Person, second: Person, inner_first: bool) -> None:
    photo = a_file(house, second)
    Person.unguarded.filter(id=second.id).update(photo=photo)
    inner = merged(house, first, second)
    last = a_person(house, "Апошні", "Узор")
    outer = merged(house, last, first)
    assert fresh(last).photo_id == photo.id
    for merge in (inner, outer) if inner_first else (outer, inner):
        parted(house, merge)

    assert [fresh(one).photo_id for one in (first, second, last)] == [None, photo.id, None]


@pytest.mark.parametrize("inner_first", [True, False])
def test_each_has_the_name_shown_first_that_it_had(
    house: House, first: Person, second: Person, third: Person, inner_first: bool
) -> None:
    with house.case_worker.at_work():
        name = actions.add_name(first, surname="Паказаны", given="Першы", kind="current")
        actions.prefer_name(name)
    inner = merged(house, first, second, actions.NAME)
    outer = merged(house, first, third, actions.NAME)
    for merge in (inner, outer) if inner_first else (outer, inner):
        parted(house, merge)

    with house.coordinator.at_work():
        assert naming.shown_names([first.id, second.id, third.id]) == {
            first.id: "Паказаны Першы", second.id: "Prykladau Siarhei", third.id: "Узораў Трэці"
        }  # fmt: skip


# Stale ---------------------------------------------------------------------------------------------------------------


def test_two_reviewers_cannot_merge_each_into_the_other(house: House, first: Person, second: Person) -> None:
    one, two = fresh(first), fresh(second)
    merged(house, first, second)
    with house.case_worker.at_work(), pytest.raises(CannotDo):
        actions.merge_people(two, other=one)

    assert (fresh(first).merged_into_id, fresh(second).merged_into_id) == (None, first.id)


def test_nobody_is_merged_into_somebody_who_was_destroyed_meanwhile(
    house: House, first: Person, second: Person
) -> None:
    before = fresh(first)
    with house.coordinator.at_work():
        actions.erase_person(fresh(first), because="asked")
    with house.case_worker.at_work(), pytest.raises(CannotDo):
        actions.merge_people(before, other=fresh(second))

    assert facts(house, second)[0] == ONE


def test_taken_apart_once_by_two_who_press_at_once(house: House, first: Person, second: Person) -> None:
    merge = merged(house, first, second)
    with house.coordinator.at_work():
        before = Merge.objects.select_related("person", "merged").get(id=merge.id)
        parted(house, merge)
        again = merged(house, first, second)
        with house.coordinator.at_work(), pytest.raises(CannotDo):
            actions.part_people(before)
    assert fresh(second).merged_into_id == first.id
    parted(house, again)
    assert FileKey.objects.filter(subject_id=second.id).exists()


def test_people_of_two_organisations_are_never_merged_or_judged(house: House, first: Person) -> None:
    stranger = a_person(an_organisation("Іншая"), "Чужы", "Узор")
    with house.case_worker.at_work():
        with pytest.raises(CannotDo):
            actions.merge_people(fresh(first), other=fresh(stranger))
        with pytest.raises(CannotDo):
            actions.judge(fresh(first), other=fresh(stranger), says="same")


def test_without_the_key_of_names_nobody_merges_even_where_nothing_else_is_known(house: House, first: Person) -> None:
    other = a_person(house, "Нічога", "Болей")
    newcomer = a_member(house, "case_worker", name="novaja", keys=False)
    with newcomer.at_work(), pytest.raises(CannotDo):
        actions.merge_people(fresh(first), other=fresh(other))


# Between -------------------------------------------------------------------------------------------------------------


def test_a_report_that_took_the_place_of_theirs_stays_and_theirs_counts_again(
    house: House, first: Person, second: Person
) -> None:
    with house.case_worker.at_work():
        old = custody.record_event(second, kind="detained", on=PartialDate.from_date(DAY), note="стары")
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        own = custody.record_event(fresh(first), kind="detained", on=PartialDate(2024, 5), note="новы")
        custody.supersede_event(CustodyEvent.objects.get(id=old.id), by=own)
    parted(house, merge)

    with house.coordinator.at_work():
        assert [one.note for one in CustodyEvent.objects.about(second).standing()] == ["стары"]
        assert [one.note for one in CustodyEvent.objects.about(first).standing()] == ["новы"]


def test_a_report_of_their_own_that_was_preferred_stays_and_no_longer_silences_theirs(
    house: House, first: Person, second: Person
) -> None:
    with house.case_worker.at_work():
        own = custody.record_event(first, kind="detained", on=PartialDate(2024, 5), note="свой")
        theirs = custody.record_event(second, kind="detained", on=PartialDate.from_date(DAY), note="іх")
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        custody.prefer_event(CustodyEvent.objects.get(id=own.id), over=[CustodyEvent.objects.get(id=theirs.id)])
    parted(house, merge)

    with house.coordinator.at_work():
        assert [one.note for one in CustodyEvent.objects.about(first).standing()] == ["свой"]
        assert [one.note for one in CustodyEvent.objects.about(second).standing()] == ["іх"]
        assert Standing.objects.get(person=second).held


def test_a_report_of_theirs_that_was_preferred_no_longer_silences_ours(
    house: House, first: Person, second: Person
) -> None:
    with house.case_worker.at_work():
        own = custody.record_event(first, kind="detained", on=PartialDate(2024, 5), note="свой")
        theirs = custody.record_event(second, kind="detained", on=PartialDate.from_date(DAY), note="іх")
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        custody.prefer_event(CustodyEvent.objects.get(id=theirs.id), over=[CustodyEvent.objects.get(id=own.id)])
    parted(house, merge)

    with house.coordinator.at_work():
        assert [one.note for one in CustodyEvent.objects.about(first).standing()] == ["свой"]
        assert [one.note for one in CustodyEvent.objects.about(second).standing()] == ["іх"]


def test_a_tie_that_could_not_move_is_found_again_by_whom_it_belongs_to(
    house: House, first: Person, second: Person
) -> None:
    last = a_person(house, "Апошні", "Узор")
    with house.case_worker.at_work():
        tie = actions.add_relationship(second, kind="sibling", other=last)
    inner = merged(house, first, second)
    outer = merged(house, last, first)
    parted(house, inner)
    assert Relationship.unguarded.get(id=tie.id).person_id == second.id
    parted(house, outer)

    row = Relationship.unguarded.get(id=tie.id)
    assert (row.person_id, row.other_id) == (second.id, last.id)


def test_a_peer_worker_of_three_keeps_each(house: House, first: Person, second: Person, third: Person) -> None:
    peer = a_member(house, "peer_worker")
    with house.coordinator.at_work():
        assign(peer.member.id, second.id)
        assign(peer.member.id, third.id)
    inner = merged(house, first, second)
    outer = merged(house, third, first)
    parted(house, inner)
    parted(house, outer)

    with peer.at_work():
        assert set(Person.objects.values_list("id", flat=True)) == {second.id, third.id}


def test_destroyed_after_a_chain_nothing_of_any_is_left(
    house: House, first: Person, second: Person, third: Person
) -> None:
    merged(house, first, second)
    merged(house, third, first)
    with house.coordinator.at_work():
        actions.erase_person(fresh(third), because="asked")

    assert not FileKey.objects.filter(subject_id__in=[one.id for one in (first, second, third)]).exists()
    assert all(fresh(one).erased_at for one in (first, second, third))


def test_after_the_inner_of_two_merges_is_undone_each_is_destroyed_alone(
    house: House, first: Person, second: Person, third: Person
) -> None:
    inner = merged(house, first, second)
    merged(house, third, first)
    with house.coordinator.at_work():
        name = Name.objects.about(third).get(parts__isnull=False, id=inner.shown_first)
        actions.amend_name(name, reason="пасля", kind="also", surname="Прыкладаў", given="Пасля")
    parted(house, inner)
    with house.coordinator.at_work():
        actions.erase_person(fresh(third), because="asked")

    with house.coordinator.at_work():
        assert [one.whole for one in Name.objects.about(second)] == ["Прыкладаў Пасля"]
        actions.erase_person(fresh(second), because="asked")
    assert not FileKey.objects.filter(subject_id__in=[one.id for one in (first, second, third)]).exists()


# Whoever may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["case_worker", "dispatcher", "monitor", "coordinator"])
def test_every_role_that_writes_merges_and_takes_apart(house: House, first: Person, second: Person, role: str) -> None:
    browser = a_member(house, role, name=f"hto-{role}").signs_in()
    merging = f"/people/{first.reference}/merge/{second.reference}/"
    assert browser.get(merging).status_code == 200
    assert browser.post(merging, {"name": "one"})["Location"] == first.get_absolute_url()
    undoing = f"/people/{first.reference}/merged/{Merge.unguarded.get().id}/undo/"
    assert browser.get(undoing).status_code == 200
    assert browser.post(undoing)["Location"] == first.get_absolute_url()

    assert fresh(second).merged_into_id is None


@pytest.mark.parametrize("role", ["peer_worker", "trainer", "finance", "analyst", "security_officer"])
def test_no_other_role_does(house: House, first: Person, second: Person, role: str) -> None:
    member = a_member(house, role, name=f"hto-{role}")
    merge = merged(house, first, second)
    browser = member.signs_in()
    for path in (
        f"/people/{first.reference}/merge/", f"/people/{first.reference}/merge/{second.reference}/",
        f"/people/{first.reference}/same/{second.reference}/", f"/people/{first.reference}/merged/{merge.id}/undo/",
        "/people/duplicates/", "/people/duplicates/verdicts/",
    ):  # fmt: skip
        assert browser.post(path, {"says": "same"}).status_code == 403, path


# Pages ---------------------------------------------------------------------------------------------------------------


def test_a_verdict_from_a_page_that_is_out_of_date_is_no_fault(house: House, first: Person, second: Person) -> None:
    browser = house.case_worker.signs_in()
    merged(house, first, second)
    answer = browser.post(f"/people/{first.reference}/same/{second.reference}/", {"says": "not_same"}, follow=True)

    assert answer.status_code == 200
    assert "This is the same record." in answer.content.decode()


def test_a_merge_posted_twice_is_one_merge(house: House, first: Person, second: Person) -> None:
    browser = house.case_worker.signs_in()
    merging = f"/people/{first.reference}/merge/{second.reference}/"
    for _ in range(2):
        assert browser.post(merging, {"name": "two"}).status_code in (200, 302, 422)
        assert browser.post(merging, {"name": "one"})["Location"] == first.get_absolute_url()
    assert Merge.unguarded.count() == 1
    undoing = f"/people/{first.reference}/merged/{Merge.unguarded.get().id}/undo/"
    browser.post(undoing)
    answer = browser.post(undoing)
    assert answer.status_code in (404, 422)


def test_a_choice_about_facts_that_changed_meanwhile_is_asked_again(
    house: House, first: Person, second: Person
) -> None:
    with house.case_worker.at_work():
        actions.amend_person(fresh(first), reason="узор", birth_date=TWO)
    browser = house.case_worker.signs_in()
    merging = f"/people/{first.reference}/merge/{second.reference}/"
    form = browser.get(merging).context["form"]
    seen = {name: form.initial.get(name, field.initial) or "" for name, field in form.fields.items()}
    with house.coordinator.at_work():
        actions.amend_person(fresh(second), reason="памылка", birth_date=PartialDate(1950))
    answer = browser.post(merging, {**seen, "name": "one", "birth_date": "other"})

    assert answer.status_code == 422
    assert fresh(second).merged_into_id is None
