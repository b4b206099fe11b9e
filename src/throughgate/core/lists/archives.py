"""Zip files, looked into without trusting what they say about themselves.

The directory is read first; then every part is inflated once and counted, because a directory may lie.
The checked file is safe to hand to any other reader: same parts, same lengths.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from throughgate.core.lists.errors import PasswordProtected, UnreadableFile, ZipBomb
from throughgate.core.lists.limits import MIB, Limits

MAGIC = b"PK\x03\x04"

_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_CHUNK = 256 * 1024
_RATIO_FROM = 32 * MIB
LONGEST_NAME = 500  # of a part; those of real documents have some thirty letters


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive with its directory read. Raises UnreadableFile."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile from error


def check_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Raises ZipBomb, PasswordProtected or UnreadableFile; else the open archive."""
    archive = open_archive(data)
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise ZipBomb(limit_mib=limits.unpacked_bytes // MIB)
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise UnreadableFile  # two readers would see two different files
    if any(len(name) > LONGEST_NAME for name in names):
        raise UnreadableFile  # names are matched with patterns, whose time grows with the square of the length
    allowed = _allowed(len(data), limits)
    if sum(part.file_size for part in parts) > allowed:
        raise ZipBomb(limit_mib=allowed // MIB)
    for part in parts:
        if part.flag_bits & 0x1:
            raise PasswordProtected
        allowed -= sum(len(chunk) for chunk in inflate(data, part, allowed))
    return archive


def _allowed(size: int, limits: Limits) -> int:
    """Bytes that the parts may have together."""
    return min(limits.unpacked_bytes, max(_RATIO_FROM, size * limits.packing_ratio))


def inflate(data: bytes, part: zipfile.ZipInfo, allowed: int) -> Iterator[bytes]:
    """The bytes of one part in pieces, counted and compared with what the directory says.

    Raises ZipBomb past `allowed` bytes, UnreadableFile when length, checksum or method is wrong.
    """
    packed = _packed(data, part)
    length = checksum = 0
    for chunk in _chunks(packed, part.compress_type):
        length += len(chunk)
        if length > allowed:
            raise ZipBomb(limit_mib=max(1, allowed // MIB))
        if length > part.file_size:
            raise UnreadableFile
        checksum = zlib.crc32(chunk, checksum)
        yield chunk
    if length != part.file_size or checksum != part.CRC:
        raise UnreadableFile


def _packed(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    try:
        header = _LOCAL_HEADER.unpack_from(data, part.header_offset)
    except struct.error as error:
        raise UnreadableFile from error
    if header[0] != MAGIC:
        raise UnreadableFile
    start = part.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    return memoryview(data)[start : start + part.compress_size]


def _chunks(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    if method != zipfile.ZIP_DEFLATED:
        raise UnreadableFile
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _CHUNK):
            piece: bytes | memoryview = packed[at : at + _CHUNK]
            while piece and not inflater.eof:
                yield inflater.decompress(piece, _CHUNK)
                piece = inflater.unconsumed_tail
        while not inflater.eof:
            # All input is in; what is still inside comes out in pieces of bounded size.
            chunk = inflater.decompress(inflater.unconsumed_tail, _CHUNK)
            if not chunk:
                raise UnreadableFile
            yield chunk
    except zlib.error as error:
        raise UnreadableFile from error


def part_content(data: bytes, part: zipfile.ZipInfo) -> bytes:
    """One whole part of an archive that was checked; errors as `inflate`."""
    return b"".join(inflate(data, part, part.file_size))
