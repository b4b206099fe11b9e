"""Small office files and pictures, made in the tests that read them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

DATA = Path(__file__).parents[3] / "data" / "lists"

HEADINGS = ("Нумар", "Прозвішча і імя", "Дата нараджэння")
ROWS = (("1", "Прыкладаў Ян", "05.09.1980"), ("2", "Узорава Ніна", "1979"))


def xlsx(*sheets: tuple[str, Sequence[Sequence[object]]], properties: Mapping[str, str] | None = None) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    if properties:
        book.set_properties(dict(properties))
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Спіс">%s</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
_MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" '
    b'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(rows: Sequence[Sequence[str]], **more: bytes) -> bytes:
    body = "".join(
        "<table:table-row>" + "".join(_ODS_CELL % cell for cell in row) + "</table:table-row>" for row in rows
    )
    return ods_of(_ODS % body, **more)


def ods_of(content: str, **more: bytes) -> bytes:
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": _MANIFEST,
            **more,
        }
    )


def repeating_ods() -> bytes:
    """Two kilobytes that claim sixteen thousand million cells."""
    cell = _ODS_CELL.replace("string", 'string" table:number-columns-repeated="16000') % "x"
    return ods_of(_ODS % f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>')


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + b"".join(chunk(kind, content) for kind, content in chunks)
        + chunk(b"IDAT", zlib.compress(b"\x00\x7f"))
        + chunk(b"IEND", b"")
    )


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg(*segments: bytes) -> bytes:
    """The bones of a JPEG: enough to walk, not to show."""
    return (
        b"\xff\xd8"
        + b"".join(segments)
        + segment(0xDB, bytes(65))
        + segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
    )
