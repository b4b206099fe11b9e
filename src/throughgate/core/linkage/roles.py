"""Which word of a name is the surname, the given name, the patronymic: decided once for each make of name.

The *make* of a name is a string with one sign for each of its tokens: a kind of word (`spellings.kind`), or itself for
a sign between words. "Узорава-Прыкладава (Ўяўная) Алена" has the make "X-X(X)G". Fields are joined with "|" (surname,
given name, patronymic), so that a list with three columns is read by the same rules, and a surname that slipped into
the column of given names is found.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import NamedTuple

WORDS = frozenset("IGDMPVSX")
MOST_WORDS = 5

# Logarithms of how many words in a role are of a kind, roughly.
AS_GIVEN = {"G": -0.1, "D": -3.0, "M": -4.8, "X": -4.6, "S": -5.3, "V": -6.2, "P": -7.5, "I": -2.8}
AS_SURNAME = {"S": -0.8, "X": -0.9, "V": -2.5, "M": -3.4, "P": -4.0, "G": -3.5, "D": -5.0, "I": -7.5}
AS_PATRONYMIC = {"P": 0.0, "I": -2.8, "V": -3.5, "X": -5.3, "M": -5.3, "S": -6.2, "G": -7.5, "D": -7.5}
LEFT_OUT = -3.5
AFTER_GIVEN, NEXT_TO_GIVEN = 2.0, 1.0
OWN_FIELD = 4.0
# Rows that are thought to have been seen with the surname first and last, before any of a list are counted.
BEFOREHAND = {"": (1.3, 1.0), ",": (40.0, 1.0), "|": (40.0, 1.0)}
SUREST = 4.0


class Order(NamedTuple):
    """How much likelier the surname comes first than last in a list, as a logarithm: with a comma, in fields, else."""

    plain: float = 0.3
    comma: float = SUREST
    fields: float = SUREST

    def of(self, divided: str) -> float:
        return {",": self.comma, "|": self.fields}.get(divided, self.plain)


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


def surname_first(makes: Iterable[tuple[str, int]]) -> Order:
    """Whether a list puts the surname first, by the names of which it can be told."""
    seen = {divided: list(beforehand) for divided, beforehand in BEFOREHAND.items()}
    for make, count in makes:
        kinds = [word.kind for word in _words(make)[0] if not word.joined]
        told = _told(kinds)
        if told is not None:
            seen[_divided(make)][0 if told else 1] += count
    return Order(*(max(-SUREST, min(SUREST, math.log(first / last))) for first, last in seen.values()))


def _told(kinds: list[str]) -> bool | None:
    """Whether the surname is the first word, by the given name or initial that is the other one."""
    if len(kinds) < 2 or (kinds[0] in "GI") == (kinds[1] in "GI"):
        return None
    return kinds[1] in "GI"


def _divided(make: str) -> str:
    return "|" if "|" in make else "," if "," in make else ""


@cache
def roles(make: str, *, surname_comes_first: Order) -> Roles:
    """The likeliest reading of a make of name."""
    words, aside = _words(make)
    if not words:
        return Roles(other=aside[0] if aside else 0)
    joined = next((word.place for word in words if word.joined), 0)
    units = [word for word in words if not word.joined][:MOST_WORDS]
    if len(units) == 1:
        only = units[0]
        return Roles(given=only.place) if only.field == 2 else Roles(surname=only.place, other=joined or _first(aside))
    first = surname_comes_first.of(_divided(make))
    choices = [(_fit(*chosen, len(units), first), -index, chosen) for index, chosen in enumerate(_choices(units))]
    best = max(choices, key=lambda each: each[:2])[2]
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


def _fit(surname: _Word, given: _Word, patronymic: _Word | None, words: int, first: float) -> float:
    """How well three words fill the roles, as a logarithm; only differences between readings of one make count."""
    fit = AS_GIVEN[given.kind] + AS_SURNAME[surname.kind]
    fit += first / 2 if _ahead(surname) < _ahead(given) else -first / 2
    if patronymic is None:
        return fit + LEFT_OUT * (words - 2)
    fit += AS_PATRONYMIC[patronymic.kind] + LEFT_OUT * (words - 3) + (OWN_FIELD if patronymic.field == 3 else 0.0)
    fit += AFTER_GIVEN if patronymic.place > given.place else 0.0
    return fit + (NEXT_TO_GIVEN if patronymic.place == given.place + 1 else 0.0)


def _ahead(word: _Word) -> tuple[int, bool, int]:
    """Where a word stands: by field, by the comma, by place."""
    return word.field, not word.before_comma, word.place


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
