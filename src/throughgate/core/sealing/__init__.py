"""The one room with ciphers in it. Bytes and keys in, bytes out; nothing here knows a database.

Primitives are those of `cryptography` and `pyrage`; what is ours is only how they are put together:

=====================  =================================================================================
fields, file keys      AES-256-GCM-SIV, a random 96-bit nonce, associated data that names the place
keys to another party  HPKE (RFC 9180) with X25519 + ML-KEM-768, because what is recorded today may be
                       opened in ten years
passphrases            Argon2id, once; HKDF splits the result into a login verifier and a key
files, backups         age, so that a partner can open them with other tools
recovery               SLIP-39 shares
=====================  =================================================================================
"""

from throughgate.core.sealing.files import (
    new_age_identity,
    open_stream,
    open_with_passphrase,
    recipient_of,
    seal_stream,
    seal_with_passphrase,
)
from throughgate.core.sealing.keys import (
    KEY_LENGTH,
    KeyPair,
    blind,
    chain,
    derive_key,
    new_key,
    same,
    unwrap,
    wrap,
)
from throughgate.core.sealing.passphrases import Stretched, stretch, stretch_into_two
from throughgate.core.sealing.shares import combine_shares, split_into_shares
from throughgate.core.sealing.values import CannotOpen, forget_ciphers, open_sealed, seal

__all__ = [
    "KEY_LENGTH",
    "CannotOpen",
    "KeyPair",
    "Stretched",
    "blind",
    "chain",
    "combine_shares",
    "derive_key",
    "forget_ciphers",
    "new_age_identity",
    "new_key",
    "open_sealed",
    "open_stream",
    "open_with_passphrase",
    "recipient_of",
    "same",
    "seal",
    "seal_stream",
    "seal_with_passphrase",
    "split_into_shares",
    "stretch",
    "stretch_into_two",
    "unwrap",
    "wrap",
]
