"""The keys of a name are equal for its spellings, and not for another name."""

import csv
from pathlib import Path

import pytest

from throughgate.core.names import father_forms, father_group, gender, given_forms, given_group, many, surname_forms
from throughgate.core.names.conventions import Convention
from throughgate.core.names.given import heads

ROWS = list(csv.DictReader((Path(__file__).parent / "surnames.csv").read_text(encoding="utf-8").splitlines()))

# From the transliteration tests of the instructions on passports (2008, 2010) and of ICAO Doc 9303 as published by
# the interscript project: invented by the authors of the tables, not people.
IN_PASSPORTS = [("Бабрыковіч", "Babrykovich"), ("Міховіч", "Mikhovich"), ("Васілёнак", "Vasilionak")]
IN_PASSPORTS += [("Салаўёва", "Salawjova"), ("Вераб’ёў", "Vierabjow"), ("Лябецкая", "Liabetskaja")]
IN_PASSPORTS += [("Чарняк", "Charniak"), ("Васільева", "Vasiĺjeva"), ("В’юноў", "Vjunow")]

# The same surname in both official languages. All invented or common words.
OFFICIAL = [
    "Галоўчанка Головченко",
    "Церашчанка Терещенко",
    "Рэзнікаў Резников",
    "Мацвееў Матвеев",
    "Навуменка Науменко",
    "Пазняк Поздняк",
    "Шчасны Счастный",
    "Лявонаў Леонов",
    "Мікіцін Никитин",
    "Зайцаў Зайцев",
    "Цвяткоў Цветков",
    "Дзятлаў Дятлов",
    "Уласава Власова",
    "Высоцкі Высоцкий",
]
TOLD_APART = [
    ("Папкоў", "Папко"),
    ("Жук", "Жукаў"),
    ("Хадыка", "Гадыка"),
    ("Шаўчук", "Саўчук"),
    ("Кавалёў", "Кавальчук"),
]
TOLD_APART += [("Шар", "Шарай"), ("Калін", "Калінка"), ("Навік", "Навікаў"), ("Юркоў", "Уркоў")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["wikidata"])
def test_spellings_of_a_family_name_have_one_phonetic_key(row: dict[str, str]) -> None:
    keys = {surname_forms(word).phonetic for word in row["be"].split(";")}
    strangers = [word for word in f"{row['ru']};{row['latin']}".split(";") if surname_forms(word).phonetic not in keys]
    assert strangers == []


def test_four_in_five_latin_spellings_have_the_strict_key_too() -> None:
    met = total = 0
    for row in ROWS:
        keys = {surname_forms(word).strict for word in row["be"].split(";")}
        spellings = row["latin"].split(";")
        met += sum(surname_forms(word).strict in keys for word in spellings)
        total += len(spellings)
    assert met / total > 0.8


@pytest.mark.parametrize("pair", OFFICIAL)
def test_both_official_languages_have_one_strict_key(pair: str) -> None:
    belarusian, russian = pair.split()
    assert surname_forms(belarusian) == surname_forms(russian)


@pytest.mark.parametrize(("cyrillic", "latin"), IN_PASSPORTS)
def test_spellings_of_the_instructions_have_one_strict_key(cyrillic: str, latin: str) -> None:
    assert surname_forms(cyrillic) == surname_forms(latin)


@pytest.mark.parametrize(("one", "other"), TOLD_APART)
def test_other_surnames_have_other_strict_keys(one: str, other: str) -> None:
    assert surname_forms(one).strict != surname_forms(other).strict


@pytest.mark.parametrize("pair", ["Жураўскі Жураўская", "Кавалёў Кавалёва", "Калінін Калініна", "Сухой Сухая"])
def test_a_woman_and_a_man_have_one_key(pair: str) -> None:
    man, woman = pair.split()
    assert surname_forms(man) == surname_forms(woman)


def test_a_wrong_vowel_leaves_the_consonants() -> None:
    assert surname_forms("Кулевіч").phonetic != surname_forms("Калевіч").phonetic
    assert surname_forms("Кулевіч").consonant == surname_forms("Калевіч").consonant


def test_the_convention_of_a_list_decides_what_a_letter_is() -> None:
    assert surname_forms("Chadyka", Convention.LACINKA).strict == surname_forms("Хадыка").strict
    assert surname_forms("Chadyka", Convention.PASSPORT_2008).strict == surname_forms("Чадыка").strict
    assert surname_forms("Loukachov", Convention.FRENCH).strict == surname_forms("Лукашов").strict
    assert surname_forms("Cihan", Convention.RESOLUTION_2023).strict == surname_forms("Ціхан").strict


@pytest.mark.parametrize(
    "names", ["Ганна Анна Hanna Anna", "Мікіта Никита Mikita", "Дзмітрый Дмитрий Зміцер Dzmitry", "Вольга Ольга Volha"]
)
def test_full_forms_of_a_given_name_have_one_key(names: str) -> None:
    assert len({given_forms(name) for name in names.split()}) == 1


def test_a_pet_name_belongs_to_its_names() -> None:
    assert given_group("Саша") == given_group("Aliaksandr") == "Аляксандр"
    assert set(heads("саша")) == {"Аляксандр", "Аляксандра"}
    assert given_group("Прыкладаў") == ""


@pytest.mark.parametrize(
    ("patronymics", "father"),
    [
        ("Аляксандравіч Александровна Aliaksandrauna Alexandrovich", "Аляксандр"),
        ("Ильич Ильинична Ільіч", "Ілья"),
        ("Юр’евіч Юрьевна Yurievich", "Юрый"),
        ("Рыгоравіч Григорьевич Hryhoravich", "Рыгор"),
        ("Львович Львовна", "Леў"),
    ],
)
def test_a_patronymic_names_the_father(patronymics: str, father: str) -> None:
    assert {father_group(word) for word in patronymics.split()} == {father}
    assert len({father_forms(word) for word in patronymics.split()}) == 1


def test_an_unknown_father_is_the_same_for_son_and_daughter() -> None:
    assert father_forms("Вымышлавіч") == father_forms("Вымышлаўна")
    assert father_group("Вымышлавіч") == ""


def test_a_double_surname_has_both_keys() -> None:
    assert surname_forms("Узорава-Жураўская").strict == surname_forms("Uzorau-Zhurauski").strict
    assert "-" in surname_forms("Узорава-Жураўская").strict


def test_gender_is_told_by_the_ending_or_the_given_name() -> None:
    assert [gender(name) for name in ("Жураўская", "Kavaliou", "Шаўчэнка")] == ["f", "m", ""]
    assert gender("Шаўчэнка", "Вольга") == "f"


def test_many_are_worked_out_once_each() -> None:
    assert many(["Узораў", "Узораў", "Uzorau"]) == dict.fromkeys(["Узораў", "Uzorau"], surname_forms("Узораў"))


def test_nothing_has_empty_keys() -> None:
    assert surname_forms("") == given_forms(" - ") == ("", "", "")
