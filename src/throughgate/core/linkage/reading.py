# ruff: noqa: S608 (names of columns and tables are our own)
"""Lists of any make -> one table of text cells in the engine.

A text in UTF-8 and a Parquet file are read by the engine itself, everything else by `core.lists`.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughgate.core.linkage import arrow
from throughgate.core.linkage.columns import FIELDS, NAMES, Columns, chosen, recognise
from throughgate.core.linkage.errors import LinkageError
from throughgate.core.lists.errors import ListError
from throughgate.core.lists.limits import MIB, Limits
from throughgate.core.lists.reading import Row, Sheet, cell_text, read_list
from throughgate.core.lists.reading.encodings import find_encoding, looks_binary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# What the engine inside this process can hold beside its pairs, on a machine with 8 GB.
MOST_RECORDS = 8_000_000
LIMITS = Limits(
    file_bytes=4096 * MIB, unpacked_bytes=4096 * MIB, rows=MOST_RECORDS, memory_bytes=6144 * MIB, seconds=900
)
HEAD = 256 * 1024
SAMPLE = 200
BATCH = 50_000


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list that was read: its name in the output, how many rows, which columns were understood."""

    source: str
    rows: int
    columns: Columns


def read_lists(
    connection: "Connection", paths: Sequence[Path], *, profile: Mapping[str, str], this_year: int
) -> list[ReadList]:
    """Fills the table `raw` (list, row, and every field as text or null). Raises LinkageError."""
    for path, times in Counter(path.resolve() for path in paths).items():
        if times > 1:
            raise LinkageError(f"{path} is named twice. A list is compared with itself in any case.")
    fields = ", ".join(f"{field} VARCHAR" for field in FIELDS)
    connection.execute(f"CREATE OR REPLACE TABLE raw (list SMALLINT, row INTEGER, {fields})")
    found = []
    for number, (path, source) in enumerate(zip(paths, sources(paths), strict=True)):
        with said_of(path):
            columns = _Reader(connection, number, path, profile, this_year).read()
        rows = count(connection, f"raw WHERE list = {number}")
        if not rows:
            raise LinkageError(f"{path}: the list is empty.")
        found.append(ReadList(source, rows, columns))
        total = sum(each.rows for each in found)
        if total > MOST_RECORDS:
            raise LinkageError(too_many(total))
    return found


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Why a file cannot be read, as a LinkageError."""
    try:
        yield
    except ListError as error:
        raise LinkageError(f"{path}: {error.text()}") from error
    except OSError as error:
        raise LinkageError(f"{path} cannot be read: {error.strerror}.") from error


def too_many(records: int) -> str:
    return (
        f"These lists hold {records:,} records, and one machine links at most {MOST_RECORDS:,}. "
        "Link parts of them, for example by year of birth."
    )


def sources(paths: Sequence[Path]) -> list[str]:
    """The names of the files; with their folders where two have the same."""
    names = [path.name for path in paths]
    return names if len(set(names)) == len(names) else [str(path) for path in paths]


def count(connection: "Connection", rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: "Connection"
    number: int
    path: Path
    profile: Mapping[str, str]
    this_year: int

    def read(self) -> Columns:
        with self.path.open("rb") as stream:
            head = stream.read(HEAD)
        if not head.strip():
            raise LinkageError(f"{self.path}: the list is empty.")
        if head.startswith(b"PAR1"):
            return self._parquet()
        if looks_binary(head) or head.startswith((b"PK", b"\xd0\xcf")):
            return self._row_by_row(read_list(self.path, self.path.name, limits=LIMITS))
        return self._text(head)

    def _parquet(self) -> Columns:
        import duckdb  # noqa: PLC0415 (an extra)

        table = f"read_parquet({_quoted(str(self.path))})"
        try:
            described = self.connection.execute(f"DESCRIBE FROM {table}").fetchall()
            return self._by_engine(table, [str(column[0]) for column in described])
        except duckdb.Error as error:
            raise LinkageError(f"{self.path} is damaged, and cannot be read as Parquet.") from error

    def _text(self, head: bytes) -> Columns:
        """A text that is plain UTF-8 goes to the engine; the head tells its headings and delimiter."""
        with self.path.open("rb") as stream:
            encoding = find_encoding(stream)
        if encoding.name in ("utf-8", "utf-8-sig") and not encoding.damaged:
            whole_lines = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
            sheet = read_list(io.BytesIO(whole_lines), self.path.name, limits=LIMITS)
            above = _lines_above(sheet)
            if sheet.delimiter is not None and above is not None:
                return self._text_by_engine(sheet, above)
        return self._row_by_row(read_list(self.path, self.path.name, limits=LIMITS))

    def _text_by_engine(self, sheet: Sheet, above: int) -> Columns:
        names = [f"c{number}" for number in range(len(sheet.headings))]
        columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in names)
        table = (
            f"read_csv({_quoted(str(self.path))}, header = false, skip = {above}, columns = {{{columns}}}, "
            f"delim = {_quoted(sheet.delimiter or ',')}, quote = '\"', escape = '\"', "
            "null_padding = true, strict_mode = false, auto_detect = false)"
        )
        import duckdb  # noqa: PLC0415 (an extra)

        try:
            return self._by_engine(table, sheet.headings, dict(zip(sheet.headings, names, strict=True)))
        except duckdb.Error:
            self.connection.execute(f"DELETE FROM raw WHERE list = {self.number}")
            return self._row_by_row(read_list(self.path, self.path.name, limits=LIMITS))

    def _by_engine(self, table: str, headings: Sequence[str], names: Mapping[str, str] | None = None) -> Columns:
        named = names or {heading: heading for heading in headings}
        texts = ", ".join(f"CAST({_name(named[heading])} AS VARCHAR)" for heading in headings)
        sample = self.connection.execute(f"SELECT {texts} FROM {table} LIMIT {SAMPLE}").fetchall()
        rows = [Row(number, tuple(cell or "" for cell in cells)) for number, cells in enumerate(sample, start=1)]
        columns = self._columns(headings, rows)
        cells = ", ".join(
            f"nullif(trim(CAST({_name(named[columns[field]])} AS VARCHAR)), '')" if field in columns else "NULL"
            for field in FIELDS
        )
        filled = " OR ".join(f"{_name(named[heading])} IS NOT NULL" for heading in headings)
        self.connection.execute(
            f"INSERT INTO raw SELECT {self.number}, row_number() OVER (), {cells} FROM {table} WHERE {filled}"
        )
        return columns

    def _row_by_row(self, sheet: Sheet) -> Columns:
        columns = self._columns(sheet.headings, sheet.first(SAMPLE))
        places = [sheet.headings.index(columns[field]) if field in columns else None for field in FIELDS]
        for batch in _batches(self._cells(sheet.rows, places)):
            self.connection.register("batch", _arrow(batch))
            self.connection.execute("INSERT INTO raw SELECT * FROM batch")
            self.connection.unregister("batch")
        return columns

    def _cells(self, rows: Iterable[Row], places: Sequence[int | None]) -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(rows, start=1):
            cells = (None if place is None else cell_text(row.cells[place]).strip() or None for place in places)
            yield (self.number, number, *cells)

    def _columns(self, headings: Sequence[str], sample: Sequence[Row]) -> Columns:
        columns = chosen(recognise(headings, sample, this_year=self.this_year), headings, self.profile)
        if not set(columns) & set(NAMES):
            raise LinkageError(
                f"{self.path}: no column with names was found among {', '.join(headings)}. "
                'Say which it is in a profile (--profile), with a line like "Heading" = "name".'
            )
        return columns


def _lines_above(sheet: Sheet) -> int | None:
    """How many lines stand above the data, the headings included; None where a line break is inside a cell."""
    cells = [*sheet.headings, *(cell for row in sheet.skipped_preamble for cell in row)]
    first = sheet.first(1)
    return None if any("\n" in cell for cell in cells) or not first else first[0].number - 1


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _arrow(batch: list[tuple[Any, ...]]) -> Any:
    kinds = {"list": "int", "row": "int"} | dict.fromkeys(FIELDS, "")
    columns = arrow.turned(batch, len(kinds))
    return arrow.table({name: (kind, each) for (name, kind), each in zip(kinds.items(), columns, strict=True)})


def _name(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
