"""Which word of a name is the surname, the given name, the patronymic: decided once for each make of name.

The *make* of a name is a string with one sign for each of its tokens: a kind of word (`spellings.kind`), or itself for
a sign between words. "Узорава-Прыкладава (Ўяўная) Алена" has the make "X-X(X)G". Fields are joined with "|" (surname,
given name, patronymic), so that a list with three columns is read by the same rules, and a surname that slipped into
the column of given names is found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import permutations

WORDS = frozenset("IGPSX")
MOST_WORDS = 5
AS_GIVEN = {"G": 2.0, "X": 0.0, "S": -0.7, "P": -1.0, "I": 1.0}
AS_SURNAME = {"S": 1.5, "X": 0.7, "P": 0.6, "G": 0.0, "I": -4.0}
AS_PATRONYMIC = {"P": 2.0, "I": 1.0, "S": -0.8, "X": -0.8, "G": -0.8}


@dataclass(frozen=True, slots=True)
class Roles:
    """Positions of tokens, counted from 1; 0 where there is none. `other`: a second or former surname."""

    surname: int = 0
    given: int = 0
    patronymic: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    place: int
    kind: str
    field: int
    before_comma: bool
    joined: bool


def surname_first(makes: Iterable[tuple[str, int]]) -> bool:
    """Whether a list puts the surname first, by the names of which it can be told."""
    first = 0
    for make, count in makes:
        signs = [sign for sign in make if sign in WORDS]
        if len(signs) > 1 and (signs[0] == "G") != (signs[-1] == "G"):
            first += -count if signs[0] == "G" else count
    return first >= 0


@cache
def roles(make: str, *, surname_comes_first: bool) -> Roles:
    """The likeliest reading of a make of name."""
    words, aside = _words(make)
    if not words:
        return Roles(other=aside[0] if aside else 0)
    joined = next((word.place for word in words if word.joined), 0)
    units = [word for word in words if not word.joined][:MOST_WORDS]
    if len(units) == 1:
        only = units[0]
        return Roles(given=only.place) if only.field == 2 else Roles(surname=only.place, other=joined or _first(aside))
    comma = any(word.before_comma for word in units) and not all(word.before_comma for word in units)
    best = max(
        (
            (_fit(surname, given, patronymic, len(units), comma=comma, first=surname_comes_first), -index, chosen)
            for index, chosen in enumerate(_choices(units))
            for surname, given, patronymic in [chosen]
        ),
        key=lambda each: each[:2],
    )[2]
    surname, given, patronymic = (word.place if word else 0 for word in best)
    return Roles(surname, given, patronymic, joined or _first(aside))


def _first(places: list[int]) -> int:
    return places[0] if places else 0


def _choices(words: list[_Word]) -> Iterable[tuple[_Word, _Word, _Word | None]]:
    for surname, given in permutations(words, 2):
        yield surname, given, None
        for patronymic in words:
            if patronymic not in (surname, given):
                yield surname, given, patronymic


def _fit(surname: _Word, given: _Word, patronymic: _Word | None, words: int, *, comma: bool, first: bool) -> float:
    """How well three words fill the roles; only differences between readings of one make count."""
    fit = AS_GIVEN[given.kind] + AS_SURNAME[surname.kind]
    fit += 0.3 if (surname.place < given.place) == first else 0.0
    fit += {1: 0.7, 2: -0.7, 3: -3.0}.get(surname.field, 0.0) + {1: -0.7, 2: 0.7, 3: -3.0}.get(given.field, 0.0)
    if comma:
        fit += 5.0 * surname.before_comma - 5.0 * given.before_comma
    if patronymic is None:
        return fit - 0.4 * (words - 2)
    fit += AS_PATRONYMIC[patronymic.kind] + (4.0 if patronymic.field == 3 else 0.0)
    return fit + (0.5 if patronymic.place > given.place else -1.5) - (0.5 if patronymic.before_comma and comma else 0.0)


def _words(make: str) -> tuple[list[_Word], list[int]]:
    """The words outside brackets with what surrounds them, and the places of the words inside."""
    words: list[_Word] = []
    aside: list[int] = []
    depth, field, fields = 0, 1, "|" in make
    last_comma = make.rfind(",")
    for place, sign in enumerate(make, start=1):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        field += sign == "|"
        if sign not in WORDS:
            continue
        if depth > 0:
            aside.append(place)
        else:
            joined = place > 1 and make[place - 2] == "-"
            words.append(_Word(place, sign, field if fields else 0, place <= last_comma, joined))
    return words, aside
