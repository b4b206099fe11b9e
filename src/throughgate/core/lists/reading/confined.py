"""Run as a program of its own: opens a workbook from standard input, writes its cells as JSON lines.

Calamine makes a dense table of whatever a sheet claims to span, and ends the whole process when memory
does not suffice: one stray cell at XFD1048576 would stop a server. Here it may stop nothing but itself.
Only the standard library and calamine are imported; no setting, key or path of the product is within reach.

Standard output: {"sheet", "others", "hidden"}, then one list a row, from the first row of the sheet on,
then {"end": true}; or {"error": code, "params": {...}}. A date is {"d": "2024-05-03"}.
"""

import datetime
import io
import json
import sys
from typing import Any


def main() -> None:
    order = json.loads(sys.argv[1])
    _confine(order)
    sys.path[:0] = order["path"]
    data = sys.stdin.buffer.read()
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", write_through=False)
    try:
        _write(data, order, out)
    except _Refused as refused:
        _line(out, {"error": refused.code, "params": refused.params})
    out.flush()


class _Refused(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def _confine(order: dict[str, Any]) -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, order["memory_bytes"]),
        (resource.RLIMIT_CPU, order["seconds"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def _write(data: bytes, order: dict[str, Any], out: io.TextIOWrapper) -> None:
    import python_calamine as calamine  # noqa: PLC0415 -- only once its place is on the path

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        name, others, hidden = _choose(book, order, calamine)
        sheet = book.get_sheet_by_name(name)
        _refuse_huge(sheet, order)
        _line(out, {"sheet": name, "others": others, "hidden": hidden})
        for row in sheet.iter_rows():
            _line(out, [_plain(cell) for cell in row])
    except calamine.PasswordError as error:
        raise _Refused("password") from error
    except MemoryError as error:
        raise _Refused("too_demanding") from error
    except _Refused:
        raise
    except BaseException as error:  # a panic of the other language is no Exception
        raise _Refused("unreadable") from error
    _line(out, {"end": True})


def _choose(book: Any, order: dict[str, Any], calamine: Any) -> tuple[str, list[str], bool]:
    """The sheet asked for; else the visible one with the most cells; else a hidden one."""
    filled: dict[str, int] = {}
    visible: set[str] = set()
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(about.name)
        except calamine.CalamineError:
            if len(book.sheets_metadata) == 1:
                raise
            continue
        # A list has several columns; a wide sheet of three rows is rather a summary of it.
        filled[about.name] = sheet.height * min(sheet.width, 40)
        if about.visible == calamine.SheetVisibleEnum.Visible:
            visible.add(about.name)
    if order["sheet"] is not None:
        if order["sheet"] not in filled:
            raise _Refused("no_such_sheet", sheet=order["sheet"])
        name = order["sheet"]
    else:
        candidates = [name for name in filled if name in visible and filled[name]] or list(filled)
        if not candidates:
            raise _Refused("empty")
        name = max(candidates, key=lambda name: filled[name])
    return name, [other for other in filled if other != name and filled[other]], name not in visible


def _refuse_huge(sheet: Any, order: dict[str, Any]) -> None:
    if sheet.height > order["rows"]:
        raise _Refused("too_many_rows", limit=order["rows"])
    if sheet.width > order["columns"]:
        raise _Refused("too_many_columns", limit=order["columns"], row=1)


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.date):  # a datetime is one
        return {"d": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    if isinstance(cell, float) and cell != cell:  # noqa: PLR0124 -- not a number
        return ""
    return cell


def _line(out: io.TextIOWrapper, value: Any) -> None:
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    out.write("\n")


if __name__ == "__main__":
    main()
