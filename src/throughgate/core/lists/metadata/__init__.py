"""Files without traces of who made them: an upload that is kept must not name its author.

What is written in a cell, a paragraph or a picture stays; what a program wrote about the person at the
keyboard (names, company, printer, paths, dates, thumbnails, places of photographs) goes.
"""

from throughgate.core.lists import archives, ole
from throughgate.core.lists.errors import NotStrippable
from throughgate.core.lists.limits import DEFAULT_LIMITS, Limits
from throughgate.core.lists.metadata.compound import strip_compound
from throughgate.core.lists.metadata.office import strip_office
from throughgate.core.lists.metadata.pictures import is_picture, strip_picture
from throughgate.core.lists.reading.encodings import SAMPLE, looks_binary

__all__ = ["NotStrippable", "strip_metadata", "strip_office", "strip_picture"]


def strip_metadata(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The same content without metadata: XLSX, DOCX, PPTX, ODF, XLS, JPEG, PNG, plain text.

    Raises NotStrippable for other kinds, UnreadableFile, ZipBomb, PasswordProtected for broken ones.
    """
    if data.startswith(archives.MAGIC):
        return strip_office(data, limits=limits)
    if data.startswith(ole.MAGIC):
        return strip_compound(data)
    if is_picture(data):
        return strip_picture(data)
    if data.startswith((b"%PDF", b"{\\rtf")) or looks_binary(data[:SAMPLE]):
        raise NotStrippable
    return data
