"""Which row holds the headings, and what the columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from throughgate.core.lists.messages import Message, say
from throughgate.core.lists.reading.sheet import Cell, Row, cell_text
from throughgate.core.lists.words import is_known_heading

LOOK_AT = 30
_VALUE = re.compile(r"\d{1,4}([./-]\d{1,4}){1,2}|[\d\s.,]+|https?://.*|\+?\d[\d\s()-]{6,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """`index`: of the heading row among the rows looked at; None when there is none."""

    index: int | None
    guessed: bool = False


def find_headings(rows: Sequence[Row]) -> Found:
    """`rows`: the first ones that are not empty, at most LOOK_AT."""
    known = [_known(row) for row in rows]
    best = max(range(len(rows)), key=lambda index: (known[index], -index))
    if known[best] >= 3 and known[best] * 10 >= _filled(rows[best]) * 3:
        return Found(best)
    width = max(_filled(row) for row in rows)
    for index, row in enumerate(rows):
        if _filled(row) * 10 >= width * 6:
            if known[index] * 2 >= _filled(row):
                return Found(index)
            return Found(index, guessed=True) if _could_be_headings(row) else Found(None)
    return Found(None)


def _known(row: Row) -> int:
    """How many different headings we know stand in the row."""
    return len({text for cell in row.cells if is_known_heading(text := cell_text(cell))})


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell != "")


def _could_be_headings(row: Row) -> bool:
    texts = [cell for cell in row.cells if cell != ""]
    return all(isinstance(cell, str) and len(cell) < 100 and not _VALUE.fullmatch(cell) for cell in texts) and len(
        set(texts)
    ) == len(texts)


def name_columns(cells: Sequence[Cell], width: int) -> tuple[tuple[str, ...], list[Message]]:
    """Unique names for `width` columns, and what was renamed."""
    names: list[str] = []
    messages: list[Message] = []
    for number in range(width):
        written = " ".join(cell_text(cells[number]).split()) if number < len(cells) else ""
        name = written or say("column_number", number=number + 1).text()
        renamed, copy = name, 2
        while renamed in names:
            renamed, copy = f"{name} ({copy})", copy + 1
        if renamed != name and written:
            messages.append(say("same_heading", heading=name, renamed=renamed))
        names.append(renamed)
    return tuple(names), messages


def heading_warnings(found: Found, heading_row: Row | None, preamble: int) -> list[Message]:
    """What a person should look at: no headings, a guess, rows above them."""
    if heading_row is None:
        return [say("no_headings")]
    warnings = [say("headings_guessed", row=heading_row.number)] if found.guessed else []
    return [*warnings, *([say("preamble_skipped", count=preamble)] if preamble else [])]
