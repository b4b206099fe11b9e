"""What a file is by its content, and whether its name agrees."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from throughgate.core.lists import archives, ole
from throughgate.core.lists.errors import (
    NotAList,
    NotText,
    OldFormat,
    PasswordProtected,
    WebPage,
    WrongExtension,
)
from throughgate.core.lists.limits import DEFAULT_LIMITS, Limits
from throughgate.core.lists.reading.encodings import SAMPLE, looks_binary

Format = Literal["csv", "xlsx", "xlsb", "xls", "ods"]

# Endings that promise something. Any other ending, or none, promises nothing.
_EXTENSIONS: dict[str, Format] = {
    **dict.fromkeys(("csv", "tsv", "tab", "txt"), "csv"),
    **dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm"), "xlsx"),
    "xlsb": "xlsb",
    **dict.fromkeys(("xls", "xlt"), "xls"),
    **dict.fromkeys(("ods", "ots"), "ods"),
}
_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"SQLite format 3", "SQLite"),
    (b"age-encryption.org/", "age"),
    (b"-----BEGIN PGP", "PGP"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
)
# Workbooks of Excel 2 to 4, before compound files.
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00[\x00\x02\x03\x04\x05\x06]")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype|html|head|body|meta|table|style|div|\w+:workbook|workbook|office:document)\b",
    re.IGNORECASE | re.DOTALL,
)


def extension(filename: str) -> str:
    """The ending of the name in lower case, without the dot."""
    return PurePath(filename).suffix.lower().lstrip(".")


def kind_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Format:
    """The format by content; `data` is the whole file for archives, its beginning is enough for text.

    Raises NotAList, NotText, WebPage, OldFormat, PasswordProtected, UnreadableFile, ZipBomb.
    """
    if data.startswith(archives.MAGIC):
        return _kind_of_archive(data, limits)
    if data.startswith(ole.MAGIC):
        return _kind_of_compound(data)
    for magic, name in _OTHER_FILES:
        if data.startswith(magic):
            raise NotAList(found=name)
    if _BARE_BIFF.match(data):
        raise OldFormat(found="Excel 2–4")
    if _MARKUP.match(data[:4096]) or _MARKUP.match(data[:8192].replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        raise WebPage
    if looks_binary(data[:SAMPLE]):
        raise NotText
    return "csv"


def check_name(filename: str, found: Format) -> None:
    """Raises WrongExtension when the name promises another format."""
    promised = _EXTENSIONS.get(extension(filename))
    if promised is not None and promised != found:
        raise WrongExtension(extension=extension(filename), found=found.upper())


def promises_text(filename: str) -> bool:
    return _EXTENSIONS.get(extension(filename)) == "csv"


def _kind_of_archive(data: bytes, limits: Limits) -> Format:
    archive = archives.check_archive(data, limits)
    names = set(archive.namelist())
    if "mimetype" in names:
        return _kind_of_opendocument(names, lambda name: archives.part_content(data, archive.getinfo(name)))
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    raise NotAList(found=_name_of_archive(names))


def _kind_of_opendocument(names: set[str], read: Callable[[str], bytes]) -> Format:
    mimetype = read("mimetype")[:200]
    if b"opendocument.spreadsheet" not in mimetype:
        raise NotAList(found="OpenDocument" if b"opendocument" in mimetype else "ZIP")
    if "META-INF/manifest.xml" in names and b"encryption-data" in read("META-INF/manifest.xml"):
        raise PasswordProtected
    return "ods"


def _name_of_archive(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "Word (DOCX)"
    if any(name.startswith("ppt/") for name in names):
        return "PowerPoint (PPTX)"
    if any(name.endswith(".iwa") for name in names):
        return "Apple Numbers"
    return "ZIP"


def _kind_of_compound(data: bytes) -> Format:
    file = ole.CompoundFile(data)
    if file.stream("EncryptedPackage", "EncryptionInfo"):
        raise PasswordProtected
    if workbook := file.stream("Workbook", "Book"):
        if _is_encrypted_workbook(file.content(workbook)[:4096]):
            raise PasswordProtected
        return "xls"
    raise NotAList(found="Word (DOC)" if file.stream("WordDocument") else "OLE")


def _is_encrypted_workbook(start: bytes) -> bool:
    """Whether a FILEPASS record (0x002F) stands among the first records."""
    at = 0
    while at + 4 <= len(start):
        record = int.from_bytes(start[at : at + 2], "little")
        if record == 0x002F:
            return True
        at += 4 + int.from_bytes(start[at + 2 : at + 4], "little")
    return False
