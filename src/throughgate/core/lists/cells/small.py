"""Cells of a word or two: sex, status, phone; and a date wherever it stands in its cell."""

import datetime
import re
from typing import Literal, cast

from throughgate.core.dates import DateNotUnderstood, PartialDate, read_date_with_doubt
from throughgate.core.lists.cells.patterns import begun_by, is_whole
from throughgate.core.lists.reading.sheet import Cell, cell_text

Sex = Literal["male", "female"]

# `active`: held and recognised; `former`: recognised before, free now; `not_recognised`: in the list for
# another reason; the rest as the words say.
Status = Literal["active", "former", "not_recognised", "released", "at_liberty", "died", "abroad", "unknown"]

_PHONE = re.compile(r"\+?\d[\d\s()./-]{4,20}\d")
_INSIDE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\s+[^\W\d_]{3,12}\.?\s+\d{4}\b"
    r"|\b[^\W\d_]{3,12}\s+(?:19|20)\d{2}\b|\b\d{1,2}\.(?:19|20)\d{2}\b|\b(?:19|20)\d{2}\b",
    re.IGNORECASE,
)


def read_sex(text: str) -> Sex | None:
    """In letters or words of three languages."""
    return cast("Sex | None", is_whole(text, "sex"))


def read_status(text: str) -> Status | None:
    """The status in words of three languages, or in the codes of the public list (active, former, np)."""
    return cast("Status | None", begun_by(text, "status"))


def is_phone(text: str) -> bool:
    return bool(_PHONE.search(text)) and sum(map(str.isdigit, text)) >= 7


def read_date_cell(cell: Cell, *, today: datetime.date, years_ahead: int) -> tuple[PartialDate | None, list[str], bool]:
    """The date, codes of doubts (date_...), and whether the whole cell was the date.

    `years_ahead`: how far a two-digit year may lie in the future.
    """
    if isinstance(cell, datetime.date):
        return PartialDate.from_date(cell), [], True
    text = cell_text(cell)
    try:
        date, doubt = read_date_with_doubt(text, today=today, years_ahead=years_ahead)
    except DateNotUnderstood:
        return _date_inside(text, today, years_ahead)
    return date, [f"date_{doubt}"] if doubt else [], True


def _date_inside(text: str, today: datetime.date, years_ahead: int) -> tuple[PartialDate | None, list[str], bool]:
    for found in _INSIDE.finditer(text):
        try:
            date, _ = read_date_with_doubt(found[0], today=today, years_ahead=years_ahead)
        except DateNotUnderstood:
            continue
        return date, ["date_from_long_text"], False
    return None, ["date_unread"], False
