"""Opening, leading, pausing, closing and reopening cases; what custody does to them."""

import datetime

import pytest

from tests.cast import an_organisation
from tests.db.casework.builders import RELEASE, TODAY, a_case, a_person, a_prisoner
from throughgate.access.acting import Forbidden
from throughgate.access.acts import CannotDo
from throughgate.access.models import Amendment, LogEntry
from throughgate.casework import actions
from throughgate.casework.models import (
    Case,
    CaseChange,
    FollowUp,
    GateMeeting,
    Need,
    Outcome,
    Readiness,
    State,
    Step,
)
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC))]
WHOLE_HOUSE = ("case_worker", "coordinator", "peer_worker", "dispatcher")


def test_an_opened_case_has_seven_follow_ups_after_the_release():
    house = an_organisation()
    case = a_case(house, a_prisoner(house))

    with house.coordinator.at_work():
        days = list(FollowUp.objects.filter(case=case).order_by("offset_days").values_list("offset_days", "due_on"))
    assert [offset for offset, _due in days] == [3, 30, 90, 180, 365, 730, 1095]
    assert all(due == RELEASE + datetime.timedelta(days=offset) for offset, due in days)


def test_follow_ups_of_a_relative_are_counted_from_the_first_talk():
    house = an_organisation()
    case = a_case(house, a_person(house), kind="relative_under_pressure", intake_on=TODAY)

    with house.coordinator.at_work():
        first = FollowUp.objects.filter(case=case).order_by("offset_days").first()
    assert first.due_on == TODAY + datetime.timedelta(days=3)


def test_there_is_one_case_of_a_kind():
    house = an_organisation()
    person = a_person(house)
    a_case(house, person)

    with pytest.raises(CannotDo):
        a_case(house, person)


def test_a_peer_worker_proposes_and_cannot_open():
    house = an_organisation("Прыклад", *WHOLE_HOUSE)
    person = a_person(house)
    with house.peer_worker.at_work():
        case = actions.propose_case(person, kind="re_entry")
        with pytest.raises(Forbidden):
            actions.accept_case(case)

    with house.dispatcher.at_work():
        actions.accept_case(case, lead=house.case_worker.member)
        assert (case.state, case.opened_on, case.lead) == (State.OPEN, TODAY, house.case_worker.member)


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ([], "accept_case"),
        ([], "resume_case"),
        ([], "reopen_case"),
        (["pause_case"], "pause_case"),
        (["close_case"], "close_case"),
        (["close_case"], "pause_case"),
        (["close_case"], "resume_case"),
        (["close_case", "reopen_case"], "reopen_case"),
    ],
)
def test_what_a_state_does_not_allow_is_refused(path, refused):
    reasons = {"pause_case": "security", "close_case": "moved_away", "reopen_case": "new_need"}
    house = an_organisation()
    case = a_case(house, a_person(house))

    def do(verb):
        getattr(actions, verb)(case, **({"reason": reasons[verb]} if verb in reasons else {}))

    with house.case_worker.at_work():
        for verb in path:
            do(verb)
        before = case.state
        with pytest.raises(CannotDo):
            do(refused)
        assert Case.objects.get(id=case.id).state == before


def test_each_change_is_kept_with_its_reason():
    house = an_organisation()
    case = a_case(house, a_person(house))
    with house.case_worker.at_work():
        actions.pause_case(case, reason="security", text="Пакуль ціха")
        actions.resume_case(case)
        actions.close_case(case, reason="goals_reached")
        actions.reopen_case(case, reason="person_came_back")

        kept = CaseChange.objects.filter(case=case).order_by("id").values_list("before", "after", "reason")
        assert list(kept) == [
            ("", "open", ""),
            ("open", "paused", "security"),
            ("paused", "open", ""),
            ("open", "closed", "goals_reached"),
            ("closed", "reopened", "person_came_back"),
        ]
        assert CaseChange.objects.get(after="paused").note == "Пакуль ціха"
        assert (case.closed_on, case.closing_reason) == (None, "")


def test_a_closed_case_has_no_gaps_and_no_lead():
    house = an_organisation()
    person = a_prisoner(house)
    case = a_case(house, person)
    with house.case_worker.at_work():
        actions.make_plan(case, template="short_notice")
        actions.close_case(case, reason="moved_away")

        ready = Readiness.objects.get(person=person)
    assert (ready.case, ready.lead, ready.has_plan, ready.overdue) == (None, None, False, 0)


