"""What every reader gives back, whatever the file was."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from throughgate.core.lists.messages import Message
from throughgate.core.lists.reading.kinds import Format

Cell = str | int | float | bool | datetime.date | datetime.datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet program shows it, and its cells ("" where empty)."""

    number: int
    cells: tuple[Cell, ...]


class Rows(Protocol):
    """Rows that can be gone through more than once, without all being in memory."""

    def __iter__(self) -> Iterator[Row]: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read.

    headings          unique, one for each column; numbered where the file has none
    rows              below the headings, empty ones left out; each has as many cells as there are headings
    row_count         of `rows`
    encoding          of a text, as Python names it; None for a workbook
    delimiter         of a text; None for a workbook or when there is one column
    skipped_preamble  the rows above the headings, as text
    sheet, others     the name of the sheet that was read, and of others with something on them
    """

    headings: tuple[str, ...]
    rows: Rows
    row_count: int
    format: Format
    encoding: str | None = None
    delimiter: str | None = None
    warnings: tuple[Message, ...] = ()
    skipped_preamble: tuple[tuple[str, ...], ...] = ()
    sheet: str | None = None
    others: tuple[str, ...] = ()

    def first(self, count: int) -> list[Row]:
        """The first rows, to propose a mapping by or to show."""
        found: list[Row] = []
        for row in self.rows:
            if len(found) == count:
                break
            found.append(row)
        return found


def cell_text(cell: Cell) -> str:
    """The cell as a person would type it; dates as 2024-05-03."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    return str(cell)


def is_empty(cells: Iterable[Cell]) -> bool:
    return all(isinstance(cell, str) and not cell for cell in cells)


def fitted(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """So many cells: empty ones added, surplus ones (always empty by then) dropped."""
    return (*cells[:width], *([""] * (width - len(cells))))
