"""An organisation's own terms beside the shipped ones."""

import pytest
from django.urls import reverse

from tests.cast import an_organisation
from throughgate.access.acting import Forbidden
from throughgate.access.acts import CannotDo
from throughgate.codelists import actions, codes
from throughgate.codelists.models import OwnTerm

pytestmark = pytest.mark.django_db

NEW = "/codelists/person_category/new/"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    codes.forget_own_terms()
    yield
    codes.forget_own_terms()


def a_term(house, words="Beekeeper", list_name="person_category"):
    with house.coordinator.at_work():
        return actions.add_term(list_name, en=words, be="Пчаляр", ru="Пчеловод")


def test_another_organisation_neither_sees_nor_changes_a_term():
    house, other = an_organisation(), an_organisation("Іншая")
    term = a_term(house)
    client = other.coordinator.signs_in()

    assert "Пчаляр" not in client.get("/codelists/person_category/").content.decode()
    for door in ("change", "retire", "use"):
        assert client.post(f"/codelists/person_category/{term.id}/{door}/", {"be": "Не"}).status_code == 404
    with other.coordinator.at_work():
        assert "own_beekeeper" not in dict(codes.choices("person_category"))


def test_a_case_worker_looks_but_does_not_add():
    house = an_organisation()
    client = house.case_worker.signs_in()

    assert client.get("/codelists/person_category/").status_code == 200
    assert client.get(NEW).status_code == 403
    with house.case_worker.at_work(), pytest.raises(Forbidden):
        actions.add_term("person_category", en="Beekeeper")


def test_a_member_without_the_right_does_not_see_the_lists():
    assert an_organisation().security_officer.signs_in().get("/codelists/").status_code == 403


def test_a_term_added_in_the_browser_is_offered_by_forms(django_capture_on_commit_callbacks):
    house = an_organisation()
    client = house.coordinator.signs_in()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(NEW, {"be": "Пчаляр"}, follow=True)

    assert "Пчаляр" in answer.content.decode()
    with house.case_worker.at_work():
        assert ("own_term", "Пчаляр") in codes.choices("person_category")


def test_two_terms_of_the_same_words_have_two_codes():
    house = an_organisation()

    assert [a_term(house).code, a_term(house).code] == ["own_beekeeper", "own_beekeeper_2"]


def test_a_list_the_program_reasons_with_cannot_be_extended():
    house = an_organisation()

    assert house.coordinator.signs_in().get("/codelists/need_state/new/").status_code == 404
    with house.coordinator.at_work(), pytest.raises(CannotDo):
        actions.add_term("need_state", en="Half met")


def test_a_retired_term_is_offered_no_more_but_keeps_its_words():
    house = an_organisation()
    term = a_term(house)
    client = house.coordinator.signs_in()
    client.post(reverse("codelists:retire_term", args=[term.list, term.id]))
    codes.forget_own_terms()

    with house.case_worker.at_work():
        assert term.code not in dict(codes.choices("person_category"))
        assert codes.label("person_category", term.code) == "Пчаляр"


def test_retiring_can_be_undone():
    house = an_organisation()
    term = a_term(house)
    client = house.coordinator.signs_in()
    page = client.post(reverse("codelists:retire_term", args=[term.list, term.id]), follow=True).content.decode()
    undo = reverse("codelists:use_again", args=[term.list, term.id])

    assert f'action="{undo}"' in page
    client.post(undo)
    assert OwnTerm.unguarded.get(id=term.id).retired_at is None


def test_a_reworded_term_keeps_its_code():
    house = an_organisation()
    term = a_term(house)
    house.coordinator.signs_in().post(
        reverse("codelists:change_term", args=[term.list, term.id]), {"en": "Keeper of bees", "be": "Пчаляр", "ru": ""}
    )
    changed = OwnTerm.unguarded.get(id=term.id)

    assert (changed.code, changed.en, changed.ru) == ("own_beekeeper", "Keeper of bees", "Пчаляр")


def test_a_kind_of_need_says_on_which_pathway_it_is():
    client = an_organisation().coordinator.signs_in()
    refused = client.post("/codelists/need_kind/new/", {"be": "Вулей"})

    assert refused.status_code == 422
    client.post("/codelists/need_kind/new/", {"be": "Вулей", "pathway": "work_education"})
    assert OwnTerm.unguarded.get(list="need_kind").pathway == "work_education"


def test_every_list_has_a_title_and_a_page():
    from throughgate.codelists.screens import LISTS
    from throughgate.core.vocab import vocabulary_names

    assert set(LISTS) == set(vocabulary_names())
    assert set(LISTS) >= actions.EXTENDABLE


def test_a_term_without_words_is_refused():
    answer = an_organisation().coordinator.signs_in().post(NEW, {"be": " "})

    assert answer.status_code == 422
    assert not OwnTerm.unguarded.exists()
