"""The dates and ages that stand in the cells of a list -> year, month and day."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from throughgate.core.dates import DateNotUnderstood, read_date_with_doubt

NUMBERS = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})")
AGE = re.compile(r"\d{1,2}")


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
    if AGE.fullmatch(cell):
        return age(cell, today=today)
    try:
        date, _ = read_date_with_doubt(cell, today=today, day_first=days_first, years_ahead=0)
    except DateNotUnderstood:
        return NOTHING
    return Written(date.year, date.month or 0, date.day or 0, date.about)


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


def age(cell: str, *, today: datetime.date) -> Written:
    found = AGE.match(cell)
    return Written(today.year - int(found[0]), about=True) if found else NOTHING
