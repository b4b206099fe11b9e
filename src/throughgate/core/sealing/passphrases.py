"""From what a person remembers to keys."""

import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from throughgate.core.sealing.keys import KEY_LENGTH, derive_key

# OWASP's and RFC 9106's second recommended choice: 64 MiB, three passes, four lanes.
MEMORY_KIB, PASSES, LANES = 65536, 3, 4

# The lanes of two derivations wait for each other's threads for ever (OpenSSL has one pool of them for a process).
# One at a time also bounds what ten people who sign in together cost in memory.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Stretched:
    """What one passphrase gives: a *verifier* the server may keep, and a *key* it must not."""

    verifier: bytes
    key: bytes


def stretch(passphrase: str, salt: bytes, *, memory_kib: int = MEMORY_KIB) -> bytes:
    """32 bytes by Argon2id. The same words typed on another keyboard (NFKC) give the same bytes."""
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    how = Argon2id(salt=salt, length=KEY_LENGTH, iterations=PASSES, lanes=LANES, memory_cost=memory_kib)
    with _one_at_a_time:
        return how.derive(typed)


def stretch_into_two(passphrase: str, salt: bytes, *, memory_kib: int = MEMORY_KIB) -> Stretched:
    """One derivation serves sign-in and keys; neither half tells the other."""
    root = stretch(passphrase, salt, memory_kib=memory_kib)
    return Stretched(derive_key(root, "login verifier"), derive_key(root, "key encryption"))
