"""Tables written as text: CSV and its relatives, read row by row in bounded memory."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from throughgate.core.lists.errors import (
    CellTooLong,
    EmptyList,
    TooManyColumns,
    TooManyRows,
    UnclosedQuote,
)
from throughgate.core.lists.limits import Limits
from throughgate.core.lists.messages import Message, say
from throughgate.core.lists.reading.encodings import SAMPLE, Encoding, find_encoding
from throughgate.core.lists.reading.headings import LOOK_AT, find_headings, heading_warnings, name_columns
from throughgate.core.lists.reading.sheet import Row, Sheet, cell_text, fitted, is_empty
from throughgate.core.lists.reading.sources import Opener
from throughgate.core.lists.words import is_known_heading

DELIMITERS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_DROPPED = {0: None, 0xFEFF: None, 0x1A: None}


def read_text(open_it: Opener, limits: Limits) -> Sheet:
    """Two passes over the text: the first finds every fault, the second is `Sheet.rows`."""
    with open_it() as stream:
        encoding = find_encoding(stream)
    table = _Table(open_it, encoding.name, None, limits)
    sample = table.sample()
    if not sample.strip("\x00\x1a\ufeff\r\n\t ,;|"):
        raise EmptyList
    sep_line = _SEP_LINE.match(sample)
    delimiter = sep_line[1] if sep_line else find_delimiter(sample)
    table = _Table(open_it, encoding.name, delimiter, limits, skip_first=bool(sep_line))
    return _check(table, encoding)


@dataclass(frozen=True, slots=True)
class _Table:
    """The records of a text. Iterating raises ListError at the first fault."""

    open_it: Opener
    encoding: str
    delimiter: str | None
    limits: Limits
    skip_first: bool = False

    def text(self) -> io.TextIOWrapper:
        # What cannot be decoded is shown as its code: nothing is lost in silence.
        return io.TextIOWrapper(self.open_it(), self.encoding, "backslashreplace", newline="")

    def sample(self) -> str:
        with self.text() as text:
            return text.read(SAMPLE)

    def __iter__(self) -> Iterator[Row]:
        with self.text() as text:
            lines = _Lines(text)
            records = csv.reader(lines, delimiter=self.delimiter or ",")
            if self.delimiter is None:
                records = ([line.rstrip("\r\n")] for line in lines)  # type: ignore[assignment]
            if self.skip_first:
                next(iter(lines), None)
            yield from self._records(records, lines)

    def _records(self, records: Iterator[list[str]], lines: "_Lines") -> Iterator[Row]:
        number = 0
        try:
            for record in records:
                number += 1
                if lines.at_end:
                    raise UnclosedQuote(row=number)
                cells = tuple(_clean(cell) for cell in record)
                if not is_empty(cells):
                    yield Row(number, self._checked(cells, number))
        except csv.Error as error:
            raise CellTooLong(row=number + 1, limit=self.limits.cell_length) from error

    def _checked(self, cells: tuple[str, ...], number: int) -> tuple[str, ...]:
        if max(map(len, cells)) > self.limits.cell_length:
            raise CellTooLong(row=number, limit=self.limits.cell_length)
        if len(cells) > self.limits.columns and not is_empty(cells[self.limits.columns :]):
            raise TooManyColumns(row=number, limit=self.limits.columns)
        return cells


class _Lines:
    """The lines of a text; knows whether a record asked for more after the last one."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.at_end = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline()
        if not line:
            self.at_end = True
            raise StopIteration
        return line


def _clean(cell: str) -> str:
    """Without signs that no table needs (zero bytes, byte-order marks); one kind of line end."""
    cell = cell.translate(_DROPPED) if "\x00" in cell or "\ufeff" in cell or "\x1a" in cell else cell
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def find_delimiter(sample: str) -> str | None:
    """The sign that divides the sample into the most regular table; None for one column."""
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        score = _regularity(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _regularity(sample: str, delimiter: str) -> float:
    try:
        records = [record for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(record)]
    except csv.Error:
        return 0.0
    # The last record of a sample may be cut.
    records = records[:-1] if len(records) > 2 else records
    if not records:
        return 0.0
    width, often = Counter(map(len, records)).most_common(1)[0]
    if width < 2:
        return 0.0
    known = max(sum(is_known_heading(cell) for cell in record) for record in records[:LOOK_AT])
    return often / len(records) * (1 + min(width, 20) / 20) + known


def _check(table: _Table, encoding: Encoding) -> Sheet:
    """The first pass: every limit, the width, and which row holds the headings."""
    start: list[Row] = []
    count = width = 0
    widths: Counter[int] = Counter()
    first_of_width: dict[int, int] = {}
    for row in table:
        count += 1
        if count > table.limits.rows + LOOK_AT:
            raise TooManyRows(limit=table.limits.rows)
        if len(start) < LOOK_AT:
            start.append(row)
        used = len(row.cells)
        while used and not row.cells[used - 1]:
            used -= 1
        width = max(width, used)
        widths[len(row.cells)] += 1
        first_of_width.setdefault(len(row.cells), row.number)
    if not start:
        raise EmptyList
    return make_sheet(table, start, count, width, _Extra(encoding, table.delimiter, widths, first_of_width))


@dataclass(frozen=True, slots=True)
class _Extra:
    encoding: Encoding
    delimiter: str | None
    widths: Counter[int]
    first_of_width: dict[int, int]

    def warnings(self, headings: int) -> list[Message]:
        found: list[Message] = []
        if self.encoding.guessed:
            found.append(say("encoding_guessed", encoding=self.encoding.name))
        if self.encoding.damaged:
            found.append(say("bytes_not_read", count=self.encoding.damaged))
        if self.delimiter is None:
            found.append(say("one_column"))
        ragged = {width: times for width, times in self.widths.items() if width != headings and times > 0}
        if ragged:
            first = min(self.first_of_width[width] for width in ragged)
            found.append(say("ragged_rows", count=sum(ragged.values()), row=first))
        return found


@dataclass(frozen=True, slots=True)
class _Below:
    """The rows below the headings, all of one width."""

    table: _Table
    after: int
    width: int

    def __iter__(self) -> Iterator[Row]:
        for row in self.table:
            if row.number > self.after:
                yield Row(row.number, fitted(row.cells, self.width))


def make_sheet(table: _Table, start: list[Row], count: int, width: int, extra: _Extra) -> Sheet:
    found = find_headings(start)
    heading_row = start[found.index] if found.index is not None else None
    headings, warnings = name_columns(heading_row.cells if heading_row else (), width)
    preamble = start[: found.index or 0]
    extra.widths.subtract(len(row.cells) for row in preamble)
    below = count - len(preamble) - (1 if heading_row else 0)
    if below < 1:
        raise EmptyList
    if below > table.limits.rows:
        raise TooManyRows(limit=table.limits.rows)
    return Sheet(
        headings=headings,
        rows=_Below(table, heading_row.number if heading_row else 0, width),
        row_count=below,
        format="csv",
        encoding=extra.encoding.name,
        delimiter=extra.delimiter,
        warnings=(
            *extra.warnings(len(heading_row.cells) if heading_row else width),
            *heading_warnings(found, heading_row, len(preamble)),
            *warnings,
        ),
        skipped_preamble=tuple(tuple(cell_text(cell) for cell in row.cells) for row in preamble),
    )
