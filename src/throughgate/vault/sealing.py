"""What the rooms above may use of `core.sealing`: sealing to a place, keyed hashes, comparing in constant time.

Rings, file keys and recovery are the vault's own and have verbs (`vault.unlocking`, `vault.keyring`).
"""

from throughgate.core.sealing import (
    CannotOpen,
    KeyPair,
    blind,
    chain,
    derive_key,
    forget_ciphers,
    new_key,
    open_sealed,
    same,
    seal,
)

__all__ = [
    "CannotOpen",
    "KeyPair",
    "blind",
    "chain",
    "derive_key",
    "forget_ciphers",
    "new_key",
    "open_sealed",
    "same",
    "seal",
]
