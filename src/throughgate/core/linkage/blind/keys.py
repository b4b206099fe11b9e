"""Keys of a blind round.

A key is made of one part or of several; each is made by another party on its own machine, and only the machine that
encodes sees them together. Afterwards nobody alone can make the key again. No party deals the parts out, so none has
ever seen the others'.
"""

import hmac
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from throughgate.core.linkage.blind.errors import BlindError

LENGTH = 32
MOST_PARTS = 20
PART = re.compile(r"throughgate blind key, one of (\d+)\s+([0-9a-f]{64})")
BARE = re.compile(rb"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class Key:
    """32 secret bytes; `fingerprint` tells two keys apart and nothing about either."""

    secret: bytes = field(repr=False)

    @cached_property
    def fingerprint(self) -> str:
        return hmac.digest(self.secret, b"throughgate blind fingerprint", "sha256")[:8].hex()


def new_part(parts: int) -> str:
    """The text of a new key file, one of so many that belong together."""
    if not 1 <= parts <= MOST_PARTS:
        raise BlindError(f"A key has between 1 and {MOST_PARTS} parts.")
    return f"throughgate blind key, one of {parts}\n{os.urandom(LENGTH).hex()}\n"


def read_key(contents: Sequence[bytes]) -> Key:
    """The key that the contents of its key files give, in any order.

    A file made elsewhere holds 32 random bytes, or 64 hexadecimal digits. Raises BlindError for anything else, and
    when a part is missing.
    """
    found = [_part(content) for content in contents]
    parts = sorted({secret for _, secret in found})
    needed = max(count for count, _ in found)
    if len(parts) != len(found):
        raise BlindError("The same part of the key was given twice.")
    if len(parts) != needed or len({count for count, _ in found}) > 1:
        raise BlindError(f"This key has {needed} parts, and {len(parts)} were given.")
    return Key(hmac.digest(b"throughgate blind key", b"".join(parts), "sha256"))


def _part(content: bytes) -> tuple[int, bytes]:
    """How many parts there are, and the secret of this one."""
    ours = PART.fullmatch(content.decode("ascii", "replace").strip())
    if ours:
        return int(ours[1]), bytes.fromhex(ours[2])
    if BARE.fullmatch(content.strip()):
        return 1, bytes.fromhex(content.strip().decode())
    if len(content) == LENGTH:
        return 1, content
    raise BlindError("This is no key file: `throughgate blind key` makes one.")
