"""Lengths of time as judgments write them: years, months and days."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from throughgate.core.dates.showing import known_language
from throughgate.core.dates.words import fold


class TermNotUnderstood(ValueError):
    """The text is no length of time; `text` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” was not understood as a length of time.")
        self.text = text


@dataclass(frozen=True, slots=True)
class Term:
    """Whole years, months and days, none negative; 12 months are not turned into a year."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.days) < 0:
            raise ValueError("A term cannot be negative.")

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.days)

    def __add__(self, other: "Term") -> "Term":
        return Term(self.years + other.years, self.months + other.months, self.days + other.days)

    @property
    def whole_months(self) -> int:
        """Years and months together, in months; days are left out."""
        return self.years * 12 + self.months

    def normalized(self) -> "Term":
        """Twelve months made a year; days stay, a month having no fixed length."""
        years, months = divmod(self.whole_months, 12)
        return Term(years, months, self.days)

    def after(self, start: datetime.date) -> datetime.date:
        """The same day of the month a term later, days added last.

        A day the month lacks becomes its last day (31 January + 1 month = 28 or 29 February).
        Raises ValueError past the year 9999.
        """
        return _move(start, self.whole_months, self.days)

    def before(self, end: datetime.date) -> datetime.date:
        """The same day of the month a term earlier, days taken last; see `after`."""
        return _move(end, -self.whole_months, -self.days)


def _move(start: datetime.date, months: int, days: int) -> datetime.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise ValueError("The date is outside the calendar.")
    last = calendar.monthrange(year, month + 1)[1]
    try:
        moved = datetime.date(year, month + 1, min(start.day, last))
        return moved + datetime.timedelta(days=days)
    except OverflowError as error:
        raise ValueError("The date is outside the calendar.") from error


_UNITS = {
    fold(word): unit
    for unit, words in {
        "years": "год года годы лет г л гады гадоў гады years year yrs yr y",
        "months": "месяц месяца месяцы месяцев мес м месяцаў months month mos mo m",
        "weeks": "неделя недели недель нед тыдзень тыдня тыдні тыдняў weeks week wk w",
        "days": "день дня дни дней дн д сутки суток сут дзень дні дзён суткі сутак days day d",
    }.items()
    for word in words.split()
}
_NUMBERS = {
    fold(word): number
    for number, words in {
        1: "один одна одни адзін адна адны one",
        2: "два две двое дзве двое two",
        3: "три трое тры трое three",
        4: "четыре чатыры four",
        5: "пять пяць five",
        6: "шесть шэсць six",
        7: "семь сем seven",
        8: "восемь восем eight",
        9: "девять дзевяць nine",
        10: "десять дзесяць ten",
        11: "одиннадцать адзінаццаць eleven",
        12: "двенадцать дванаццаць twelve",
        13: "тринадцать трынаццаць thirteen",
        14: "четырнадцать чатырнаццаць fourteen",
        15: "пятнадцать пятнаццаць fifteen",
    }.items()
    for word in words.split()
}
_WHOLE = {
    fold(phrase): term
    for phrase, term in {
        "полгода": Term(months=6),
        "паўгода": Term(months=6),
        "полтора года": Term(1, 6),
        "паўтара года": Term(1, 6),
        "half a year": Term(months=6),
        "a year and a half": Term(1, 6),
    }.items()
}
_PIECE = re.compile(r"(\d+(?:[.,]\d+)?|[a-zа-я]+)[ -]?([a-zа-я]+)\.?,?(?: (?:і|и|ды|and)(?= ))?")


def read_term(text: str) -> Term:
    """`3 года 6 месяцев`, `2 years 6 months`, `15 сутак`, `3,5 года`, `4 (четыре) года`.

    A half of a year is six months; no other fraction is read. Raises TermNotUnderstood.
    """
    rest = re.sub(r" ?\([a-zа-я -]+\)", "", fold(text)).strip(" .")
    if rest in _WHOLE:
        return _WHOLE[rest]
    found: dict[str, int] = {}
    position = 0
    while position < len(rest):
        piece = _PIECE.match(rest, position)
        if piece is None:
            raise TermNotUnderstood(text)
        _take(piece[1], piece[2], found, text)
        position = piece.end()
        while position < len(rest) and rest[position] == " ":
            position += 1
    if not found:
        raise TermNotUnderstood(text)
    days = found.get("days", 0) + 7 * found.get("weeks", 0)
    return Term(found.get("years", 0), found.get("months", 0), days)


def _take(amount: str, word: str, found: dict[str, int], text: str) -> None:
    unit = _UNITS.get(word)
    if unit is None or unit in found:
        raise TermNotUnderstood(text)
    whole, _, fraction = amount.replace(",", ".").partition(".")
    if not whole.isdigit():
        if whole not in _NUMBERS:
            raise TermNotUnderstood(text)
        whole = str(_NUMBERS[whole])
    if len(whole) > 5:
        raise TermNotUnderstood(text)
    found[unit] = int(whole)
    if not fraction.strip("0"):
        return
    if unit != "years" or fraction.rstrip("0") != "5" or "months" in found:
        raise TermNotUnderstood(text)
    found["months"] = 6


# Суткі and сутки have no singular: 1 and 21 take the first form, everything else the second.
_FORMS = {
    "be": {
        "years": ("год", "гады", "гадоў"),
        "months": ("месяц", "месяцы", "месяцаў"),
        "days": ("дзень", "дні", "дзён"),
        "arrest": ("суткі", "сутак", "сутак"),
    },
    "ru": {
        "years": ("год", "года", "лет"),
        "months": ("месяц", "месяца", "месяцев"),
        "days": ("день", "дня", "дней"),
        "arrest": ("сутки", "суток", "суток"),
    },
    "en": {
        "years": ("year", "years", "years"),
        "months": ("month", "months", "months"),
        "days": ("day", "days", "days"),
        "arrest": ("day", "days", "days"),
    },
}


def counted(number: int, unit: str, language: str) -> str:
    """`5 гадоў`, `21 год`, `2 years`: unit is years, months, days, or arrest (суткі)."""
    language = known_language(language)
    forms = _FORMS[language][unit]
    if language == "en":
        return f"{number} {forms[0] if number == 1 else forms[1]}"
    if number % 10 == 1 and number % 100 != 11:
        form = forms[0]
    elif number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        form = forms[1]
    else:
        form = forms[2]
    return f"{number} {form}"


def format_term(term: Term, language: str, *, day_word: Literal["days", "arrest"] = "days") -> str:
    """`3 гады 6 месяцаў`; nothing at all is shown as zero days.

    `day_word="arrest"` counts days as administrative arrest is counted (сутак, суток).
    """
    parts = [
        counted(number, unit, language)
        for number, unit in (
            (term.years, "years"),
            (term.months, "months"),
            (term.days, day_word),
        )
        if number
    ]
    return " ".join(parts) or counted(0, day_word, language)
