import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.dates import Term, TermNotUnderstood, format_term, read_term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("3 года 6 месяцев", Term(3, 6)),
        ("2 years 6 months", Term(2, 6)),
        ("2 гады і 6 месяцаў", Term(2, 6)),
        ("2 years, 6 months and 10 days", Term(2, 6, 10)),
        ("15 сутак", Term(days=15)),
        ("10 сут.", Term(days=10)),
        ("3 г. 6 мес.", Term(3, 6)),
        ("3г 6м", Term(3, 6)),
        ("3,5 года", Term(3, 6)),
        ("4 (четыре) года", Term(4)),
        ("пять лет", Term(5)),
        ("полтора года", Term(1, 6)),
        ("паўгода", Term(months=6)),
        ("2 weeks", Term(days=14)),
        ("0 дней", Term()),
    ],
)
def test_terms_are_read_as_judgments_write_them(text, term):
    assert read_term(text) == term


@pytest.mark.parametrize("text", ["", "3", "пожизненно", "3 года 3 года", "2.25 года", "-3 года", "3 hours"])
def test_what_is_no_term_is_refused(text):
    with pytest.raises(TermNotUnderstood):
        read_term(text)


@pytest.mark.parametrize(
    ("number", "be", "ru", "en"),
    [
        (1, "1 год", "1 год", "1 year"),
        (2, "2 гады", "2 года", "2 years"),
        (5, "5 гадоў", "5 лет", "5 years"),
        (11, "11 гадоў", "11 лет", "11 years"),
        (21, "21 год", "21 год", "21 years"),
        (24, "24 гады", "24 года", "24 years"),
    ],
)
def test_years_take_the_right_plural(number, be, ru, en):
    assert [format_term(Term(number), language) for language in ("be", "ru", "en")] == [be, ru, en]


def test_arrest_is_counted_in_its_own_word():
    assert format_term(Term(days=15), "be", day_word="arrest") == "15 сутак"
    assert format_term(Term(days=1), "ru", day_word="arrest") == "1 сутки"
    assert format_term(Term(), "be") == "0 дзён"


@given(st.integers(0, 30), st.integers(0, 40), st.integers(0, 400), st.sampled_from(["be", "ru", "en"]))
def test_a_shown_term_can_be_typed_back(years, months, days, language):
    term = Term(years, months, days)
    assert read_term(format_term(term, language)) == term


def test_terms_are_added_part_by_part_and_months_make_years_only_when_asked():
    total = Term(1, 8, 20) + Term(0, 8, 20)
    assert total == Term(1, 16, 40)
    assert total.normalized() == Term(2, 4, 40)
    assert not Term()


def test_a_missing_day_of_the_month_becomes_its_last_day():
    assert Term(months=1).after(datetime.date(2024, 1, 31)) == datetime.date(2024, 2, 29)
    assert Term(1).after(datetime.date(2024, 2, 29)) == datetime.date(2025, 2, 28)
    assert Term(months=1, days=1).before(datetime.date(2023, 3, 31)) == datetime.date(2023, 2, 27)


def test_a_term_that_is_negative_or_leaves_the_calendar_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Term(-1)
    with pytest.raises(ValueError, match="calendar"):
        Term(9000).after(datetime.date(2024, 1, 1))
