"""One age file with many parts in it, written and read as streams: what a backup is made of.

Nothing in it is laid on a disk in the clear. Its parts are those of a tar archive; the last, `CONTENTS`, names every
other with its size and SHA-256, so that a part that is missing is noticed. `age -d FILE | tar -t` opens it too.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from throughgate.core import sealing
from throughgate.core.sealing import CannotOpen

CONTENTS = "contents.json"
# A passphrase seals in memory; for more there are recipients, whose sealing is a stream.
PASSPHRASE_MAX_BYTES = 256 * 1024 * 1024
_SCRYPT = b"age-encryption.org/v1\n-> scrypt "
_CHUNK = 1024 * 1024


class ParcelError(Exception):
    """The file is damaged, incomplete, or opened by another key; the text says which, for the operator."""


class TooLargeForPassphrase(ParcelError):
    """More than a passphrase can seal at once."""


@dataclass(frozen=True)
class Lock:
    """What a parcel is sealed with: age recipients, or a passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True)
class Key:
    """What opens one: an age identity (AGE-SECRET-KEY-1...), or a passphrase."""

    identity: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)


new_identity = sealing.new_age_identity
recipient_of = sealing.recipient_of


class Writer:
    """Adds parts to a parcel."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.contents: dict[str, tuple[int, str]] = {}

    def add(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        """Raises FileNotFoundError before anything of it is written."""
        with path.open("rb") as source:
            self._add(name, source, os.fstat(source.fileno()).st_size)

    def _add(self, name: str, source: BinaryIO, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        reading = _Hashing(source)
        self._archive.addfile(entry, reading)
        self.contents[name] = size, reading.digest.hexdigest()


class _Hashing:
    """Reads on, and knows the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def write(target: Path, lock: Lock, fill: Callable[[Writer], None]) -> dict[str, tuple[int, str]]:
    """Write a parcel, read it back, and only then give it its name. Returns its contents.

    Raises FileExistsError, `ParcelError`.
    """
    if target.exists():
        raise FileExistsError(target)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        contents, key = _seal(unfinished, lock, fill)
        verify(unfinished, key)
        os.link(unfinished, target)  # fails where somebody made the target meanwhile
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def _seal(path: Path, lock: Lock, fill: Callable[[Writer], None]) -> tuple[dict[str, tuple[int, str]], Key]:
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        if lock.passphrase:
            key = Key(passphrase=lock.passphrase)
            contents = _seal_in_memory(out, lock.passphrase, fill)
        else:
            # A second recipient, whose secret never leaves this process: by it the file is read back.
            secret, witness = sealing.new_age_identity()
            key = Key(identity=secret)
            contents = _seal_stream(out, (*lock.recipients, witness), fill)
        out.flush()
        os.fsync(out.fileno())
    return contents, key


def _seal_in_memory(out: BinaryIO, passphrase: str, fill: Callable[[Writer], None]) -> dict[str, tuple[int, str]]:
    plain = _Bounded()
    contents = _pack(plain, fill)
    out.write(sealing.seal_with_passphrase(plain.getvalue(), passphrase))
    return contents


