"""Reading the dates that people and spreadsheets write.

Nothing is guessed in silence. `read_date_with_doubt` gives the date and, where a second look
is due, one code of `DOUBTS` (the gravest first). `read_date` refuses what would be a guess
(`SERIOUS_DOUBTS`) and accepts the rest.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from throughgate.core.dates import words
from throughgate.core.dates.partial import PartialDate

# Gravest first: when several apply, the first one is reported.
DOUBTS = (
    "year_missing",  # no year written; the one that brings the date nearest to today
    "swapped",  # day and month stand the other way round than expected
    "day_or_year",  # "Sep-26": read as a month with a two-digit year
    "open_ended",  # "after", "before": read as about that date
    "excel_serial",  # a spreadsheet's day number
    "relative",  # "yesterday", "last year": counted from today
    "weekday_mismatch",  # the day of the week named is another one
    "unlikely_year",  # before 1900 or more than forty years ahead
    "range",  # "5-7 September": the month or year that holds it all
    "placeholder",  # zeros or signs in place of the day or the month
    "question_mark",  # marked as doubtful by its writer
    "day_month_order",  # 05/09/2026 with strokes: some write the month first
    "two_digit_year",  # century supplied
    "no_separators",  # 05092026
    "season",  # "summer 2020": the year, about
    "part_of_year",  # "early 2020", a quarter, a half: the year, about
    "part_of_month",  # "early September 2020": the month, about
)
SERIOUS_DOUBTS = frozenset(DOUBTS[: DOUBTS.index("unlikely_year")])

_TIME = re.compile(
    r"(?<=\d)(?:t|,? )\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r" ?(?:am|pm)?(?:z| ?utc| ?gmt)?(?:[+-]\d{2}:?\d{2})?$"
)
_SEPARATED = re.compile(
    r"(?P<a>\d{1,4}|[xх?]{1,2}|[ivx]+)(?P<sep> ?[./,-] ?| )(?P<b>\d{1,4}|[xх?]{1,2}|[ivx]+)"
    r"(?:(?: ?[./,-] ?| )(?P<c>\d{1,4}))?\.?"
)
_YEAR_ENDING = re.compile(r"(?<=\d) ?(?:г|гг|года?|годзе|году|р|y|year)\.?$")
_TOKEN = re.compile(r"\d+|[a-zа-я]+(?:-[a-zа-я]+)*")
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


class DateNotUnderstood(ValueError):
    """The text is no date that could be read without guessing; `text` is what was written."""

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(f"“{text}” was not understood as a date. {reason}".strip())
        self.text = text


@dataclass(slots=True)
class _Reading:
    """What is known while one text is read."""

    text: str
    today: datetime.date
    day_first: bool
    years_ahead: int
    about: bool = False
    doubts: set[str] = field(default_factory=set)

    def fail(self, reason: str = "") -> DateNotUnderstood:
        return DateNotUnderstood(self.text, reason)

    def year(self, written: str) -> int:
        if len(written) == 4 and int(written) >= 1000:
            return int(written)
        if len(written) != 2:
            raise self.fail()
        self.doubts.add("two_digit_year")
        century = self.today.year - self.today.year % 100
        year = century + int(written)
        return year if year <= self.today.year + self.years_ahead else year - 100

    def date(self, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        if not 1900 <= year <= self.today.year + 40:
            self.doubts.add("unlikely_year")
        try:
            return PartialDate(year, month, day, self.about)
        except ValueError as error:
            raise self.fail(str(error)) from error

    def without_year(self, month: int, day: int | None) -> PartialDate:
        self.doubts.add("year_missing")
        candidates = []
        for year in range(self.today.year - 4, self.today.year + 5):
            try:
                candidates.append(PartialDate(year, month, day, self.about))
            except ValueError:
                continue
        if not candidates:
            raise self.fail()
        return min(candidates, key=lambda one: abs((one.earliest - self.today).days))


def read_date(text: str, *, today: datetime.date, day_first: bool = True, years_ahead: int = 20) -> PartialDate:
    """The date written in `text`; raises DateNotUnderstood rather than guess.

    `years_ahead`: a two-digit year may lie at most so far ahead of today (0 for dates of birth).
    """
    found, doubt = read_date_with_doubt(text, today=today, day_first=day_first, years_ahead=years_ahead)
    if doubt in SERIOUS_DOUBTS:
        raise DateNotUnderstood(text, "It can be read in more than one way.")
    return found


def read_date_with_doubt(
    text: str, *, today: datetime.date, day_first: bool = True, years_ahead: int = 20
) -> tuple[PartialDate, str | None]:
    """The likeliest date written in `text` and, if it needs a look, one code of `DOUBTS`.

    Raises DateNotUnderstood when there is no likely reading.
    """
    reading = _Reading(text, today, day_first, years_ahead)
    found = _read(_clean(reading), reading)
    return found, next((code for code in DOUBTS if code in reading.doubts), None)


def _clean(reading: _Reading) -> str:
    """The folded text without time of day, brackets and the signs of approximation."""
    rest = words.fold(reading.text).strip("()[]\"'«»“”;. ")
    if len(rest) > 80:
        raise reading.fail()
    rest = _TIME.sub("", rest)
    if re.fullmatch(r"[~≈]? ?c\. ?\d.*", rest):
        rest, reading.about = re.sub(r"^[~≈]? ?c\. ?", "", rest), True
    if rest.startswith(("~", "≈")) or rest.endswith("~"):
        rest, reading.about = rest.strip("~≈ "), True
    if re.search(r"[0-9a-zа-я.] ?\(?\?\)?$", rest) and not re.search(r"\?\?", rest):
        rest, reading.about = rest.rstrip("?() "), True
        reading.doubts.add("question_mark")
    return _YEAR_ENDING.sub("", rest).strip(" ,;")


def _read(rest: str, reading: _Reading) -> PartialDate:
    readers: tuple[Callable[[str, _Reading], PartialDate | None], ...] = (
        _read_relative,
        _read_run_together,
        _read_separated,
        _read_words,
    )
    for reader in readers:
        found = reader(rest, reading)
        if found is not None:
            return found
    raise reading.fail()


def _read_relative(rest: str, reading: _Reading) -> PartialDate | None:
    if rest in words.RELATIVE_DAYS:
        reading.doubts.add("relative")
        day = reading.today + datetime.timedelta(days=words.RELATIVE_DAYS[rest])
        return PartialDate.from_date(day, about=reading.about)
    if rest in words.RELATIVE_YEARS:
        reading.doubts.add("relative")
        return reading.date(reading.today.year + words.RELATIVE_YEARS[rest])
    return None


def _read_run_together(rest: str, reading: _Reading) -> PartialDate | None:
    """2026, 20260905, 05092026, 202609 or the day number of a spreadsheet."""
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", rest):
        reading.doubts.add("excel_serial")
        day = _EXCEL_EPOCH + datetime.timedelta(days=int(rest[:5]))
        return reading.date(day.year, day.month, day.day)
    if not re.fullmatch(r"\d{4}|\d{6}|\d{8}", rest):
        return None
    if len(rest) == 4:
        return reading.date(reading.year(rest))
    year_first = 1800 <= int(rest[:4]) <= 2199 and 1 <= int(rest[4:6]) <= 12
    if len(rest) == 6:
        if not year_first:
            raise reading.fail()
        reading.doubts.add("no_separators")
        return reading.date(int(rest[:4]), int(rest[4:]))
    if year_first and 1 <= int(rest[6:]) <= 31:
        return reading.date(int(rest[:4]), int(rest[4:6]), int(rest[6:]))
    reading.doubts.add("no_separators")
    return _day_and_month(rest[:2], rest[2:4], reading.year(rest[4:]), reading)


def _read_separated(rest: str, reading: _Reading) -> PartialDate | None:
    found = _SEPARATED.fullmatch(rest)
    if found is None:
        return None
    a, b, c = found["a"], found["b"], found["c"]
    if c is None:
        return _two_numbers(a, b, found["sep"].strip(), reading)
    if len(a) == 4:
        if not c.isdigit() or len(c) > 2:
            raise reading.fail()
        return _month_then_day(b, c, reading.year(a), reading)
    both_small = a.isdigit() and b.isdigit() and 1 <= int(a) <= 12 and 1 <= int(b) <= 12
    if "/" in found["sep"] and both_small and int(a) != int(b):
        reading.doubts.add("day_month_order")
    return _day_and_month(a, b, reading.year(c), reading)


def _two_numbers(a: str, b: str, separator: str, reading: _Reading) -> PartialDate:
    """A month and a year in either order; two short numbers are a day without its year."""
    if len(a) == 4 and len(b) == 4:
        raise reading.fail("These are two years.")
    if len(a) == 4 and len(b) <= 2 and a.isdigit():
        return _month_of_year(b, reading.year(a), reading)
    if len(b) == 4 and b.isdigit():
        return _month_of_year(a, reading.year(b), reading)
    if not separator or not a.isdigit() or _number(b) is None:
        raise reading.fail()
    first, second = (a, b) if reading.day_first else (b, a)
    return reading.without_year(_month(second, reading), int(first))


def _number(written: str) -> int | None:
    """A number, a Roman month, or None for signs that stand for an unknown one."""
    if written.isdigit():
        return int(written)
    return words.ROMAN_MONTHS.get(written)


def _is_blank(written: str) -> bool:
    return set(written) <= set("0xх?") and written != "x"


def _month(written: str, reading: _Reading) -> int:
    month = _number(written)
    if month is None or not 1 <= month <= 12:
        raise reading.fail("There is no such month.")
    return month


def _month_of_year(written: str, year: int, reading: _Reading) -> PartialDate:
    if _is_blank(written):
        reading.doubts.add("placeholder")
        return reading.date(year)
    return reading.date(year, _month(written, reading))


def _month_then_day(month: str, day: str, year: int, reading: _Reading) -> PartialDate:
    """Year first: the month is expected before the day."""
    if _is_blank(day):
        reading.doubts.add("placeholder")
        return _month_of_year(month, year, reading)
    if month.isdigit() and day.isdigit() and 12 < int(month) <= 31 and int(day) <= 12:
        reading.doubts.add("swapped")
        month, day = day, month
    return reading.date(year, _month(month, reading), int(day))


def _day_and_month(a: str, b: str, year: int, reading: _Reading) -> PartialDate:
    """Day and month in the order expected, or the other way round if only that can be."""
    day, month = (a, b) if reading.day_first or not b.isdigit() else (b, a)
    if _is_blank(day):
        reading.doubts.add("placeholder")
        return _month_of_year(month, year, reading)
    if not day.isdigit():
        raise reading.fail()
    if month.isdigit() and int(month) > 12 and 1 <= int(day) <= 12:
        reading.doubts.add("swapped")
        day, month = month, day
    return reading.date(year, _month(month, reading), int(day))


@dataclass(slots=True)
class _Words:
    """The parts of a date written in words."""

    months: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    month_first: bool = False
    vague: str | None = None


def _read_words(rest: str, reading: _Reading) -> PartialDate | None:
    for phrase, shift in words.RELATIVE_YEARS.items():
        if rest.endswith(" " + phrase):
            reading.doubts.add("relative")
            rest = f"{rest.removesuffix(phrase)}{reading.today.year + shift}"
    parts = _sort_tokens(_TOKEN.findall(rest), reading)
    if not parts.numbers and not parts.months:
        return None
    found = _assemble(parts, rest, reading)
    day = found.as_date()
    if parts.weekdays and day is not None and day.weekday() != parts.weekdays[0]:
        reading.doubts.add("weekday_mismatch")
    return found


def _sort_tokens(tokens: Iterable[str], reading: _Reading) -> _Words:
    parts = _Words()
    for token in tokens:
        for word in [token] if token in words.ABOUT else token.split("-"):
            _sort_word(word, parts, reading)
    return parts


def _sort_word(word: str, parts: _Words, reading: _Reading) -> None:
    if word.isdigit():
        parts.numbers.append(word)
    elif word in words.MONTHS:
        parts.month_first = parts.month_first or not parts.numbers
        parts.months.append(words.MONTHS[word])
    elif word in words.ABOUT:
        reading.about = True
    elif word in words.SEASONS:
        parts.vague = "season"
    elif word in words.PARTS or re.fullmatch(r"q[1-4]?", word):
        parts.vague = parts.vague or "part"
    elif word in words.OPEN_ENDED:
        reading.about = True
        reading.doubts.add("open_ended")
    elif word in words.WEEKDAYS:
        parts.weekdays.append(words.WEEKDAYS[word])
    elif word not in words.NOISE and word not in words.ROMAN_MONTHS:
        raise reading.fail()


def _assemble(parts: _Words, rest: str, reading: _Reading) -> PartialDate:
    years = [number for number in parts.numbers if len(number) == 4]
    small = [number for number in parts.numbers if len(number) <= 2]
    if len(years) + len(small) != len(parts.numbers):
        raise reading.fail()
    if parts.vague is not None:
        return _assemble_vague(parts, years, small, reading)
    if not parts.months:
        return _read_bare(rest, reading)
    if len(years) > 1 or len(set(parts.months)) > 1 or len(small) > 2:
        return _assemble_range(parts, years, reading)
    month = parts.months[0]
    if years:
        return _with_year(month, years[0], small, reading)
    return _with_short_year(month, small, parts.month_first, rest, reading)


def _with_year(month: int, year: str, small: list[str], reading: _Reading) -> PartialDate:
    if len(small) == 2:
        reading.doubts.add("range")
        for day in small:
            reading.date(reading.year(year), month, int(day))
        return reading.date(reading.year(year), month)
    if small and int(small[0]) == 0:
        reading.doubts.add("placeholder")
        return reading.date(reading.year(year), month)
    return reading.date(reading.year(year), month, int(small[0]) if small else None)


def _with_short_year(month: int, small: list[str], month_first: bool, rest: str, reading: _Reading) -> PartialDate:
    """No year of four digits beside the name of a month."""
    if len(small) == 2:
        return reading.date(reading.year(small[1]), month, int(small[0]))
    if not small:
        return reading.without_year(month, None)
    number = small[0]
    if len(number) == 2 and int(number) > 31:
        return reading.date(reading.year(number), month)
    if month_first and re.search(r"[a-zа-я][-.'’]" + number + "$", rest):
        reading.doubts.add("day_or_year")
        return reading.date(reading.year(number), month)
    return reading.without_year(month, int(number))


def _assemble_range(parts: _Words, years: list[str], reading: _Reading) -> PartialDate:
    if len(set(years)) != 1:
        raise reading.fail("It spans more than one year.")
    reading.doubts.add("range")
    if len(set(parts.months)) == 1:
        return reading.date(reading.year(years[0]), parts.months[0])
    return reading.date(reading.year(years[0]))


def _assemble_vague(parts: _Words, years: list[str], small: list[str], reading: _Reading) -> PartialDate:
    """A season, a half, a quarter, the start or the end of a year or of a month."""
    if not years or len(parts.months) > 1:
        raise reading.fail("The year is missing.")
    reading.about = True
    if parts.months:
        if small:
            raise reading.fail()
        reading.doubts.add("part_of_month")
        return reading.date(reading.year(years[0]), parts.months[0])
    # "winter 2020-2021" belongs to both years; the first one, about, is what fits a record.
    if len(years) > 2 or (len(years) == 2 and int(years[1]) - int(years[0]) != 1):
        raise reading.fail("It spans more than one year.")
    reading.doubts.add("season" if parts.vague == "season" else "part_of_year")
    return reading.date(reading.year(years[0]))


def _read_bare(rest: str, reading: _Reading) -> PartialDate:
    """Digits among words that say nothing about the month: "about 05.09.2026", "in 2026"."""
    digits = re.search(r"\d[\d./, -]*", rest)
    if digits is None or re.search(r"\d", rest[digits.end() :]):
        raise reading.fail()
    bare = digits[0].strip(" ,./-")
    found = _read_run_together(bare, reading) or _read_separated(bare, reading)
    if found is None:
        raise reading.fail()
    return found
