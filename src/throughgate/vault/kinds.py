"""What a file really is, told from its bytes: its name and what the sender says of it are not believed.

Magic numbers: ISO 32000-1 (PDF), W3C PNG, ISO/IEC 10918-1 (JPEG), the WebP container (RFC 9649), GIF89a,
ISO/IEC 14496-12 (MP4 and M4A), RFC 3533 (Ogg), ID3v2 and ISO/IEC 11172-3 (MP3), ECMA-376 and ISO/IEC 26300 (office
files in ZIP).
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`code` is also the extension the file is given back with."""

    code: str
    mime: str
    picture: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf"),
        Kind("png", "image/png", picture=True),
        Kind("jpg", "image/jpeg", picture=True),
        Kind("webp", "image/webp", picture=True),
        Kind("gif", "image/gif"),
        Kind("txt", "text/plain; charset=utf-8"),
        Kind("csv", "text/csv; charset=utf-8"),
        Kind("docx", f"{_OOXML}.wordprocessingml.document"),
        Kind("xlsx", f"{_OOXML}.spreadsheetml.sheet"),
        Kind("odt", f"{_ODF}.text"),
        Kind("ods", f"{_ODF}.spreadsheet"),
        Kind("mp3", "audio/mpeg"),
        Kind("ogg", "audio/ogg"),
        Kind("m4a", "audio/mp4"),
        Kind("mp4", "video/mp4"),
    )
}
PICTURES = tuple(code for code, kind in KINDS.items() if kind.picture)

_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
)
_ODF_TYPES = {f"{_ODF}.text": "odt", f"{_ODF}.spreadsheet": "ods"}
_AUDIO_BRANDS = (b"M4A ", b"M4B ")
_VIDEO_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"dash",
    b"3gp4",
    b"3gp5",
)


def sniff(data: bytes, name: str = "") -> Kind | None:
    """The kind of these bytes; None for one that is not kept. *name* only tells a table in text from other text."""
    code = next((code for start, code in _STARTS if data.startswith(start)), "") or _container(data)
    if not code and _is_text(data):
        code = "csv" if name.lower().endswith(".csv") else "txt"
    return KINDS.get(code)


def _container(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "m4a" if brand in _AUDIO_BRANDS else "mp4" if brand in _VIDEO_BRANDS else ""
    return _office(data) if data.startswith(b"PK\x03\x04") else ""


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            names = set(parcel.namelist())
            if "mimetype" in names and parcel.getinfo("mimetype").file_size < 100:
                return _ODF_TYPES.get(parcel.read("mimetype").decode("ascii", "replace"), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""  # a document with macros is a program
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""


def _is_text(data: bytes) -> bool:
    if not data or any(byte < 9 or 13 < byte < 32 for byte in set(data[:65536]) - {27}):
        return False
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding != "cp1251" or sum(sign.isalnum() or sign.isspace() for sign in text) > len(text) / 2
    return False
