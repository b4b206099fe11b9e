"""Papers, contacts, people around, consents: what is kept, what is warned of, what can be taken back."""

import datetime
import re

import pytest

from tests.cast import an_organisation
from tests.db.people.somebody import a_person, page_of
from throughgate.access import actions as access
from throughgate.access.models import Amendment, LogEntry
from throughgate.core.dates import PartialDate
from throughgate.people import actions, finding
from throughgate.people.models import Consent, ConsentState, ContactPoint, IdentityDocument, Relationship
from throughgate.people.naming import find

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


def a_document(house, person, **facts):
    with house.case_worker.at_work():
        return actions.add_document(
            person, **{"kind": "passport", "state": "held_by_person", "number": "MP 123-45-67", **facts}
        )


def a_point(house, person, **facts):
    with house.case_worker.at_work():
        return actions.add_contact_point(person, **{"channel": "phone", "value": "8 029 123-45-67", **facts})


# Exact numbers -------------------------------------------------------------------------------------------------------


def test_a_person_is_found_by_a_document_number_typed_differently():
    house = an_organisation()
    person = a_person(house)
    a_document(house, person)
    page = house.coordinator.signs_in().post("/people/find/", {"typed": "мр1234567"}).content.decode()

    assert person.reference in page
    assert "number of a document" in page


def test_a_person_is_found_by_a_telephone_typed_differently():
    house = an_organisation()
    person = a_person(house)
    a_point(house, person)
    page = house.coordinator.signs_in().post("/people/find/", {"typed": "+375 (29) 1234567"}).content.decode()

    assert person.reference in page


def test_a_number_of_another_organisation_is_not_found():
    house, other = an_organisation(), an_organisation("Іншая")
    a_document(house, a_person(house))
    with other.coordinator.at_work():
        assert finding.by_number("MP1234567") == []


def test_the_hash_of_a_number_differs_between_organisations():
    hashes = set()
    for house in (an_organisation(), an_organisation("Іншая")):
        hashes.add(bytes(a_document(house, a_person(house)).number_hash))
    assert len(hashes) == 2


def test_a_number_is_found_again_after_the_ring_was_renewed():
    house = an_organisation()
    person = a_person(house)
    a_document(house, person)
    a_point(house, person)
    with house.coordinator.at_work():
        access.rotate_ring(house.organisation, compartment="identity")
        assert [found[0] for found in finding.by_number("MP1234567")] == [person.id]
        assert [found[0] for found in finding.by_number("+375291234567")] == [person.id]


def test_a_corrected_number_is_found_and_the_former_one_is_not():
    house = an_organisation()
    document = a_document(house, a_person(house))
    with house.case_worker.at_work():
        actions.amend_document(document, reason="апіска", number="KH7654321")
        assert finding.by_number("MP1234567") == []
        assert len(finding.by_number("kh 7654321")) == 1


# Papers --------------------------------------------------------------------------------------------------------------


def test_a_document_that_ends_soon_is_warned_of_and_one_that_ended_is_told():
    document = IdentityDocument(expires=PartialDate(2027, 3))
    assert document.expires_soon(TODAY)
    assert not IdentityDocument(expires=PartialDate(2029)).expires_soon(TODAY)
    assert IdentityDocument(expires=PartialDate(2026, 10)).expired(TODAY)
    assert not IdentityDocument(expires=PartialDate(2026)).expired(TODAY)


def test_a_document_that_ends_before_it_was_issued_is_refused():
    house = an_organisation()
    person = a_person(house)
    form = {"kind": "passport", "state": "lost", "issued_year": "2020", "expires_year": "2019"}
    answer = house.case_worker.signs_in().post(f"{person.get_absolute_url()}documents/new/", form)

    assert answer.status_code == 422
    assert not IdentityDocument.unguarded.exists()


def test_a_document_is_added_in_the_browser_and_taken_back():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    form = {"kind": "passport", "state": "lost", "missing_reason": "stolen", "number": "MP1234567"}
    page = client.post(f"{person.get_absolute_url()}documents/new/", form, follow=True).content.decode()
    undo = re.search(r'action="(/people/undo/\w+/)"', page)[1]

    assert "MP1234567" in page
    assert "Stolen" in page
    client.post(undo)
    assert not IdentityDocument.unguarded.exists()
    assert "too late" in client.post(undo, follow=True).content.decode()


def test_a_colleague_cannot_use_my_undo():
    house = an_organisation()
    person = a_person(house)
    form = {"kind": "passport", "state": "lost"}
    page = house.case_worker.signs_in().post(f"{person.get_absolute_url()}documents/new/", form, follow=True)
    undo = re.search(r'action="(/people/undo/\w+/)"', page.content.decode())[1]
    house.coordinator.signs_in().post(undo)

    assert IdentityDocument.unguarded.count() == 1


# Contacts ------------------------------------------------------------------------------------------------------------


def test_warnings_stand_beside_a_contact():
    house = an_organisation()
    person = a_person(house)
    point = a_point(house, person, never_mention_us=True, safe_times="пасля 18:00", risk="through_other")
    with house.case_worker.at_work():
        actions.mark_not_safe(point, since=PartialDate(2026, 9, 1), because="search")
    page = page_of(house.case_worker.signs_in(), person)

    for words in ("never mention us", "not safe since 1 Sep 2026: a search of the home", "пасля 18:00",
                  "Only through a named person"):  # fmt: skip
        assert words in page, words


