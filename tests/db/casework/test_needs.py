"""Needs and pathways."""

import pytest

from tests.cast import an_organisation
from tests.db.casework.builders import a_case, a_person
from throughgate.access.acts import CannotDo
from throughgate.access.models import Amendment, LogEntry
from throughgate.casework import actions
from throughgate.casework.models import Need, NeedUpdate, PathwayReview, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return an_organisation()


@pytest.fixture
def case(house):
    return a_case(house, a_person(house))


def test_several_needs_are_added_at_once_each_as_urgent_as_its_kind(house, case):
    with house.case_worker.at_work():
        actions.identify_needs(case, kinds=["acc_first_night", "fam_visits"], owner=house.case_worker.member)

        found = {need.kind: (need.pathway, need.urgent, need.owner_id) for need in Need.objects.filter(case=case)}
    assert found == {
        "acc_first_night": ("accommodation", True, house.case_worker.member.id),
        "fam_visits": ("family_relationships", False, house.case_worker.member.id),
    }


def test_a_need_that_is_open_is_not_added_twice(house, case):
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night")
        with pytest.raises(CannotDo):
            actions.identify_needs(case, kinds=["fam_visits", "acc_first_night"])
        assert Need.objects.filter(case=case).count() == 1

        actions.change_need(need, state="met")
        actions.identify_need(case, kind="acc_first_night")
        assert Need.objects.filter(case=case).count() == 2


def test_steps_that_serve_a_need_lead_to_it(house, case):
    with house.case_worker.at_work():
        before = actions.identify_need(case, kind="ess_clothes_season")
        actions.make_plan(case, template="re_entry_6_months")
        after = actions.identify_need(case, kind="hea_medicines_supply")

        assert Step.objects.get(case=case, code="re6_clothes").need == before
        assert Step.objects.get(case=case, code="re6_medicines").need == after


def test_a_change_of_state_is_a_line_in_the_log_of_the_need(house, case):
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night", text="Няма дзе начаваць")
        actions.change_need(need, state="cannot_be_met", reason="no_place", text="Пыталі ў трох прытулках")

        last = NeedUpdate.objects.filter(need=need).order_by("id").last()
        assert (last.state, last.reason, last.note) == ("cannot_be_met", "no_place", "Пыталі ў трох прытулках")


@pytest.mark.parametrize("state", ["declined", "cannot_be_met"])
def test_some_states_ask_for_a_reason(house, case, state):
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night")
        with pytest.raises(CannotDo):
            actions.change_need(need, state=state)


def test_giving_a_need_to_somebody_keeps_who_had_it(house, case):
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night", owner=house.case_worker.member)
        actions.give_need(need, owner=None, responsible="partner", reason="прытулак згодны")

        assert {row.field for row in Amendment.objects.of(need)} == {"owner", "responsible"}
        assert need.has_owner


def test_what_is_said_of_a_need_is_sealed_and_not_in_the_log(house, case):
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night", text="Няма дзе начаваць")

    assert "Няма".encode() not in Need.unguarded.filter(id=need.id).values_list("text", flat=True)[0].blob
    assert not [entry for entry in LogEntry.unguarded.all() if "Няма" in str(entry.details)]


def test_the_latest_answer_of_a_day_about_a_pathway_stands(house, case):
    with house.case_worker.at_work():
        actions.review_pathway(case, pathway="legal", result="declined_to_answer")
        actions.review_pathway(case, pathway="legal", result="no_need_found")

        assert PathwayReview.objects.get(case=case).result == "no_need_found"
