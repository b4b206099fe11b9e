import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.estimation.invented import TABLE, estimate, result
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Interval, Warning_, missing
from throughgate.core.estimation.rounding import down, outward, up
from throughgate.core.estimation.text import text
from throughgate.core.estimation.words import LANGUAGES, words

CALM = {name: estimate(3000) for name in TABLE.lists}
UNREACHABLE = {
    "en": "Persons no organisation could ever have reached are not included.",
    "be": "Людзі, да якіх ніводная арганізацыя ніколі не магла б дабрацца, сюды не ўваходзяць.",
    "ru": "Люди, до которых ни одна организация никогда не могла бы добраться, сюда не входят.",
}


def lines(*warnings: Warning_, language: str = "en") -> list[str]:
    return text(result(estimate(3000, *warnings), without=CALM), language).replace("\u00a0", " ").splitlines()


STARTS = {
    "en": ("Documented: 1,484 persons by name", "At least 2,100 persons (97.5 %", "Probably between 2,700 and 3,300"),
    "be": (
        "Задакументаваныя пайменна 1 484 чалавекі",
        "Не менш за 2 100 чалавек (97,5 %",
        "Верагодна, ад 2 700 да 3 300 чалавек",
    ),
    "ru": (
        "Документировано поимённо 1 484 человека",
        "Не менее 2 100 человек (97,5 %",
        "Вероятно, от 2 700 до 3 300 человек",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_sentences_come_in_one_order(language: str) -> None:
    found = lines(language=language)
    assert [line.startswith(start) for line, start in zip(found, STARTS[language], strict=False)] == [True] * 3
    assert found[3] == UNREACHABLE[language]


def test_the_range_never_begins_below_at_least() -> None:
    found = result(estimate(2200, wide=0.3)).whole
    assert (found.at_least, found.headline.interval.low < 2134) == (2134, True)
    assert found.interval is not None
    assert found.interval.low == 2134


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_red_light_gives_no_range_anywhere(language: str) -> None:
    headline = estimate(3000, Warning_("prior_driven", {"moved": 0.337}))
    told = text(result(headline, without=CALM), language)
    assert not re.search(r"[23][,\u00a0][73]00", told)
    assert "34\u00a0%" in told
    assert UNREACHABLE[language] in told


def test_a_red_light_gives_no_range_in_json() -> None:
    found = result(missing("combined", 1484, Warning_("no_upper_end")), without=CALM).as_dict()
    assert '"low": 2' not in json.dumps(found, allow_nan=False)
    assert found["told"] == {"documented": 1484, "at_least": 2100, "between": None}


def test_json_holds_what_the_text_says_and_the_numbers_behind_it() -> None:
    found = result(estimate(3000), without=CALM).as_dict()
    assert found["told"] == {"documented": 1484, "at_least": 2100, "between": [2700, 3300]}
    assert found["stamp"] == {"input": "0" * 64, "version": "0.1.0", "seed": 7, "settings": {"lists": "A,B,C"}}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_what_is_wrong_with_a_single_result_is_named_beside_its_method() -> None:
    assert "  Kinds of persons: The chains do not agree (R-hat 1.2; 1.01 would do)." in lines()


def test_a_code_without_words_is_still_named() -> None:
    assert words("ru").reason(Warning_("something_new")) == "Метод сообщает: «something_new»."


def test_a_warning_that_forgot_its_numbers_is_still_told() -> None:
    assert words("en").reason(Warning_("few_draws")) == "There are only ? effective draws; 400 are needed."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 21, 22, 112])
def test_every_plural_has_its_form(language: str, count: int) -> None:
    told = words(language).reason(Warning_("few_overlaps", {"list": "A", "overlaps": count}))
    expected = {
        "en": {True: "person ", False: "persons "}[count == 1],
        "be": "чалавекі " if count in (2, 22) else "чалавек ",
        "ru": "человека " if count in (2, 22) else "человек ",
    }
    assert f" {count} {expected[language]}" in told


def flat(language: str) -> dict[str, set[str]]:
    """Every text with the places it fills."""
    found = {}
    for part, texts in words(language).texts.items():
        for name, said in texts.items():
            forms = [said] if isinstance(said, str) else [form for form in said.values() if "{" in form]
            found[f"{part}.{name}"] = {place for form in forms for place in re.findall(r"{(\w+)}", form)}
    return found


@pytest.mark.parametrize("language", ["be", "ru"])
def test_every_text_is_translated_with_the_same_places(language: str) -> None:
    assert flat(language) == flat("en")


@pytest.mark.parametrize("language", ["be", "ru"])
def test_every_plural_has_three_forms(language: str) -> None:
    texts = (said for part in words(language).texts.values() for said in part.values() if not isinstance(said, str))
    assert {frozenset(said) for said in texts} == {frozenset({"by", "one", "few", "many"})}


@pytest.mark.parametrize(
    ("code", "params", "told"),
    [
        ("prior_driven", {"moved": 0.2001}, "moves by 21\u00a0%"),
        ("wide", {"ratio": 3.001}, "as 3.1 to 1"),
        ("leave_one_out", {"ratio": 1.5001}, "as 1.51 to 1"),
        ("rhat", {"value": 1.01004}, "R-hat 1.011;"),
        ("poor_fit", {"p": 0.0499}, "p = 0.049;"),
        ("singletons", {"share": 0.996}, "99\u00a0%"),
        ("singletons", {"share": 0.901}, "91\u00a0%"),
        ("prior_driven", {"moved": 0.23}, "moves by 23\u00a0%"),
        ("poor_fit", {"p": 0.01}, "p = 0.01;"),
    ],
)
def test_what_is_beyond_a_limit_is_never_rounded_back_to_it(code: str, params: dict[str, float], told: str) -> None:
    assert told in words("en").reason(Warning_(code, params))


def test_another_language_is_refused() -> None:
    with pytest.raises(EstimationError, match="There are no texts in “pl”; there are en, be, ru"):
        text(result(estimate(3000)), "pl")


@given(st.floats(1, 1e10))
def test_two_figures_never_tell_more_than_was_computed(number: float) -> None:
    low, high = down(number), up(number)
    assert low <= number <= high
    assert len(str(low).rstrip("0")) <= 2
    assert len(str(high).rstrip("0")) <= 2


def test_rounding_down_stops_at_the_documented() -> None:
    assert outward(Interval(4485.2, 4601), 4485) == (4485, 4700)
