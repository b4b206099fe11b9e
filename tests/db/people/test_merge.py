"""Two records of one person are taken together, and apart again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import House, a_member, an_organisation
from tests.db.people.somebody import a_file, a_person
from throughgate.access.actions import assign
from throughgate.access.acts import CannotDo
from throughgate.access.models import Amendment, LogEntry
from throughgate.casework import actions as casework
from throughgate.casework.models import Case, Contact, Readiness
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.people import actions, naming
from throughgate.people.models import Consent, ContactPoint, File, IdentityDocument, Merge, Name, Person, Relationship
from throughgate.vault.models import FileKey

pytestmark = pytest.mark.django_db

BORN = PartialDate(1990, 5, 3)
DAY = datetime.date(2024, 5, 3)


@pytest.fixture
def house() -> House:
    return an_organisation()


@pytest.fixture
def two(house: House) -> tuple[Person, Person]:
    """One person entered twice; the second record has one of everything."""
    first = a_person(house, "Прыкладаў", "Сяргей", sex="m")
    second = a_person(house, "Prykladau", "Siarhei", birth_date=BORN, language="be")
    a_file(house, second, content="дрозд".encode())
    with house.coordinator.at_work():
        actions.add_document(second, kind="passport", state="lost", number="AB0000000")
        actions.add_contact_point(second, channel="phone", value="+375 00 000 00 00", whose="маці")
        actions.add_relationship(second, kind="mother", other_name="Узорава")
        actions.add_consent(second, purpose="support", how="spoken", given=BORN)
        custody.record_event(second, kind="detained", on=PartialDate.from_date(DAY), note="на вуліцы")
        case = casework.open_case(second, kind="re_entry", lead=house.case_worker.member)
        casework.make_plan(case, template="re_entry_6_months")
        casework.record_contact(second, at=timezone.now(), channel="phone", case=case, note="пагаварылі")
    return first, second


def merged(house: House, first: Person, second: Person, *take: str) -> Merge:
    with house.case_worker.at_work():
        return actions.merge_people(fresh(first), other=fresh(second), take=take)


def parted(house: House, merge: Merge) -> None:
    with house.coordinator.at_work():
        actions.part_people(Merge.objects.select_related("person", "merged").get(id=merge.id))


def fresh(person: Person) -> Person:
    return Person.unguarded.get(id=person.id)


def everything_of(house: House, person: Person) -> dict[str, list[Any]]:
    """What a member who holds every key reads of somebody."""
    with house.coordinator.at_work():
        return {
            "names": sorted(name.whole for name in Name.objects.about(person)),
            "documents": [one.number for one in IdentityDocument.objects.about(person)],
            "contacts": [(one.value, one.whose) for one in ContactPoint.objects.about(person)],
            "around": [one.other_name for one in Relationship.objects.about(person)],
            "consents": [one.purpose for one in Consent.objects.about(person)],
            "files": [one.content() for one in File.objects.about(person)],
            "events": [one.note for one in CustodyEvent.objects.about(person)],
            "cases": [one.kind for one in Case.objects.about(person)],
            "talks": [one.note for one in Contact.objects.about(person)],
        }


def test_everything_of_the_second_becomes_the_first_ones_and_opens(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    before = everything_of(house, second)
    merged(house, first, second)

    now = everything_of(house, first)
    assert now.pop("names") == sorted(["Прыкладаў Сяргей", *before.pop("names")])
    assert now == before
    assert not any(everything_of(house, second).values())


def test_what_only_one_of_them_tells_is_kept_and_a_choice_is_kept_too(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    with house.case_worker.at_work():
        actions.amend_person(fresh(first), reason="узор", language="ru", birth_date=PartialDate(1991))
        assert actions.differing(fresh(first), fresh(second)) == ["birth_date", "language"]
    merged(house, first, second, "birth_date")

    with house.case_worker.at_work():
        person = Person.objects.get(id=first.id)
        assert (person.sex, person.birth_date, person.birth_band, person.language) == ("m", BORN, "1990-1999", "ru")


def test_the_name_that_was_chosen_is_shown_first(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merged(house, first, second, actions.NAME)

    with house.coordinator.at_work():
        assert naming.shown_names([first.id])[first.id] == "Prykladau Siarhei"


def test_the_second_is_on_no_list_and_its_reference_leads_to_the_first(
    house: House, two: tuple[Person, Person]
) -> None:
    first, second = two
    merged(house, first, second)
    browser = house.coordinator.signs_in()

    assert second.reference not in browser.get("/people/").content.decode()
    assert browser.get(second.get_absolute_url())["Location"] == first.get_absolute_url()
    assert first.reference in browser.get(f"{second.get_absolute_url()}custody/").content.decode()
    found = browser.post("/people/find/", {"typed": second.reference}, follow=True)
    assert found.redirect_chain[-1][0] == first.get_absolute_url()
    with house.coordinator.at_work():
        assert {one for one, _score, _name in naming.find("prykladau")} == {first.id}


def test_where_they_are_and_what_is_open_is_derived_anew(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merge = merged(house, first, second)
    with house.coordinator.at_work():
        assert Standing.objects.get(person=first).held
        assert not Standing.objects.filter(person=second).exists()
        assert Readiness.objects.get(person=first).has_plan
        assert not Readiness.objects.filter(person=second).exists()
    parted(house, merge)

    with house.coordinator.at_work():
        assert not Standing.objects.get(person=first).held
        assert Standing.objects.get(person=second).held
        assert not Readiness.objects.get(person=first).has_plan
        assert Readiness.objects.get(person=second).has_plan


def test_a_peer_worker_of_the_second_supports_the_first(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    peer = a_member(house, "peer_worker")
    with house.coordinator.at_work():
        assign(peer.member.id, second.id)
    merge = merged(house, first, second)

    with peer.at_work():
        assert Person.objects.filter(id=first.id).exists()
    parted(house, merge)
    with peer.at_work():
        assert set(Person.objects.values_list("id", flat=True)) == {second.id}


def test_two_who_know_each_other_can_be_merged_and_taken_apart(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    with house.case_worker.at_work():
        actions.add_relationship(first, kind="sibling", other=second)
    merge = merged(house, first, second)
    page = house.coordinator.signs_in().get(f"{first.get_absolute_url()}around/")
    assert page.status_code == 200
    assert "closed to you" not in page.content.decode()
    parted(house, merge)

    with house.case_worker.at_work():
        assert Relationship.objects.about(first).get().other_id == second.id


def test_another_organisation_can_neither_merge_nor_take_apart(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merge = merged(house, first, second)
    stranger = an_organisation("Іншая").case_worker
    with stranger.at_work():
        assert not Merge.objects.filter(id=merge.id).exists()
    browser = stranger.signs_in()
    assert browser.get(f"/people/{first.reference}/merge/{second.reference}/").status_code == 404
    assert browser.post(f"/people/{first.reference}/merged/{merge.id}/undo/").status_code == 404


def test_nobody_is_merged_twice_or_with_themselves(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    with pytest.raises(CannotDo):
        merged(house, first, first)
    merged(house, first, second)
    with pytest.raises(CannotDo):
        merged(house, first, second)


def test_without_keys_nobody_merges(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    newcomer = a_member(house, "case_worker", name="novaja", keys=False)
    with newcomer.at_work(), pytest.raises(CannotDo):
        actions.merge_people(fresh(first), other=fresh(second))


# Apart ---------------------------------------------------------------------------------------------------------------


def test_taking_apart_gives_back_what_each_had(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    before = everything_of(house, first), everything_of(house, second)
    merge = merged(house, first, second, actions.NAME, "birth_date", "sex")
    parted(house, merge)

    assert (everything_of(house, first), everything_of(house, second)) == before
    with house.case_worker.at_work():
        person = Person.objects.get(id=first.id)
        assert (person.sex, person.birth_date, person.birth_band, person.language) == ("m", None, "", "")
        assert naming.shown_names([first.id, second.id]) == {
            first.id: "Прыкладаў Сяргей", second.id: "Prykladau Siarhei"
        }  # fmt: skip
        assert {one for one, _score, _name in naming.find("prykladau")} == {first.id, second.id}


def test_what_was_added_since_stays_and_what_hangs_on_the_second_ones_goes_with_it(
    house: House, two: tuple[Person, Person]
) -> None:
    first, second = two
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        actions.add_contact_point(fresh(first), channel="email", value="узор@прыклад.example")
        case = Case.objects.about(first).get()
        casework.record_contact(fresh(first), at=timezone.now(), channel="phone", case=case, note="пасля")
    parted(house, merge)

    assert everything_of(house, first)["contacts"] == [("узор@прыклад.example", None)]
    assert sorted(everything_of(house, second)["talks"]) == ["пагаварылі", "пасля"]


def test_a_fact_corrected_since_is_left_as_it_was_corrected(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        actions.amend_person(fresh(first), reason="пашпарт", birth_date=PartialDate(1989, 1, 2))
    parted(house, merge)

    with house.case_worker.at_work():
        assert Person.objects.get(id=first.id).birth_date == PartialDate(1989, 1, 2)
        assert Person.objects.get(id=second.id).birth_date == BORN


def test_one_of_three_can_be_taken_out_in_any_order(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    third = a_person(house, "Узораў", "Трэці")
    inner = merged(house, second, third)
    outer = merged(house, first, second)
    assert fresh(third).merged_into_id == first.id
    parted(house, inner)
    assert everything_of(house, third)["names"] == ["Узораў Трэці"]
    parted(house, outer)

    assert everything_of(house, first)["names"] == ["Прыкладаў Сяргей"]
    assert everything_of(house, second)["names"] == ["Prykladau Siarhei"]


def test_taken_apart_the_other_way_round(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    third = a_person(house, "Узораў", "Трэці")
    inner = merged(house, second, third)
    outer = merged(house, first, second)
    parted(house, outer)
    assert fresh(third).merged_into_id == second.id
    parted(house, inner)

    assert everything_of(house, second)["names"] == ["Prykladau Siarhei"]
    assert everything_of(house, third)["names"] == ["Узораў Трэці"]


# Keys ----------------------------------------------------------------------------------------------------------------


def test_destroying_whoever_was_merged_destroys_both(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merged(house, first, second)
    with house.coordinator.at_work():
        actions.erase_person(fresh(first), because="asked")

    assert not FileKey.objects.filter(subject_id__in=[first.id, second.id]).exists()
    told = everything_of(house, first)
    assert [str(one) for one in told["names"] if one] == []
    assert fresh(second).erased_at is not None
    assert house.coordinator.signs_in().get(second.get_absolute_url(), follow=True).status_code == 200


def test_taken_apart_each_is_destroyed_alone(house: House, two: tuple[Person, Person]) -> None:
    """What was written while they were one lies under the keys of whom it is about now, its history too."""
    first, second = two
    merge = merged(house, first, second)
    with house.coordinator.at_work():
        name = Name.objects.about(first).get(kind="current", preferred=False)
        for given in ("Сяргеюшка", "Сярожа"):
            actions.amend_name(name, reason=f"кажуць {given}", kind="also", surname="Прыкладовіч", given=given)
        point = ContactPoint.objects.about(first).get()
        actions.amend_contact_point(point, reason="новы", value="+375 00 000 00 01")
    parted(house, merge)
    with house.coordinator.at_work():
        actions.erase_person(fresh(first), because="asked")

    told = everything_of(house, second)
    assert told["names"] == ["Прыкладовіч Сярожа"]
    assert told["contacts"] == [("+375 00 000 00 01", "маці")]
    page = house.coordinator.signs_in().get(f"{second.get_absolute_url()}history/").content.decode()
    assert "Сяргеюшка" in page
    assert "кажуць Сярожа" in page
    with house.coordinator.at_work():
        actions.erase_person(fresh(second), because="asked")
    assert not FileKey.objects.filter(subject_id=second.id).exists()


def test_new_values_are_never_sealed_with_keys_that_came_over(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    came = set(FileKey.objects.filter(subject_id=second.id).values_list("id", flat=True))
    merge = merged(house, first, second)
    with house.coordinator.at_work():
        point = actions.add_contact_point(fresh(first), channel="email", value="узор@прыклад.example")
        used = ContactPoint.unguarded.filter(id=point.id).values_list("value", flat=True)[0].key_id
    assert used not in {key.bytes for key in came}
    parted(house, merge)

    assert set(FileKey.objects.filter(subject_id=second.id, retired_at=None).values_list("id", flat=True)) >= came


def test_whoever_lacks_a_key_that_is_needed_cannot_take_apart(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merge = merged(house, first, second)
    with house.case_worker.at_work():
        case = Case.objects.about(first).get()
        casework.record_contact(fresh(first), at=timezone.now(), channel="phone", case=case, note="пасля")
    monitor = a_member(house, "monitor")
    with monitor.at_work(), pytest.raises(CannotDo):
        actions.part_people(Merge.objects.select_related("person", "merged").get(id=merge.id))

    assert fresh(second).merged_into_id == first.id


# Traces --------------------------------------------------------------------------------------------------------------


def test_the_log_tells_both_and_names_nobody(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    merge = merged(house, first, second)
    parted(house, merge)

    told = {(one.kind, one.subject_id) for one in LogEntry.unguarded.filter(kind__startswith="people.")}
    assert {("people.merge_people", first.id), ("people.was_merged", second.id)} <= told
    assert {("people.part_people", first.id), ("people.was_parted", second.id)} <= told
    entry = LogEntry.unguarded.get(kind="people.merge_people")
    assert entry.details["other"] == second.id.hex


def test_who_opened_the_second_before_is_told_with_the_first(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    house.coordinator.signs_in().get(second.get_absolute_url())
    merged(house, first, second)
    page = house.case_worker.signs_in().get(f"{first.get_absolute_url()}access/").content.decode()

    assert house.coordinator.member.display_name in page


def test_the_history_of_the_second_is_seen_with_the_first(house: House, two: tuple[Person, Person]) -> None:
    first, second = two
    with house.case_worker.at_work():
        actions.amend_person(fresh(second), reason="пашпарт", sex="f")
    merge = merged(house, first, second)
    page = house.coordinator.signs_in().get(f"{first.get_absolute_url()}history/").content.decode()
    assert "пашпарт" in page
    parted(house, merge)

    assert Amendment.unguarded.get(object_id=second.id).subject_id == second.id
