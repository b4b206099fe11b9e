"""Dates as people know them: partial, approximate, written in three languages.

Plain values in, plain values out; today's date is always passed in.
"""

from throughgate.core.dates.partial import PartialDate, Precision
from throughgate.core.dates.reading import (
    DOUBTS,
    SERIOUS_DOUBTS,
    DateNotUnderstood,
    read_date,
    read_date_with_doubt,
)
from throughgate.core.dates.showing import format_date
from throughgate.core.dates.terms import Term, TermNotUnderstood, format_term, read_term

__all__ = [
    "DOUBTS",
    "SERIOUS_DOUBTS",
    "DateNotUnderstood",
    "PartialDate",
    "Precision",
    "Term",
    "TermNotUnderstood",
    "format_date",
    "format_term",
    "read_date",
    "read_date_with_doubt",
    "read_term",
]
