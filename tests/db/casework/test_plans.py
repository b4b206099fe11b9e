"""Plans from templates, their steps, the day at the gate, and how ready somebody is."""

import datetime

import pytest

from tests.cast import an_organisation
from tests.db.casework.builders import RELEASE, TODAY, a_case, a_person, a_prisoner, tell
from throughgate.access.acts import CannotDo
from throughgate.casework import actions
from throughgate.casework.models import FollowUp, Readiness, Step, StepState
from throughgate.core.dates import PartialDate
from throughgate.core.vocab import plan_templates
from throughgate.custody import actions as custody
from throughgate.custody import hooks

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC))]
LATER = datetime.date(2027, 6, 1)
A_DAY = datetime.timedelta(days=1)


def a_planned_case(house, template="re_entry_6_months", **facts):
    person = a_prisoner(house)
    case = a_case(house, person, intake_on=TODAY, **facts)
    with house.case_worker.at_work():
        actions.make_plan(case, template=template)
    return case


def step_of(case, code):
    return Step.objects.get(case=case, code=code)


def test_steps_stand_at_their_distance_from_what_they_hang_on():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        assert step_of(case, "re6_clothes").due_on == RELEASE - 21 * A_DAY
        assert step_of(case, "re6_intake_consent").due_on == TODAY
        assert step_of(case, "re6_clothes").owner is None  # a peer worker's work, and there is none in the case
        assert step_of(case, "re6_clothes").owner_role == "peer_worker"
        assert step_of(case, "re6_debts_list").owner == house.case_worker.member


def test_the_follow_ups_of_a_template_are_those_of_the_case():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        assert not Step.objects.filter(case=case, code__contains="_follow_").exists()
        assert FollowUp.objects.filter(case=case).count() == 7


def test_steps_follow_the_release_date_unless_pinned_and_done_ones_stay():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        done = actions.do_step(step_of(case, "re6_documents_start"))
        pinned = actions.pin_step(step_of(case, "re6_clothes"), on=datetime.date(2027, 2, 1))
        tell(case.person, LATER, kind="court_changed")

        assert step_of(case, "re6_gate_day").due_on == LATER
        assert Step.objects.get(id=pinned.id).due_on == datetime.date(2027, 2, 1)
        assert Step.objects.get(id=done.id).due_on == RELEASE - 150 * A_DAY
        assert FollowUp.objects.get(case=case, offset_days=3).due_on == LATER + 3 * A_DAY


def test_an_unpinned_step_goes_where_its_anchor_is_now():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        step = actions.pin_step(step_of(case, "re6_clothes"), on=datetime.date(2027, 2, 1))
        tell(case.person, LATER, kind="court_changed")
        step.refresh_from_db()

        assert actions.unpin_step(step).due_on == LATER - 21 * A_DAY


def test_what_is_shown_before_a_change_is_what_the_change_then_does():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        actions.pin_step(step_of(case, "re6_clothes"), on=datetime.date(2027, 2, 1))
        before = {(row.pk): row.due_on for model in (Step, FollowUp) for row in model.objects.filter(case=case)}
        shown = hooks.what_moves(case.person, PartialDate.from_date(LATER))
        tell(case.person, LATER, kind="court_changed")
        after = {(row.pk): row.due_on for model in (Step, FollowUp) for row in model.objects.filter(case=case)}

    moved = sorted((before[pk], after[pk]) for pk in before if before[pk] != after[pk])
    assert sorted((one.was, one.becomes) for one in shown if not one.note) == moved
    assert [one.was for one in shown if one.note] == [datetime.date(2027, 2, 1)]
    assert len(moved) > 20


def test_a_withdrawn_date_leaves_steps_without_a_day():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        date = custody.tell_release_date(person, type="rumoured", on=PartialDate.from_date(RELEASE))
        actions.make_plan(case, template="re_entry_6_months")
        custody.withdraw_release_date(date)

        assert step_of(case, "re6_gate_day").due_on is None


def test_work_towards_a_vague_date_is_due_by_its_first_possible_day():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        actions.make_plan(case, template="re_entry_6_months")
        custody.tell_release_date(person, type="told_by_person", on=PartialDate(2027, 4))

        assert step_of(case, "re6_gate_day").due_on == datetime.date(2027, 4, 1)


def test_a_second_template_brings_no_second_gate_day_no_follow_ups_and_no_work_twice():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        planned = actions.preview(case, "juvenile")
        actions.make_plan(case, template="juvenile")

        codes = set(Step.objects.filter(case=case).values_list("code", flat=True))
        assert "juv_mentor" in codes
        assert "juv_gate_day" not in codes
        assert "juv_clothes" not in codes  # the same clothes, a week apart
        assert not [code for code in codes if "_follow_" in code]
        assert {one.step.code for one in planned if not one.joins} == {code for code in codes if code[:4] == "juv_"}
        assert FollowUp.objects.filter(case=case).count() == 7


def test_a_second_plan_from_the_same_template_is_refused():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work(), pytest.raises(CannotDo):
        actions.make_plan(case, template="re_entry_6_months")


