"""Keys of a name in three strengths, equal for its spellings in any script.

strict: spellings that the conventions derive from one name; Belarusian а and о, the classes of vowels after
hardened consonants and the endings of gender are merged, everything else counts. phonetic: as somebody hears
or types it, without marks, so that ш and с, ж and з, х and г, ц and ч fall together. consonant: what is left
when vowels are wrong.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from throughgate.core.names.conventions import Convention
from throughgate.core.names.given import father_head, father_stem, full_heads, heads, known_name
from throughgate.core.names.phonemes import consonants, heard, phonemes, said, settled
from throughgate.core.names.spelling import tokens

SPELLINGS_KEPT = 1 << 18


class Forms(NamedTuple):
    strict: str
    phonetic: str
    consonant: str


NONE = Forms("", "", "")

# Endings that tell a woman from a man, or one language from another.
SKI = re.compile("(?<=[sc]k)(?:A?E|A|[IJ]+|O[IJ])$|(?<=zk)(?:AE|[IJ]+|O[IJ])$")
ADJECTIVE = re.compile("(?<=[^AOEIUJ])(?:AE|O[IJ]|[IJ]+)$")
OV = re.compile("[OAE](?:vU?|U|ff?)A?$")
WOMAN = re.compile("(?:[AE]v|In|[sc]k)A$|AE$|[sc]kE$")
MAN = re.compile("(?:[AE]v|In|[scz]kI)$")


@lru_cache(SPELLINGS_KEPT)
def surname_forms(surname: str, convention: Convention | None = None) -> Forms:
    """The keys of a surname, the same for a man and a woman; those of a double one are joined by hyphens."""
    return _joined([_surname(word, convention) for word in tokens(surname)])


@lru_cache(SPELLINGS_KEPT)
def given_forms(name: str, convention: Convention | None = None) -> Forms:
    """The keys of a given name; the forms of one known name (Ганна, Анна) have the keys of its first form."""
    return _joined([_given(word, convention) for word in tokens(name)])


def many(surnames: Iterable[str], convention: Convention | None = None) -> dict[str, Forms]:
    """The keys of each distinct surname."""
    return {surname: surname_forms(surname, convention) for surname in set(surnames)}


@lru_cache(SPELLINGS_KEPT)
def given_group(name: str, convention: Convention | None = None) -> str:
    """The first Belarusian form of the given name that a word stands for, a pet name included; "" if unknown.

    Of several (Саша) the commonest; `given.heads` has them all.
    """
    return next((head for word in tokens(name)[:1] for head in heads(word, convention)), "")


@lru_cache(SPELLINGS_KEPT)
def father_group(patronymic: str) -> str:
    """The `given_group` of the father whom a patronymic names; "" if it is none or his name is unknown."""
    return next((father_head(word) for word in tokens(patronymic)[:1]), "")


@lru_cache(SPELLINGS_KEPT)
def father_forms(patronymic: str) -> Forms:
    """The keys of the father's name in a patronymic, the same for a son and a daughter.

    A known name has the keys of `given_forms`; of an unknown one the stem counts.
    """
    word = next(iter(tokens(patronymic)), "")
    if head := father_head(word):
        return given_forms(head)
    return _keys(father_stem(word) or word)


def gender(surname: str = "", given: str = "") -> str:
    """ "f" or "m" where the ending of the surname or a known given name tells, else ""."""
    told = {known_name(head).gender for word in tokens(given)[:1] for head in heads(word)}
    if len(told) == 1:
        return told.pop()
    spoken = settled(next(iter(map(phonemes, tokens(surname)[-1:])), ""))
    return "f" if WOMAN.search(spoken) else "m" if MAN.search(spoken) else ""


def _joined(parts: list[Forms]) -> Forms:
    if len(parts) == 1:
        return parts[0]
    return Forms(*map("-".join, zip(*parts, strict=True))) if parts else NONE


def _surname(word: str, convention: Convention | None) -> Forms:
    strict = settled(_without_ending(phonemes(word, convention))) or word
    phonetic = heard(strict)
    if len(phonetic) > 2 and phonetic[-1] in "AIU":
        phonetic = phonetic[:-1]
    return Forms(strict, phonetic, consonants(phonetic))


def _without_ending(spoken: str) -> str:
    """What a man's and a woman's form of a surname share; the last sound says which endings can be there at all."""
    last = spoken[-1:]
    if last in "AEIJ" and "k" in spoken and (ended := SKI.sub("", spoken)) != spoken:
        return ended
    if last in "EIJ":
        spoken = ADJECTIVE.sub("I", spoken)
    if spoken[-1:] in "vUfA":
        spoken = OV.sub("Ev", spoken)
    return spoken[:-1] if spoken.endswith(("InA", "InE")) else spoken


def _given(word: str, convention: Convention | None) -> Forms:
    known = full_heads(word, convention)
    if len(known) == 1:
        return _keys(said(known[0].lower()))
    return _keys(said(word, convention) or word)


def _keys(strict: str) -> Forms:
    phonetic = heard(strict)
    return Forms(strict, phonetic, consonants(phonetic))


CACHES = (said, surname_forms, given_forms, given_group, father_group, father_forms)
