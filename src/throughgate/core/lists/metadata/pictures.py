"""JPEG and PNG photographs without place, camera, time, owner or thumbnail.

The file is walked segment by segment and only what is needed to show the picture is copied; the pixels are
never decoded, so quality does not change. The direction in which a camera was held is kept.
Formats: ISO/IEC 10918-1 (JPEG) with the application markers of JFIF and Exif; PNG third edition (W3C).
"""

import struct
from collections.abc import Iterator

from throughgate.core.lists.errors import UnreadableFile

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"

# What changes how the pixels look, and nothing else. A colour profile may carry the name of a device.
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
    | {b"acTL", b"fcTL", b"fdAT"}
)
_APP0, _APP1, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_START_OF_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION = 0x0112


def is_picture(data: bytes) -> bool:
    return data.startswith((PNG, JPEG))


def strip_picture(data: bytes) -> bytes:
    """A JPEG or PNG without metadata. Raises UnreadableFile when it is neither, or cut off."""
    try:
        if data.startswith(PNG):
            return PNG + b"".join(_png_chunks(data))
        if data.startswith(JPEG):
            return b"".join(_jpeg_segments(data))
    except (struct.error, IndexError) as error:
        raise UnreadableFile from error
    raise UnreadableFile


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise UnreadableFile
        if kind in _PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return  # whatever follows is not the picture
        at = end


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    yield b"\xff\xd8"
    orientation = _jpeg_orientation(data)
    if orientation not in {None, 1}:
        yield _orientation_segment(orientation or 1)
    at = 2
    while True:
        at, marker = _next_marker(data, at)
        if marker == _END:
            yield b"\xff\xd9"
            return
        if marker in _ALONE:
            yield bytes((0xFF, marker))
            continue
        length = struct.unpack_from(">H", data, at)[0]
        end = at + length
        if length < 2 or end > len(data):
            raise UnreadableFile
        if _is_needed(marker, data[at + 2 : end]):
            yield bytes((0xFF, marker)) + data[at:end]
        at = end
        if marker == _START_OF_SCAN:
            at = _end_of_scan(data, end)
            yield data[end:at]


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Where the segment after the next marker begins, and the marker."""
    if data[at] != 0xFF:
        raise UnreadableFile
    while data[at] == 0xFF:  # fill bytes
        at += 1
    return at + 1, data[at]


def _end_of_scan(data: bytes, at: int) -> int:
    """The next marker that is not part of the packed pixels."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise UnreadableFile
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _is_needed(marker: int, content: bytes) -> bool:
    if marker == _APP0:
        return content.startswith(b"JFIF\x00") and len(content) == 14  # without its thumbnail
    if marker == _APP14:
        return content.startswith(b"Adobe")  # says which colours the numbers mean
    return not (_APP1 <= marker <= _APP15 or marker == _COMMENT or 0xF0 <= marker <= 0xFD)


def _jpeg_orientation(data: bytes) -> int | None:
    """The Exif tag that says how the camera was held, 1 to 8."""
    at = 2
    while True:
        at, marker = _next_marker(data, at)
        if marker in {_START_OF_SCAN, _END}:
            return None
        if marker in _ALONE:
            continue
        end = at + struct.unpack_from(">H", data, at)[0]
        if marker == _APP1 and data[at + 2 : at + 8] == b"Exif\x00\x00":
            return _tiff_orientation(data[at + 8 : end])
        if end <= at:
            raise UnreadableFile
        at = end


def _tiff_orientation(tiff: bytes) -> int | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        for number in range(struct.unpack_from(order + "H", tiff, first)[0]):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + number * 12)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else None
    except struct.error:
        return None
    return None


def _orientation_segment(orientation: int) -> bytes:
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    content = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
