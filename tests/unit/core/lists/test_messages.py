"""Everything said to a person exists in three languages, with the same values in each."""

import re

import pytest

from throughgate.core.dates import DOUBTS
from throughgate.core.lists import errors
from throughgate.core.lists.cells.doubts import SERIOUS
from throughgate.core.lists.mapping import Target
from throughgate.core.lists.messages import LANGUAGES, data_rows, message_codes, say

_VALUES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("row", data_rows("messages.csv"), ids=lambda row: row["code"])
def test_a_message_has_the_same_values_in_every_language(row):
    values = [sorted(_VALUES.findall(row[language])) for language in LANGUAGES]
    assert values[0] == values[1] == values[2]
    assert all(row[language].strip() for language in LANGUAGES)


def test_every_error_and_every_doubt_has_its_words():
    codes = {kind.code for kind in errors.ListError.__subclasses__()}
    assert codes | SERIOUS | {f"date_{doubt}" for doubt in DOUBTS} <= message_codes()


def test_an_unknown_language_is_english():
    assert say("empty").text("pl") == say("empty").text("en")


def test_an_error_told_by_another_process_comes_back_as_itself():
    assert isinstance(errors.by_code("too_many_rows", {"limit": 5}), errors.TooManyRows)
    assert isinstance(errors.by_code("from the future", {}), errors.UnreadableFile)


def test_every_target_has_a_kind_and_three_names():
    for target in Target:
        assert target.kind
        assert all(target.label(language) for language in LANGUAGES)


@pytest.mark.parametrize("name", ["messages.csv", "headings.csv", "targets.csv", "profiles.csv"])
def test_belarusian_and_russian_keep_to_their_letters(name):
    for row in data_rows(name):
        if "language" in row:
            texts = {row["language"]: row["headings"]}
        else:
            texts = {language: row.get(language, row.get(f"page_{language}", "")) for language in ("be", "ru")}
        assert not re.search("[ищъИЩЪ]", texts.get("be", "")), row
        assert not re.search("[іўІЎ]", texts.get("ru", "")), row
