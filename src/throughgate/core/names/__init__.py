"""Names of people across scripts and spellings: words, parts, sounds, likeness, alphabetical order.

    tokens("Жураўская Алена")          the words of a name
    skeleton("zhurauskaya")            a key shared by the spellings of one name
    sort_key(name, "be")               alphabetical order
    parse("Узораў А. П.")              surname, given name, patronymic, maiden name
    surname_forms("Zhurauskaya")       keys in three strengths, equal for spellings of one surname
    given_group("Саша")                the given name behind a form or a pet name
    compare("Узорава А.", "Uzorau")    a score and the reasons, each a sentence
    renderings("Алена", "be")          spellings by other conventions
    NameIndex                          people found by any spelling, in memory

Spellings once seen stay in memory for speed; `forget_spellings()` drops them all.
"""

from throughgate.core.names import comparing, forms, given, likeness, parsing, rendering
from throughgate.core.names.collation import sort_key
from throughgate.core.names.comparing import SENTENCES, Comparison, Reason, compare
from throughgate.core.names.conventions import Convention, guess
from throughgate.core.names.forms import (
    Forms,
    father_forms,
    father_group,
    gender,
    given_forms,
    given_group,
    many,
    surname_forms,
)
from throughgate.core.names.index import Match, NameIndex, Parts, shown, taken_apart
from throughgate.core.names.likeness import keys, skeleton, sound
from throughgate.core.names.parsing import Parsed, parse
from throughgate.core.names.rendering import Rendering, renderings
from throughgate.core.names.spelling import repaired, tokens

__all__ = [
    "SENTENCES",
    "Comparison",
    "Convention",
    "Forms",
    "Match",
    "NameIndex",
    "Parsed",
    "Parts",
    "Reason",
    "Rendering",
    "compare",
    "father_forms",
    "father_group",
    "forget_spellings",
    "gender",
    "given_forms",
    "given_group",
    "guess",
    "keys",
    "many",
    "parse",
    "renderings",
    "repaired",
    "shown",
    "skeleton",
    "sort_key",
    "sound",
    "surname_forms",
    "taken_apart",
    "tokens",
]


def forget_spellings() -> None:
    """Empty the caches of spellings, which hold words of names (never whole names)."""
    rooms = (forms, parsing, comparing, likeness, rendering)
    for kept in (given.heads_starting, *(cache for room in rooms for cache in room.CACHES)):
        kept.cache_clear()
