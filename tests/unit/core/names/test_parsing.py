"""A name in one field or three, in any order, is taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.names import Parsed, parse, repaired

WRITTEN = [
    ("Жураўская Святлана Пятроўна", "Жураўская", "Святлана", "Пятроўна"),
    ("Святлана Пятроўна Жураўская", "Жураўская", "Святлана", "Пятроўна"),
    ("Sviatlana ZHURAUSKAYA", "ZHURAUSKAYA", "Sviatlana", ""),
    ("Sviatlana Zhurauskaya", "Zhurauskaya", "Sviatlana", ""),
    ("ПРЫКЛАДАЎ ІВАН ІВАНАВІЧ", "ПРЫКЛАДАЎ", "ІВАН", "ІВАНАВІЧ"),
    ("Uzorau, A.P.", "Uzorau", "A.", "P."),
    ("Узораў А.П.", "Узораў", "А.", "П."),
    ("А. П. Узораў", "Узораў", "А.", "П."),
    ("Пятровіч Іван", "Пятровіч", "Іван", ""),
    ("Іван Пятровіч", "Пятровіч", "Іван", ""),
    ("Ганна Пятроўна", "", "Ганна", "Пятроўна"),
    ("Жук Адам", "Жук", "Адам", ""),
    ("Мамедаў Алі Вагіф аглы", "Мамедаў", "Алі", "Вагіф аглы"),
    ("Узорны Уяўны Карл Карлавіч", "Узорны Уяўны", "Карл", "Карлавіч"),
    ("von Uzor Karl", "von Uzor", "Karl", ""),
    ("Алена", "", "Алена", ""),
    ("Прыкладаў", "Прыкладаў", "", ""),
    ("", "", "", ""),
]


@pytest.mark.parametrize(("text", "surname", "given_name", "patronymic"), WRITTEN)
def test_one_field_is_taken_apart(text: str, surname: str, given_name: str, patronymic: str) -> None:
    parsed = parse(text)
    assert (parsed.surname, parsed.given, parsed.patronymic) == (surname, given_name, patronymic)


@pytest.mark.parametrize(
    "text",
    ["Узорава Ганна (дзявочае Прыкладава)", "Узорава (Прыкладава) Ганна", "Узорава Ганна, урожд. Прыкладава"],
)
def test_a_maiden_name_is_kept_apart(text: str) -> None:
    assert parse(text) == Parsed("Узорава", "Ганна", maiden="Прыкладава")


def test_another_spelling_in_brackets_is_no_maiden_name() -> None:
    assert parse("Жураўская (Журавская) Алена") == Parsed("Жураўская", "Алена", others=("Журавская",))
    assert parse("Узораў Аляксандр / Uzorau Aliaksandr").others == ("Uzorau Aliaksandr",)


def test_fields_that_hold_each_others_names_are_put_right() -> None:
    assert parse(surname="Сяргей", given="Прыкладаў") == Parsed("Прыкладаў", "Сяргей")
    assert parse(surname="Адамовіч", given="Адам") == Parsed("Адамовіч", "Адам")


def test_a_patronymic_in_the_field_of_the_given_name_is_found() -> None:
    expected = Parsed("Узораў", "Сяргей", "Іванавіч", father="Іван")
    assert parse(surname="Узораў", given="Сяргей Іванавіч") == expected
    assert parse(surname="Узораў", given="А. П.") == Parsed("Узораў", "А.", "П.")


def test_letters_of_the_wrong_keyboard_are_put_right() -> None:
    assert repaired("Cepгeй ИBAHOB") == "Сергей ИВАНОВ"
    assert repaired("Ivanov Пётр") == "Ivanov Пётр"
    assert parse("Cepгeй Ивaнoв") == Parsed("Иванов", "Сергей")


@given(st.text(max_size=60))
def test_any_text_is_taken_apart_without_losing_its_letters(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, Parsed)
    assert set(parsed.surname + parsed.given) <= set(repaired(text) + " ")
