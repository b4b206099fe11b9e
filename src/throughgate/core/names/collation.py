"""Alphabetical order of names for Belarusian, Russian and English readers."""

import unicodedata

CYRILLIC = {
    # і and и, е and є are neighbours in either language, so that foreign names find a place.
    "be": "абвгґдеєёжзіиїйклмнопрстуўфхцчшщъыьэюя",
    # ё counts as е; letters absent from Russian stand beside the nearest ones.
    "ru": "абвгґдеєжзиіїйклмнопрстуўфхцчшщъыьэюя",
}
LATIN = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
IGNORED = "'’ʼ`´‘()[]\"«»“”.,"
LETTERS_WITHOUT_DECOMPOSITION = {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"}


def sort_key(text: str, language: str) -> str:
    """A string that sorts as a reader of `language` ("be", "ru", otherwise English) expects.

    Belarusian and Russian readers find Cyrillic before Latin, English readers the other way round.
    Case, apostrophes and diacritics of Latin letters decide only between names otherwise equal.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return f"{lowered.translate(_ORDERS.get(language[:2], _ORDERS['en']))}\0{lowered}"


def _order(*alphabets: str) -> dict[int, str]:
    places = {letter: chr(place) for place, letter in enumerate(" " + "".join(alphabets), start=2)}
    table: dict[int, str] = {ord(letter): place for letter, place in places.items()}
    table |= {ord(mark): "" for mark in IGNORED} | {ord(dash): places[" "] for dash in "-‐‑–—"}
    for letter in map(chr, range(0xDF, 0x250)):
        base = LETTERS_WITHOUT_DECOMPOSITION.get(letter, unicodedata.normalize("NFD", letter)[0])
        if all(part in places for part in base):
            table[ord(letter)] = "".join(places[part] for part in base)
    table.setdefault(ord("ё"), places["е"])
    return table


_ORDERS = {
    "be": _order(DIGITS, CYRILLIC["be"], LATIN),
    "ru": _order(DIGITS, CYRILLIC["ru"], LATIN),
    "en": _order(DIGITS, LATIN, CYRILLIC["be"]),
}
