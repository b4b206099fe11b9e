import datetime

import pytest

from throughgate.core.dates import PartialDate, format_date


@pytest.mark.parametrize(
    ("stored", "be", "ru", "en"),
    [
        ("2026-09-05", "5 верасня 2026 г.", "5 сентября 2026 г.", "5 September 2026"),
        ("2026-09", "верасень 2026 г.", "сентябрь 2026 г.", "September 2026"),
        ("2026", "2026 г.", "2026 г.", "2026"),
        ("2026-09-05~", "каля 5 верасня 2026 г.", "около 5 сентября 2026 г.", "about 5 September 2026"),
        ("2026-09~", "каля верасня 2026 г.", "около сентября 2026 г.", "about September 2026"),
        ("2026-02~", "каля лютага 2026 г.", "около февраля 2026 г.", "about February 2026"),
        ("2026~", "каля 2026 г.", "около 2026 г.", "about 2026"),
    ],
)
def test_long_dates_in_three_languages(stored, be, ru, en):
    when = PartialDate.parse(stored)
    assert [format_date(when, language) for language in ("be", "ru", "en")] == [be, ru, en]


@pytest.mark.parametrize(
    ("stored", "be", "en"),
    [
        ("2026-09-05", "05.09.2026", "5 Sep 2026"),
        ("2026-09", "09.2026", "Sep 2026"),
        ("2026~", "каля 2026", "about 2026"),
    ],
)
def test_short_dates(stored, be, en):
    when = PartialDate.parse(stored)
    assert format_date(when, "be", style="short") == be
    assert format_date(when, "en-gb", style="short") == en


def test_an_ordinary_date_is_shown_too_and_an_unknown_language_falls_back_to_english():
    assert format_date(datetime.date(2026, 9, 5), "pl") == "5 September 2026"
