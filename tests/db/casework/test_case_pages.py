"""The pages of cases, needs, plans and the day at the gate, through the door people use."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import an_organisation
from tests.db.casework.builders import RELEASE, TODAY, a_case, a_person, a_prisoner, tell
from throughgate.access.models import Amendment
from throughgate.casework import actions
from throughgate.casework.models import Case, CaseChange, GateMeeting, Need, PathwayReview, Plan, Step, StepState
from throughgate.core.dates import PartialDate
from throughgate.core.vocab import plan_templates
from throughgate.custody import actions as custody

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC))]
WHOLE_HOUSE = ("case_worker", "coordinator", "peer_worker", "monitor")


def a_house():
    return an_organisation("Прыклад", *WHOLE_HOUSE)


def a_full_case(house):
    """A case with a plan, a need, a team and a gate day."""
    case = a_case(house, a_prisoner(house), intake_on=TODAY)
    with house.case_worker.at_work():
        actions.make_plan(case, template="re_entry_6_months")
        actions.identify_need(case, kind="acc_first_night", text="Няма дзе начаваць", owner=house.case_worker.member)
        actions.plan_gate_day(case, meets="arranged", details="Сустракае маці")
    return case


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def pages_of(case, need, step):
    """Everything that can be asked for about one case."""
    one, person = f"/cases/{case.reference}/", f"/people/{case.person.reference}/cases/"
    about_case = ("", "accept/", "pause/", "close/", "reopen/", "lead/", "days/", "team/new/", "needs/new/",
                  "plan/new/", "plan/new/short_notice/", "steps/new/", "gate/")  # fmt: skip
    about_rows = (f"needs/{need.id}/", f"needs/{need.id}/change/", f"needs/{need.id}/state/met/", f"steps/{step.id}/",
                  f"steps/{step.id}/skip/", f"steps/{step.id}/pin/", f"steps/{step.id}/give/")  # fmt: skip
    return [person, f"{person}new/", f"{person}propose/", *(one + page for page in (*about_case, *about_rows))]


def all_pages(house, case):
    with house.case_worker.at_work():
        return pages_of(case, Need.objects.get(case=case), Step.objects.get(case=case, code="re6_clothes"))


# Who may come in -----------------------------------------------------------------------------------------------------


def test_a_stranger_finds_nothing_and_a_member_everything():
    house, other = a_house(), an_organisation("Іншая")
    case = a_full_case(house)
    pages = all_pages(house, case)

    stranger = other.coordinator.signs_in()
    assert {page: stranger.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    member = house.case_worker.signs_in()
    answers = {page: member.get(page).status_code for page in pages[1:]}
    assert answers == dict.fromkeys(pages[1:], 200)
    assert member.get(pages[0]).url == case.get_absolute_url()


def test_a_peer_worker_sees_only_those_they_support_and_does_not_plan():
    house = a_house()
    case = a_full_case(house)
    page = case.get_absolute_url()
    peer = house.peer_worker.signs_in()
    assert peer.get(page).status_code == 404
    assert case.person.reference not in text(peer.get("/cases/"))

    with house.case_worker.at_work():
        actions.add_to_team(case, member=house.peer_worker.member, function="mentor")
    shown = text(peer.get(page))
    assert "Clothes and shoes" in shown
    assert "Make a plan" not in shown
    assert "Hand over" not in shown
    assert peer.get(f"{page}close/").status_code == 403
    assert case.person.reference in text(peer.get("/cases/"))


def test_who_documents_violations_has_no_part_in_casework():
    house = a_house()
    case = a_full_case(house)
    monitor = house.monitor.signs_in()

    assert monitor.get(case.get_absolute_url()).status_code == 403
    assert monitor.get("/cases/").status_code == 403
    assert "Support" not in text(monitor.get(case.person.get_absolute_url()))


def test_templates_are_read_by_every_member_in_their_language():
    house = an_organisation("Прыклад", "security_officer")
    client = house.security_officer.signs_in()

    assert len(re.findall('tg-card"', client.get("/plans/templates/").content.decode())) == len(plan_templates())
    page = "/plans/templates/re_entry_6_months/"
    assert "21 days before the release" in text(client.get(page))
    assert "Адзенне" in text(client.get(page, headers={"accept-language": "be"}))
    assert client.get("/plans/templates/no_such/").status_code == 404


def test_titles_and_addresses_name_nobody():
    house = a_house()
    case = a_full_case(house)
    client = house.case_worker.signs_in()
    for page in all_pages(house, case)[1:]:
        title = re.search("<title>(.*?)</title>", client.get(page).content.decode(), re.DOTALL)[1]
        assert "Прыкладаў" not in title, page


# One case ------------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_from_the_page_of_a_person():
    house = a_house()
    person = a_person(house)
    client = house.case_worker.signs_in()
    page = f"/people/{person.reference}/cases/new/"
    assert page in client.get(person.get_absolute_url()).content.decode()

    sent = {"kind": "re_entry", "lead": str(house.coordinator.member.id), **day("intake_on", TODAY), "text": "Цяжка"}
    answer = client.post(page, sent)
    with house.case_worker.at_work():
        case = Case.objects.get(person=person)
        assert (case.lead, case.intake_on, case.note) == (house.coordinator.member, TODAY, "Цяжка")
    assert answer.url == case.get_absolute_url()
    again = client.post(page, sent)
    assert again.status_code == 422
    assert "already is a case of this kind" in text(again)


def test_a_case_is_paused_taken_up_closed_and_reopened():
    house = a_house()
    case = a_case(house, a_person(house))
    client, one = house.case_worker.signs_in(), case.get_absolute_url()

    assert client.post(f"{one}pause/", {}).status_code == 422
    client.post(f"{one}pause/", {"reason": "security"})
    assert "Security situation" in text(client.get(one))
    client.post(f"{one}resume/")
    client.post(f"{one}close/", {"reason": "goals_reached", **day("on", datetime.date(2026, 8, 30))})
    assert "Goals reached" in text(client.get(one))
    refused = client.post(f"{one}resume/", follow=True)
    assert "cannot become" in text(refused)
    client.post(f"{one}reopen/", {"reason": "new_need"})
    with house.case_worker.at_work():
        changes = CaseChange.objects.filter(case=case).order_by("id")
        assert [change.after for change in changes] == ["open", "paused", "open", "closed", "reopened"]
        assert changes[3].on == datetime.date(2026, 8, 30)


def test_a_closed_case_offers_only_to_be_reopened():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        actions.close_case(case, reason="moved_away")
    html = house.case_worker.signs_in().get(case.get_absolute_url()).content.decode()

    offered = set(re.findall(rf'(?:href|action)="/cases/{case.reference}/([a-z/]+)', html))
    assert not offered & {"needs/new/", "plan/new/", "steps/new/", "gate/", "pause/", "close/", "lead/", "team/new/"}
    assert "reopen/" in offered


def test_the_team_is_added_to_and_taken_from_with_a_way_back():
    house = a_house()
    case = a_case(house, a_person(house))
    client, one = house.case_worker.signs_in(), case.get_absolute_url()
    client.post(f"{one}team/new/", {"member": str(house.peer_worker.member.id), "function": "mentor"})
    page = client.get(one).content.decode()
    assert "Mentor" in page

    remove = re.search(r'href="([^"]+/remove/)"', page)[1]
    assert "no longer sees the person" in text(client.get(remove))
    taken = client.post(remove, follow=True).content.decode()
    assert "Mentor" not in taken
    client.post(re.search(r'action="([^"]+/back/)"', taken)[1])
    assert "Mentor" in text(client.get(one))


def test_the_list_of_cases_is_narrowed_by_state_kind_and_lead():
    house = a_house()
    first = a_case(house, a_person(house, surname="Першы"))
    second = a_case(house, a_person(house, surname="Другі"), kind="legal_defence", lead=None)
    with house.case_worker.at_work():
        actions.pause_case(second, reason="security")
    client = house.coordinator.signs_in()

    def listed(query):
        return {
            row.reference for row in (first, second) if row.reference in client.get(f"/cases/{query}").content.decode()
        }

    assert listed("") == {first.reference, second.reference}
    assert listed("?state=paused") == {second.reference}
    assert listed("?kind=re_entry") == {first.reference}
    assert listed(f"?lead={house.case_worker.member.id}") == {first.reference}
    assert "Першы" in text(client.get("/cases/"))


def test_files_of_cases_name_nobody_and_are_for_those_who_may_take_them():
    house = a_house()
    case = a_full_case(house)

    assert house.case_worker.signs_in().get("/cases/?export=csv").status_code == 403
    file = house.coordinator.signs_in().get("/cases/?export=csv").content.decode("utf-8-sig")
    assert case.person.reference in file
    assert "Прыкладаў" not in file


def test_the_first_page_of_a_person_shows_their_case_and_what_is_missing():
    house = a_house()
    case = a_full_case(house)
    shown = text(house.case_worker.signs_in().get(case.person.get_absolute_url()))

    assert "Re-entry (release and after)" in shown
    assert "first night" in shown
    assert "Intake talk" in shown


def test_nothing_is_missing_before_the_release_of_somebody_who_is_out():
    house = a_house()
    case = a_full_case(house)
    client = house.case_worker.signs_in()
    assert "Missing before the release" in text(client.get(case.get_absolute_url()))

    with house.case_worker.at_work():
        custody.record_event(case.person, kind="released", on=PartialDate.from_date(TODAY))

    assert "Missing before the release" not in text(client.get(case.get_absolute_url()))
    assert "Before the release" not in text(client.get(case.person.get_absolute_url()))


def test_the_timeline_tells_what_became_of_cases_needs_and_steps():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        actions.change_need(Need.objects.get(case=case), state="met")
        actions.do_step(Step.objects.get(case=case, code="re6_clothes"))
    shown = text(house.case_worker.signs_in().get(f"{case.person.get_absolute_url()}timeline/"))

    assert "Re-entry (release and after): Open" in shown
    assert "A place for the first night: Met" in shown
    assert "Step done: Clothes and shoes" in shown


# Needs ---------------------------------------------------------------------------------------------------------------


def test_a_need_is_found_by_typing_and_common_ones_are_ticked_together():
    house = a_house()
    case = a_case(house, a_person(house))
    client, page = house.case_worker.signs_in(), f"{case.get_absolute_url()}needs/new/"

    found = client.post(page, {"found_find": "пашпарт", "found_search": "1", "text": "Пакуль пішам"})
    assert found.status_code == 200
    assert 'value="doc_passport_valid"' in found.content.decode()
    assert "Пакуль пішам" in found.content.decode()

    sent = {"found": "doc_passport_in_custody", "kinds": ["acc_first_night", "fam_visits"], "responsible": "us"}
    assert client.post(page, sent).url == f"{case.get_absolute_url()}#needs"
    with house.case_worker.at_work():
        needs = {need.kind: need.urgent for need in Need.objects.filter(case=case)}
    assert needs.keys() == {"doc_passport_in_custody", "acc_first_night", "fam_visits"}
    assert needs["acc_first_night"]
    assert 'value="acc_first_night"' not in client.get(page).content.decode()


def test_nothing_chosen_is_said_in_words():
    house = a_house()
    case = a_case(house, a_person(house))
    answer = house.case_worker.signs_in().post(f"{case.get_absolute_url()}needs/new/", {})

    assert answer.status_code == 422
    assert "tick at least one" in text(answer)


def test_a_need_that_cannot_be_met_asks_why():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        need = Need.objects.get(case=case)
    client, one = house.case_worker.signs_in(), f"{case.get_absolute_url()}needs/{need.id}/"
    page = f"{one}state/cannot_be_met/"

    assert "No such service exists" in text(client.get(page))
    assert client.post(page, {}).status_code == 422
    client.post(page, {"reason": "no_place", "text": "Пыталі паўсюль"})
    shown = text(client.get(one))
    assert "Cannot be met" in shown
    assert "Пыталі паўсюль" in shown
    assert client.get(f"{one}state/nonsense/").status_code == 404


def test_a_need_is_given_to_somebody_else():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        need = Need.objects.get(case=case)
    client, one = house.case_worker.signs_in(), f"{case.get_absolute_url()}needs/{need.id}/"
    client.post(f"{one}change/", {"owner": "", "responsible": "family", "urgent": "on", "text": "Няма дзе начаваць"})

    with house.case_worker.at_work():
        need.refresh_from_db()
        assert (need.owner, need.responsible) == (None, "family")
        assert {row.field for row in Amendment.objects.of(need)} == {"owner", "responsible"}


def states_of_pathways(html):
    rows = re.findall(r'__key">([^<]+)</dt>\s*<dd class="govuk-summary-list__value">(.*?)</dd>', html, re.DOTALL)
    return {key.strip(): re.findall(r"tg-tag[^>]*>([^<]+)<", value)[:1] for key, value in rows}


def test_the_state_of_a_pathway_comes_from_its_needs_and_else_from_what_was_asked():
    house = a_house()
    case = a_case(house, a_person(house))
    with house.case_worker.at_work():
        actions.identify_need(case, kind="acc_first_night")
        actions.change_need(actions.identify_need(case, kind="doc_passport_valid"), state="met")
        refused = actions.identify_need(case, kind="psy_counselling")
        actions.change_need(refused, state="declined", reason="fear")
    client, one = house.case_worker.signs_in(), case.get_absolute_url()
    client.post(f"{one}pathways/legal/no_need_found/")

    found = states_of_pathways(client.get(one).content.decode())
    assert found["Accommodation"] == ["needs open"]
    assert found["Documents"] == ["met"]
    assert found["Psychological support"] == ["dealt with"]
    assert found["Legal help"] == ["No need found"]
    assert found["Health"] == ["Not asked yet"]


def test_an_answer_about_a_pathway_is_taken_back_and_only_known_answers_are_taken():
    house = a_house()
    case = a_case(house, a_person(house))
    client, one = house.case_worker.signs_in(), case.get_absolute_url()
    shown = client.post(f"{one}pathways/legal/no_need_found/", follow=True).content.decode()
    client.post(re.search(r'action="([^"]+/undo/)"', shown)[1])

    with house.case_worker.at_work():
        assert not PathwayReview.objects.filter(case=case).exists()
    assert client.post(f"{one}pathways/legal/whatever/").status_code == 404
    assert client.post(f"{one}pathways/whatever/no_need_found/").status_code == 404
    assert client.get(f"{one}pathways/legal/no_need_found/").status_code == 405


# Plans ---------------------------------------------------------------------------------------------------------------


def test_a_plan_is_shown_before_it_is_made():
    house = a_house()
    case = a_case(house, a_prisoner(house), intake_on=TODAY)
    client, page = house.case_worker.signs_in(), f"{case.get_absolute_url()}plan/new/re_entry_6_months/"

    shown = client.get(page).content.decode()
    assert "Clothes and shoes for the season" in shown
    assert 'datetime="2027-02-17"' in shown
    with house.case_worker.at_work():
        assert not Plan.objects.filter(case=case).exists()
    assert client.post(page).url == f"{case.get_absolute_url()}#plan"
    assert 'datetime="2027-02-17"' in client.get(case.get_absolute_url()).content.decode()
    refused = client.post(page)
    assert "already has a plan from this template" in text(refused)


def test_steps_stand_in_groups_by_their_days():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        late = actions.add_step(case, words="Спозненае", on=TODAY - datetime.timedelta(days=3))
        actions.do_step(actions.add_step(case, words="Зробленае", on=TODAY))
        actions.add_step(case, words="Без дня", anchor="arrival", offset_days=1)
    shown = text(house.case_worker.signs_in().get(case.get_absolute_url()))

    order = ["Overdue", late.words, "In the next 30 days", "Intake talk", "Later", "The day at the gate", "No day yet",
             "Без дня", "Done or skipped", "Зробленае"]  # fmt: skip
    plan = shown[shown.index(" Plan ") :]
    places = [plan.index(word) for word in order]
    assert places == sorted(places)


def test_a_step_is_ticked_and_the_tick_is_undone():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        step = Step.objects.get(case=case, code="re6_clothes")
    client, one = house.peer_worker.signs_in(), f"{case.get_absolute_url()}steps/{step.id}/"
    with house.case_worker.at_work():
        actions.add_to_team(case, member=house.peer_worker.member, function="mentor")

    done = client.post(f"{one}do/", follow=True).content.decode()
    with house.case_worker.at_work():
        assert Step.objects.get(id=step.id).state == StepState.DONE
    assert "already been dealt with" in text(client.post(f"{one}do/", follow=True))
    client.post(re.search(r'action="([^"]+/undo/)"', done)[1])
    with house.case_worker.at_work():
        assert Step.objects.get(id=step.id).state == StepState.TO_DO


def test_a_step_of_another_case_is_not_found():
    house = a_house()
    first, second = a_full_case(house), a_full_case(house)
    with house.case_worker.at_work():
        step = Step.objects.filter(case=first).first()

    client = house.case_worker.signs_in()
    assert client.post(f"{second.get_absolute_url()}steps/{step.id}/do/").status_code == 404


def test_a_step_is_skipped_with_a_reason_pinned_let_go_and_given():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        step = Step.objects.get(case=case, code="re6_clothes")
        other = Step.objects.get(case=case, code="re6_medicines")
    client, one = house.case_worker.signs_in(), f"{case.get_absolute_url()}steps/{step.id}/"

    client.post(f"{one}pin/", {**day("on", datetime.date(2027, 1, 5)), "reason": "маці едзе"})
    assert "pinned" in text(client.get(one))
    client.post(f"{one}give/", {"owner": str(house.peer_worker.member.id)})
    client.post(f"{one}unpin/")
    assert client.post(f"{case.get_absolute_url()}steps/{other.id}/skip/", {}).status_code == 422
    client.post(f"{case.get_absolute_url()}steps/{other.id}/skip/", {"reason": "done_by_other"})
    with house.case_worker.at_work():
        step.refresh_from_db()
        other.refresh_from_db()
        assert (step.pinned, step.due_on) == (False, RELEASE - datetime.timedelta(days=21))
        assert step.owner == house.peer_worker.member
        assert (other.state, other.skip_reason) == (StepState.SKIPPED, "done_by_other")


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ({"days": "5", "side": "before", "anchor": "release"}, RELEASE - datetime.timedelta(days=5)),
        ({"days": "5", "side": "after", "anchor": "intake"}, TODAY + datetime.timedelta(days=5)),
        (day("on", datetime.date(2026, 12, 1)), datetime.date(2026, 12, 1)),
    ],
)
def test_an_own_step_is_counted_or_stands_on_a_day(sent, due):
    house = a_house()
    case = a_case(house, a_prisoner(house), intake_on=TODAY)
    client = house.case_worker.signs_in()
    client.post(f"{case.get_absolute_url()}steps/new/", {"words": "Купіць боты", **sent})

    with house.case_worker.at_work():
        assert Step.objects.get(case=case).due_on == due


def test_an_own_step_without_any_day_is_refused():
    house = a_house()
    case = a_case(house, a_person(house))

    answer = house.case_worker.signs_in().post(f"{case.get_absolute_url()}steps/new/", {"words": "Боты"})
    assert answer.status_code == 422


# The day at the gate -------------------------------------------------------------------------------------------------


def test_the_day_at_the_gate_is_arranged_part_by_part():
    house = a_house()
    case = a_case(house, a_prisoner(house))
    client, page = house.case_worker.signs_in(), f"{case.get_absolute_url()}gate/"
    parts = dict.fromkeys(GateMeeting.PARTS, "open")
    sent = {**parts, "meets": "arranged", "money": "not_needed", "member": str(house.peer_worker.member.id)}

    client.post(page, {**sent, "details": "Белая машына"})
    with house.case_worker.at_work():
        gate = GateMeeting.objects.get(case=case)
        assert (gate.meets, gate.money, gate.member, gate.details) == (
            "arranged", "not_needed", house.peer_worker.member, "Белая машына",
        )  # fmt: skip
    assert "Белая машына" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("taken", "release", "warns"),
    [
        (PartialDate(2025, 7, 3), PartialDate(2027, 1, 10), "too thin"),
        (PartialDate(2025, 3), PartialDate(2027, 10), "may not fit"),
        (PartialDate(2025, 7), PartialDate(2027, 8), ""),
        (PartialDate(2025), PartialDate(2027, 1), ""),
    ],
)
def test_clothes_of_another_season_are_warned_of(taken, release, warns):
    house = a_house()
    person = a_person(house)
    with house.case_worker.at_work():
        custody.record_event(person, kind="detained", on=taken)
        custody.tell_release_date(person, type="told_by_facility", on=release)
    case = a_case(house, person)
    shown = text(house.case_worker.signs_in().get(f"{case.get_absolute_url()}gate/"))

    assert ("Warning" in shown) == bool(warns)
    assert warns in shown


# How many queries ----------------------------------------------------------------------------------------------------


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_a_full_case_takes_no_more_queries_than_a_fresh_one():
    house = a_house()
    case = a_full_case(house)
    client, page = house.case_worker.signs_in(), case.get_absolute_url()
    few = queries(client, page)
    with house.case_worker.at_work():
        actions.make_plan(case, template="political_prisoner")
        actions.identify_needs(case, kinds=["fam_visits", "hea_dental", "leg_term_check", "acc_shelter"])
        actions.add_to_team(case, member=house.peer_worker.member, function="mentor")
        actions.add_to_team(case, member=house.coordinator.member, function="supervisor")
        for number in range(5):
            actions.add_step(case, words=f"Крок {number}", on=TODAY, owner=house.peer_worker.member)
        actions.pause_case(case, reason="security", text="ціха")
        actions.resume_case(case)
        for pathway in ("legal", "health"):
            actions.review_pathway(case, pathway=pathway, result="no_need_found")

    assert queries(client, page) <= few + 1  # reading the keys of sealed words, which the first one has none of
    assert few < 60


def test_a_long_list_of_cases_takes_no_more_queries_than_a_short_one():
    house = a_house()
    a_full_case(house)
    client = house.case_worker.signs_in()
    few = queries(client, "/cases/")
    for number in range(5):
        a_case(house, a_person(house, surname=f"Узораў{number}"), lead="coordinator")

    assert queries(client, "/cases/") == few


def test_the_date_moves_and_the_page_with_it():
    house = a_house()
    case = a_full_case(house)
    with house.case_worker.at_work():
        tell(case.person, datetime.date(2027, 6, 1), kind="court_changed")

    shown = house.case_worker.signs_in().get(case.get_absolute_url()).content.decode()
    assert 'datetime="2027-05-11"' in shown
