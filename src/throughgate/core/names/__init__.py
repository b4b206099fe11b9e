"""Names of people across scripts and spellings: words, sounds, closeness, alphabetical order.

    tokens("Жураўская Алена")          the words of a name
    skeleton("zhurauskaya")            a key shared by the spellings of one name
    score(tokens("jur"), tokens(...))  how close a typed name comes
    sort_key(name, "be")               alphabetical order
    NameIndex                          people found by any spelling, in memory

Spellings once seen stay in memory for speed; `forget_spellings()` drops them all.
"""

from throughgate.core.names import given, sounds
from throughgate.core.names.collation import sort_key
from throughgate.core.names.index import NameIndex
from throughgate.core.names.likeness import closeness, keys, meet, score, skeleton
from throughgate.core.names.spelling import tokens

__all__ = [
    "NameIndex",
    "closeness",
    "forget_spellings",
    "keys",
    "meet",
    "score",
    "skeleton",
    "sort_key",
    "tokens",
]


def forget_spellings() -> None:
    """Empty the caches of spellings, which hold words of names (never whole names)."""
    for kept in (sounds.readings, given.groups, given.groups_starting, closeness):
        kept.cache_clear()
