"""Five other lists, to see whether linking was fitted to the first five: other columns in other orders, other hands.

Fewer birthdays, more swapped names and diminutives; three lists have no patronymics. Place is often where one lives.
"""

from __future__ import annotations

import random
import re

import lists
import mistakes
import writing
from lists import List, Names
from mistakes import WORSE, WORST, Noted, Rates
from people import Person

MONTHS_BE = (
    "студзеня", "лютага", "сакавіка", "красавіка", "траўня", "чэрвеня",
    "ліпеня", "жніўня", "верасьня", "кастрычніка", "лістапада", "сьнежня",
)  # fmt: skip


def classical(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """Given name first, in the classical orthography; a day in words."""
    names = _written(lists.spoilt(lists.belarusian_names(of, rates, rng), rates, rng, cyrillic=True), rates, rng)
    full = _either(names.given, names.surname, rates, rng)
    return (
        _softened(" ".join(full)),
        _softened(lists.institution(of, rates, rng, "be")),
        _in_words(mistakes.detention(of, rates, rng)),
        _softened(lists.place(of, rates, rng, lists.place_be)),
        _in_words(mistakes.birth(of, rates, rng)),
    )


def capitals(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """A register typed in capitals: three columns of the name, the address, a remark with a maiden name."""
    names = lists.spoilt(lists.russian_names(of, rates, rng), rates, rng, cyrillic=True)
    cells = _written(names, rates, rng)
    surname, given = _either(cells.surname, cells.given, rates, rng)
    return (
        surname.upper(),
        given.upper(),
        cells.patronymic.upper(),
        _iso(mistakes.birth(of, rates, rng)),
        lists.place(of, rates, rng, lists.place_ru).upper(),
        lists.institution(of, rates, rng, "ru").upper(),
        _iso(mistakes.detention(of, rates, rng)),
        f"дев. {names.maiden}" if names.maiden and rng.random() < 0.2 else "",
    )


def newsroom(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """English as heard, one column, months in words before the day."""
    names = _written(lists.spoilt(lists.heard_names(of, rates, rng, "en"), rates, rng), rates, rng)
    born, held = mistakes.birth(of, rates, rng), mistakes.detention(of, rates, rng)
    return (
        _american(born),
        " ".join(_either(names.given, names.surname, rates, rng)),
        "female" if of.woman else "male",
        _american(held),
        lists.place(of, rates, rng, lambda place, chance: lists.place_heard(place, chance, "en")),
        lists.institution(of, rates, rng, "en"),
    )


def polish(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """As Poles hear."""
    names = _written(lists.spoilt(lists.heard_names(of, rates, rng, "pl"), rates, rng), rates, rng)
    return (
        *_either(names.surname, names.given, rates, rng),
        lists.dotted(mistakes.birth(of, rates, rng), "{year}", "{age} lat"),
        lists.place(of, rates, rng, lambda place, chance: lists.place_heard(place, chance, "pl")),
        _iso(mistakes.detention(of, rates, rng)),
    )


def papers(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """From passports: SURNAME NAME PATRONYMIC all in capitals in one column."""
    spelt = lists.each(writing.passport, lists.belarusian_names(of, rates, rng))
    names = _written(lists.spoilt(spelt, rates, rng), rates, rng)
    born = mistakes.birth(of, rates, rng)
    return (
        _iso(born),
        " ".join((*_either(names.surname, names.given, rates, rng), names.patronymic)).strip().upper(),
        lists.place(of, rates, rng, lists.place_passport),
    )


LISTS = (
    List(
        "spis.csv", ("Імя і прозьвішча", "Дзе ўтрымліваецца", "Затрымалі", "Адкуль", "Нарадзіўся"),
        "\t", None, WORST, classical,
    ),
    List(
        "baza.csv",
        ("Рег. номер", "Фамилия", "Имя", "Отчество", "Дата рожд.", "Адрес", "Место содержания", "Дата ареста", "Прим."),
        ";", lambda row: f"{row:05}-Р", WORSE, capitals,
    ),
    List(
        "newsroom.csv", ("Born", "Full name", "Gender", "Detained on", "Hometown", "Held in"),
        ",", None, WORST, newsroom,
    ),
    List(
        "lista.csv", ("Nr", "Nazwisko", "Imię", "Urodzony", "Miejscowość", "Data zatrzymania"),
        ";", lambda row: f"PL/{row}", WORST, polish,
    ),
    List("papers.csv", ("Birth date", "Name as in passport", "Residence"), ",", None, WORSE, papers),
)  # fmt: skip


def _written(names: Names, rates: Rates, rng: random.Random) -> Names:
    """With an initial for the given name at times."""
    given = f"{names.given[0]}." if rng.random() < rates.initials else names.given
    return Names(names.surname, given, names.patronymic, names.maiden)


def _either(first: str, second: str, rates: Rates, rng: random.Random) -> tuple[str, str]:
    return (second, first) if rng.random() < rates.swapped_names else (first, second)


def _softened(text: str) -> str:
    """Святлана -> Сьвятлана, Зміцер -> Зьміцер: the softness of a consonant before another soft one is written."""
    return re.sub("([зсц])(?=(?:[бвмлнпфц]|дз)[еёіюяь])", r"\1ь", text, flags=re.IGNORECASE)


def _iso(noted: Noted) -> str:
    return noted.date.isoformat() if noted.precision == "day" else lists.dotted(noted, "{year}", "{age}")


def _in_words(noted: Noted) -> str:
    date = noted.date
    if noted.precision == "day":
        return f"{date.day} {MONTHS_BE[date.month - 1]} {date.year}"
    return lists.dotted(noted, "{year} г.н.", "{age} гадоў")


def _american(noted: Noted) -> str:
    date, month = noted.date, lists.MONTHS[noted.date.month - 1]
    if noted.precision == "day":
        return f"{month} {date.day}, {date.year}"
    return f"{month} {date.year}" if noted.precision == "month" else lists.dotted(noted, "{year}", "aged {age}")
