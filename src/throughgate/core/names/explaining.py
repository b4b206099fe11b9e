"""Why two spellings are one name: the language, the convention or the gender that tells them apart."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from throughgate.core.names.conventions import Convention
from throughgate.core.names.forms import gender
from throughgate.core.names.given import heads, known_name
from throughgate.core.names.phonemes import IS_CYRILLIC, phonemes, settled
from throughgate.core.names.rendering import Language, written
from throughgate.core.names.spelling import tokens


class Explanation(NamedTuple):
    """A code of `comparing.SENTENCES`: `b` is explained by `a`, in one code by way of `name`."""

    code: str
    a: str
    b: str
    name: str = ""


# The commonest first: many a spelling fits several.
RARE = (
    Convention.BGN,
    Convention.POLISH,
    Convention.GERMAN,
    Convention.FRENCH,
    Convention.ICAO,
    Convention.RESOLUTION_2023,
)
CONVENTIONS: dict[Language, tuple[Convention, ...]] = {
    "be": (
        Convention.PASSPORT_2008,
        Convention.NATIONAL_LATIN,
        Convention.LACINKA,
        Convention.LACINKA_PLAIN,
        Convention.ENGLISH,
        *RARE,
        Convention.LACINKA_OLD,
        Convention.BE_CLASSICAL,
    ),
    "ru": (Convention.ENGLISH, Convention.PASSPORT_2008, *RARE),
}
ONLY_BELARUSIAN = re.compile("[іў’']|[жшчр]ы|шч|дз[еёіюя]|(?<!сл)ава?$")
ONLY_RUSSIAN = re.compile("[ищъ]|[тд][еёюя]|[оеё]в$")


def explained(a: str, b: str, *, is_surname: bool) -> Explanation:
    """What makes two spellings with equal keys one name."""
    if is_surname and {gender(a), gender(b)} == {"f", "m"}:
        return Explanation("gender", *((a, b) if gender(a) == "f" else (b, a)))
    if IS_CYRILLIC.search(a) and IS_CYRILLIC.search(b):
        return _of_language(a, b)
    return _of_convention(a, b) or _of_other_language(a, b) or Explanation("spellings", a, b)


def _of_language(a: str, b: str) -> Explanation:
    for source, spelling in ((a, b), (b, a)):
        if tokens(written(source, Convention.BE_CLASSICAL, "be")) == tokens(spelling):
            return Explanation("be_classical", source, spelling)
    for belarusian, russian in ((a, b), (b, a)):
        if _is(belarusian, "be") and _is(russian, "ru"):
            return Explanation("russian", belarusian, russian)
    return Explanation("spellings", a, b)


def _is(name: str, language: Language) -> bool:
    """Whether a Cyrillic spelling is surely of a language or, being of either, surely not of the other."""
    lowered = name.lower()
    known = _known_languages(lowered)
    if known:
        return language in known
    return not (ONLY_RUSSIAN if language == "be" else ONLY_BELARUSIAN).search(lowered)


def _known_languages(word: str) -> set[str]:
    found = [known_name(head) for head in heads(word)]
    return {"be" for name in found if word in name.belarusian} | {"ru" for name in found if word in name.russian}


def _of_convention(a: str, b: str) -> Explanation | None:
    """One is what a convention makes of the other, which is Cyrillic."""
    for source, spelling in ((a, b), (b, a)):
        for language in _languages(source):
            for convention in CONVENTIONS[language]:
                if tokens(written(source, convention, language)) == tokens(spelling):
                    return Explanation(convention.value, source, spelling)
    return None


def _languages(name: str) -> Iterable[Language]:
    if not IS_CYRILLIC.search(name):
        return ()
    return tuple(language for language in CONVENTIONS if _is(name, language))


def _of_other_language(a: str, b: str) -> Explanation | None:
    """A Latin spelling that comes from the Russian form of a given name whose Belarusian form is at hand."""
    for source, spelling in ((a, b), (b, a)):
        if not IS_CYRILLIC.search(source) or IS_CYRILLIC.search(spelling):
            continue
        said = settled(phonemes(next(iter(tokens(spelling)), "")))
        for head in heads(source.lower()):
            name = known_name(head)
            others = name.russian if source.lower() in name.belarusian else name.belarusian
            for other in others:
                if settled(phonemes(other)) == said != settled(phonemes(source.lower())):
                    code = "from_russian" if others is name.russian else "from_belarusian"
                    return Explanation(code, source, spelling, other.capitalize())
    return None