class _Bounded(io.BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() + len(data) > PASSPHRASE_MAX_BYTES:
            raise TooLargeForPassphrase(
                f"There is more than {PASSPHRASE_MAX_BYTES // 1024**2} MiB to seal, too much for a passphrase. "
                "Make a key once with --new-key FILE and use --recipient from then on."
            )
        return super().write(data)


def _seal_stream(
    out: BinaryIO, recipients: tuple[str, ...], fill: Callable[[Writer], None]
) -> dict[str, tuple[int, str]]:
    try:
        sealing.seal_stream(io.BytesIO(), io.BytesIO(), *recipients)  # a wrong one is found before anything is begun
    except CannotOpen as why:
        raise ParcelError("One of the recipients is no age key (age1...).") from why
    with _other_end(lambda source: sealing.seal_stream(source, out, *recipients), writing=True) as plain:
        return _pack(plain, fill)


def _pack(out: BinaryIO, fill: Callable[[Writer], None]) -> dict[str, tuple[int, str]]:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        writer = Writer(archive)
        fill(writer)
        contents = dict(writer.contents)
        writer.add(CONTENTS, json.dumps(contents).encode())
    return contents


@contextmanager
def _other_end(run: Callable[[BinaryIO], None], *, writing: bool) -> Iterator[BinaryIO]:
    """A pipe at whose other end the cipher works in a thread; what it raises is raised here."""
    reading_end, writing_end = os.pipe()
    theirs, ours = (reading_end, writing_end) if writing else (writing_end, reading_end)
    failure: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(theirs, "rb" if writing else "wb") as end:  # what is left to write goes when it closes
                run(end)
        except BaseException as error:  # noqa: BLE001 (handed to the thread that waits)
            failure.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    end = os.fdopen(ours, "wb" if writing else "rb")
    broken: BaseException | None = None
    try:
        yield end
        if not writing:
            while end.read(_CHUNK):  # up to the last tag, behind which nothing is believed
                pass
    except (BrokenPipeError, tarfile.TarError, EOFError) as error:
        broken = error
    finally:
        try:
            end.close()
        except BrokenPipeError as error:
            broken = error
        thread.join()
    if failure and not isinstance(failure[0], BrokenPipeError):
        raise failure[0]
    if broken is not None:
        raise ParcelError("The file is damaged or cut off.") from broken


# Reading -------------------------------------------------------------------------------------------------------------

Take = Callable[[str, Any], None]


def needs_passphrase(path: Path) -> bool:
    """Whether it was sealed with a passphrase rather than to a key."""
    with path.open("rb") as source:
        return source.read(len(_SCRYPT)) == _SCRYPT


def read(path: Path, key: Key, take: Take) -> None:
    """Give each part to ``take(name, readable)`` in order. Only when this returns is all of it known to be whole.

    Raises `ParcelError`.
    """
    try:
        if needs_passphrase(path) != bool(key.passphrase):
            wanted = "a passphrase" if needs_passphrase(path) else "an age key (--identity)"
            raise ParcelError(f"This file is opened by {wanted}.")
        if key.passphrase:
            if path.stat().st_size > 2 * PASSPHRASE_MAX_BYTES:
                raise ParcelError("This file is larger than anything a passphrase was ever allowed to seal.")
            _unpack(io.BytesIO(sealing.open_with_passphrase(path.read_bytes(), key.passphrase)), take)
            return
        with path.open("rb") as sealed:
            opening = _other_end(lambda target: sealing.open_stream(sealed, target, key.identity), writing=False)
            with opening as plain:
                _unpack(plain, take)
    except CannotOpen as why:
        raise ParcelError(f"{why}, or the file is damaged".capitalize() + ".") from why
    except (tarfile.TarError, EOFError) as why:
        raise ParcelError("The file is damaged or cut off.") from why


def _unpack(source: IO[bytes], take: Take) -> None:
    found: dict[str, tuple[int, str]] = {}
    promised: dict[str, tuple[int, str]] | None = None
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for entry in archive:
            part = archive.extractfile(entry)
            if part is None or promised is not None:
                raise ParcelError("The file holds something that no backup holds.")
            reading = _Hashing(part)
            if entry.name == CONTENTS:
                promised = {name: (size, digest) for name, (size, digest) in json.loads(reading.read()).items()}
                continue
            take(entry.name, reading)
            while reading.read(_CHUNK):
                pass
            found[entry.name] = reading.size, reading.digest.hexdigest()
    if promised != found:
        raise ParcelError("The file is incomplete: its parts are not those it promises.")


def verify(path: Path, key: Key) -> None:
    """Read all of it and compare every part with its sum. Raises `ParcelError`."""
    read(path, key, lambda _name, _part: None)
