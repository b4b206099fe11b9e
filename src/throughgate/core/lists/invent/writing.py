"""Lists laid down as files: CSV in an encoding of choice, XLSX, ODS."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape

import xlsxwriter

from throughgate.core.lists.invent.rows import InventedList

Rows = Iterable[tuple[str, ...]]


def _all_rows(content: InventedList) -> Rows:
    yield from content.preamble
    yield content.headings
    yield from content


def write_csv(content: InventedList, to: BinaryIO, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> None:
    """Letters that the encoding lacks become question marks, as they do in the programs that save so."""
    text = io.TextIOWrapper(to, encoding, errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows(_all_rows(content))
    finally:
        text.detach()


def write_xlsx(content: InventedList, to: BinaryIO) -> None:
    book = xlsxwriter.Workbook(to, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Спіс" if content.layout == "page-be" else "List")
    for number, row in enumerate(_all_rows(content)):
        sheet.write_row(number, 0, row)
    book.close()


_ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="List">'
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(content: InventedList, to: BinaryIO) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS_KIND)
        _add(archive, "META-INF/manifest.xml", _ODS_MANIFEST.format(kind=_ODS_KIND))
        body = "".join(_ods_row(row) for row in _all_rows(content))
        _add(archive, "content.xml", _ODS_START + body + _ODS_END)


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    # Without the time of writing, so that the same list is the same file.
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(part, text)


def _ods_row(row: tuple[str, ...]) -> str:
    return f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>"


def _ods_cell(cell: str) -> str:
    if not cell:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
