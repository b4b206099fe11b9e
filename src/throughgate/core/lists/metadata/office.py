"""XLSX, DOCX, PPTX (Office Open XML) and ODS, ODT, ODP (OpenDocument): zip files of XML parts.

The archive is written anew: the parts that only tell about the author are left out, the attributes and
elements that name people inside other parts are emptied, pictures are stripped, times are set to 1980.
"""

import io
import re
import zipfile
from collections.abc import Iterable

from throughgate.core.lists.archives import check_archive, part_content
from throughgate.core.lists.errors import NotAList, UnreadableFile
from throughgate.core.lists.limits import DEFAULT_LIMITS, Limits
from throughgate.core.lists.metadata.pictures import is_picture, strip_picture

_NO_TIME = (1980, 1, 1, 0, 0, 0)

# Parts that are about the maker, not about the content.
_OOXML_DROPPED = re.compile(
    r"docprops/.*|customxml/.*|.*/printersettings/.*|word/people\.xml|.*/revisions/usernames\.xml"
    r"|.*/?thumbnail\.(?:jpe?g|png|wmf|emf)|.*vbaproject(?:signature)?.*\.bin|_xmlsignatures/.*",
    re.IGNORECASE,
)
_ODF_DROPPED = re.compile(
    r"thumbnails/.*|configurations2/.*|layout-cache|basic/.*|scripts/.*|"
    r"meta-inf/(?:documentsignatures|macrosignatures)\.xml|.*versionlist\.xml|versions/.*",
    re.IGNORECASE,
)

_EMPTIED_ATTRIBUTES = re.compile(
    rb"""(\s(?:w:author|w:initials|w15:author|w15:userId|w15:providerId|userName|lastModifiedBy|refreshedBy"""
    rb"""|userId|providerId|lastUser|cp:lastModifiedBy|loext:sender-initials|office:creator)\s*=\s*)"""
    rb"""(?:"[^"]*"|'[^']*')"""
)
_DISPLAY_NAME = re.compile(rb"""(\sdisplayName\s*=\s*)(?:"[^"]*"|'[^']*')""")
_DROPPED_ATTRIBUTES = re.compile(
    rb"""\s(?:w:date|w16du:dateUtc|dT|dateTime|w:rsid\w*|refreshedDate)\s*=\s*(?:"[^"]*"|'[^']*')"""
)
# None of these may look further than the tag it stands at (`[^<>]*+` ends at the next tag, at the latest): an
# upload of a few kilobytes could otherwise keep the server busy for hours.
_EMPTIED_ELEMENTS = re.compile(
    rb"<((?:dc:creator|meta:initial-creator|meta:creator-initials|loext:sender-initials|dc:date|meta:date-string"
    rb"|meta:printed-by|text:author-name|text:author-initials|text:sender-\w+|text:initial-creator|text:creator"
    rb"|(?:\w+:)?author))((?:\s[^<>]*+)?)>[^<]*</\1>"
)
_DROPPED_NAMES = (
    rb"x15ac:absPath|(?:\w+:)?fileSharing|w:rsids?|w:rsidRoot|w:attachedTemplate|w:saveThroughXslt|config:config-item"
)
_DROPPED_START = re.compile(rb"<(" + _DROPPED_NAMES + rb")(?![\w:.-])([^<>]*+)>")
_DROPPED_END = re.compile(rb"</(" + _DROPPED_NAMES + rb")>")
_SETTING_NAME = re.compile(rb"\sconfig:name\s*+=\s*+[\"'](\w*+)[\"']")
_TAG_WITH_TARGET = re.compile(
    rb"<(?:Relationship|Override|Default|manifest:file-entry)\b[^<>]*+>(?:(?<=/>)|\s*+</manifest:file-entry>)"
)
_TARGET = re.compile(rb"(?:Target|PartName|manifest:full-path)\s*=\s*[\"']([^\"']*)[\"']")
# A page set-up must not point to printer settings that are left out.
_PRINTER = re.compile(rb"(<(?:\w+:)?pageSetup\b[^<>]*?)\sr:id=\"[^\"]*\"")
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2">'
    b"<office:meta/></office:document-meta>"
)
_LINKS_TO_THE_DISK = re.compile(rb"(Target\s*=\s*[\"'])(?:file:|[A-Za-z]:\\|\\\\)[^\"']*")