def test_handing_over_takes_steps_and_needs_along_and_the_former_lead_no_longer_sees_the_person():
    house = an_organisation("Прыклад", *WHOLE_HOUSE)
    person = a_person(house)
    case = a_case(house, person, lead="peer_worker")
    with house.case_worker.at_work():
        need = actions.identify_need(case, kind="acc_first_night", owner=house.peer_worker.member)
        mine = actions.add_step(case, words="Патэлефанаваць", owner=house.peer_worker.member)
        done = actions.do_step(actions.add_step(case, words="Ліст", owner=house.peer_worker.member))
    with house.peer_worker.at_work():
        assert Case.objects.filter(id=case.id).exists()

    with house.case_worker.at_work():
        actions.change_lead(case, lead=house.case_worker.member, reason="адпачынак")
        assert Need.objects.get(id=need.id).owner == house.case_worker.member
        assert Step.objects.get(id=mine.id).owner == house.case_worker.member
        assert Step.objects.get(id=done.id).owner == house.peer_worker.member
        assert Amendment.objects.of(case).get(field="lead").reason == "адпачынак"
    with house.peer_worker.at_work():
        assert not Case.objects.filter(id=case.id).exists()


def test_a_former_lead_who_stays_in_the_team_still_sees_the_person():
    house = an_organisation("Прыклад", *WHOLE_HOUSE)
    case = a_case(house, a_person(house), lead="peer_worker")
    with house.case_worker.at_work():
        row = actions.add_to_team(case, member=house.peer_worker.member, function="mentor")
        actions.change_lead(case, lead=house.case_worker.member)
    with house.peer_worker.at_work():
        assert Case.objects.filter(id=case.id).exists()

    with house.case_worker.at_work():
        actions.remove_from_team(row)
    with house.peer_worker.at_work():
        assert not Case.objects.filter(id=case.id).exists()


def test_another_organisation_sees_no_case():
    house, other = an_organisation(), an_organisation("Іншая")
    case = a_case(house, a_person(house))

    with other.coordinator.at_work():
        assert not Case.objects.filter(id=case.id).exists()


# Release and return ------------------------------------------------------------------------------------------------


def release(person, day):
    custody.record_event(person, kind="released", on=PartialDate.from_date(day))


def detain_again(person, day):
    custody.record_event(person, kind="redetained", on=PartialDate.from_date(day))


def test_a_release_puts_the_follow_ups_on_their_days():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        release(person, datetime.date(2026, 8, 30))

        assert FollowUp.objects.get(case=case, offset_days=3).due_on == datetime.date(2026, 9, 2)


def test_a_return_to_custody_reopens_the_closed_re_entry_case_and_says_why():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        release(person, datetime.date(2026, 5, 1))
        actions.close_case(case, reason="goals_reached")
    with house.coordinator.at_work():
        detain_again(person, datetime.date(2026, 8, 20))

        case = Case.objects.get(id=case.id)
        change = CaseChange.objects.filter(case=case).order_by("id").last()
        assert (case.state, change.reason, change.on) == (State.REOPENED, "back_in_custody", datetime.date(2026, 8, 20))
        assert LogEntry.objects.filter(kind="casework.reopen_case", object_id=case.id).exists()


def test_after_a_return_everything_waits_for_the_next_release_and_what_was_stays():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        actions.plan_gate_day(case, meets="arranged", first_night="arranged")
        release(person, datetime.date(2026, 5, 1))
        first = FollowUp.objects.get(case=case, offset_days=3)
        now = datetime.datetime(2026, 5, 3, 10, tzinfo=datetime.UTC)
        actions.record_contact(person, at=now, channel="phone_call", follow_up=first)
        actions.measure_outcomes(case, point=42, answers={"housing": "own"})
        detain_again(person, datetime.date(2026, 8, 20))
        case.refresh_from_db()
        actions.measure_outcomes(case, point=42, answers={"housing": "street"})

        assert FollowUp.objects.get(id=first.id).state == FollowUp.State.DONE
        waiting = FollowUp.objects.filter(case=case, state=FollowUp.State.TO_DO)
        assert {row.offset_days for row in waiting} == {3, 30, 90, 180, 365, 730, 1095}
        assert {row.due_on for row in waiting} == {None}
        assert Outcome.objects.filter(case=case).count() == 2
        assert GateMeeting.objects.get(case=case).meets == GateMeeting.Part.OPEN
        assert not Readiness.objects.get(person=person).met_at_gate


def test_a_return_to_custody_opens_no_case_where_there_was_none():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    with house.case_worker.at_work():
        release(person, datetime.date(2026, 5, 1))
        detain_again(person, datetime.date(2026, 8, 20))

        assert not Case.objects.about(person).exists()


def test_a_correction_of_what_was_known_reopens_nothing():
    house = an_organisation()
    person = a_prisoner(house, release=None)
    case = a_case(house, person)
    with house.case_worker.at_work():
        event = custody.record_event(person, kind="released", on=PartialDate(2026, 5, 1))
        actions.close_case(case, reason="opened_by_mistake")
        custody.withdraw_event(event)

        assert Case.objects.get(id=case.id).state == State.CLOSED
