import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.dates import (
    DOUBTS,
    SERIOUS_DOUBTS,
    DateNotUnderstood,
    PartialDate,
    format_date,
    read_date,
    read_date_with_doubt,
)

TODAY = datetime.date(2026, 11, 22)


SURE = """
05.09.2026|2026-09-05
2026-09-05|2026-09-05
2026.9.5|2026-09-05
05-09-2026|2026-09-05
5 . 9 . 2026|2026-09-05
13/09/2026|2026-09-13
20260905|2026-09-05
2026-09-05T10:11:12Z|2026-09-05
2026-09-05 00:00:00|2026-09-05
05.09.2026 0:00|2026-09-05
5.09.2026г.|2026-09-05
5.IX.2026|2026-09-05
09.2026|2026-09
2026-09|2026-09
9/2026|2026-09
XII 2020|2020-12
2026|2026
2026 г.|2026
5 верасня 2026 г.|2026-09-05
5 Верасень 2026|2026-09-05
верасень 2026|2026-09
у верасні 2026 г.|2026-09
23 лютага 2022|2022-02-23
1 траўня 2023|2023-05-01
5 сентября 2026 года|2026-09-05
5сентября2026|2026-09-05
в сентябре 2026 г.|2026-09
5-го мая 2026|2026-05-05
Sept 2026|2026-09
5 Sep 2026|2026-09-05
September 5th, 2026|2026-09-05
5th of September 2026|2026-09-05
Sat, 5 Sep 2026|2026-09-05
2026, 5 верасня|2026-09-05
каля верасня 2024|2024-09~
около 2024 г.|2024~
прыблізна 05.2024|2024-05~
about 05.09.2026|2026-09-05~
ca. 2024|2024~
c. 2024|2024~
~2024|2024~
2024-05~|2024-05~
"""


@pytest.mark.parametrize(("text", "expected"), [line.split("|") for line in SURE.split("\n") if line])
def test_a_plain_date_is_read_without_doubt(text, expected):
    assert read_date_with_doubt(text, today=TODAY) == (PartialDate.parse(expected), None)


DOUBTFUL = """
5/9/26|2026-09-05|day_month_order
05.13.2024|2024-05-13|swapped
2024-31-12|2024-12-31|swapped
00.05.2024|2024-05|placeholder
00.00.2024|2024|placeholder
2024-00-00|2024|placeholder
хх.05.2024|2024-05|placeholder
46270|2026-09-05|excel_serial
46270.0|2026-09-05|excel_serial
5 верасня|2026-09-05|year_missing
5.01|2027-01-05|year_missing
Sep-26|2026-09|day_or_year
сен.26|2026-09|day_or_year
Sep-85|1985-09|two_digit_year
5 мая 26|2026-05-05|two_digit_year
01.01.85|1985-01-01|two_digit_year
5-7 сентября 2024|2024-09|range
верасень-кастрычнік 2024|2024|range
учора|2026-11-21|relative
летась|2025|relative
верасень сёлета|2026-09|relative
2024?|2024~|question_mark
Mon, 5 Sep 2026|2026-09-05|weekday_mismatch
пасля 5 верасня 2024|2024-09-05~|open_ended
до 2024 г.|2024~|open_ended
05092026|2026-09-05|no_separators
20052024|2024-05-20|no_separators
202609|2026-09|no_separators
1856|1856|unlikely_year
лета 2020|2020~|season
summer 2020|2020~|season
зима 2020-2021|2020~|season
пачатак 2024|2024~|part_of_year
канец 2024 г.|2024~|part_of_year
начало 2024 года|2024~|part_of_year
конец 2024|2024~|part_of_year
early 2024|2024~|part_of_year
Q3 2024|2024~|part_of_year
пачатак верасня 2024|2024-09~|part_of_month
mid-September 2024|2024-09~|part_of_month
"""


@pytest.mark.parametrize(("text", "expected", "doubt"), [line.split("|") for line in DOUBTFUL.split("\n") if line])
def test_a_date_that_needs_a_look_says_why(text, expected, doubt):
    assert read_date_with_doubt(text, today=TODAY) == (PartialDate.parse(expected), doubt)


@pytest.mark.parametrize("text", ["05.13.2024", "5 верасня", "46270", "Sep-26", "летась", "после 2020"])
def test_read_date_refuses_what_would_be_a_guess(text):
    with pytest.raises(DateNotUnderstood) as caught:
        read_date(text, today=TODAY)
    assert caught.value.text == text


def test_read_date_accepts_the_lighter_doubts():
    assert str(read_date("5.9.26", today=TODAY)) == "2026-09-05"
    assert str(read_date("лета 2020", today=TODAY)) == "2020~"


NO_DATES = """|-|невядома|н/д|31.02.2024|29.02.2023|2024-13|2020-2021|99|1234567|recently
5 кастрычніка 20244|15.15.2024|1 снежня 2023 - 5 студзеня 2024|11111111111111111111"""


@pytest.mark.parametrize("text", NO_DATES.replace("\n", "|").split("|"))
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateNotUnderstood):
        read_date_with_doubt(text, today=TODAY)


def test_the_month_may_come_first_when_the_caller_says_so():
    assert str(read_date("05.09.2026", today=TODAY, day_first=False)) == "2026-05-09"
    assert read_date_with_doubt("31/12/2024", today=TODAY, day_first=False)[1] == "swapped"


def test_births_with_two_digit_years_are_never_ahead_of_today():
    assert read_date("5.9.40", today=TODAY).year == 2040
    assert read_date("5.9.40", today=TODAY, years_ahead=0).year == 1940


def test_serious_doubts_are_a_part_of_the_doubts():
    assert set(DOUBTS) > SERIOUS_DOUBTS


LETTERS = "0123456789./-, ~?'верасняма йгsept xivqкаля:tz"


@given(st.one_of(st.text(max_size=30), st.text(alphabet=LETTERS, max_size=14)))
def test_any_text_is_read_or_refused_but_never_breaks(text):
    try:
        found, doubt = read_date_with_doubt(text, today=TODAY)
    except DateNotUnderstood:
        return
    assert PartialDate.parse(str(found)) == found
    assert doubt is None or doubt in DOUBTS


@given(
    st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2060, 12, 31)),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from(["be", "ru", "en"]),
    st.sampled_from(["long", "short"]),
)
def test_what_is_shown_can_be_typed_back(day, precision, about, language, style):
    when = PartialDate(day.year, day.month if precision else None, day.day if precision > 1 else None, about)
    assert read_date_with_doubt(format_date(when, language, style=style), today=TODAY) == (when, None)
