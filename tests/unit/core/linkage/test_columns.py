import pytest

from throughgate.core.linkage.columns import recognise
from throughgate.core.lists.reading import Row

PLACES = ("Мінск", "г. Гомель", "Брэст", "Пінск", "Слонім", "Орша")


def columns(headings: list[str], *cells: tuple[str, ...]) -> dict[str, str]:
    rows = [Row(number, row) for number, row in enumerate(zip(*cells, strict=True), start=1)]
    return dict(recognise(headings, rows, this_year=2025))


@pytest.mark.parametrize(
    "headings",
    [
        ["Імя і прозьвішча", "Нарадзіўся", "Адкуль", "Затрымалі", "Дзе трымаюць"],
        ["Кто", "Родился", "Откуда", "Когда взяли", "Где сидит"],
        ["Full name", "Born", "Hometown", "Taken", "Held in"],
        ["Imię i nazwisko", "Ur.", "Skąd", "Zatrzymano", "Gdzie przebywa"],
        ["Name, Vorname", "Jahrgang", "Wohnort", "In Haft seit", "Haftort"],
        ["Nom et prénom", "Né(e) le", "Ville", "Arrêté(e) le", "Lieu de détention"],
        ["Imia i proźvišča", "Naradziŭsia", "Adkul", "Zatrymali", "Dzie trymajuć"],
        [
            "Прозвішча / Name",
            "Дата нараджэння (дд.мм.гггг)",
            "Горад / City",
            "Арыштаваны / Arrested",
            "Калонія / Prison",
        ],
    ],
)
def test_headings_are_known_as_people_write_them(headings: list[str]) -> None:
    found = columns(headings, *[()] * 5)
    fields = ("birth_date", "residence", "detained_on", "facility")
    assert [found.get(field) for field in fields] == headings[1:]
    assert headings[0] in (found.get("name"), found.get("surname"))


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("birth_date", ("1985", "5 сьнежня 1990", "1.1.1970", "2001", "1966", "01.02.03")),
        ("detained_on", ("1 траўня 2021", "08.2020", "2023", "11.11.2020", "2022", "1.2.2024")),
        ("age", ("31", "45", "28", "60", "19", "33")),
        ("residence", PLACES),
        ("facility", ("ИК-15", "СИЗО-1", "Гомель", "ИК-2", "СИЗО-7", "Минск")),
    ],
)
def test_cells_tell_what_a_heading_does_not(field: str, cells: tuple[str, ...]) -> None:
    assert columns(["Фамилия", "Имя", "Столбец"], ("Узоров",) * 6, ("Адам",) * 6, cells)[field] == "Столбец"


def test_a_count_is_no_age() -> None:
    assert "age" not in columns(["Фамилия", "Столбец"], ("Узоров",) * 6, ("14", "15", "16", "17", "18", "19"))


def test_cells_do_not_overrule_a_heading() -> None:
    assert "detained_on" not in columns(["Фамилия", "Дата освобождения"], ("Узоров",) * 6, ("1.2.2024",) * 6)
