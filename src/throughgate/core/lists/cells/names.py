"""Names as lists write them: in one cell or in parts, in capitals, with a maiden name in brackets."""

import re
import unicodedata
from dataclasses import dataclass, replace

from throughgate.core.names import given, tokens

# Ends at the next bracket of either kind: looking for the end of each of many would take a cell half a minute.
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*+)[)\]]")
_PATRONYMIC = re.compile(
    r"(?:віч|вич|ьич|мич|ўна|вна|чна|шна|vi[cč]h?|wicz|[oea][uvŭ]na|i[cč]h?na|оглы|оглу|кызы)$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'ʼ`.][^\W\d_]*)*\.?")
_CYRILLIC, _LATIN = re.compile(r"[а-яёіўґ]", re.IGNORECASE), re.compile(r"[a-z]", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,3}")


@dataclass(frozen=True, slots=True)
class NameParts:
    """`text` as it was written. Parts that are not known are empty; then `text` is the name.

    `other`: names in brackets or behind a stroke.
    """

    text: str
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    other: tuple[str, ...] = ()


def read_name(text: str) -> tuple[NameParts, list[str]]:
    """The parts of a full name and codes of doubts (name_order, name_unusual, name_mixed_alphabets)."""
    whole = " ".join(text.split())
    other = tuple(found.strip() for found in _BRACKETS.findall(whole) if found.strip())
    bare = _BRACKETS.sub(" ", whole)
    bare, *more = re.split(r"\s*/\s*", bare.strip())
    parts = replace(_parts(bare), text=whole, other=(*other, *(one for one in more if one)))
    doubts = ["name_mixed_alphabets"] if mixed_word(whole) else []
    if not parts.surname and not parts.given:
        doubts.append("name_unusual")
    elif _order_unsure(bare, parts):
        doubts.append("name_order")
    return parts, doubts


def mixed_word(text: str) -> str | None:
    """The first word with letters of two alphabets, a slip that hides a person from every search."""
    return next((word for word in text.split() if _CYRILLIC.search(word) and _LATIN.search(word)), None)


def tidy(name: str) -> str:
    """One kind of space and apostrophe; a word in capitals gets small letters."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    name = name.replace("'", "’").replace("ʼ", "’").replace("`", "’")
    return " ".join(_small(word) for word in name.split())


def _small(word: str) -> str:
    if len(word) < 2 or not word.isupper() or "." in word:
        return word
    return "-".join(piece[:1] + piece[1:].lower() for piece in word.split("-"))


def _parts(bare: str) -> NameParts:
    if "," in bare:
        surname, _, rest = bare.partition(",")
        return _of_given(tidy(surname), rest.split())
    words = bare.split()
    if not 2 <= len(words) <= 4 or not all(_WORD.fullmatch(word) for word in words):
        return NameParts(bare)
    words = _surname_first(words)
    if len(words) == 4 and words[-1].lower() not in {"оглы", "оглу", "кызы"}:
        return NameParts(bare)
    return _of_given(tidy(words[0]), words[1:])


def _of_given(surname: str, rest: list[str]) -> NameParts:
    if not rest or not all(_WORD.fullmatch(word) for word in rest):
        return NameParts(surname)
    given, patronymic = rest[0], " ".join(rest[1:])
    if not patronymic and _INITIALS.fullmatch(given) and given.count(".") == 2:
        first, second = given.split(".")[:2]
        given, patronymic = f"{first}.", f"{second}."
    return NameParts(surname, surname, tidy(given), tidy(patronymic))


def _surname_first(words: list[str]) -> list[str]:
    """Lists write the surname first; a page may write it last, and then in capitals or after a patronymic."""
    capitals = [_in_capitals(word) for word in words]
    if capitals[-1] and not capitals[0]:
        return [words[-1], *words[:-1]]
    if len(words) == 3 and _PATRONYMIC.search(words[1]) and not _PATRONYMIC.search(words[2]):
        return [words[2], words[0], words[1]]
    if _INITIALS.fullmatch(words[0]) and not _INITIALS.fullmatch(words[-1]):
        return [words[-1], *words[:-1]]
    if len(words) == 2 and _looks_given(words[0]) and not _looks_given(words[1]):
        return [words[1], words[0]]
    return words


def _in_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 2 and "." not in word


def _order_unsure(bare: str, parts: NameParts) -> bool:
    words = bare.replace(",", " ").split()
    if "," in bare or parts.patronymic or len(words) != 2:
        return False
    capitals = [_in_capitals(word) for word in words]
    if capitals[0] != capitals[1] or any(map(_INITIALS.fullmatch, words)):
        return False
    return _looks_given(words[0]) == _looks_given(words[1])


def _looks_given(word: str) -> bool:
    spelt = tokens(word)
    return len(spelt) == 1 and bool(given.heads(spelt[0]))
