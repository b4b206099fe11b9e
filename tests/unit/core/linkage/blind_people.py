"""Invented people for the tests of blind counting."""

from __future__ import annotations

from random import Random

from throughgate.core.linkage import blind
from throughgate.core.linkage.blind.people import Person

KEY = blind.Key(b"k" * 32)


def people(count: int, *, start: int = 0) -> list[Person]:
    """Each follows from its number: nobody's name, the same person for the same number."""
    return [_person(number) for number in range(start, start + count)]


def lists(size: int, *, shared: int) -> tuple[blind.TokenFile, blind.TokenFile]:
    """Two lists of so many people, and so many of them on both."""
    everybody = people(2 * size - shared)
    return blind.encoded(everybody[:size], KEY), blind.encoded(everybody[size - shared :], KEY)


def _person(number: int) -> Person:
    rng = Random(number)
    surname = (
        f"{rng.choice('bdkmprst')}{rng.choice('bdkmprst')}{rng.randrange(4000)}{rng.choice('kns')}{rng.choice('kvt')}"
    )
    born = (rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1955, 2006))
    return Person(
        surname, surname[:2], surname[-2:], f"given{rng.randrange(40)}", f"father{rng.randrange(40)}",
        *map(str, born), held=str(rng.randrange(18000, 20000)),
    )  # fmt: skip
