"""How two records are compared: levels of agreement for each thing they say, from the same to another.

The levels are written as Splink writes comparisons in its settings. What a level is worth is not written here: it is
learnt from the lists (`training`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

Level = dict[str, Any]
Comparison = dict[str, Any]

SHORTEST_TO_SLIP = 4


def _level(label: str, condition: str, frequency_of: str = "") -> Level:
    level: Level = {"sql_condition": condition, "label_for_charts": label}
    if frequency_of:
        level["tf_adjustment_column"] = frequency_of
    return level


def _comparison(name: str, unknown: str, levels: Sequence[Level]) -> Comparison:
    nothing: Level = {"sql_condition": unknown, "label_for_charts": "unknown", "is_null_level": True}
    return {
        "output_column_name": name,
        "comparison_levels": [nothing, *levels, {"sql_condition": "ELSE", "label_for_charts": "other"}],
    }


def _either_null(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _slip(column: str, *, letters: int = 1) -> str:
    """So many letters lost, added or changed. The letters alone are asked first, because that costs next to nothing:
    each slip takes at most one of them away and brings at most one.
    """
    ours, theirs = f"{column}_letters_l", f"{column}_letters_r"
    return (
        f"bit_count({ours} | {theirs}) - bit_count({ours} & {theirs}) <= {2 * letters} "
        f"AND least(length({column}_l), length({column}_r)) >= {SHORTEST_TO_SLIP + 2 * (letters - 1)} "
        f"AND levenshtein({column}_l, {column}_r) <= {letters}"
    )


SURNAME = _comparison(
    "surname",
    _either_null("phonetic"),
    [
        _level("same sounds", _same("strict"), "phonetic"),
        _level("same sounds, loosely", _same("phonetic"), "phonetic"),
        _level("same consonants", _same("consonant"), "consonant"),
        _level("a slip", _slip("phonetic")),
        _level("two slips", _slip("phonetic", letters=2)),
        _level("married or former name", "other_l = phonetic_r OR phonetic_l = other_r OR other_l = other_r"),
    ],
)
GIVEN = _comparison(
    "given",
    "given_initial_l IS NULL OR given_initial_r IS NULL",
    [
        _level("same name", _same("given"), "given"),
        _level("a diminutive of both", "given_l = given_too_r OR given_too_l = given_r OR given_too_l = given_too_r"),
        _level("a slip", _slip("given_sound")),
        _level("another sex", "sex_l <> sex_r"),
        _level(
            "initial",
            "(given_l IS NULL OR given_r IS NULL) AND (given_initial_l = given_initial_r "
            "OR given_initial_l = given_initial_too_r OR given_initial_too_l = given_initial_r)",
        ),
    ],
)
FATHER = _comparison(
    "father",
    "father_initial_l IS NULL OR father_initial_r IS NULL",
    [
        _level("same name", _same("father"), "father"),
        _level("a slip", _slip("father")),
        _level("initial", "(father_l IS NULL OR father_r IS NULL) AND father_initial_l = father_initial_r"),
    ],
)
BORN = _comparison(
    "born",
    _either_null("year"),
    [
        _level("same day", "day_l = day_r AND month_l = month_r AND year_l = year_r"),
        _level("day and month swapped", "month_l = day_r AND day_l = month_r AND year_l = year_r"),
        _level(
            "one part differs",
            "(day_l = day_r AND (month_l = month_r OR year_l = year_r)) "
            "OR (month_l = month_r AND year_l = year_r AND day_l <> day_r)",
        ),
        _level(
            "same year, day unknown",
            "year_l = year_r AND (day_l IS NULL OR day_r IS NULL) AND NOT (about_l OR about_r)",
        ),
        _level("same year", "year_l = year_r AND NOT (about_l OR about_r)"),
        _level("age fits", "(about_l OR about_r) AND abs(year_l - year_r) <= 1"),
    ],
)
PLACE = _comparison(
    "place",
    _either_null("place"),
    [
        _level("same place", _same("place"), "place"),
        _level("a slip", _slip("place")),
        _level("same oblast", _same("oblast")),
    ],
)
HELD = _comparison(
    "held",
    _either_null("held_month"),
    [
        _level("same day", _same("held"), "held"),
        _level("within a week", "abs(held_l - held_r) <= 7"),
        _level("same month, day unknown", f"({_either_null('held')}) AND {_same('held_month')}"),
        _level("within two months", "abs(held_month_l - held_month_r) <= 2"),
    ],
)
FACILITY = _comparison("facility", _either_null("facility"), [_level("same place", _same("facility"), "facility")])
LIST = _comparison("list", "list_l IS NULL", [_level("same list", _same("list"))])

COMPARISONS: Mapping[str, Comparison] = {
    each["output_column_name"]: each for each in (SURNAME, GIVEN, FATHER, BORN, PLACE, HELD, FACILITY, LIST)
}
