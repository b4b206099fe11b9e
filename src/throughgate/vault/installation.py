"""The installation key: what opens the database, and from where it comes.

One installation has one 32-byte key. It comes from a passphrase that is asked for at every start,
or from a key file that the operator keeps apart from the disks (a demo makes its own). The key is
held in the memory of the process and of what it forks; nothing here writes it anywhere but into a
key file. No Django: it is used before the settings can be read to the end.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from throughgate.core import sealing

RECORD = "installation.json"
DEMO_KEY_FILE = "demo.key"
SALT_LENGTH = 16
MEMORY_KIB = 65536


class InstallationError(Exception):
    """The installation cannot be opened; the text says why, in words for the operator."""


class NoInstallation(InstallationError):
    """The folder holds no installation."""


class WrongInstallationKey(InstallationError):
    """The passphrase or key file is not the one the installation was made with."""


class UnsafeKeyFile(InstallationError):
    """Somebody else on the machine may read the key file."""


@dataclass(frozen=True)
class Installation:
    """What ``installation.json`` says: nothing in it is secret, and without it no passphrase opens anything.

    ``salt`` and ``memory_kib`` are the parameters of Argon2id, ``None`` and 0 where the key is in a
    file; ``check`` tells a wrong key from a damaged database.
    """

    home: Path
    check: bytes
    demo: bool
    salt: bytes | None = None
    memory_kib: int = 0

    def prove(self, key: bytes) -> bytes:
        """Give ``key`` back if it is this installation's.

        Raises:
            WrongInstallationKey: it is not.
        """
        if not sealing.same(self.check, check_value(key)):
            raise WrongInstallationKey("This passphrase or key file does not open this installation.")
        return key

    def key_from_passphrase(self, passphrase: str) -> bytes:
        """The key, from what the operator typed. Takes about a fifth of a second, by design.

        Raises:
            InstallationError: this installation is opened by a key file.
            WrongInstallationKey: the passphrase is not the right one.
        """
        if self.salt is None:
            raise InstallationError(
                "This installation is opened by a key file, not by a passphrase. Name it in THROUGHGATE_KEY_FILE."
            )
        return self.prove(sealing.stretch(passphrase, self.salt, memory_kib=self.memory_kib))


def check_value(key: bytes) -> bytes:
    """Sixteen bytes that follow from the key and tell nothing about it."""
    return sealing.derive_key(key, "installation check", 16)


def exists(home: Path) -> bool:
    """Whether ``home`` holds an installation."""
    return (home / RECORD).exists()


def read(home: Path) -> Installation:
    """What the folder ``home`` says about its installation.

    Raises:
        NoInstallation: nothing was set up there.
        InstallationError: the record cannot be understood.
    """
    try:
        record = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoInstallation(
            f"There is no installation in {home}. Make one with `throughgate init`, or try `throughgate demo`."
        ) from None
    except ValueError:
        raise InstallationError(f"{home / RECORD} is damaged; put it back from a backup.") from None
    salt = record["salt"]
    return Installation(
        home=home,
        check=bytes.fromhex(record["check"]),
        demo=record["demo"],
        salt=None if salt is None else bytes.fromhex(salt),
        memory_kib=record["memory_kib"],
    )


def create_with_passphrase(home: Path, passphrase: str, *, memory_kib: int = MEMORY_KIB) -> bytes:
    """Set up an installation opened by ``passphrase``; the key comes back.

    Raises:
        InstallationError: there is one in ``home`` already.
    """
    salt = os.urandom(SALT_LENGTH)
    key = sealing.stretch(passphrase, salt, memory_kib=memory_kib)
    write(Installation(home, check_value(key), demo=False, salt=salt, memory_kib=memory_kib))
    return key


def create_with_key(home: Path, key: bytes, *, demo: bool = False) -> bytes:
    """Set up an installation opened by a key file that holds ``key``; the key comes back.

    Raises:
        InstallationError: there is one in ``home`` already.
    """
    write(Installation(home, check_value(key), demo=demo))
    return key


def create_demo(home: Path) -> bytes:
    """Set up a demo, whose key lies beside its database: it starts by itself and protects nothing."""
    path = home / DEMO_KEY_FILE
    key = read_key_file(path) if path.exists() else write_key_file(path, sealing.new_key())
    return create_with_key(home, key, demo=True)


def write(installation: Installation) -> None:
    """Write the record, once."""
    record = {
        "version": 1,
        "check": installation.check.hex(),
        "demo": installation.demo,
        "salt": None if installation.salt is None else installation.salt.hex(),
        "memory_kib": installation.memory_kib,
    }
    if exists(installation.home):
        raise InstallationError(f"There is an installation in {installation.home} already.")
    write_private(installation.home / RECORD, json.dumps(record, indent=1) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read, in a folder that only its owner may enter."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_key_file(path: Path, key: bytes) -> bytes:
    """Write ``key`` as 64 hexadecimal digits, readable by its owner only; the key comes back."""
    write_private(path, key.hex() + "\n")
    return key


def read_key_file(path: Path) -> bytes:
    """The key in ``path``.

    Raises:
        UnsafeKeyFile: other users of the machine may read or change it.
        InstallationError: it is missing or is not 64 hexadecimal digits.
    """
    try:
        with path.open(encoding="ascii") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(200).strip()
    except (OSError, UnicodeDecodeError):
        raise InstallationError(f"The key file {path} cannot be read.") from None
    if stat.S_IMODE(mode) & 0o077:
        raise UnsafeKeyFile(f"Others on this machine may read the key file {path}. Run: chmod 600 {path}")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != sealing.KEY_LENGTH:
        raise InstallationError(f"The key file {path} must hold 64 hexadecimal digits.")
    return key


def unlock(home: Path, *, key_file: Path | None, ask: Callable[[], str] | None) -> Installation:
    """Find the key of the installation in ``home``, hold it, and say what was opened.

    A key file goes first; a demo has one beside it. Otherwise ``ask`` is called for the passphrase;
    ``None`` means that nobody can be asked.

    Raises:
        InstallationError: there is no installation, no key, or the wrong one.
    """
    found = read(home)
    if key_file is None and found.demo:
        key_file = home / DEMO_KEY_FILE
    if key_file is not None:
        hold(found.prove(read_key_file(key_file)))
    elif ask is not None:
        hold(found.key_from_passphrase(ask()))
    else:
        raise InstallationError(
            "The passphrase of the installation must be typed, and there is no terminal. "
            "Start it from one, or name a key file in THROUGHGATE_KEY_FILE."
        )
    return found


_held: list[bytes] = []


def hold(key: bytes) -> None:
    """Keep the installation key in this process."""
    if len(key) != sealing.KEY_LENGTH:
        raise ValueError("an installation key is 32 bytes")
    _held[:] = [key]


def installation_key() -> bytes:
    """The key that is held.

    Raises:
        InstallationError: the installation was not opened.
    """
    if not _held:
        raise InstallationError("The installation is not open: its key was not given.")
    return _held[0]


def database_key() -> str:
    """What opens the embedded database, as 64 hexadecimal digits."""
    return sealing.derive_key(installation_key(), "database").hex()


def signing_key() -> str:
    """What Django signs with (`SECRET_KEY`)."""
    return sealing.derive_key(installation_key(), "signing").hex()
