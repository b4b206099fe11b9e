"""Names in memory: shown before the index stands, found once it does, gone when nobody is at work."""

import pytest

from tests.cast import an_organisation
from tests.db.people.somebody import a_person
from throughgate.people import actions, naming
from throughgate.people.models import Name

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
        naming.drop_unused()
        (dropped,) = later
        dropped()

        assert naming.find("prykladau"), "whoever asks next has an index of their own"
        assert len(later) == 1