@pytest.mark.parametrize("template", [template.code for template in plan_templates()])
def test_every_template_makes_a_plan_as_its_preview_says(template):
    house = an_organisation()
    case = a_case(house, a_prisoner(house), intake_on=TODAY, kind="re_entry")
    with house.case_worker.at_work():
        planned = [(one.step.code, one.due_on) for one in actions.preview(case, template, event_on=TODAY)]
        actions.make_plan(case, template=template, event_on=TODAY)

        made = {(step.code, step.due_on) for step in Step.objects.filter(case=case)}
    assert made == set(planned)
    assert len(made) == len(planned) > 10


def test_the_day_of_an_event_puts_its_steps_on_their_days():
    house = an_organisation()
    case = a_planned_case(house, "political_prisoner")
    with house.case_worker.at_work():
        step = step_of(case, "pp_isolation_response")
        assert step.due_on is None
        actions.note_event(step.plan, on=TODAY)
        assert step_of(case, "pp_isolation_response").due_on == TODAY + A_DAY


def test_the_day_of_arrival_moves_what_hangs_on_it():
    house = an_organisation()
    case = a_case(house, a_person(house), kind="exile")
    with house.case_worker.at_work():
        actions.make_plan(case, template="exile_arrival")
        actions.note_day(case, arrival_on=TODAY)

        assert step_of(case, "exl_housing").due_on == TODAY + 14 * A_DAY
        assert FollowUp.objects.get(case=case, offset_days=3).due_on == TODAY + 3 * A_DAY


def test_a_done_step_is_not_done_twice_and_can_be_undone():
    house = an_organisation()
    case = a_planned_case(house)
    with house.case_worker.at_work():
        step = actions.do_step(step_of(case, "re6_clothes"))
        with pytest.raises(CannotDo):
            actions.skip_step(step, reason="not_needed")
        tell(case.person, LATER, kind="court_changed")
        step.refresh_from_db()
        actions.undo_step(step)

        assert (step.state, step.done_on) == (StepState.TO_DO, None)
        assert step.due_on == LATER - 21 * A_DAY


def test_own_steps_hang_on_an_anchor_or_stand_on_a_day():
    house = an_organisation()
    case = a_case(house, a_prisoner(house))
    with house.case_worker.at_work():
        hung = actions.add_step(case, words="Купіць боты", anchor="release", offset_days=-5)
        fixed = actions.add_step(case, words="Патэлефанаваць", on=TODAY)
        tell(case.person, LATER, kind="court_changed")
        hung.refresh_from_db()
        fixed.refresh_from_db()

        assert (hung.due_on, fixed.due_on) == (LATER - 5 * A_DAY, TODAY)
        assert hung.title == "Купіць боты"


def test_after_a_return_to_custody_the_same_template_plans_the_next_release():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        actions.make_plan(case, template="short_notice")
        for step in Step.objects.filter(case=case):
            actions.do_step(step)
        custody.record_event(person, kind="released", on=PartialDate(2026, 5, 1))
        custody.record_event(person, kind="redetained", on=PartialDate(2026, 8, 20))
        case.refresh_from_db()
        assert not Readiness.objects.get(person=person).has_plan

        actions.make_plan(case, template="short_notice")
        assert Step.objects.filter(case=case, code="sn_gate_day").count() == 2


# Readiness --------------------------------------------------------------------------------------------------------


def gaps_of(person):
    return Readiness.objects.get(person=person).gaps


def test_gaps_close_one_by_one():
    house = an_organisation()
    person = a_prisoner(house)
    case = a_case(house, person)
    with house.case_worker.at_work():
        assert gaps_of(person) == 4  # no plan, papers, first night, who meets; no need is without an owner yet
        actions.make_plan(case, template="re_entry_6_months")
        assert gaps_of(person) == 3
        papers = actions.identify_need(case, kind="doc_passport_valid")
        assert gaps_of(person) == 4  # and a need without an owner
        actions.give_need(papers, owner=house.case_worker.member)
        assert gaps_of(person) == 3
        actions.change_need(papers, state="met")
        assert gaps_of(person) == 2
        actions.plan_gate_day(case, meets="arranged", first_night="not_needed")
        assert gaps_of(person) == 0


def test_readiness_counts_overdue_steps_of_active_cases():
    house = an_organisation()
    case = a_planned_case(house, "short_notice")
    with house.case_worker.at_work():
        step = actions.pin_step(step_of(case, "sn_consent"), on=TODAY - A_DAY)
        assert Readiness.objects.get(person=case.person).overdue == 1
        actions.do_step(step)
        assert Readiness.objects.get(person=case.person).overdue == 0


def test_a_need_that_partners_answer_for_is_no_gap():
    house = an_organisation()
    person = a_prisoner(house)
    case = a_case(house, person)
    with house.case_worker.at_work():
        actions.identify_need(case, kind="acc_shelter", responsible="partner")

        assert Readiness.objects.get(person=person).needs_without_owner == 0
