import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.dates import PartialDate

partial_dates = st.builds(
    lambda day, precision, about: PartialDate(
        day.year,
        day.month if precision > 0 else None,
        day.day if precision > 1 else None,
        about,
    ),
    st.dates(),
    st.integers(0, 2),
    st.booleans(),
)


@given(partial_dates)
def test_the_storage_form_is_read_back_and_fits_eleven_characters(when):
    assert PartialDate.parse(str(when)) == when
    assert len(str(when)) <= 11


@given(partial_dates, partial_dates)
def test_exact_dates_sort_as_text_as_they_sort_as_dates(one, other):
    one, other = (PartialDate(d.year, d.month, d.day) for d in (one, other))
    assert (one < other) == (str(one) < str(other))


@given(partial_dates, partial_dates)
def test_exactly_one_of_before_after_and_equal_holds(one, other):
    assert [one < other, one > other, one == other].count(True) == 1


@given(partial_dates)
def test_a_date_lies_between_its_bounds_and_overlaps_itself(when):
    assert when.earliest <= when.latest
    assert when.overlaps(when)


def test_coarse_sorts_before_fine_and_exact_before_about():
    texts = ["2023-12-31", "2024", "2024~", "2024-01", "2024-01~", "2024-01-01", "2024-01-01~", "2024-01-02"]
    dates = [PartialDate.parse(text) for text in texts]
    backwards = dates[::-1]
    backwards.sort()
    assert backwards == dates


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((0,), "not between"),
        ((2024, 13), "no month number 13"),
        ((2023, 2, 29), "has 28 days; there is no day 29"),
        ((2024, None, 5), "day without a month"),
    ],
)
def test_impossible_dates_are_refused_in_a_sentence(parts, words):
    with pytest.raises(ValueError, match=words):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["", "24", "2024-5", "2024-05-03 ", "~2024", "2024-13", "2023-02-29"])
def test_only_the_storage_form_is_parsed(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_bounds_know_leap_years():
    assert PartialDate(2024, 2).latest == datetime.date(2024, 2, 29)
    assert PartialDate(2023).latest == datetime.date(2023, 12, 31)
    assert PartialDate(2024, 2).as_date() is None


def test_shift_keeps_about_and_needs_a_day():
    assert str(PartialDate(2024, 2, 28, about=True).shift(days=2)) == "2024-03-01~"
    with pytest.raises(ValueError, match="known to the day"):
        PartialDate(2024, 2).shift(days=1)
    with pytest.raises(ValueError, match="outside the calendar"):
        PartialDate(9999, 12, 31).shift(days=1)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-05-03", "2024-05", True),
        ("2024-05-03", "2024-06", False),
        ("2024-05-03", "2024-05-04", False),
        ("2024-05-03~", "2024-05-10", True),
        ("2024-05-03~", "2024-05-11", False),
        ("2024-05~", "2024-06-20", True),
        ("2024~", "2025-03", True),
        ("2024~", "2026-01", False),
    ],
)
def test_about_gives_room_when_dates_are_compared(one, other, expected):
    assert PartialDate.parse(one).overlaps(PartialDate.parse(other)) is expected
    assert PartialDate.parse(other).overlaps(PartialDate.parse(one)) is expected
