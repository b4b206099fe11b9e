"""Lists as CSV and XLSX files, made in memory: a sheet of sealed values must not lie in a temporary folder.

The XLSX writer is our own for that reason: the library writes its rows to temporary files, or keeps
every cell as an object. Office Open XML as of ECMA-376 part 1 (sections 12.2, 12.3, 18.3): one sheet,
text in place, no formulas at all.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse

# A cell that begins so may be run as a formula by the program that opens the file (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32767  # letters in a cell, the limit of the format

Row = Sequence[Any]


def harmless(text: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet might run."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def to_csv(head: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte-order mark and semicolons: what a spreadsheet in be/ru settings opens by a click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(cell)) for cell in head])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _csv_cell(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool | int | float | Decimal):
        return str(value)
    return harmless(str(value))


def to_xlsx(head: Row, rows: Iterable[Row], *, sheet: str = "Sheet1") -> bytes:
    """One sheet with a bold, frozen heading row; days are days, numbers are numbers, the rest is text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parcel:
        for name, content in _PARTS.items():
            parcel.writestr(name, content.replace("{sheet}", _attribute(_sheet_name(sheet))))
        with parcel.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(_SHEET_START.encode())
            part.write(_xlsx_row(1, head, style=1).encode())
            for number, row in enumerate(rows, start=2):
                part.write(_xlsx_row(number, row).encode())
            part.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _xlsx_row(number: int, row: Row, *, style: int = 0) -> str:
    cells = "".join(_xlsx_cell(f"{_letters(i)}{number}", value, style) for i, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _xlsx_cell(place: str, value: Any, style: int) -> str:
    if isinstance(value, datetime.date) and value.year >= 1901:  # older days sheets cannot count
        days, style = _serial(value), 3 if isinstance(value, datetime.datetime) else 2
        return f'<c r="{place}" s="{style}"><v>{days}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    text = _clean(str(value))
    if not text:
        return ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _serial(day: datetime.date) -> str:
    """Days since 30 December 1899, as sheets count them."""
    start = datetime.date(1899, 12, 30)
    if isinstance(day, datetime.datetime):
        minutes = (day.hour * 60 + day.minute) / 1440
        return f"{(day.date() - start).days + minutes:.10f}"
    return str((day - start).days)


def _clean(text: str) -> str:
    """Without the control characters that XML forbids, cut at the longest cell."""
    return "".join(c for c in text[:LONGEST] if c >= " " or (c in "\n\t" and c not in "\ufffe\uffff"))


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet_name(text: str) -> str:
    kept = "".join(c for c in text if c not in r"[]:*?/\'")
    return kept[:31].strip() or "Sheet1"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def as_response(kind: str, name: str, head: Row, rows: Iterable[Row]) -> HttpResponse:
    """The file as a download. `kind` is "csv" or "xlsx"; `name` is the file's name without its ending.

    Complete when returned: rows are read while the request still acts on the member's behalf.
    """
    content = to_csv(head, rows) if kind == "csv" else to_xlsx(head, rows, sheet=name)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_START = (
    f'{_HEADER}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15" baseColWidth="18"/><sheetData>'
)
_PARTS = {
    "[Content_Types].xml": f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEADER}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # cellXfs: 0 plain, 1 bold, 2 day, 3 day and time
    "xl/styles.xml": f'{_HEADER}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
