"""What goes wrong between a person and a line of a list, each at a stated rate."""

from __future__ import annotations

import csv
import datetime
import random
from dataclasses import dataclass

from people import DATA, TODAY, Person


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of rows, 0 to 1, in which each of these happens. README.md has the table."""

    surname_typo: float
    given_typo: float
    no_patronymic: float
    initials: float
    maiden: float  # of married women, written by the surname they had before
    diminutive: float
    swapped_names: float
    latin_letter: float
    no_birth: float
    year_only: float
    age_only: float
    first_january: float
    day_month_swapped: float
    one_digit: float
    no_place: float
    other_place: float  # where the person lived, not where they were born
    no_detention: float
    detention_off: float
    month_of_detention: float
    no_institution: float


def _rates(hand: str) -> Rates:
    """A column of data/rates.csv."""
    with (DATA / "rates.csv").open(newline="") as file:
        return Rates(**{row["rate"]: float(row[hand]) for row in csv.DictReader(file)})


CAREFUL, USUAL, HASTY = _rates("careful"), _rates("usual"), _rates("hasty")
WORSE, WORST = _rates("worse"), _rates("worst")


@dataclass(frozen=True, slots=True)
class Noted:
    """A date as somebody noted it: `precision` is day, month, year, age or none."""

    date: datetime.date
    precision: str

    @property
    def age(self) -> int:
        before = (TODAY.month, TODAY.day) < (self.date.month, self.date.day)
        return TODAY.year - self.date.year - before


def birth(of: Person, rates: Rates, rng: random.Random) -> Noted:
    draw = rng.random()
    for share, precision in ((rates.no_birth, "none"), (rates.year_only, "year"), (rates.age_only, "age")):
        if draw < share:
            return Noted(of.birth, precision)
        draw -= share
    for share, change in (
        (rates.first_january, lambda date: date.replace(month=1, day=1)),
        (rates.day_month_swapped, _swapped),
        (rates.one_digit, lambda date: _one_digit(date, rng)),
    ):
        if draw < share:
            return Noted(change(of.birth), "day")
        draw -= share
    return Noted(of.birth, "day")


def detention(of: Person, rates: Rates, rng: random.Random) -> Noted:
    draw = rng.random()
    if draw < rates.no_detention:
        return Noted(of.detained, "none")
    if draw < rates.no_detention + rates.detention_off:
        return Noted(of.detained + datetime.timedelta(days=rng.choice((-2, -1, 1, 1, 2, 3, 30, 365))), "day")
    if draw < rates.no_detention + rates.detention_off + rates.month_of_detention:
        return Noted(of.detained, "month")
    return Noted(of.detained, "day")


def _swapped(date: datetime.date) -> datetime.date:
    return date.replace(day=date.month, month=date.day) if date.day <= 12 else date


def _one_digit(date: datetime.date, rng: random.Random) -> datetime.date:
    """One digit of day, month or year mistyped so that it is a date still."""
    digits = list(date.strftime("%d%m%Y"))
    for _ in range(20):
        at = rng.choice((0, 1, 2, 3, 6, 7, 7))
        changed = [*digits[:at], str(rng.randrange(10)), *digits[at + 1 :]]
        try:
            other = datetime.datetime.strptime("".join(changed), "%d%m%Y").date()  # noqa: DTZ007 (a date alone)
        except ValueError:
            continue
        if other != date:
            return other
    return date


KEYS = (
    "йцукенгшўзхфывапролджэячсмітьбю",
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "qwertyuiopasdfghjklzxcvbnm",
)
HEARD = dict(zip("аоеэиыіуьвбпдткгзсaoeiywvckszm", "оаэеыіыюевпбтдгксзaaieyvwkczsn", strict=True))


def typo(word: str, rng: random.Random) -> str:
    """One letter dropped, doubled, exchanged with the next, struck beside its key, or written as it sounds."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3:
        return word[:at] + _beside(word[at], rng) + word[at + 1 :]
    return word[:at] + HEARD.get(word[at], word[at]) + word[at + 1 :]


def _beside(letter: str, rng: random.Random) -> str:
    for row in KEYS:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, min(len(row) - 1, at + rng.choice((-1, 1))))]
    return letter
