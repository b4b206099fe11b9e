"""Which convention a list of names is written in."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Convention(StrEnum):
    """How an organisation writes the names of people. The Latin ones are described in `rendering`.

    ENGLISH is also the name for lists as heard, where each word follows a habit of its own.
    """

    BE_OFFICIAL = "be"
    BE_CLASSICAL = "be_classical"
    RU = "ru"
    PASSPORT_2008 = "passport_2008"
    RESOLUTION_2023 = "resolution_2023"
    BGN = "bgn"
    NATIONAL_LATIN = "national_latin"
    LACINKA = "lacinka"
    LACINKA_OLD = "lacinka_old"
    LACINKA_PLAIN = "lacinka_plain"
    POLISH = "polish"
    ICAO = "icao"
    ENGLISH = "english"
    GERMAN = "german"
    FRENCH = "french"


# What must be seen in some words of a list, and what must be rare, in the order of asking.
SOME, RARE = 0.02, 0.04
SIGNS: tuple[tuple[Convention, tuple[str, ...], str], ...] = (
    (Convention.LACINKA_OLD, ("ŭ", "w|sz|cz"), "[čš]"),
    (Convention.LACINKA, ("[čšžŭ]", "ł"), "zh|sh"),
    (Convention.NATIONAL_LATIN, ("[čšžŭ]",), "zh|sh"),
    (Convention.RESOLUTION_2023, ("zh|sh", "[aeou]w", "j"), "sch|sz|cz|kh"),
    (Convention.BGN, ("zh|kh|sh", r"[aeou]w(?![aeiouyw])|yë|[a-z]’"), "j|sch|sz|cz"),
    (Convention.GERMAN, ("sch", "w"), "zh|kh|sz(?!j)|cz|ł"),
    (Convention.POLISH, ("sz|cz|ł|ż", "w"), "zh|kh|sch"),
    (Convention.FRENCH, ("tch|ï|ine$", "ou"), "zh|[^c]sh|sz"),
    (Convention.ICAO, ("zh|kh|sh|ts", "^i[aeou]|[au]ia$|ii$"), "y[aeou]|j|w"),
    (Convention.PASSPORT_2008, ("zh|kh|sh|ts|ch", "[aeo]u$|[ao]uskaya$|[bdghklmnprstvz]ia(?!$)"), "j|w|[eo]va?$|sky$"),
    (Convention.LACINKA_PLAIN, ("j", "c"), "zh|kh|sh|w|y[aeou]"),
)
SOFTNESS = re.compile("(?:сь|зь)[бвлмнпцдз]|ньн|льл|цьв|ґ")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]*)?")
CYRILLIC = re.compile("[Ѐ-ӿ]")


def guess(names: Iterable[str]) -> Convention:
    """The convention that a list gives away as a whole; ENGLISH for Latin names that follow none."""
    words = [word for name in names for word in WORD.findall(name.lower())]
    cyrillic = [word for word in words if CYRILLIC.search(word)]
    if 2 * len(cyrillic) > len(words):
        return _cyrillic(cyrillic)
    latin = [word for word in words if not CYRILLIC.search(word)]
    for convention, seen, rare in SIGNS:
        if all(_share(sign, latin) >= SOME for sign in seen) and _share(rare, latin) < RARE:
            return convention
    return Convention.ENGLISH


def _cyrillic(words: list[str]) -> Convention:
    text = " ".join(words)
    if sum(map(text.count, "ищъ")) > sum(map(text.count, "іў")):
        return Convention.RU
    return Convention.BE_CLASSICAL if len(SOFTNESS.findall(text)) > RARE * len(words) else Convention.BE_OFFICIAL


def _share(sign: str, words: list[str]) -> float:
    """The share of words with a sign."""
    pattern = re.compile(sign)
    return sum(1 for word in words if pattern.search(word)) / max(len(words), 1)
