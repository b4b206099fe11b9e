import datetime

import pytest

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import compute_administrative, parole_eligibility

START = datetime.date(2022, 3, 15)
SURE = {"PAR-07": "no"}


def codes(found):
    return [line.code for line in found.lines]


def ask_from(term, category, **more):
    return parole_eligibility(START, term, category, extremist=False, assumptions=SURE, **more).ask_from


def test_early_release_is_not_dated_while_exclusion_is_unknown():
    for extremist in (None, True):
        found = parole_eligibility(START, Term(2), "grave", extremist=extremist, assumptions=SURE)
        assert found.ask_from is None
        assert [question.rule for question in found.questions] == ["PAR-06"]
    sure = SURE | {"PAR-06": "not_excluded"}
    assert parole_eligibility(START, Term(3), "grave", extremist=True, assumptions=sure).ask_from is not None


def test_whether_credited_days_count_has_to_be_answered():
    found = parole_eligibility(START, Term(2), "grave", extremist=False)
    assert [question.rule for question in found.questions] == ["PAR-07"]


def test_at_least_six_months_are_served():
    assert ask_from(Term(months=8), "less_grave") == datetime.date(2022, 9, 15)


def test_a_fraction_that_is_no_whole_number_of_months_is_counted_in_days():
    # 15 months from 15 March 2022 are 457 days; half of them, rounded up, 229.
    assert ask_from(Term(1, 3), "less_grave") == START + datetime.timedelta(days=229)


def test_an_earlier_imprisonment_and_youth_change_the_fraction():
    assert ask_from(Term(3), "less_grave", stricter="earlier_imprisonment") == datetime.date(2024, 3, 15)
    assert ask_from(Term(3), "grave", convicted_as_minor=True) == datetime.date(2023, 9, 15)


def test_an_arrest_without_its_hour_ends_on_the_same_day_and_says_so():
    found = compute_administrative(datetime.date(2024, 2, 20), [10])
    assert (found.last_day, found.at) == (datetime.date(2024, 3, 1), None)
    assert "hour_missing" in codes(found)


@pytest.mark.parametrize(
    ("detained", "days", "expected"),
    [
        ("2024-02-20", 30, "repeated_breach"),
        ("2024-02-20", 31, "out_of_range"),
        ("2020-02-20", 30, "out_of_range"),
        ("2020-02-20", 15, "hour_missing"),
    ],
)
def test_the_length_of_an_arrest_is_held_against_the_law_of_its_day(detained, days, expected):
    found = compute_administrative(datetime.date.fromisoformat(detained), [days])
    assert expected in codes(found)
    assert ("ADM-03" in found.rules) is detained.startswith("2020")


@pytest.mark.parametrize("terms", [[], [0], [15, -1]])
def test_an_arrest_lasts_at_least_a_day(terms):
    with pytest.raises(ValueError, match="at least one day"):
        compute_administrative(START, terms)
