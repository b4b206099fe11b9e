"""Recovery shares: k of n lists of words (SLIP-39)."""

import shamir_mnemonic

from throughgate.core.sealing.values import CannotOpen


def split_into_shares(secret: bytes, *, needed: int, total: int) -> list[str]:
    """*total* lists of 33 words each, any *needed* of which give the 32-byte secret back."""
    groups: list[list[str]] = shamir_mnemonic.generate_mnemonics(1, [(needed, total)], secret, iteration_exponent=0)
    return groups[0]


def combine_shares(shares: list[str]) -> bytes:
    """The secret; raises `CannotOpen` with what is wrong (too few, a mistyped word, of another set)."""
    try:
        return bytes(shamir_mnemonic.combine_mnemonics([" ".join(share.lower().split()) for share in shares]))
    except shamir_mnemonic.MnemonicError as why:
        raise CannotOpen(str(why)) from why
