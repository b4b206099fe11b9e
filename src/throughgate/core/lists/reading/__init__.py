"""A list as it came -> headings and rows. Every fault is a `ListError`; the file itself is never changed."""

from typing import BinaryIO

from throughgate.core.lists import archives, ole
from throughgate.core.lists.errors import EmptyList, TooBig
from throughgate.core.lists.limits import DEFAULT_LIMITS, MIB, Limits
from throughgate.core.lists.reading.delimited import read_text
from throughgate.core.lists.reading.kinds import Format, check_name, kind_of
from throughgate.core.lists.reading.sheet import Cell, Row, Sheet, cell_text
from throughgate.core.lists.reading.sources import Data, opener
from throughgate.core.lists.reading.workbook import read_workbook

__all__ = ["Cell", "Data", "Format", "Row", "Sheet", "cell_text", "kind_of", "read_list"]


def read_list(data: Data, filename: str = "", *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """The table in a file: CSV and the like in any encoding and with any delimiter, XLSX, XLSB, XLS, ODS.

    `data`: bytes, a binary stream or a Path; a stream or a path must stay readable while `Sheet.rows` is
    used. `filename` must not contradict the content. `sheet`: by name, in a workbook. A text is checked as a
    whole before this returns, and then read row by row; a workbook is held in memory.

    Raises a `ListError` (codes in `errors`), which the words of `text(language)` explain.
    """
    open_it = opener(data, limits)
    with open_it() as stream:
        start = stream.read(MIB)
        if not start.strip():
            raise EmptyList
        whole = start + _rest(stream, limits) if start.startswith((archives.MAGIC, ole.MAGIC)) else start
    found = kind_of(whole, limits)
    check_name(filename, found)
    if found == "csv":
        return read_text(open_it, limits)
    return read_workbook(whole, found, sheet, limits)


def _rest(stream: BinaryIO, limits: Limits) -> bytes:
    rest = stream.read(limits.file_bytes + 1)
    if len(rest) > limits.file_bytes:
        raise TooBig(limit_mib=limits.file_bytes // MIB)
    return rest
