"""XLSX, XLSB, XLS and ODS, opened by calamine in a process of its own (`confined.py` says why)."""

import datetime
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from throughgate.core.lists import errors
from throughgate.core.lists.limits import Limits
from throughgate.core.lists.messages import Message, say
from throughgate.core.lists.reading import confined
from throughgate.core.lists.reading.headings import LOOK_AT, find_headings, heading_warnings, name_columns
from throughgate.core.lists.reading.kinds import Format
from throughgate.core.lists.reading.sheet import Cell, Row, Sheet, cell_text, fitted, is_empty


def read_workbook(data: bytes, found: Format, sheet: str | None, limits: Limits) -> Sheet:
    """The sheet asked for, or the one that holds the list."""
    lines = _run(data, sheet, limits)
    about = next(lines)
    rows = [row for row in _rows(lines, limits) if not is_empty(row.cells)]
    if not rows:
        raise errors.EmptyList
    return _make_sheet(about, rows, found)


def _make_sheet(about: dict[str, Any], rows: list[Row], found: Format) -> Sheet:
    start = rows[:LOOK_AT]
    headings_at = find_headings(start)
    heading_row = start[headings_at.index] if headings_at.index is not None else None
    width = max(_used(row) for row in rows)
    headings, renamed = name_columns(heading_row.cells if heading_row else (), width)
    below = rows[headings_at.index + 1 :] if headings_at.index is not None else rows
    if not below:
        raise errors.EmptyList
    preamble = start[: headings_at.index or 0]
    return Sheet(
        headings=headings,
        rows=tuple(Row(row.number, fitted(row.cells, width)) for row in below),
        row_count=len(below),
        format=found,
        warnings=(
            *_sheet_warnings(about),
            *heading_warnings(headings_at, heading_row, len(preamble)),
            *renamed,
        ),
        skipped_preamble=tuple(tuple(cell_text(cell) for cell in row.cells) for row in preamble),
        sheet=about["sheet"],
        others=tuple(about["others"]),
    )


def _sheet_warnings(about: dict[str, Any]) -> list[Message]:
    warnings = [say("hidden_sheet", sheet=about["sheet"])] if about["hidden"] else []
    if about["others"]:
        warnings.append(say("other_sheets", sheet=about["sheet"], others=", ".join(about["others"])))
    return warnings


def _used(row: Row) -> int:
    used = len(row.cells)
    while used and row.cells[used - 1] == "":
        used -= 1
    return used


def _rows(lines: Iterator[Any], limits: Limits) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=1):
        if not isinstance(cells, list):
            return
        yield Row(number, tuple(_cell(cell, number, limits) for cell in cells))


def _cell(cell: Any, number: int, limits: Limits) -> Cell:
    if isinstance(cell, dict):
        text: str = cell["d"]
        if "T" not in text:
            return datetime.date.fromisoformat(text)
        moment = datetime.datetime.fromisoformat(text)
        return moment.date() if moment.time() == datetime.time() else moment
    if not isinstance(cell, str):
        return "" if cell is None else cell
    if len(cell) > limits.cell_length:
        raise errors.CellTooLong(row=number, limit=limits.cell_length)
    return cell.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _order(sheet: str | None, limits: Limits) -> str:
    calamine = importlib.util.find_spec("python_calamine")
    if calamine is None or calamine.origin is None:
        raise ModuleNotFoundError("python_calamine")
    return json.dumps(
        {
            "sheet": sheet,
            "path": [str(Path(calamine.origin).parent.parent)],
            "memory_bytes": limits.memory_bytes,
            "seconds": limits.seconds,
            "rows": limits.rows + LOOK_AT,
            "columns": limits.columns,
        }
    )


def _run(data: bytes, sheet: str | None, limits: Limits) -> Iterator[Any]:
    """What the other process tells, line by line: the first about the sheet, then the rows.

    Raises the ListError it reports; TooDemanding when it ends before its last line.
    """
    command = [sys.executable, "-I", confined.__file__, _order(sheet, limits)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # it inherits no secret
        cwd="/",
    )
    # Processor time is limited inside; this is for a process that waits for nothing.
    watch = threading.Timer(limits.seconds * 2, process.kill)
    watch.start()
    try:
        yield from _talk(process, data, limits)
    finally:
        watch.cancel()
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


def _talk(process: "subprocess.Popen[bytes]", data: bytes, limits: Limits) -> Iterator[Any]:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise errors.UnreadableFile
    with suppress(BrokenPipeError):  # it died; what it managed to say comes next
        stdin.write(data)
        stdin.close()
    told = 0
    for line in stdout:
        told += len(line)
        if told > limits.unpacked_bytes:
            break
        value = json.loads(line)
        if isinstance(value, dict) and "error" in value:
            raise errors.by_code(value["error"], value["params"])
        yield value
        if isinstance(value, dict) and "end" in value:
            return
    raise errors.TooDemanding
