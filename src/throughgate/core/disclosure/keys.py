"""Record keys: what stands for a person in cell keys and in the ledger, and tells nobody who it is.

A record key is the first eight bytes of HMAC-SHA256 (RFC 2104) of the person's identifier under the key file. The sum
of the record keys of a cell, modulo 2**64, is the cell's *print*: equal prints mean the same persons. Its remainder
modulo 256 is the cell key that rounding draws from (Fraser and Wooton 2005, "A proposed method for confidentialising
tabular output to protect against differencing"; Thompson, Broadfoot and Elazar 2013).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

import numpy as np

from throughgate.core.disclosure.errors import DisclosureError

SHORTEST = 32  # bytes: a shorter key could be found by trying
CELL_KEYS = 256


def check_key(key: bytes) -> None:
    """Raises DisclosureError for a key that could be guessed."""
    if len(key) < SHORTEST:
        raise DisclosureError(f"The key has {len(key)} bytes: it needs {SHORTEST} at least, from a random source.")


def record_keys(persons: Sequence[str], key: bytes) -> np.ndarray:
    """One unsigned 64-bit number for each person, shape (persons,)."""
    made = (hmac.digest(key, f"person:{each}".encode(), hashlib.sha256)[:8] for each in persons)
    return np.frombuffer(b"".join(made), dtype=">u8").astype(np.uint64)


def seal(line: bytes, before: str, key: bytes) -> str:
    """The seal of a line of the ledger, over the line and the seal before it."""
    return hmac.new(key, b"ledger:" + before.encode() + line, hashlib.sha256).hexdigest()
