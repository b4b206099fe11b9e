"""A list -> what is compared of each person: sounds of names, parts of dates."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.linking import engine
from throughgate.core.linkage.reading import read_lists
from throughgate.core.linkage.records import make_records

ENDS = 2  # consonants at either end of a surname: a slip of one letter leaves one end whole

READ = """
    SELECT phonetic, consonant, coalesce(given, given_sound), father, day, month, year, held FROM records ORDER BY id
"""


class Person(NamedTuple):
    """Texts that depend on no script or convention; "" for what the list does not say.

    surname  its sounds, of men and women alike; `head` and `tail`: its first and its last consonants
    given    the name that its forms and diminutives stand for, or its sounds
    father   the same of the patronymic
    day, month, year  of birth
    held     the day of detention
    """

    surname: str = ""
    head: str = ""
    tail: str = ""
    given: str = ""
    father: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    held: str = ""


def read_people(path: Path, *, today: datetime.date, profile: Mapping[str, str] | None = None) -> list[Person]:
    """The people of a list of any make, one for each row, spelt as `link` spells them. Raises LinkageError."""
    with engine() as connection:
        read_lists(connection, [path], profile=profile or {}, this_year=today.year)
        make_records(connection, today=today)
        people = [_person(*row) for row in connection.execute(READ).fetchall()]
    if not any(person.surname for person in people):
        raise BlindError(f"{path}: no name was found in this list.")
    return people


def _person(
    surname: str | None, consonants: str | None, given: str | None, father: str | None, *dates: int | None
) -> Person:
    skeleton = consonants or ""
    names = (surname, skeleton[:ENDS], skeleton[-ENDS:], given, father)
    return Person(*(name or "" for name in names), *(str(part) if part else "" for part in dates))
