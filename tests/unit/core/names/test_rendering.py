"""What is rendered is what the conventions prescribe, and reads back as the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.names import Convention, guess, renderings, surname_forms
from throughgate.core.names.rendering import TABLES, Language, written

# Place names and words of the published tables: the national system and the resolution of 2023 (as the press printed
# its examples), passports by interscript's tests, BGN/PCGN by its romanization guide.
PRESCRIBED = [
    ("Сафіеўка", Convention.RESOLUTION_2023, "Safijewka"),
    ("Шаркаўшчына", Convention.RESOLUTION_2023, "Sharkawshchyna"),
    ("Жажэлка", Convention.RESOLUTION_2023, "Zhazhelka"),
    ("Мураўеўка", Convention.RESOLUTION_2023, "Murawjewka"),
    ("Бабрыковіч Аляксандр", Convention.PASSPORT_2008, "Babrykovich Aliaksandr"),
    ("Міховіч Марыя", Convention.PASSPORT_2008, "Mikhovich Maryia"),
    ("СВЯТЛАНА", Convention.PASSPORT_2008, "SVIATLANA"),
    ("Мікалай", Convention.ICAO, "Mikalai"),
    ("Магілёў", Convention.NATIONAL_LATIN, "Mahilioŭ"),
    ("Ліда", Convention.NATIONAL_LATIN, "Lida"),
    ("Мазыр", Convention.LACINKA, "Mazyr"),
    ("Полацк", Convention.LACINKA, "Połack"),
    ("Полацк", Convention.LACINKA_PLAIN, "Polack"),
    ("Магілёў", Convention.BGN, "Mahilyow"),
    ("Віцебск", Convention.POLISH, "Wiciebsk"),
    ("Святлана", Convention.BE_CLASSICAL, "Сьвятлана"),
]
SURNAMES = st.from_regex(
    r"\A[БВГДЖЗКЛМНПРСТФХЧШ][аоуыі][бвгдзклмнпрстх](ар|ал|он|ун|ік)?(оўскі|эвіч|ук|енка|аў|ін|ёнак)\Z"
)
# Spellings that lose a difference: з and с, ж and ш in German; the marks in plain Łacinka; soft л in the other Łacinka.
LOSSY = {Convention.GERMAN: 2, Convention.LACINKA_PLAIN: 1}


@pytest.mark.parametrize(("name", "convention", "text"), PRESCRIBED)
def test_a_rendering_is_what_the_convention_prescribes(name: str, convention: Convention, text: str) -> None:
    assert written(name, convention, "be") == text


def test_renderings_begin_with_the_name_itself_and_say_their_conventions() -> None:
    made = renderings("Жураўская", "be")
    assert made[0] == (Convention.BE_OFFICIAL, "Жураўская")
    assert dict(made)[Convention.GERMAN] == "Schurauskaja"
    assert len({convention for convention, _ in made}) == len(made) == len(TABLES["be"]) + 3


def test_a_russian_name_is_rendered_from_russian() -> None:
    made = dict(renderings("Журавский Геннадий", "ru"))
    assert made[Convention.ENGLISH] == "Zhuravsky Gennady"
    assert made[Convention.FRENCH] == "Jouravski Guennadi"
    assert Convention.LACINKA not in made


@given(SURNAMES)
def test_a_rendering_read_back_meets_the_original(surname: str) -> None:
    original = surname_forms(surname)
    for convention, text in renderings(surname, "be"):
        strength = LOSSY.get(convention, 0)
        assert surname_forms(text, convention)[strength] == original[strength], (convention, text)


@pytest.mark.parametrize("language", ["be", "ru"])
def test_the_convention_of_a_list_is_guessed(language: Language) -> None:
    lists: dict[Language, str] = {
        "be": "Жураўская Ціхановіч Салаўёў Лысенка Шчарбаль Лебедзеў Хадыка Юрчанка Пятровіч Ёлкін Уласава Сцяпанаў",
        "ru": "Журавская Тиханович Соловьёв Лысенко Щербаль Лебедев Хадыко Юрченко Петрович Ёлкин Власова Каюкин",
    }
    # English follows passports for Belarusian names, and passports follow English for Russian ones.
    alike: set[Convention] = {"be": {Convention.ENGLISH}, "ru": {Convention.PASSPORT_2008, Convention.RESOLUTION_2023}}[
        language
    ]
    for convention in {*TABLES[language], Convention.BE_OFFICIAL if language == "be" else Convention.RU} - alike:
        names = lists[language].split()
        if convention in TABLES[language]:
            names = [written(name, convention, language) for name in names]
        assert guess(names) is convention


def test_a_list_as_heard_follows_no_convention() -> None:
    assert guess(["Zhuravsky", "Schurawski", "Szewczenko", "Kovalenko", "Tschernow", "Jurawski"]) is Convention.ENGLISH
    assert guess([]) is Convention.ENGLISH
