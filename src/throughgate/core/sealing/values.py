"""Sealing short values under a 32-byte key."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

NONCE_LENGTH = 12


class CannotOpen(Exception):
    """The key, the associated data or the sealed bytes are not the ones that belong together."""


@lru_cache(maxsize=512)
def _cipher(key: bytes) -> AESGCMSIV:
    # Setting up a key costs as much as sealing a field; a page uses the same few keys again and again.
    return AESGCMSIV(key)


def seal(key: bytes, plaintext: bytes, place: bytes) -> bytes:
    """Seal under a 32-byte key; *place* is bound in and must be given again to open.

    AES-GCM-SIV (RFC 8452), because a nonce that repeats by accident then gives away only that two values
    are equal. Returns nonce (12 bytes), ciphertext and tag (16 bytes).
    """
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + _cipher(key).encrypt(nonce, plaintext, place)


def open_sealed(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The plaintext; raises `CannotOpen` for a wrong key, a wrong place or changed bytes."""
    try:
        return _cipher(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], place)
    except (InvalidTag, ValueError) as why:
        raise CannotOpen("this value does not open here") from why


def forget_ciphers() -> None:
    """Drop the prepared keys from memory: part of locking."""
    _cipher.cache_clear()
