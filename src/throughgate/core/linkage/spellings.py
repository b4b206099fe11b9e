"""A word of a name -> the keys it is compared by. The one door from linking to `core.names`."""

import re
from functools import cache
from typing import NamedTuple

from throughgate.core.names import given as given_names
from throughgate.core.names.conventions import Convention
from throughgate.core.names.forms import Forms, father_group, gender, given_forms, surname_forms
from throughgate.core.names.phonemes import heard, said

SURNAME_KEYS = ("strict", "phonetic", "consonant")
GIVEN_KEYS = ("given_group", "given_other", "given_sound", "given_initial", "given_initial_too")
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

# Letters that begin with more than one sound as names go: У. is Уладзімір and Улляна, J. is Jaŭhien and Juryj.
INITIALS = {"у": "vU", "ў": "vU", "u": "vU", "ŭ": "vU", "y": "AU", "j": "AU", "i": "IU", "c": "tk"}

SEX_OF_PATRONYMIC = re.compile("(?:IC|AglI|UlI|[Av]nA|ICnA|kIzI)$")
SONS = frozenset({"IC", "AglI", "UlI"})
SEX_BY_LETTER = dict.fromkeys("мmhчх", "m") | dict.fromkeys("жfkw", "f")


class GivenKeys(NamedTuple):
    """`group`, `other`: which names it may stand for; `sound` for names that nobody listed; its `initial`s.

    A known name has the initials of all its forms: Мікалай and Николай, Яўген and Евгений.
    """

    group: str
    other: str
    sound: str
    initial: str
    initial_too: str


class FatherKeys(NamedTuple):
    """Whose child: the father's name, by its sound where nobody listed it, and its initial."""

    name: str
    initial: str


def surname(word: str, convention: Convention | None) -> Forms:
    return surname_forms(word, convention)


def given_name(word: str, convention: Convention | None) -> GivenKeys:
    sound = given_forms(word, convention).phonetic
    if len(word) == 1:
        return GivenKeys("", "", "", *_two(_meant(word)))
    heads = given_names.heads(word, convention) or given_names.pet_heads(word, convention)
    if heads:
        return GivenKeys(heads[0], heads[min(1, len(heads) - 1)], sound, *_two(_initials(heads[0])))
    meant = given_names.nearly(word, convention)
    return GivenKeys(sound, meant[0] if meant else sound, sound, *_two(_initials(meant[0]) if meant else sound[:1]))


@cache
def _initials(head: str) -> str:
    """The sounds that the forms of a known name begin with, those of the first in each language before the others."""
    name = given_names.known_name(head)
    forms = (*name.belarusian[:1], *name.russian[:1], *name.belarusian[1:], *name.russian[1:])
    return "".join(dict.fromkeys("".join(_meant(form[0].lower()) for form in forms)))


def _meant(letter: str) -> str:
    """The sounds that a single letter may stand for."""
    return INITIALS.get(letter) or heard(said(letter))[:1]


def _two(initials: str) -> tuple[str, str]:
    return initials[:1], initials[1:2] or initials[:1]


def father(word: str, convention: Convention | None) -> FatherKeys:
    sound = given_forms(word, convention).phonetic
    if len(word) == 1:
        return FatherKeys("", sound[:1])
    head = father_group(word)
    initial = (given_forms(head).phonetic if head else sound)[:1]
    return FatherKeys(head or surname_forms(word, convention).consonant, initial)


def sex_by_patronymic(word: str) -> str:
    found = SEX_OF_PATRONYMIC.search(said(word))
    return "" if not found else "m" if found[0] in SONS else "f"


def sex_by_given(word: str, convention: Convention | None) -> str:
    told = {given_names.known_name(head).gender for head in given_names.heads(word, convention)}
    return told.pop() if len(told) == 1 else ""


def sex_by_surname(word: str) -> str:
    """By the ending, which is sure but for a few surnames that happen to end so (Галава, Марына)."""
    return gender(word)


def sex_by_word(cell: str) -> str:
    """Of a column that says it: "ж", "Female", "mężczyzna"."""
    return SEX_BY_LETTER.get(cell[:1].lower(), "")


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
