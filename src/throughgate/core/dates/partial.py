"""A date known to the day, the month or only the year, and perhaps only roughly."""

import calendar
import datetime
import functools
import re
from dataclasses import dataclass
from typing import Literal, Self

Precision = Literal["year", "month", "day"]

_STORED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<about>~)?")

# How far "about" may stray on either side when two dates are compared, by precision.
# A working convention of ours: a week, a month, half a year.
_SLACK_DAYS: dict[Precision, int] = {"day": 7, "month": 31, "year": 183}
_RANK: dict[Precision, int] = {"year": 0, "month": 1, "day": 2}


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of year, month or day precision; `about` marks an approximate one.

    Ordered by the earliest day it may mean, then coarse before fine, then exact before about.
    Raises ValueError, with a plain sentence, when there is no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not datetime.MINYEAR <= self.year <= datetime.MAXYEAR:
            raise ValueError(f"The year {self.year} is not between 1 and 9999.")
        if self.month is None:
            if self.day is not None:
                raise ValueError("A day without a month is not a date.")
            return
        if not 1 <= self.month <= 12:
            raise ValueError(f"There is no month number {self.month}.")
        if self.day is None:
            return
        last = calendar.monthrange(self.year, self.month)[1]
        if not 1 <= self.day <= last:
            raise ValueError(f"Month {self.month} of {self.year} has {last} days; there is no day {self.day}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the storage form (`2024`, `2024-05`, `2024-05-03`, each perhaps with `~`)."""
        found = _STORED.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a date written as 2024, 2024-05 or 2024-05-03.")
        month, day = found["month"], found["day"]
        return cls(
            int(found["year"]),
            int(month) if month else None,
            int(day) if day else None,
            about=bool(found["about"]),
        )

    @classmethod
    def from_date(cls, day: datetime.date, *, about: bool = False) -> Self:
        """The same day as a partial date; the time of a datetime is dropped."""
        return cls(day.year, day.month, day.day, about)

    def __str__(self) -> str:
        """The storage form: at most 11 characters, sorts by year, month and day as text.

        As text an approximate date sorts after the exact dates inside it (`2024~` after
        `2024-12-31`); only the order of objects is the documented one.
        """
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts) + ("~" if self.about else "")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[datetime.date, int, bool]:
        return self.earliest, _RANK[self.precision], self.about

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def earliest(self) -> datetime.date:
        """The first day this may mean as written; `about` does not widen it."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last day this may mean as written; `about` does not widen it."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def as_date(self) -> datetime.date | None:
        """The day itself, or None when only the month or the year is known.

        An approximate day is still given: ask `about` where that matters.
        """
        return self.earliest if self.day is not None else None

    def shift(self, *, days: int) -> "PartialDate":
        """The date so many days later (earlier if negative); `about` is kept.

        Raises ValueError when the day is not known, or the result leaves the calendar.
        """
        day = self.as_date()
        if day is None:
            raise ValueError("Only a date known to the day can be moved by days.")
        try:
            return PartialDate.from_date(day + datetime.timedelta(days=days), about=self.about)
        except OverflowError as error:
            raise ValueError(f"{days} days from {self} is outside the calendar.") from error

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether both may mean the same day.

        An approximate date is given room on both sides: a week, a month or half a year,
        as it is known to the day, the month or the year.
        """
        first, last = self.widest
        other_first, other_last = other.widest
        return first <= other_last and other_first <= last

    @property
    def widest(self) -> tuple[int, int]:
        """Ordinals of the first and last day this may mean, with the room that `about` gives."""
        slack = _SLACK_DAYS[self.precision] if self.about else 0
        return self.earliest.toordinal() - slack, self.latest.toordinal() + slack
