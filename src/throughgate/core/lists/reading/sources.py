"""Bytes, an open file or a path, made into something that can be opened more than once."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from throughgate.core.lists.errors import TooBig, UnreadableFile
from throughgate.core.lists.limits import MIB, Limits

Data = bytes | BinaryIO | Path

Opener = Callable[[], BinaryIO]


class _Again(io.RawIOBase):
    """An open file from its beginning, not closed when its reader is."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        got = self._stream.read(len(buffer))
        buffer[: len(got)] = got
        return len(got)


def opener(data: Data, limits: Limits) -> Opener:
    """A function that opens the data from its beginning each time.

    A stream that cannot be wound back is taken into memory: nothing unsealed is ever laid on a disk.
    Raises TooBig, UnreadableFile.
    """
    if isinstance(data, bytes):
        _check_size(len(data), limits)
        return lambda: io.BytesIO(data)
    if isinstance(data, Path):
        try:
            _check_size(data.stat().st_size, limits)
        except OSError as error:
            raise UnreadableFile from error
        return lambda: data.open("rb")
    if not data.seekable():
        content = data.read(limits.file_bytes + 1)
        _check_size(len(content), limits)
        return lambda: io.BytesIO(content)
    _check_size(data.seek(0, os.SEEK_END), limits)
    return lambda: io.BufferedReader(_Again(data))


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise TooBig(limit_mib=max(1, limits.file_bytes // MIB))
