"""Reading a table of releases and of what came after, strictly: nothing is guessed and nothing is skipped."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from throughgate.core.dates import PartialDate
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.reading import DELIMITERS
from throughgate.core.survival.persons import LEAST_WEIGHT, LOST, MOST_WEIGHT, NONE, Floats
from throughgate.core.survival.words import EVENTS

FIELDS = (
    "person", "start", "start_from", "start_to", "end", "end_from", "end_to", "time", "event", "entry", "weight"
)  # fmt: skip
# Those who return for political reasons did nothing again: no word for that is taken as an event.
_FALSE_NAMES = re.compile(r"recidiv|re-?offen|рэцыды|рецидив", re.IGNORECASE)
_CENSORED = frozenset({"censored", "censor", "alive", "free", "na", "nan", "null", "unknown"})
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_BETWEEN = re.compile(r"\s*(?:/|\.\.)\s*")
MOST = 5_000_000
MOST_DAYS = 73_050  # 200 years


@dataclass(frozen=True, eq=False)
class Releases:
    """n rows as they were read, in arrays of shape (n,).

    start, end    first and last possible day (ordinal) of release, and of the event or the last knowledge, each
                  ((n,), (n,)); with durations instead of dates, start is 0 and end the number of days
    dated         whether days are dates
    as_of         last day of the study (ordinal); None with durations
    event         names; `none` and `lost` are no event
    entry         day in view since, counted from the release; -inf: since the release
    person        who it is; empty when there is no such column
    row           where it stands in the table, the heading counted as row 1
    columns       the other columns asked for, by heading, as texts
    """

    start: tuple[Floats, Floats]
    end: tuple[Floats, Floats]
    dated: bool
    as_of: int | None
    event: tuple[str, ...]
    entry: Floats
    weight: Floats
    person: tuple[str, ...]
    row: tuple[int, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.event)

    @property
    def fuzzy(self) -> bool:
        """Whether some day is known only roughly."""
        return bool((self.start[0] < self.start[1]).any() or (self.end[0] < self.end[1]).any())

    @property
    def events(self) -> tuple[str, ...]:
        """Names of the events, sorted."""
        return tuple(sorted(set(self.event) - {NONE, LOST}))

    def numbers(self, headings: Sequence[str]) -> Floats:
        """(n, C) columns as numbers. Raises EstimationError for what is no number."""
        return np.array([[_number(value, row, name) for row, value in zip(self.row, self.columns[name], strict=True)]
                         for name in headings]).T  # fmt: skip


def read(
    text: str, *, names: Mapping[str, str] | None = None, columns: Sequence[str] = (), repeated: bool = False,
    as_of: datetime.date | None = None,
) -> Releases:  # fmt: skip
    """The rows of a CSV table; `names` says which heading holds which of `FIELDS` where it is not the same.

    Needed: `event`, and either `start` and `end` (2024-05-03, 2024-05, 2024, or 2024-05-03/2024-06-10 where the day
    lies between the two; 2024-05-03..2024-06-10 is the same) or `time` (days). In place of `start` there may be two
    columns, `start_from` and `start_to`, for the first and the last possible day; so for `end`. Raises EstimationError
    with the row, counted with the heading as row 1.
    """
    table = _Table(text, names or {}, columns)
    event = tuple(_event(value, row) for row, value in table.of("event"))
    _check_spelling(table.of("event"))
    dated = _dated(table)
    person = tuple(value for _, value in table.of("person")) if table.has("person") else ()
    _check_persons(table.of("person") if person else (), repeated)
    if dated:
        start, end, last = _dates(table, as_of)
    else:
        if as_of:
            raise EstimationError("A last day of the study is for dates; this table has days since the release.")
        time = np.array([_days(value, row, table.heading("time")) for row, value in table.of("time")])
        start, end, last = (np.zeros(len(time)),) * 2, (time, time), None
    entry = _entries(table, start, end, dated=dated)
    weight = np.array([_weight(value, row) for row, value in table.of("weight")]) if table.has("weight") else None
    return Releases(
        start, end, dated, last, event, entry, np.ones(len(event)) if weight is None else weight, person,
        tuple(row for row, _ in table.of("event")),
        {name: tuple(value for _, value in table.of(name)) for name in columns},
    )  # fmt: skip


class _Table:
    def __init__(self, text: str, names: Mapping[str, str], columns: Sequence[str]) -> None:
        self.names = dict(names)
        strange = sorted(set(names) - set(FIELDS))
        if strange:
            raise EstimationError(f"There is no field “{strange[0]}”; there are: {', '.join(FIELDS)}.")
        try:
            text = text.removeprefix("\ufeff")
            delimiter = max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
            lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            rows = [(row, [cell.strip() for cell in cells]) for row, cells in enumerate(lines, start=1)]
        except csv.Error as error:
            raise EstimationError(f"The table is not CSV: {error}.") from error
        rows = [(row, cells) for row, cells in rows if any(cells)]
        if not rows:
            raise EstimationError("The table is empty: there is not even a row of headings.")
        self.head = rows[0][1]
        self.rows = rows[1:]
        self._check_cells()
        self._check_columns(columns)

    def _check_cells(self) -> None:
        if len(set(self.head)) < len(self.head):
            twice = next(name for name in self.head if self.head.count(name) > 1)
            raise EstimationError(f"Two columns are called “{twice}”.")
        for row, cells in ((1, self.head), *self.rows):
            if len(cells) != len(self.head):
                raise EstimationError(f"Row {row} has {len(cells)} cells, the headings are {len(self.head)}.")
            if _HIDDEN.search("".join(cells)):
                column = next(place for place, cell in enumerate(cells, start=1) if _HIDDEN.search(cell))
                raise EstimationError(f"Row {row}, cell {column}: there is a line break or another unseen character.")
        if not self.rows:
            raise EstimationError("The table has headings but nobody in it.")
        if len(self.rows) > MOST:
            raise EstimationError(f"The table has {len(self.rows):,} rows; {MOST:,} are the most.")

    def _check_columns(self, columns: Sequence[str]) -> None:
        for wanted in (*self.names.values(), *columns):
            if wanted not in self.head:
                raise EstimationError(f"There is no column “{wanted}”; there are: {', '.join(self.head)}.")
        for name in ("event", "time", "end", "end_from", "end_to", "person"):
            if self.heading(name) in columns:
                raise EstimationError(f"Column “{self.heading(name)}” is what is told; it cannot explain or part it.")
        if not self.has("event"):
            raise EstimationError(f"There is no column “event”; there are: {', '.join(self.head)}.")

    def heading(self, name: str) -> str:
        return self.names.get(name, name)

    def has(self, name: str) -> bool:
        return self.heading(name) in self.head

    def of(self, name: str) -> list[tuple[int, str]]:
        """Rows with their numbers, and what stands in a column."""
        place = self.head.index(self.heading(name))
        return [(row, cells[place]) for row, cells in self.rows]


def _dated(table: _Table) -> bool:
    found = {name: _headings(table, name) for name in ("start", "end")}
    given = [heading for headings in found.values() for heading in headings]
    if table.has("time") and not given:
        return False
    if table.has("time"):
        raise EstimationError(f"Give either “time” or dates, not both: there is “time” and “{given[0]}”.")
    for name, headings in found.items():
        if not headings:
            raise EstimationError(f"There is no column “{table.heading(name)}”: dates need “start” and “end”.")
    return True


def _headings(table: _Table, name: str) -> list[str]:
    """The column of a day, or the two of its first and last possible day, or none."""
    one, pair = table.has(name), [each for each in (f"{name}_from", f"{name}_to") if table.has(each)]
    if one and pair:
        raise EstimationError(f"Give either “{table.heading(name)}” or “{table.heading(pair[0])}”, not both.")
    if len(pair) == 1:
        raise EstimationError(
            f"There is “{table.heading(pair[0])}”, but not the other end: “{name}_from” and “{name}_to”."
        )
    return [name] if one else pair


def _event(value: str, row: int) -> str:
    if not value:
        raise EstimationError(
            f"Row {row}: the event is empty; write none for somebody still free and in touch on the last day, "
            "lost for somebody of whom nothing is known after it."
        )
    if _FALSE_NAMES.search(value):
        raise EstimationError(
            f"Row {row}: “{value}” is no name of an event; write return_political, return_other or return_unknown."
        )
    if value.lower() in _CENSORED or re.fullmatch(r"[\d.,+-]+", value):
        raise EstimationError(
            f"Row {row}: “{value}” does not say what happened; write the event by name, none, or lost."
        )
    return value


def _check_spelling(events: Sequence[tuple[int, str]]) -> None:
    """One event must not be taken for two because it is written in two ways."""
    known = {_key(name): name for name in (*EVENTS, NONE, LOST) if name}
    for row, value in events:
        written = known.setdefault(_key(value), value)
        if written != value:
            raise EstimationError(f"Row {row}: the event is written “{value}”; write “{written}” everywhere.")
        if _MIXED.search(value):
            raise EstimationError(f"Row {row}: the event “{value}” has Latin and Cyrillic letters in one word.")


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.casefold())


def _check_persons(person: Sequence[tuple[int, str]], repeated: bool) -> None:
    if repeated and not person:
        raise EstimationError("Repeated returns need a column “person” that says whose row it is.")
    seen: dict[str, int] = {}
    for row, name in person:
        if not name:
            raise EstimationError(f"Row {row}: the person is empty.")
        if name in seen and not repeated:
            raise EstimationError(
                f"Rows {seen[name]} and {row} are one person; ask for repeated returns, or keep the first row."
            )
        seen[name] = row


def _dates(table: _Table, as_of: datetime.date | None) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats], int]:
    start, end = _spans(table, "start"), _spans(table, "end")
    last = as_of.toordinal() if as_of else max(low for low, _ in end)
    for (row, _), (begun, _), (ended, until) in zip(table.of("event"), start, end, strict=True):
        if ended > last:
            said = datetime.date.fromordinal(last).isoformat()
            raise EstimationError(f"Row {row}: the end is after the last day of the study, {said}.")
        if until < begun:
            raise EstimationError(f"Row {row}: the end is before the start.")
    return _bounded(start, last), _bounded(end, last), last


def _spans(table: _Table, name: str) -> list[tuple[int, int]]:
    """First and last possible day of every row."""
    first, *second = _headings(table, name)
    found = [_span(value, row, table.heading(first)) for row, value in table.of(first)]
    for place, (row, value) in enumerate(table.of(second[0]) if second else ()):
        low, high = found[place][0], _span(value, row, table.heading(second[0]))[1]
        if high < low:
            raise EstimationError(f"Row {row}: “{table.heading(second[0])}” is before “{table.heading(first)}”.")
        found[place] = low, high
    return found


def _bounded(spans: Sequence[tuple[int, int]], last: int) -> tuple[Floats, Floats]:
    both = np.minimum(np.array(spans, dtype=np.float64), last)
    return both[:, 0], both[:, 1]


def _span(value: str, row: int, name: str) -> tuple[int, int]:
    """First and last possible day."""
    parts = _BETWEEN.split(value)
    try:
        if not all(_ISO.fullmatch(part) for part in parts) or len(parts) > 2:
            raise ValueError
        low, high = PartialDate.parse(parts[0]), PartialDate.parse(parts[-1])
    except ValueError:
        raise EstimationError(
            f"Row {row}, column “{name}”: “{value}” is not a date written as 2024-05-03, 2024-05, 2024 or "
            "2024-05-03/2024-06-10."
        ) from None
    if high.latest < low.earliest:
        raise EstimationError(f"Row {row}, column “{name}”: “{value}” ends before it begins.")
    return low.earliest.toordinal(), high.latest.toordinal()


def _entries(table: _Table, start: tuple[Floats, Floats], end: tuple[Floats, Floats], *, dated: bool) -> Floats:
    found = np.full(len(start[0]), -math.inf)
    if not table.has("entry"):
        return found
    heading = table.heading("entry")
    for place, (row, value) in enumerate(table.of("entry")):
        if not value:
            continue
        if dated:
            low, high = _span(value, row, heading)
            if low != high or start[0][place] != start[1][place]:
                raise EstimationError(f"Row {row}: coming into view late needs exact days of release and of entry.")
            found[place] = low - start[0][place]
        else:
            found[place] = _days(value, row, heading)
        if found[place] <= 0:
            found[place] = -math.inf  # in view since the release, and on that day
        if found[place] >= end[0][place] - start[0][place]:
            raise EstimationError(f"Row {row}: the person came into view on the last day or after it.")
    return found


def _number(value: str, row: int, name: str) -> float:
    found = float(value) if _NUMBER.fullmatch(value) else math.nan
    if not math.isfinite(found):
        raise EstimationError(f"Row {row}, column “{name}”: “{value}” is not a number.")
    return found


def _days(value: str, row: int, name: str) -> float:
    found = _number(value, row, name)
    if found < 0:
        raise EstimationError(f"Row {row}, column “{name}”: “{value}” is not a number of days, 0 or more.")
    if found > MOST_DAYS:
        raise EstimationError(f"Row {row}, column “{name}”: “{value}” days are more than 200 years.")
    return found


def _weight(value: str, row: int) -> float:
    found = _number(value, row, "weight")
    if not LEAST_WEIGHT <= found <= MOST_WEIGHT:
        raise EstimationError(
            f"Row {row}: the weight “{value}” is not between {LEAST_WEIGHT:f} and {MOST_WEIGHT:,.0f}."
        )
    return found
