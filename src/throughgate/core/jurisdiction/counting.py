"""How days are counted: the working convention of rules CNT-02, CNT-03 and CNT-06.

No Belarusian text on the last day was read; when a lawyer has one, this module changes.
"""

import calendar
import datetime
from dataclasses import dataclass

from throughgate.core.dates import Term

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day of a term; `day_missing` when the last month had no such day (CNT-03)."""

    last_day: datetime.date
    day_missing: bool


def end_of_term(start: datetime.date, term: Term) -> TermEnd:
    """The last day of a term whose first day is `start`.

    Years and months first: the day before the same day-number, or the last day of a month that
    lacks it, without taking off one more day. Then the days are added.
    Raises ValueError when the end lies past the year 9999.
    """
    reached = Term(term.years, term.months).after(start)
    day_missing = reached.day != start.day
    last = reached if day_missing else reached - _DAY
    try:
        return TermEnd(last + datetime.timedelta(days=term.days), day_missing)
    except OverflowError as error:
        raise ValueError("The term ends outside the calendar.") from error


def cut(last_day: datetime.date, term: Term) -> datetime.date:
    """The last day after a cut: calendar years and months back, 29 February becoming 28."""
    return term.before(last_day)


def fraction_of_term(
    start: datetime.date, term: Term, numerator: int, denominator: int
) -> tuple[datetime.date, bool, bool]:
    """The last day of a fraction of a term; whether a day was missing; whether days were counted.

    Whole months where the fraction gives them, otherwise days, rounded up.
    """
    months = term.whole_months * numerator
    if term.days == 0 and months % denominator == 0:
        found = end_of_term(start, Term(months=months // denominator))
        return found.last_day, found.day_missing, False
    whole = (end_of_term(start, term).last_day - start).days + 1
    need = -(-whole * numerator // denominator)
    return start + datetime.timedelta(days=need - 1), False, True


def is_weekend(day: datetime.date) -> bool:
    return day.weekday() >= calendar.SATURDAY
