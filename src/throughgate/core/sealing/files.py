"""Sealing files and backups with age, streamed."""

from typing import BinaryIO

import pyrage

from throughgate.core.sealing.values import CannotOpen


def new_age_identity() -> tuple[str, str]:
    """(secret, recipient) of a file: the secret is stored sealed, the recipient is public."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(secret: str) -> str:
    """The public half of an age identity; raises `CannotOpen` for a text that is none."""
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError as why:
        raise CannotOpen("this is no age identity") from why


def seal_stream(source: BinaryIO, target: BinaryIO, *recipients: str) -> None:
    """Any one of the recipients opens it. Raises `CannotOpen` for a text that is no recipient."""
    try:
        known = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as why:
        raise CannotOpen("this is no age recipient") from why
    pyrage.encrypt_io(source, target, known)


def open_stream(source: BinaryIO, target: BinaryIO, secret: str) -> None:
    """Raises `CannotOpen` for another's file or changed bytes, possibly after part was written."""
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, OSError) as why:  # the library says OSError for bytes changed inside the stream
        raise CannotOpen("this file does not open with this key") from why


def seal_with_passphrase(plain: bytes, passphrase: str) -> bytes:
    """One age file that a passphrase opens (scrypt). In memory: age's passphrase mode has no stream here."""
    return bytes(pyrage.passphrase.encrypt(plain, passphrase))


def open_with_passphrase(sealed: bytes, passphrase: str) -> bytes:
    """Raises `CannotOpen` for another passphrase or changed bytes."""
    try:
        return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
    except pyrage.DecryptError as why:
        raise CannotOpen("this file does not open with this passphrase") from why
