"""Places in any spelling -> one key: a settlement or raion of the gazetteer, else the sounds of the word."""

from functools import cache
from typing import NamedTuple

from throughgate.core.geo import match_institution, oblasts, raions, settlements
from throughgate.core.names.likeness import sound
from throughgate.core.names.spelling import tokens

# Words that say what kind of place it is, not which.
KINDS = frozenset((
    "г", "гор", "город", "горад", "м", "мястэчка", "п", "пос", "поселок", "пасёлак", "аг", "агг", "аграгарадок",
    "агрогородок", "в", "вёска", "веска", "деревня", "д", "с", "село", "гп", "гпос", "р", "р-н", "раён", "район",
    "rajon", "rayon", "raion", "district", "обл", "область", "вобласць", "voblast", "voblasć", "oblast",
    "region", "city", "town", "village", "stadt", "miasto", "horad", "gorad", "ул", "вул",
))  # fmt: skip
SURE = 0.6


class Place(NamedTuple):
    """`key`: which settlement or what it sounds like; `oblast`: its oblast, "" if unknown."""

    key: str
    oblast: str


def place(text: str) -> Place:
    words = [word for word in tokens(text) if word not in KINDS and not word.isdigit()]
    oblast = ""
    for word in words:
        found = _gazetteer().get(sound(word))
        if found:
            return found
        oblast = oblast or _oblasts().get(sound(word), "")
    if oblast:
        return Place(f"={oblast}", oblast)
    return Place(sound(words[0]) if words else "", "")


def facility(text: str) -> str:
    """The code of the institution a cell means; the sounds of its first long word where none is known."""
    matches = match_institution(text)
    if matches and matches[0].score >= SURE:
        return matches[0].institution.code
    return next((sound(word) for word in tokens(text) if len(word) > 3), "")


@cache
def _gazetteer() -> dict[str, Place]:
    """The sounds of every spelling of a settlement -> its place; the larger one where two sound alike."""
    found: dict[str, Place] = {}
    for each in sorted(settlements(), key=lambda one: -one.population):
        for spelling in (*each.names_cyrillic, each.name_en):
            for key in _keys(spelling):
                found.setdefault(key, Place(str(each.geonames_id), each.adm1))
    for raion in raions():
        known = next((found[key] for key in _keys(raion.seat_be) if key in found), Place(raion.code, raion.adm1))
        for spelling in (raion.seat_be, raion.seat_ru, raion.name_be, raion.name_ru, raion.name_lat):
            for key in _keys(spelling):
                found.setdefault(key, known)
    return found


@cache
def _oblasts() -> dict[str, str]:
    return {
        key: each.code
        for each in oblasts()
        for spelling in (each.name_be, each.name_ru, each.name_en, each.name_lat)
        for key in _keys(spelling)
    }


def _keys(spelling: str) -> list[str]:
    words = [word for word in tokens(spelling) if word not in KINDS]
    return [sound(words[0])] if words else []
