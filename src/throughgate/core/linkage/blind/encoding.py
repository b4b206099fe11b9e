"""A list under a key, and again under a second one; the rows in the order of the new tokens, which tells nothing."""

from collections.abc import Sequence
from random import Random

from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.files import TokenFile
from throughgate.core.linkage.blind.keys import Key
from throughgate.core.linkage.blind.people import Person
from throughgate.core.linkage.blind.tokens import decoys, encode, relay


def encoded(people: Sequence[Person], key: Key) -> TokenFile:
    """The same for the same list and key."""
    chance = Random(key.secret)  # noqa: S311 (who is mixed with whom in a decoy is no secret)
    return TokenFile((key.fingerprint,), sorted(encode(people, key)), sorted(encode(decoys(people, chance), key)))


def relayed(tokens: TokenFile, key: Key) -> TokenFile:
    """Under one more key. Raises BlindError when it is one of those that the tokens are under already."""
    if key.fingerprint in tokens.keys:
        raise BlindError("The tokens are under this key already; the relay needs a key of its own.")
    return TokenFile(
        (*tokens.keys, key.fingerprint), sorted(relay(tokens.people, key)), sorted(relay(tokens.decoys, key))
    )
