"""Release dates: which goes first, how a computed one explains itself, what moves before it moves."""

import datetime

import pytest
from django.utils.translation import override

from tests.cast import an_organisation
from tests.db.custody.held import day, held, on, send, standing, tab
from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody import actions, hooks
from throughgate.custody.models import CreditKind, ReleaseDate, Sentence

pytestmark = pytest.mark.django_db

NOT_EXCLUDED = {"CRD-05": "not_excluded"}


def sentenced(house, person, **facts):
    with house.case_worker.at_work():
        return actions.add_sentence(person, **{"kind": "imprisonment", **facts})


def computed(house, person, **assumptions):
    with house.case_worker.at_work():
        return actions.compute_release_date(person, assumptions=assumptions or None)


def date_form(when, kind, **more):
    return {
        "on_day": when.day or "", "on_month": when.month or "", "on_year": when.year, "type": kind,
        "certainty": "likely", **more,
    }  # fmt: skip


# Examples of the data file, through the actions and from events ----------------------------------------


def test_x01_remand_one_for_one():
    house = an_organisation()
    person = held(house, ("detained", "2022-03-15"), ("remanded", "2022-03-18"), ("sentence_in_force", "2022-11-10"))
    sentenced(house, person, years=2, regime="strict", in_force_on=day("2022-11-10"))
    assert computed(house, person).on == on("2024-03-14")


def test_x07_one_and_a_half_in_general_regime():
    house = an_organisation()
    person = held(house, ("detained", "2022-01-10"), ("sentenced", "2022-05-01"), ("sentence_in_force", "2022-07-09"))
    sentenced(house, person, years=3, regime="general", in_force_on=day("2022-07-09"))
    assert computed(house, person, **NOT_EXCLUDED).on == on("2024-10-11")


def test_x11_an_earlier_stay_for_the_same_case_counts():
    house = an_organisation()
    events = [("detained", "2022-05-01"), ("released_pending_trial", "2022-05-10"), ("detained", "2022-09-01")]
    person = held(house, *events, ("sentenced", "2022-10-20"))
    sentenced(house, person, years=1, regime="general", in_force_on=day("2022-11-10"))
    date = computed(house, person, **NOT_EXCLUDED)
    assert date.on == on("2023-07-12")


def test_x15_house_arrest_written_down_for_the_sentence():
    house = an_organisation()
    person = held(house, ("detained", "2022-04-02"))
    sentenced(house, person, years=2, regime="strict", in_force_on=day("2022-10-10"))
    with house.case_worker.at_work():
        actions.add_credit(person, kind=CreditKind.HOUSE_ARREST, start=day("2022-02-01"), end=day("2022-04-01"))
        actions.add_credit(person, kind=CreditKind.REMAND, start=day("2022-04-02"))
    assert computed(house, person).on == on("2024-03-02")


def test_x16_a_new_term_in_custody_adds_the_unserved_days():
    house = an_organisation()
    person = held(house, ("detained", "2021-02-10"))
    sentenced(house, person, years=2, regime="strict", in_force_on=day("2021-07-20"))
    with house.case_worker.at_work():
        actions.add_extension(person, on=day("2023-01-20"), years=1, final=False, unserved_days=21)
    assert computed(house, person).on == on("2024-02-09")


def test_x19_an_amnesty_takes_a_year_off_the_day_told():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=5, regime="general", last_day_told=day("2027-03-31"))
    with house.case_worker.at_work():
        actions.add_reduction(person, kind="amnesty", rule="AMN-2025", on=day("2025-05-07"))
    assert computed(house, person).on == on("2026-03-31")


def test_x25_administrative_arrests_in_a_row_keep_the_hour():
    house = an_organisation()
    person = held(house, ("letter_received", "2021-03-01"))
    with house.case_worker.at_work():
        actions.record_event(person, kind="detained_administrative", on=on("2021-04-01"), hour=datetime.time(14))
        for month, number in ((4, 1), (4, 16), (5, 1), (5, 16), (5, 31)):
            actions.record_event(person, kind="administrative_arrest", on=PartialDate(2021, month, number), days=15)
    date = computed(house, person)
    assert (date.on, date.hour) == (on("2021-06-15"), datetime.time(14))


def test_what_is_missing_is_said_and_nothing_is_kept():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=3, regime="general", in_force_on=day("2022-07-09"))
    with house.case_worker.at_work(), override("en"), pytest.raises(CannotDo, match="excluded"):
        actions.compute_release_date(person)
    assert not ReleaseDate.unguarded.exists()


def test_computing_again_withdraws_the_older_calculation():
    house = an_organisation()
    person = held(house)
    sentence = sentenced(house, person, years=2, regime="strict", in_force_on=day("2022-11-10"))
    computed(house, person)
    with house.case_worker.at_work():
        actions.amend_sentence(sentence, reason="апеляцыя", years=3)
    computed(house, person)

    assert [row.on for row in ReleaseDate.unguarded.filter(withdrawn_at=None)] == [on("2025-03-14")]


# Which goes first, through the pages ------------------------------------------------------------


