"""What the cells of a column tell of it, where its heading says nothing."""

import datetime
from collections.abc import Callable, Container, Sequence

from throughgate.core.geo import match_institution
from throughgate.core.linkage import dates, places

FEWEST = 5
ADULT = 14
LONGEST_DATE = 30


def field(cells: Sequence[str], taken: Container[str], *, this_year: int) -> str:
    """The field (of `columns.FIELDS`, and none of `taken`) that enough of the cells are of; "" where none is told."""
    if len(cells) < FEWEST:
        return ""
    return next((name for name, share, enough in TOLD if name not in taken and share(cells, this_year) >= enough), "")


def _ages(cells: Sequence[str], this_year: int) -> float:
    """Numbers of two digits, in any order but that of a count."""
    ages = [int(cell) for cell in cells if dates.AGE.fullmatch(cell) and int(cell) >= ADULT]
    return len(ages) / len(cells) if ages != sorted(ages) else 0.0


def _births(cells: Sequence[str], this_year: int) -> float:
    return _share([1900 < year <= this_year - ADULT for year in _years(cells, this_year)], cells)


def _recent(cells: Sequence[str], this_year: int) -> float:
    """Days when somebody was held: since 1994, none to come."""
    return _share([1994 <= year <= this_year for year in _years(cells, this_year)], cells)


def _years(cells: Sequence[str], this_year: int) -> list[int]:
    today = datetime.date(this_year, 12, 31)
    first = dates.day_first(cells)
    written = [cell for cell in cells if not dates.AGE.fullmatch(cell)]
    return [dates.read(cell, today=today, days_first=first).year for cell in written if len(cell) < LONGEST_DATE]


def _institutions(cells: Sequence[str], this_year: int) -> float:
    found = [match_institution(cell) for cell in cells]
    return _share([bool(matches) and matches[0].score >= places.SURE for matches in found], cells)


def _places(cells: Sequence[str], this_year: int) -> float:
    return _share([places.place(cell).oblast != "" for cell in cells], cells)


def _share(which: Sequence[bool], cells: Sequence[str]) -> float:
    return sum(which) / len(cells)


# Lists also name institutions by their town, so that fewer cells have to be sure.
TOLD: tuple[tuple[str, Callable[[Sequence[str], int], float], float], ...] = (
    ("age", _ages, 0.8),
    ("birth_date", _births, 0.6),
    ("detained_on", _recent, 0.6),
    ("facility", _institutions, 0.4),
    ("residence", _places, 0.6),
)
