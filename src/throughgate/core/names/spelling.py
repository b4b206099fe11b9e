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
    """A word whose few letters of the other alphabet are replaced by the twins of its own."""
    cyrillic, latin = len(CYRILLIC.findall(word)), len(LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(TO_CYRILLIC if cyrillic >= latin else TO_LATIN)