def test_a_date_told_by_the_prison_goes_before_a_computed_one():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=6, regime="strict", in_force_on=day("2022-11-10"))
    client = house.case_worker.signs_in()
    send(client, person, "dates/new/", date_form(on("2027-05-01"), "told_by_facility", confirmed="yes"))
    send(client, person, "dates/compute/", {"confirmed": "yes"})

    assert standing(person).working_type == "told_by_facility"
    page = tab(client, person)
    assert "Told by the institution" in page
    assert "14 March 2028" in page


def test_a_rumour_never_replaces_a_computed_date():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=6, regime="strict", in_force_on=day("2022-11-10"))
    computed(house, person)
    client = house.case_worker.signs_in()
    send(client, person, "dates/new/", date_form(on("2026-12-01"), "rumoured"))

    assert standing(person).working_type == "computed"


def test_the_last_day_of_the_judgment_is_a_date_told():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=6, regime="strict", last_day_told=day("2028-01-31"))
    assert (standing(person).working_type, standing(person).working_on) == ("told_by_facility", day("2028-01-31"))


def test_withdrawing_a_date_lets_the_next_one_work():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_person", on=on("2027-01"))
        told = actions.tell_release_date(person, type="told_by_facility", on=on("2027-05-01"))
    client = house.case_worker.signs_in()
    asked = client.get(f"{person.get_absolute_url()}custody/dates/{told.id}/withdraw/").content.decode()
    assert "January 2027" in asked
    assert standing(person).working_type == "told_by_facility"

    send(client, person, f"dates/{told.id}/withdraw/", {"confirmed": "yes"})
    assert standing(person).working_type == "told_by_person"


def test_what_moves_is_shown_before_it_moves(monkeypatch):
    house = an_organisation()
    person = held(house)
    moved = []
    monkeypatch.setattr(hooks, "WHAT_MOVES", [lambda person, day: [hooks.Moves("Сустрэць ля брамы", None, day)]])
    monkeypatch.setattr(hooks, "RELEASE_DATE_MOVED", [lambda person, before, now: moved.append(now)])
    client = house.case_worker.signs_in()
    sent = date_form(on("2027-05-01"), "told_by_facility", source="ад маці")

    asked = send(client, person, "dates/new/", sent).content.decode()
    assert "Сустрэць ля брамы" in asked
    assert 'name="source" value="ад маці"' in asked
    assert (moved, ReleaseDate.unguarded.count()) == ([], 0)

    send(client, person, "dates/new/", {**sent, "confirmed": "yes"})
    assert moved == [on("2027-05-01")]


def test_a_date_that_moves_nothing_is_added_at_once():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_facility", on=on("2027-05-01"))
    client = house.case_worker.signs_in()

    answer = send(client, person, "dates/new/", date_form(on("2029-01-01"), "told_by_person"))
    assert (answer.status_code, ReleaseDate.unguarded.count()) == (302, 2)


def test_a_computed_date_explains_itself_and_says_what_is_not_confirmed():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=2, regime="strict", in_force_on=day("2022-11-10"), category="grave")
    client = house.case_worker.signs_in()

    page = tab(client, person, "dates/compute/")
    assert "2 years from 15 March 2022" in page
    assert "CNT-02" in page
    assert "a lawyer has to read the law" in page
    assert "Early release can be asked for from" in page
    assert not ReleaseDate.unguarded.exists()

    send(client, person, "dates/compute/", {"confirmed": "yes"})
    assert "2 years from 15 March 2022" in tab(client, person)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "be"
    assert "2 гады ад 15 сакавіка 2022 г." in tab(client, person)


def test_what_the_rules_leave_open_is_asked_on_the_page():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=3, regime="general", in_force_on=day("2022-07-09"))
    client = house.case_worker.signs_in()

    assert "one and a half days" in tab(client, person, "dates/compute/")
    send(client, person, "dates/compute/", {"assume-CRD-05": "not_excluded", "confirmed": "yes"})
    assert ReleaseDate.unguarded.get().certainty == "possible"


def test_an_answer_nobody_offered_is_not_taken():
    house = an_organisation()
    person = held(house)
    sentenced(house, person, years=3, regime="general", in_force_on=day("2022-07-09"))
    client = house.case_worker.signs_in()

    answer = send(client, person, "dates/compute/", {"assume-NO-99": "1", "confirmed": "yes"})
    assert answer.status_code < 500
    assert not ReleaseDate.unguarded.exists()


def test_a_date_that_passed_without_a_release_is_a_state_of_its_own():
    house = an_organisation()
    person = held(house)
    with house.case_worker.at_work():
        actions.tell_release_date(person, type="told_by_facility", on=on("2024-01-01"))
    client = house.case_worker.signs_in()

    assert "Release date passed, no news" in tab(client, person)
    listed = client.get("/people/", {"state": "state_overdue"}).content.decode()
    assert person.reference in listed
    assert person.reference not in client.get("/people/", {"state": "state_detained"}).content.decode()


def test_a_sentence_set_aside_is_read_no_more():
    house = an_organisation()
    person = held(house)
    sentence = sentenced(house, person, years=2, regime="strict", in_force_on=day("2022-11-10"))
    client = house.case_worker.signs_in()
    send(client, person, f"sentences/{sentence.id}/set-aside/", {})

    assert Sentence.unguarded.get().set_aside_at is not None
    assert "There is no sentence yet" in tab(client, person, "dates/compute/")
