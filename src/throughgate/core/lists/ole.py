"""Just enough of the compound file format (MS-CFB) to name the streams of a file and find their bytes.

Old Office formats are such files. Calamine reads their tables; this tells what they are before that
and where the author's name stands. Damage is met with UnreadableFile, never with an endless walk.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from throughgate.core.lists.errors import UnreadableFile

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_FREE = 0xFFFFFFFA  # this and everything above is a mark, not a sector
_ENTRY = 128
_MINI_SECTOR = 64
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: its name, its length, and where its pieces lie in the file as (offset, length)."""

    name: str
    size: int
    pieces: tuple[tuple[int, int], ...]


class CompoundFile:
    """The streams of a compound file held in memory. Raises UnreadableFile."""

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        try:
            self._read_header()
            self.streams = tuple(self._directory())
        except (struct.error, IndexError) as error:
            raise UnreadableFile from error

    def stream(self, *names: str) -> Stream | None:
        """The first stream that has one of the names."""
        return next((stream for stream in self.streams if stream.name in names), None)

    def content(self, stream: Stream) -> bytes:
        return b"".join(bytes(self._data[at : at + length]) for at, length in stream.pieces)

    def _read_header(self) -> None:
        if self._data[:8] != MAGIC:
            raise UnreadableFile
        shift: int = struct.unpack_from("<H", self._data, 30)[0]
        if shift not in {9, 12}:
            raise UnreadableFile
        self._sector = 1 << shift
        first_directory, _, self._cutoff, first_mini, _, first_difat, _ = struct.unpack_from("<7I", self._data, 48)
        self._fat = self._read_fat(list(struct.unpack_from("<109I", self._data, 76)), first_difat)
        self._first_directory = first_directory
        self._mini_fat = self._numbers(self._chain(first_mini))

    def _read_fat(self, difat: list[int], more: int) -> list[int]:
        seen: set[int] = set()
        while more < _FREE and more not in seen:
            seen.add(more)
            sector = self._numbers([more])
            difat += sector[:-1]
            more = sector[-1]
        # Each sector once: a file that names one of them a million times must not fill the memory.
        return self._numbers([number for number in dict.fromkeys(difat) if number < _FREE])

    def _numbers(self, sectors: list[int]) -> list[int]:
        numbers: list[int] = []
        for sector in sectors:
            raw = self._data[self._offset(sector) : self._offset(sector) + self._sector]
            numbers += struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
        return numbers

    def _offset(self, sector: int) -> int:
        offset = (sector + 1) * self._sector
        if offset >= len(self._data):
            raise UnreadableFile
        return offset

    def _chain(self, sector: int, table: list[int] | None = None, at_most: int | None = None) -> list[int]:
        table = self._fat if table is None else table
        chain: list[int] = []
        seen: set[int] = set()
        while sector < _FREE and (at_most is None or len(chain) < at_most):
            if sector in seen or sector >= len(table):
                raise UnreadableFile
            seen.add(sector)
            chain.append(sector)
            sector = table[sector]
        return chain

    def _directory(self) -> Iterator[Stream]:
        raw = b"".join(
            bytes(self._data[self._offset(sector) : self._offset(sector) + self._sector])
            for sector in self._chain(self._first_directory)
        )
        mini: list[int] = []
        left = len(self._data)
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            entry = raw[at : at + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            kind, start, size = entry[66], *struct.unpack_from("<IQ", entry, 116)
            if self._sector == 512:
                size &= 0xFFFFFFFF
            if kind == _ROOT and not mini:
                mini = self._chain(start)
            elif kind == _STREAM:
                left -= size
                if left < 0:
                    raise UnreadableFile  # streams that lie in one another: a small file would unfold to a huge one
                yield Stream(name, size, tuple(self._pieces(start, size, mini)))

    def _pieces(self, start: int, size: int, mini: list[int]) -> Iterator[tuple[int, int]]:
        left = size
        if size >= self._cutoff:
            chain = self._chain(start, at_most=-(-size // self._sector))
            places = ((self._offset(sector), self._sector) for sector in chain)
        else:
            per_sector = self._sector // _MINI_SECTOR
            places = (
                (self._offset(mini[number // per_sector]) + number % per_sector * _MINI_SECTOR, _MINI_SECTOR)
                for number in self._chain(start, self._mini_fat, -(-size // _MINI_SECTOR))
            )
        for offset, length in places:
            if left <= 0:
                return
            yield offset, min(length, left)
            left -= length
