"""A word of a name -> the keys it is compared by. The one door from linking to `core.names`."""

import re
from typing import NamedTuple

from throughgate.core.names import given as given_names
from throughgate.core.names.conventions import Convention
from throughgate.core.names.forms import Forms, father_group, given_forms, surname_forms

SURNAME_KEYS = ("strict", "phonetic", "consonant")
GIVEN_KEYS = ("given_group", "given_other", "given_sound", "given_initial")
FATHER_KEYS = ("father_name", "father_initial")
PATRONYMIC = re.compile(
    "(?:[оаеёіи]віч|[оае]вич|[ії]ч|[оаеё][ўв]на|ична|ічна|інічна|инична"
    "|[oae][vw]i(?:ch|č|c|cz|tch|tsch|tj)|[oaei][vwŭu]n[ay]|i(?:ch|č|cz)na|ycz|ich|yč)$"
)
SURNAME = re.compile(
    "(?:[сц]к(?:ая|ий|і|ой)|енк[оа]|[оеа]нк[аа]|[оеёа][вў]|[оеа]ва|[иіы]на?|ук|юк|чык|чик|вец|[оае]йк[оа]"
    "|[sc]k(?:aya|aja|aia|aïa|i|y|ij|iy|yi|a)|[ea]nk[oa]|[oea](?:v|w|u|ŭ|f|ff)|[oea][vw]a|[iy]na|[ui]u?k|chyk|chik|čyk"
    "|czyk|iec|ets|[oa][ij]k[oa])$"
)


class GivenKeys(NamedTuple):
    """`group`, `other`: which names it may stand for; `sound` for names that nobody listed; `initial`."""

    group: str
    other: str
    sound: str
    initial: str


class FatherKeys(NamedTuple):
    """Whose child: the father's name, by its sound where nobody listed it, and its initial."""

    name: str
    initial: str


def surname(word: str, convention: Convention | None) -> Forms:
    return surname_forms(word, convention)


def given_name(word: str, convention: Convention | None) -> GivenKeys:
    sound = given_forms(word, convention).phonetic
    if len(word) == 1:
        return GivenKeys("", "", "", sound[:1])
    heads = given_names.heads(word, convention)
    group = heads[0] if heads else sound
    initial = (given_forms(heads[0]).phonetic if heads else sound)[:1]
    return GivenKeys(group, heads[1] if len(heads) > 1 else group, sound, initial)


def father(word: str, convention: Convention | None) -> FatherKeys:
    sound = given_forms(word, convention).phonetic
    if len(word) == 1:
        return FatherKeys("", sound[:1])
    head = father_group(word)
    initial = (given_forms(head).phonetic if head else sound)[:1]
    return FatherKeys(head or surname_forms(word, convention).consonant, initial)


def kind(word: str) -> str:
    """What a word looks like.

    An initial (I), a given name in full (G) or for short (D), a patronymic of a known name (P) or of another (V, like
    many surnames), a surname (S), a given name with a slip (M), or another word (X).
    """
    if len(word) == 1:
        return "I"
    if names := given_names.heads(word):
        return "G" if names == given_names.full_heads(word) else "D"
    if PATRONYMIC.search(word):
        return "P" if father_group(word) else "V"
    if SURNAME.search(word):
        return "S"
    return "M" if given_names.nearly(word) else "X"
