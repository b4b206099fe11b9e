"""A person -> ten tokens, each the keyed hash of one combination of what is known of them.

Every combination holds enough to be rare, so that the commonest token says little; and every slip (a surname changed
or misspelt, a given name, one part of the date) leaves some of them as they were. A token is HMAC-SHA256 over the
number of the combination and its values, cut to 16 bytes.

*Decoys* are invented people whose values come from the list itself, each value from another record. They share tokens
with real records by chance only, and so tell whoever counts how much chance does.
"""

import hmac
from collections.abc import Iterable, Sequence
from operator import attrgetter
from random import Random

from throughgate.core.linkage.blind.keys import Key
from throughgate.core.linkage.blind.people import Person

LENGTH = 16
FEWEST_DECOYS, MOST_DECOYS = 10_000, 100_000
FEWEST_TO_MIX = 5

Tokens = tuple[bytes, ...]
"""One for each combination; empty where the record does not say enough."""


class Combination:
    """What a token is made of: all of these fields of a person, or there is none.

    `swapped`: day and month count in either order, because lists swap them.
    """

    def __init__(self, name: str, fields: tuple[str, ...], *, swapped: bool = False) -> None:
        self.name, self.fields, self._swapped = name, fields, swapped
        self._pick = attrgetter(*fields)

    def values(self, person: Person) -> Sequence[str]:
        found: tuple[str, ...] = self._pick(person)
        return sorted(found) if self._swapped else found


DATE = ("day", "month", "year")
COMBINATIONS = (
    Combination("surname, date", ("surname", *DATE)),
    Combination("given, date", ("given", *DATE)),
    Combination("beginning of surname, given, date", ("head", "given", *DATE)),
    Combination("end of surname, given, date", ("tail", "given", *DATE)),
    Combination("given, father, date", ("given", "father", *DATE)),
    Combination("surname, given, father", ("surname", "given", "father")),
    Combination("surname, given, day and month", ("surname", "given", "day", "month"), swapped=True),
    Combination("surname, given, year", ("surname", "given", "year")),
    Combination("surname, given, detention", ("surname", "given", "held")),
    Combination("given, year, detention", ("given", "year", "held")),
)


def holding(*fields: str) -> tuple[int, ...]:
    """The numbers of the combinations that hold all of the fields."""
    return tuple(number for number, one in enumerate(COMBINATIONS) if set(fields) <= set(one.fields))


def encode(people: Sequence[Person], key: Key) -> list[Tokens]:
    return [_tokens(person, key) for person in people]


def relay(rows: Iterable[Tokens], key: Key) -> list[Tokens]:
    """The same tokens under a second key: who holds only the first finds nobody in them any more."""
    secret = key.secret
    return [tuple(_hash(secret, number, token) if token else b"" for number, token in enumerate(row)) for row in rows]


def decoys(people: Sequence[Person], chance: Random) -> list[Person]:
    """Invented people: surname, father, given name with year, day with month, and detention, each of somebody else.

    Given name and year stay together because names go with fashions.
    """
    if len(people) < FEWEST_TO_MIX:
        return []
    wanted = min(max(len(people), FEWEST_DECOYS), MOST_DECOYS)
    return [_mixed(*chance.sample(people, 5)) for _ in range(wanted)]


def _mixed(named: Person, fathered: Person, called: Person, born: Person, held: Person) -> Person:
    return Person(
        named.surname,
        named.head,
        named.tail,
        called.given,
        fathered.father,
        born.day,
        born.month,
        called.year,
        held.held,
    )


def _tokens(person: Person, key: Key) -> Tokens:
    secret = key.secret
    return tuple(
        _hash(secret, number, "\0".join(values).encode()) if all(values := combination.values(person)) else b""
        for number, combination in enumerate(COMBINATIONS)
    )


def _hash(secret: bytes, number: int, message: bytes) -> bytes:
    return hmac.digest(secret, b"%d\0%b" % (number, message), "sha256")[:LENGTH]