def test_not_safe_can_be_taken_back_and_both_changes_stay_known():
    house = an_organisation()
    person = a_person(house)
    point = a_point(house, person)
    client = house.case_worker.signs_in()
    form = {"since_year": "2026", "because": "search"}
    page = client.post(f"{person.get_absolute_url()}contacts/{point.id}/not-safe/", form, follow=True).content.decode()
    client.post(re.search(r'action="(/people/undo/\w+/)"', page)[1])

    assert ContactPoint.unguarded.get(id=point.id).not_safe_since is None
    assert Amendment.unguarded.filter(object_id=point.id, field="not_safe_since").count() == 2


def test_nothing_sealed_is_kept_in_the_session_for_undo():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    form = {"channel": "phone", "value": "+375 29 765-43-21", "whose": "Неіснуючая"}
    client.post(f"{person.get_absolute_url()}contacts/new/", form)

    assert "765" not in str(dict(client.session))
    assert "Неіснуючая" not in str(dict(client.session))


# People around ------------------------------------------------------------------------------------------------------


def test_a_relationship_is_seen_from_both_sides():
    house = an_organisation()
    mother = a_person(house, "Узорава", "Ганна", sex="f")
    son = a_person(house, "Узораў", "Пётр", sex="m")
    with house.case_worker.at_work():
        actions.add_relationship(son, kind="mother", other=mother, risk="no_contact")
    client = house.case_worker.signs_in()

    seen_from_son, seen_from_mother = page_of(client, son, "around/"), page_of(client, mother, "around/")
    assert "Узорава Ганна" in seen_from_son
    assert "Mother" in seen_from_son
    assert "Узораў Пётр" in seen_from_mother
    assert "Son or daughter" in seen_from_mother
    assert "Do not contact" in seen_from_mother


def test_the_parent_of_a_child_is_named_by_sex():
    house = an_organisation()
    father = a_person(house, sex="m")
    tie = Relationship(person=father, kind="child")

    assert tie.words_from_other_side(father) in ("Father", "Бацька")


def test_nobody_is_their_own_relative():
    house = an_organisation()
    person = a_person(house)
    form = {"kind": "friend", "other": str(person.id)}
    answer = house.case_worker.signs_in().post(f"{person.get_absolute_url()}around/new/", form)

    assert answer.status_code == 422
    assert not Relationship.unguarded.exists()


def test_a_stranger_cannot_be_tied_to_ours():
    house, other = an_organisation(), an_organisation("Іншая")
    person, foreign = a_person(house), a_person(other)
    form = {"kind": "friend", "other": str(foreign.id)}
    answer = house.case_worker.signs_in().post(f"{person.get_absolute_url()}around/new/", form)

    assert answer.status_code == 422
    assert not Relationship.unguarded.exists()


# Consents ------------------------------------------------------------------------------------------------------------


def test_the_state_of_a_consent_follows_from_its_dates():
    given = PartialDate(2026, 5)
    assert Consent(given=given).state(TODAY) == ConsentState.IN_FORCE
    assert Consent(given=PartialDate(2027)).state(TODAY) == ConsentState.NOT_YET
    assert Consent(given=given, until=PartialDate(2026, 10)).state(TODAY) == ConsentState.OVER
    assert Consent(given=given, withdrawn=PartialDate(2026, 11)).state(TODAY) == ConsentState.WITHDRAWN


def test_a_consent_covers_its_purpose_and_sections_only():
    consent = Consent(purpose="referral", compartments=["identity"], given=PartialDate(2026, 5))

    assert consent.allows("referral", "identity", TODAY)
    assert not consent.allows("referral", "health", TODAY)
    assert not consent.allows("media", "identity", TODAY)


def test_a_withdrawn_consent_says_so_without_a_reason():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        consent = actions.add_consent(person, purpose="media", how="spoken", given=PartialDate(2026, 5))
    client = house.case_worker.signs_in()
    page = client.post(
        f"{person.get_absolute_url()}consents/{consent.id}/withdraw/", {"on_year": "2026", "on_month": "6"}, follow=True
    ).content.decode()

    assert "withdrawn" in page
    assert Consent.unguarded.get(id=consent.id).withdrawn == PartialDate(2026, 6)
    assert LogEntry.unguarded.filter(kind="people.withdraw_consent", subject_id=person.id).exists()


# Adding somebody -----------------------------------------------------------------------------------------------------


def test_somebody_with_a_close_name_is_shown_before_another_is_added():
    house = an_organisation()
    person = a_person(house)
    client = house.case_worker.signs_in()
    form = {"surname": "Прикладов", "given": "Сергей", "kind": "current", "birth_date_year": "1991"}
    page = client.post("/people/new/", form).content.decode()

    assert person.get_absolute_url() in page
    assert 'name="birth_date_year" value="1991"' in page
    with house.case_worker.at_work():
        assert len(find("прикладов")) == 1
    assert client.post("/people/new/", {**form, "anyway": "1"}).status_code == 302
    with house.case_worker.at_work():
        assert len(find("прикладов")) == 2


def test_somebody_with_a_name_nobody_has_is_added_at_once():
    house = an_organisation()
    a_person(house)
    form = {"surname": "Вымышленны", "given": "Алесь", "kind": "current", "citizenship": "by", "language": "be"}

    assert house.case_worker.signs_in().post("/people/new/", form).status_code == 302
    with house.case_worker.at_work():
        assert len(find("вымышленны")) == 1
