"""Which people of a list may be one person."""

from __future__ import annotations

import pytest

from throughgate.core.dates import PartialDate
from throughgate.core.lookalikes import LARGEST_BLOCK, LIKELY, Known, between, births, likelihood, pairs
from throughgate.core.names import parse

BORN = PartialDate(1990, 5, 3)


def known(name: str, born: PartialDate | None = BORN, sex: str = "") -> Known:
    return Known((parse(name),), born, sex)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (BORN, BORN, "same_day"),
        (BORN, PartialDate(1990, 3, 5), "swapped"),
        (BORN, PartialDate(1990, 5, 13), "one_part"),
        (BORN, PartialDate(1980, 5, 3), "one_part"),
        (BORN, PartialDate(1981, 6, 3), "differs"),
        (BORN, PartialDate(1990), "may_be_same"),
        (BORN, PartialDate(1992), "differs"),
        (BORN, None, "unknown"),
    ],
)
def test_dates_of_birth_agree_in_several_ways(one: PartialDate, other: PartialDate | None, code: str) -> None:
    assert births(one, other) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (known("Узораў Аляксей"), known("Uzorau Aliaksei")),
        (known("Узораў Аляксей"), known("Узоров Алексей", None)),
        (known("Узорава Алена Іванаўна"), known("Прыкладава Алена Іванаўна")),
        (known("Узораў Аляксей"), known("Узораў Аляксей", PartialDate(1990, 3, 5))),
    ],
)
def test_these_are_worth_a_look(one: Known, other: Known) -> None:
    assert likelihood(one, other) >= LIKELY
    assert likelihood(other, one) >= LIKELY
    assert list(pairs({b"1": one, b"2": other})) == [(b"1", b"2")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (known("Узораў Аляксей"), known("Узораў Аляксей", PartialDate(1971, 2, 1))),
        (known("Узораў Аляксей Іванавіч", None), known("Узораў Аляксей Пятровіч", None)),
        (known("Узораў Аляксей"), known("Узорава Алена")),
        (known("Узораў Аляксей", None, "m"), known("Узораў Аляксей", None, "f")),
    ],
)
def test_these_are_not(one: Known, other: Known) -> None:
    assert likelihood(one, other) < LIKELY


def test_an_initial_is_held_against_the_names_that_begin_so_and_not_these_against_each_other() -> None:
    people = {b"1": known("Узораў А.", None), b"2": known("Узораў Аляксей", None), b"3": known("Узораў Антон", None)}

    assert set(pairs(people)) == {(b"1", b"2"), (b"1", b"3")}


@pytest.mark.parametrize("other", ["Узораў Мікалай", "Узораў Николай", "Uzorau Mikalai", "Uzorov Nikolai"])
def test_an_initial_stands_for_the_given_name_in_either_language(other: str) -> None:
    people = {b"1": known("Узораў Н.", None), b"2": known("Узораў М.", None), b"3": known(other, None)}

    assert set(pairs(people)) == {(b"1", b"3"), (b"2", b"3")}


def test_two_given_names_are_held_against_one_of_them() -> None:
    both = Known((parse(surname="Узорава", given="Незвычайна Дзіўна"),))
    one = Known((parse(surname="Узорава", given="Незвычайна"),))

    assert list(pairs({b"1": both, b"2": one})) == [(b"1", b"2")]
    assert likelihood(both, one) >= LIKELY


def test_only_the_pairs_of_some_are_made_where_only_these_changed() -> None:
    people = {bytes([number]): known("Узораў Аляксей") for number in range(4)}

    assert set(pairs(people, {b"\0", b"gone"})) == {(b"\0", bytes([number])) for number in (1, 2, 3)}


def test_a_key_of_very_many_people_makes_no_pairs() -> None:
    many = {number.to_bytes(2): known("Узораў Аляксей", None) for number in range(LARGEST_BLOCK + 1)}

    assert list(pairs(many)) == []


def test_rows_are_held_against_people_only() -> None:
    rows = {b"r1": known("Uzorau Aliaksei"), b"r2": known("Узораў Аляксей")}
    people = {b"p1": known("Узоров Алексей"), b"p2": known("Іншы Зусім", PartialDate(1950, 1, 1))}

    assert set(between(rows, people)) == {(b"r1", b"p1"), (b"r2", b"p1")}
    assert list(between({}, people)) == []
