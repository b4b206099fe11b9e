"""Two lists of invented people whose writers made mistakes, so that every kind of level is reached."""

import csv
import datetime
from pathlib import Path
from random import Random

from duckdb import DuckDBPyConnection

from throughgate.core.linkage import blocking, comparing, labels, records
from throughgate.core.linkage.model import Comparison
from throughgate.core.linkage.reading import read_lists
from throughgate.core.linkage.training import Model, train
from throughgate.core.lists.invent.people import InventedPerson, invent_person

TODAY = datetime.date(2026, 11, 22)
PEOPLE, EACH = 400, 300


def write_lists(folder: Path) -> list[Path]:
    rng = Random(7)
    people = [invent_person(rng) for _ in range(PEOPLE)]
    return [
        _write(folder / "be.csv", "be", people[:EACH], rng),
        _write(folder / "ru.csv", "ru", people[-EACH:], rng),
    ]


def _write(path: Path, language: str, people: list[InventedPerson], rng: Random) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["surname", "given name", "patronymic", "born"])
        writer.writerows(_row(language, person, rng) for person in people)
    return path


def _row(language: str, person: InventedPerson, rng: Random) -> list[str]:
    """One in five names has lost a letter, as many fathers are not known, and as many days of birth."""
    name = person.name(language)
    at = rng.randrange(1, len(name.surname) - 1)
    surname = name.surname[:at] + name.surname[at + 1 :] if rng.random() < 0.2 else name.surname
    patronymic = "" if rng.random() < 0.2 else name.patronymic
    return [surname, name.given, patronymic, str(person.birth.year if rng.random() < 0.2 else person.birth)]


def learn_from(connection: DuckDBPyConnection, paths: list[Path]) -> tuple[list[Comparison], Model]:
    """What lists tell, and what each level is worth; the engine has their pairs."""
    count = sum(each.rows for each in read_lists(connection, paths, profile={}, this_year=TODAY.year))
    records.make_records(connection, today=TODAY)
    comparisons = comparing.told(connection)
    comparing.compare_at_random(connection, comparisons, count)
    comparing.compare_some(connection, comparisons, blocking.make_pairs(connection))
    labels.keep(connection, [])
    return comparisons, train(connection, comparisons)
