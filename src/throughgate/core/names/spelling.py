"""Names as words: what somebody typed, split and made alike without losing a letter that matters."""

import re
import unicodedata

# A word of a name: letters and digits; the apostrophe inside it is dropped, not a border.
WORD = re.compile(r"[^\W_]+")
APOSTROPHE = re.compile("['’ʼ`´‘ʹ′]")

# Letters that look the same on both keyboards; a word mixes them by mistake.
LATIN_TWINS = "aeopcyxikmthb"
CYRILLIC_TWINS = "аеорсухікмтнв"
TO_CYRILLIC = str.maketrans(LATIN_TWINS, CYRILLIC_TWINS)
TO_LATIN = str.maketrans(CYRILLIC_TWINS, LATIN_TWINS)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[a-z\u00df-\u024f]")
MIXED_WORD = re.compile(r"[^\W\d_]+")
SIDE_BY_SIDE = re.compile(r"[\u0400-\u04ff][a-z]|[a-z][\u0400-\u04ff]")


def tokens(text: str) -> list[str]:
    """The words of a name in lower case, initials included, brackets and punctuation gone.

    "Узорава-Прыкладава (Ўяўная) А.Б." gives ["узорава", "прыкладава", "ўяўная", "а", "б"].
    ё becomes е, since few people type it; a letter of the wrong keyboard becomes its twin.
    """
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    lowered = APOSTROPHE.sub("", text.lower()).replace("ё", "е")
    words = WORD.findall(lowered)
    if SIDE_BY_SIDE.search(lowered):
        return [one_script(word) for word in words]
    return words


def one_script(word: str) -> str:
    """A lower-case word whose letters of the wrong alphabet are replaced by their twins.

    The alphabet is the one that all letters can be turned into, or else that of most.
    """
    cyrillic, latin = len(CYRILLIC.findall(word)), len(LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    in_cyrillic, in_latin = word.translate(TO_CYRILLIC), word.translate(TO_LATIN)
    cyrillic_fits, latin_fits = not LATIN.search(in_cyrillic), not CYRILLIC.search(in_latin)
    if cyrillic_fits != latin_fits:
        return in_cyrillic if cyrillic_fits else in_latin
    return in_cyrillic if cyrillic >= latin else in_latin


def repaired(text: str) -> str:
    """A text whose words are each of one script: Cергей with a Latin C becomes Сергей, in the same case."""
    return MIXED_WORD.sub(lambda found: _repaired(found.group()), unicodedata.normalize("NFC", text))


def _repaired(word: str) -> str:
    twins = one_script(word.lower())
    if twins == word.lower() or len(twins) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, twins, strict=True))
