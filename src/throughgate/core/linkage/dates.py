"""The dates and ages that stand in the cells of a list -> year, month and day."""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from throughgate.core.dates import DateNotUnderstood, read_date_with_doubt

NUMBERS = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})")
AGE = re.compile(r"\d{1,2}")
# What stands beside a number that is an age: "53 lat", "каля 31 года", "31 y.o.".
AGE_WORDS = frozenset((
    "узрост", "ва", "ўзросце", "ўзрост", "гадоў", "гады", "год", "каля", "прыкладна", "поўных", "возраст",
    "в", "возрасте", "лет", "лат", "года", "л", "около", "примерно", "ок", "полных", "aged", "age",
    "of", "years", "year", "yrs", "yr", "yo", "y", "o", "old", "about", "ca", "wiek",
    "w", "wieku", "lat", "lata", "rok", "l", "ok", "około", "alter", "im", "von", "jahre",
    "jahr", "j", "alt", "etwa", "âge", "âgé", "âgée", "de", "ans", "an", "environ", "vieku",
    "hadoŭ", "hadou", "hady", "hod", "kala",
))  # fmt: skip
WORD = re.compile(r"\d+|[^\W\d_]+")
# How months begin where `core.dates` does not go: Łacinka, Polish, German, French, and forms it has not met.
MONTHS = (
    "stud stycz sty jan janv",
    "lut feb fév fev",
    "sak mar mär mrz",
    "krasav krasaw krs kwi apr avr",
    "traŭ trau trav traw maj mai",
    "červ cerv czerw cze jun juin чэрв",
    "lip jul juil",
    "žni zni žniŭ sie aug aoû aou жні",
    "vier wier ver wrz sep вера",
    "kast paź paz okt oct каст",
    "listap lis nov ліста",
    "śnie snie śniež gru dez déc dec сьне сне",
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
SHORTEST_MONTH = 3
YEARS = range(1850, 2200)


class Written(NamedTuple):
    """What a cell says of a date; 0 for what it does not. `about`: an age, which may be a year off."""

    year: int = 0
    month: int = 0
    day: int = 0
    about: bool = False


NOTHING = Written()


def day_first(cells: Iterable[str]) -> bool:
    """Whether a list writes the day before the month, by the dates that can be read in one way only."""
    balance = 0
    for cell in cells:
        found = NUMBERS.match(cell)
        if found and len(found[1]) < 4:
            balance += (int(found[1]) > 12) - (int(found[2]) > 12)
    return balance >= 0


def read(cell: str, *, today: datetime.date, days_first: bool) -> Written:
    """A date as it is written; a single number of two digits is an age."""
    found = NUMBERS.fullmatch(cell)
    quick = _quick(found, days_first=days_first) if found else NOTHING
    if quick.year:
        return quick
    if _is_age(cell):
        return age(cell, today=today)
    try:
        date, _ = read_date_with_doubt(cell, today=today, day_first=days_first, years_ahead=0)
    except DateNotUnderstood:
        return _in_words(cell, days_first=days_first)
    return Written(date.year, date.month or 0, date.day or 0, date.about)


def _in_words(cell: str, *, days_first: bool) -> Written:
    """What stands among words of any language: a date in numbers, or a year, and the day and month where clear."""
    whole = NUMBERS.search(cell)
    quick = _quick(whole, days_first=days_first) if whole else NOTHING
    if quick.year:
        return quick
    words = WORD.findall(cell.lower())
    years = [int(word) for word in words if len(word) == 4 and word.isdigit() and int(word) in YEARS]
    if len(years) != 1:
        return NOTHING
    months = [month for month in map(_month, words) if month]
    days = [int(word) for word in words if len(word) <= 2 and word.isdigit()]
    if len(months) != 1 or len(days) > 1 or not all(1 <= day <= 31 for day in days):
        return Written(years[0])
    return Written(years[0], months[0], days[0] if days else 0)


@cache
def _month(word: str) -> int:
    if word in ROMAN:
        return ROMAN.index(word) + 1
    return next(
        (
            number
            for number, beginnings in enumerate(MONTHS, start=1)
            if len(word) >= SHORTEST_MONTH and word.startswith(tuple(beginnings.split()))
        ),
        0,
    )


def _quick(found: re.Match[str], *, days_first: bool) -> Written:
    first, second, third = found.groups()
    if len(first) == 4 and len(third) <= 2:
        year, month, day = int(first), int(second), int(third)
    elif len(third) == 4 and len(first) <= 2:
        year, month, day = int(third), int(second if days_first else first), int(first if days_first else second)
    else:
        return NOTHING
    if month > 12 >= day:
        month, day = day, month
    return Written(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 and 1850 < year < 2200 else NOTHING


def _is_age(cell: str) -> bool:
    words = WORD.findall(cell.lower())
    numbers = [word for word in words if word not in AGE_WORDS]
    return len(numbers) == 1 and AGE.fullmatch(numbers[0]) is not None


def age(cell: str, *, today: datetime.date) -> Written:
    """The year of birth by an age, give or take one."""
    found = AGE.search(cell)
    return Written(today.year - int(found[0]), about=True) if found else NOTHING
