"""Names in memory: shown before the index stands, found once it does, gone when nobody is at work."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from tests.cast import an_organisation
from tests.db.people.somebody import a_person
from throughgate.core.names.index import DUMPED_BY
from throughgate.people import actions, naming
from throughgate.people.models import Name, NameSheet
from throughgate.vault.fields import Locked

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Work that pages leave to a moment later, waiting in a list until a test runs it."""
    waiting = []
    monkeypatch.setattr(naming, "afterwards", waiting.append)
    return waiting


def test_names_are_shown_while_the_index_is_still_to_be_built(later):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        before = naming.shown_names([person.id])
        naming.shown_names([person.id])
        assert len(later) == 1, "begun once"
        later[0]()

        assert before == naming.shown_names([person.id]) == {person.id: "Прыкладаў Сяргей"}


def test_a_search_waits_for_the_index(later):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        assert [found for found, _score, _name in naming.find("prykladau")] == [person.id]


def test_a_changed_name_is_found_by_what_it_is_now(later):
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        assert naming.find("prykladau")
        name = Name.objects.about(person).get()
        actions.amend_name(name, reason="шлюб", kind="current", surname="Узораў", given="Сяргей")

        assert naming.find("prykladau") == []
        assert [found for _id, _score, found in naming.find("uzorau")] == ["Узораў Сяргей"]


def test_an_index_that_is_still_being_built_is_given_up_when_everybody_leaves(later):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        naming.shown_names([person.id])
        naming.held_names.drop_unused()
        (dropped,) = later
        dropped()

        assert naming.find("prykladau"), "whoever asks next has an index of their own"
        assert len(later) == 1


@pytest.fixture
def kept_from_one(monkeypatch):
    monkeypatch.setattr(naming, "SHEET_FROM", 1)


def test_the_index_is_kept_sealed_and_read_again_at_the_next_sign_in(kept_from_one, monkeypatch):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        naming.find("prykladau")
    naming.held_names.drop_unused()
    monkeypatch.setattr(naming, "_put", unwanted)
    with house.coordinator.at_work():
        assert [found for found, _score, _name in naming.find("prykladau")] == [person.id]
    assert "Прыклад".encode() not in bytes(kept_bytes())


def test_what_changed_since_the_index_was_kept_is_read_from_the_names(kept_from_one):
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        naming.find("prykladau")
        name = Name.objects.about(person).get()
        actions.amend_name(name, reason="шлюб", kind="current", surname="Узораў", given="Сяргей")
    naming.held_names.drop_unused()
    with house.case_worker.at_work():
        assert naming.find("prykladau") == []
        assert [found for _id, _score, found in naming.find("uzorau")] == ["Узораў Сяргей"]


def test_whoever_has_no_key_of_the_ring_reads_nothing_from_what_was_kept(kept_from_one):
    house = an_organisation()
    a_person(house)
    with house.coordinator.at_work():
        naming.find("prykladau")
    with house.security_officer.at_work():
        assert naming.find("prykladau") == []
        assert isinstance(NameSheet.objects.get().index, Locked)


def test_an_index_kept_by_another_version_is_made_anew(kept_from_one):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        naming.find("prykladau")
    naming.held_names.drop_unused()
    NameSheet.unguarded.update(made_by="something older")
    with house.coordinator.at_work():
        assert [found for found, _score, _name in naming.find("prykladau")] == [person.id]
    assert NameSheet.unguarded.get().made_by == DUMPED_BY


def test_nothing_of_somebody_erased_stays_in_what_was_kept(kept_from_one):
    house = an_organisation()
    person = a_person(house)
    with house.coordinator.at_work():
        naming.find("prykladau")
        actions.erase_person(person, because="asked")
        assert not NameSheet.unguarded.exists()
        assert naming.find("prykladau") == []
    naming.held_names.drop_unused()
    with house.coordinator.at_work():
        assert naming.find("prykladau") == []


def unwanted(*_given):
    raise AssertionError("every name was read, though they were kept")


def kept_bytes():
    with connection.cursor() as cursor:
        cursor.execute('SELECT "index" FROM people_namesheet')
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="elsewhere one writes at a time")
@pytest.mark.django_db(transaction=True)
def test_no_change_is_seen_before_one_with_a_lower_number():
    house = an_organisation()
    person, coordinator = a_person(house), house.coordinator
    changed, may_commit = threading.Event(), threading.Event()

    def slowly():
        with house.case_worker.at_work(), transaction.atomic():
            name = Name.objects.about(person).get()
            name.parts = {"surname": "Узораў", "given": "Сяргей"}
            name.save(update_fields=["parts"])
            naming.note_change(person.organisation_id, person.id)
            changed.set()
            may_commit.wait(30)
        connection.close()

    slow = threading.Thread(target=slowly)
    slow.start()
    changed.wait(30)
    with transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            a_person(house, "Вымышленны")
    with coordinator.at_work():
        assert naming.find("prykladau"), "the index has read all changes but the one that is not there yet"
    may_commit.set()
    slow.join()
    with coordinator.at_work():
        assert naming.find("prykladau") == []
        assert [found for _id, _score, found in naming.find("uzorau")] == ["Узораў Сяргей"]
