import re

import pytest

from tests.unit.core.disclosure.invented import KEY, persons
from throughgate.core.disclosure import DisclosureError, Rules, protect
from throughgate.core.disclosure.report import report
from throughgate.core.disclosure.words import LANGUAGES, words

MADE = protect(
    persons({(f"2024-{month:02}", place): 4 for month in range(1, 13) for place in "ab"}), name="one", key=KEY
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", [0, 1, 2, 5, 11, 21])
def test_every_language_fills_every_place_and_tells_the_same_numbers(language: str, before: int) -> None:
    told = report(MADE, before=before, add_up=False, apart=False, language=language)
    assert not re.search(r"[{}?]", told)
    english = report(MADE, before=before, add_up=False, apart=False)
    assert re.findall(r"\d+", told) == re.findall(r"\d+", english)
    assert len(told.splitlines()) == len(english.splitlines()) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_texts(language: str) -> None:
    mine, english = words(language).texts, words("en").texts
    assert {part: set(texts) for part, texts in mine.items()} == {part: set(texts) for part, texts in english.items()}


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (1, "Праверана разам з 1 ранейшай публікацыяй."),
        (3, "Праверана разам з 3 ранейшымі публікацыямі."),
        (11, "Праверана разам з 11 ранейшымі публікацыямі."),
        (21, "Праверана разам з 21 ранейшай публікацыяй."),
    ],
)
def test_releases_are_counted_in_belarusian(before: int, sentence: str) -> None:
    assert sentence in report(MADE, before=before, add_up=False, language="be")


def test_what_was_made_coarser_is_told_in_the_language() -> None:
    told = {language: report(MADE, before=0, add_up=True, language=language) for language in LANGUAGES}
    assert "Made coarser: date: month to date: quarter." in told["en"]
    assert "Узбуйнена: date: месяц → date: квартал." in told["be"]
    assert "Укрупнено: date: месяц → date: квартал." in told["ru"]


def test_a_table_that_was_not_made_coarser_says_so() -> None:
    made = protect(persons({("2024-01", "a"): 40}), name="one", key=KEY, rules=Rules(withheld=1))
    assert "Nothing had to be made coarser." in report(made, before=0, add_up=False)


def test_another_language_is_refused() -> None:
    with pytest.raises(DisclosureError, match="no texts in “fr”"):
        report(MADE, before=0, add_up=False, language="fr")