def strip_office(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The document without properties, thumbnails, names of authors and commenters, paths, printers, times.

    Macros and signatures go too (a signature names its owner and would no longer be true). Raises NotAList
    for other archives; UnreadableFile, ZipBomb, PasswordProtected as reading does.
    """
    archive = check_archive(data, limits)
    names = set(archive.namelist())
    if "mimetype" in names and b"opendocument" in part_content(data, archive.getinfo("mimetype"))[:200]:
        dropped = _ODF_DROPPED
    elif "[Content_Types].xml" in names:
        dropped = _OOXML_DROPPED
    else:
        raise NotAList(found="ZIP")
    gone = {name for name in names if dropped.fullmatch(name)}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as result:
        for part in archive.infolist():
            if part.filename not in gone and not part.is_dir():
                content = part_content(data, part)
                # OpenDocument wants its first part unpacked, so that its kind can be read off.
                method = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
                _write(result, part.filename, _clean_part(part.filename, content, gone), method)
    return written.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes, method: int) -> None:
    part = zipfile.ZipInfo(name, _NO_TIME)
    part.compress_type = method
    part.create_system = 0
    archive.writestr(part, content)


def _clean_part(name: str, content: bytes, gone: Iterable[str]) -> bytes:
    lower = name.lower()
    if is_picture(content):
        try:
            return strip_picture(content)
        except UnreadableFile:
            return b""  # a damaged picture is no reason to keep its traces
    if lower == "meta.xml" or lower.endswith("/meta.xml"):
        return _EMPTY_META
    if not lower.endswith((".xml", ".rels", ".vml")):
        return content
    if lower.endswith((".rels", "[content_types].xml", "manifest.xml")):
        content = _without_targets(content, gone)
        return _LINKS_TO_THE_DISK.sub(rb"\1about:blank", content)
    content = _without_elements(content, settings=lower.endswith("settings.xml"))
    content = _PRINTER.sub(rb"\1", content)
    content = _EMPTIED_ATTRIBUTES.sub(rb'\1""', content)
    if "/persons/" in lower:  # who wrote the comments in a thread
        content = _DISPLAY_NAME.sub(rb'\1""', content)
    content = _DROPPED_ATTRIBUTES.sub(b"", content)
    return _EMPTIED_ELEMENTS.sub(rb"<\1\2></\1>", content)


def _without_elements(content: bytes, *, settings: bool) -> bytes:
    """Without the elements that tell about the author, each to the next end tag of its name; read once."""
    last_end = {end[1]: end.start() for end in _DROPPED_END.finditer(content)}
    kept, at = [], 0
    for tag in _DROPPED_START.finditer(content):
        if tag.start() < at or (tag[1] == b"config:config-item" and not (settings and _names_the_author(tag[2]))):
            continue
        end = tag.end()
        if not tag[2].endswith(b"/"):
            if last_end.get(tag[1], -1) < end:
                continue  # never closed
            closing = b"</" + tag[1] + b">"
            end = content.index(closing, end) + len(closing)
        kept.append(content[at : tag.start()])
        at = end
    return b"".join([*kept, content[at:]])


def _names_the_author(attributes: bytes) -> bool:
    """Whether a setting of OpenDocument holds a printer, a path, an address, a signature or a mark of revisions."""
    found = _SETTING_NAME.search(attributes)
    name = found[1] if found else b""
    return name.startswith((b"Printer", b"Rsid")) or name.endswith((b"URL", b"Path")) or b"Signature" in name


def _without_targets(content: bytes, gone: Iterable[str]) -> bytes:
    """Relationships and declarations of the parts that are left out."""
    endings = {name.rsplit("/", 1)[-1].encode() for name in gone}
    folders = (b"docprops/", b"customxml/", b"printersettings/", b"thumbnails/", b"configurations2/")

    def keep(match: re.Match[bytes]) -> bytes:
        target = _TARGET.search(match[0])
        if target is None:
            return match[0]
        path = target[1].lower()
        last = target[1].rstrip(b"/").rsplit(b"/", 1)[-1]
        in_folder = any(folder in path for folder in folders)
        return b"" if in_folder or (last in endings and last not in _COMMON_NAMES) else match[0]

    return _TAG_WITH_TARGET.sub(keep, content)


_COMMON_NAMES = frozenset({b"item1.xml", b"manifest.xml", b"content.xml"})
