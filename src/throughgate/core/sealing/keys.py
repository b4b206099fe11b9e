"""Keys: new ones, derived ones, and keys handed to another party."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from throughgate.core.sealing.values import CannotOpen

KEY_LENGTH = 32
_ML_KEM_PUBLIC = 1184  # bytes, FIPS 203
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_LENGTH)


def derive_key(key: bytes, purpose: str, length: int = KEY_LENGTH) -> bytes:
    """A key for one purpose from another key (HKDF-SHA256, no salt: *key* is already uniform)."""
    return HKDF(hashes.SHA256(), length, salt=None, info=f"throughgate {purpose}".encode()).derive(key)


def blind(key: bytes, purpose: str, value: str) -> bytes:
    """A keyed hash by which equal values are found again without being readable (HMAC-SHA256, 16 bytes)."""
    return hmac.digest(key, f"{purpose}\x00{value}".encode(), "sha256")[:16]


def chain(previous: bytes, entry: bytes) -> bytes:
    """The hash that ties a log entry to the one before it (SHA-256, 32 bytes)."""
    return hashlib.sha256(previous + hashlib.sha256(entry).digest()).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one, other)


@dataclass(frozen=True)
class KeyPair:
    """A hybrid key pair, kept as the 32-byte secret that both halves are derived from."""

    secret: bytes

    @classmethod
    def new(cls) -> Self:
        return cls(new_key())

    @cached_property
    def _private(self) -> MLKEM768X25519PrivateKey:
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(derive_key(self.secret, "ml-kem-768 seed", 64)),
            X25519PrivateKey.from_private_bytes(derive_key(self.secret, "x25519 private key")),
        )

    @cached_property
    def public(self) -> bytes:
        """1,216 bytes: the ML-KEM-768 public key, then the X25519 one."""
        post_quantum = MLKEM768PrivateKey.from_seed_bytes(derive_key(self.secret, "ml-kem-768 seed", 64))
        classic = X25519PrivateKey.from_private_bytes(derive_key(self.secret, "x25519 private key"))
        return post_quantum.public_key().public_bytes_raw() + classic.public_key().public_bytes_raw()


def wrap(public: bytes, key: bytes, purpose: bytes) -> bytes:
    """Hand *key* to whoever holds the secret half of *public*; *purpose* must be given again to unwrap."""
    recipient = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_ML_KEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_ML_KEM_PUBLIC:]),
    )
    return _SUITE.encrypt(key, recipient, info=purpose)


def unwrap(pair: KeyPair, wrapped: bytes, purpose: bytes) -> bytes:
    """The key that was handed over; raises `CannotOpen`."""
    try:
        return _SUITE.decrypt(wrapped, pair._private, info=purpose)  # noqa: SLF001 (the pair's own module)
    except Exception as why:  # the library raises several kinds for one thing: it does not open
        raise CannotOpen("this key was not handed to this party") from why
