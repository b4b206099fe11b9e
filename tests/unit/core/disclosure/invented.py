"""Invented persons for tables: nobody is meant."""

import random

from throughgate.core.disclosure import Columns, Persons, of_rows

KEY = b"an invented key, for tests only!"
ORGANISATIONS = ("A", "B", "C")


def rows(cells: dict[tuple[str, str], int], *, organisations: str = "A;B") -> list[dict[str, str]]:
    """Persons of a table of month and place, both organisations knowing all of them."""
    return [
        {"person": f"{month} {place} {number}", "date": month, "place": place, "organisations": organisations}
        for (month, place), count in cells.items()
        for number in range(count)
    ]


def persons(cells: dict[tuple[str, str], int], *, by: tuple[str, ...] = ("date", "place")) -> Persons:
    return of_rows(rows(cells), Columns(by))


def crowd(size: int, seed: int) -> list[dict[str, str]]:
    """Persons of twelve months, six places in three regions, and two sexes, unevenly."""
    chance = random.Random(seed)
    made = []
    for number in range(size):
        place = min(int(chance.expovariate(0.6)), 5)
        given = [name for name in ORGANISATIONS if chance.random() < 0.5] or ["A"]
        made.append(
            {
                "person": f"person {number}",
                "date": f"2024-{chance.randint(1, 12):02}-15",
                "place": f"place {place}",
                "region": f"region {place % 3}",
                "sex": chance.choice("ffm"),
                "organisations": ";".join(given),
            }
        )
    return made
