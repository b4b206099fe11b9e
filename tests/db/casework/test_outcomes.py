"""Outcomes at fixed points: every answer with how we know it, and three kinds of no answer."""

from __future__ import annotations

import pytest

from tests.cast import an_organisation
from tests.db.casework.lives import a_case, day, somebody_held, somebody_released, text_of
from throughgate.casework.forms.outcomes import POINTS, QUESTIONS
from throughgate.casework.models import Outcome
from throughgate.core.vocab import vocabulary, vocabulary_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return an_organisation("Прыклад", "case_worker", "coordinator", "security_officer")


@pytest.fixture
def case(house):
    return a_case(house, somebody_released(house, ago=50))


def form(case, point=42):
    return f"/cases/{case.reference}/outcomes/{point}/"


def tab(case):
    return f"/people/{case.person.reference}/outcomes/"


def asked(**answers):
    when = day()
    return {"measured_on_day": when.day, "measured_on_month": when.month, "measured_on_year": when.year, **answers}


def kept():
    return {row.question: (row.answer, row.evidence) for row in Outcome.unguarded.all()}


def test_every_question_of_the_vocabulary_is_asked():
    assert set(QUESTIONS) == {name for name in vocabulary_names() if name.startswith("outcome_")}
    assert all(vocabulary(name).question for name in QUESTIONS)


def test_a_stranger_sees_nothing(house, case):
    other = an_organisation("Іншая").coordinator.signs_in()

    assert other.get(tab(case)).status_code == 404
    assert other.get(form(case)).status_code == 404
    assert house.security_officer.signs_in().get(tab(case)).status_code == 403


@pytest.mark.parametrize("point", POINTS)
def test_every_point_has_its_form(house, case, point):
    assert "Where does the person live now?" in text_of(house.case_worker.signs_in(), form(case, point))


def test_there_is_no_other_point(house, case):
    assert house.case_worker.signs_in().get(form(case, 43)).status_code == 404


def test_answers_are_kept_with_how_we_know_each(house, case):
    answers = asked(
        evidence="self_report", outcome_housing="family_settled", outcome_documents="none",
        outcome_documents_by="document",
    )  # fmt: skip

    page = house.case_worker.signs_in().post(form(case), answers, follow=True).content.decode()

    assert kept() == {
        "outcome_housing": ("family_settled", "self_report"),
        "outcome_documents": ("none", "document"),
    }
    assert "With family or friends, may stay" in page
    assert "Document seen" in page


def test_an_answer_of_the_scale_says_how_we_know_it(house, case):
    answer = house.case_worker.signs_in().post(form(case), asked(outcome_housing="shelter"))

    assert answer.status_code == 422
    assert "Say how we know it" in answer.content.decode()
    assert kept() == {}


@pytest.mark.parametrize("code", ["unknown", "declined", "not_asked"])
def test_no_answer_is_an_answer_and_needs_no_evidence(house, case, code):
    house.case_worker.signs_in().post(form(case), asked(evidence="seen", outcome_housing=code))

    assert kept() == {"outcome_housing": (code, "")}


def test_nothing_at_all_is_not_recorded(house, case):
    answer = house.case_worker.signs_in().post(form(case), asked(evidence="seen"))

    assert "Answer at least one question" in answer.content.decode()


def test_unknown_declined_not_asked_and_nothing_look_different(house, case):
    client = house.case_worker.signs_in()
    client.post(
        form(case), asked(outcome_housing="unknown", outcome_documents="declined", outcome_substance_use="not_asked")
    )

    page = text_of(client, tab(case))

    assert '<span class="tg-unknown">Unknown</span>' in page
    assert '<strong class="tg-tag">Does not want to answer</strong>' in page
    assert '<span class="tg-muted">Not asked, not relevant</span>' in page
    assert "tg-empty-cell" in page


def test_asking_again_corrects_and_begins_with_what_was_said(house, case):
    client = house.case_worker.signs_in()
    client.post(form(case), asked(evidence="seen", outcome_housing="shelter"))

    page = text_of(client, form(case))
    client.post(form(case), asked(evidence="seen", outcome_housing="temporary"))

    assert '<option value="shelter" selected>' in page
    assert kept() == {"outcome_housing": ("temporary", "seen")}


def test_points_say_when_they_fall_and_which_are_to_be_asked(house, case):
    page = text_of(house.case_worker.signs_in(), tab(case))

    assert page.count("to be asked") == 2  # the day of release and day 42
    assert f'datetime="{day(40).isoformat()}"' in page  # day 90 of a release 50 days ago


def test_before_release_nothing_is_to_be_asked_yet(house):
    case = a_case(house, somebody_held(house))

    assert "to be asked" not in text_of(house.case_worker.signs_in(), tab(case))


def test_without_a_case_the_page_says_the_next_step(house):
    person = somebody_held(house)

    page = text_of(house.case_worker.signs_in(), f"/people/{person.reference}/outcomes/")

    assert "Open a case first" in page


def test_outcomes_stand_in_the_timeline_as_a_count(house, case):
    client = house.case_worker.signs_in()
    client.post(form(case), asked(evidence="seen", outcome_housing="shelter", outcome_income="none"))

    page = text_of(client, f"/people/{case.person.reference}/timeline/?kind=outcomes")

    assert "Outcomes: day 42" in page
    assert "2 answers" in page
