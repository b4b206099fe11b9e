"""XLS: what tells about the author is blanked where it stands."""

from throughgate.core.lists.errors import NotStrippable
from throughgate.core.lists.ole import CompoundFile, Stream

_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_WRITE_ACCESS = 0x005C  # who had the workbook open last
_NOTE = 0x001C  # a comment: its author stands at the end
_FILE_SHARING = 0x005B

# An empty property set (MS-OLEPS): readers that want the stream find it well-formed.
_EMPTY_SET = (
    bytes.fromhex("feff000000000000")
    + bytes(16)
    + (1).to_bytes(4, "little")
    + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    + (48).to_bytes(4, "little")
    + (8).to_bytes(4, "little")
    + bytes(4)
)


def strip_compound(data: bytes) -> bytes:
    """The same file, of the same length, without properties, last user and authors of notes.

    Raises UnreadableFile; NotStrippable for other compound files.
    """
    blanked = bytearray(data)
    file = CompoundFile(data)
    if file.stream("Workbook", "Book") is None:
        raise NotStrippable  # DOC and PPT name authors in places of their own
    for stream in file.streams:
        if stream.name in _PROPERTIES:
            _overwrite(blanked, stream, _EMPTY_SET.ljust(stream.size, b"\x00")[: stream.size])
        elif stream.name == "User Names":
            _overwrite(blanked, stream, bytes(stream.size))
        elif stream.name in {"Workbook", "Book"}:
            _overwrite(blanked, stream, _without_users(bytearray(file.content(stream))))
    return bytes(blanked)


def _overwrite(data: bytearray, stream: Stream, content: bytes) -> None:
    position = 0
    for at, length in stream.pieces:
        data[at : at + length] = content[position : position + length]
        position += length


def _without_users(book: bytearray) -> bytes:
    at = 0
    while at + 4 <= len(book):
        record = int.from_bytes(book[at : at + 2], "little")
        length = int.from_bytes(book[at + 2 : at + 4], "little")
        end = at + 4 + length
        if end > len(book):
            break
        if record == _WRITE_ACCESS and length >= 3:
            # An empty name, padded with spaces as the format asks.
            book[at + 4 : end] = b"\x00\x00\x00" + b" " * (length - 3)
        elif record == _FILE_SHARING and length > 4:
            book[at + 8 : end] = bytes(length - 4)
        elif record == _NOTE and length > 11:
            book[at + 4 + 11 : end] = b" " * (length - 11)
        at = end
    return bytes(book)
