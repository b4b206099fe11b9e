import datetime

import pytest
from django.utils import translation

from throughgate.core.dates import PartialDate
from throughgate.kit import show


class Closed:
    locked = True


def test_empty_unknown_no_and_uncertain_all_look_different():
    looks = {str(show.value(v)) for v in (None, show.UNKNOWN, False, True, show.Uncertain("a"), Closed())}

    assert len(looks) == 6


def test_zero_is_not_empty():
    assert show.value(0) == "0"


def test_a_sealed_value_says_that_it_is_closed_on_the_page_and_in_a_file():
    with translation.override("en"):
        assert "closed to you" in show.value(Closed())
        assert show.plain(Closed()) == "closed to you"


def test_text_is_escaped():
    assert show.value("<script>") == "&lt;script&gt;"
    assert "<script>" not in show.tag("<script>", "danger")
    assert "<script>" not in show.value(["<script>"])


@pytest.mark.parametrize(
    ("language", "words"),
    [("be", "5 верасня 2026 г."), ("ru", "5 сентября 2026 г."), ("en", "5 September 2026")],
)
def test_a_day_is_written_in_the_language_of_the_page(language, words):
    with translation.override(language):
        assert words in show.day(datetime.date(2026, 9, 5))


def test_an_approximate_date_is_marked_and_an_exact_one_is_not():
    assert "tg-uncertain" in show.day(PartialDate(2026, 9, about=True))
    assert "tg-uncertain" not in show.day(PartialDate(2026, 9))


def test_a_tag_must_mean_something_known():
    with pytest.raises(ValueError, match="means one of"):
        show.tag("x", "purple")


@pytest.mark.parametrize(("percent", "css"), [(-5, "w-0"), (49.6, "w-50"), (300, "w-100")])
def test_a_bar_stays_within_its_track(percent, css):
    assert f'{css}"' in show.bar(percent)
