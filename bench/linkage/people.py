"""Invented people: each follows from a seed and a number, so that every list can ask for the same person again.

They come in households of four numbers: some of a household are brothers and sisters or father and son, who share a
surname, a father or a birthplace. Those are the pairs that a linker must keep apart.
"""

from __future__ import annotations

import csv
import datetime
import random
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from surnames import Surname, surnames

DATA = Path(__file__).resolve().parent / "data"
GEOGRAPHY = Path(__file__).resolve().parents[2] / "src" / "throughgate" / "core" / "geo" / "data"
HOUSEHOLD = 4
RELATED = 0.06  # of people are a brother, sister or child of the one before in the household
MARRIED = 0.45  # of women changed their surname
MOVED = 0.35  # of people are in a second institution by the time some lists are written
TODAY = datetime.date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Given:
    """One line of data/given.csv."""

    ru: str
    be: str
    patronymic_ru: str
    patronymic_be: str
    short_ru: tuple[str, ...]
    short_be: tuple[str, ...]
    foreign: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Named:
    """What has a name in two languages."""

    be: str
    ru: str


@dataclass(frozen=True, slots=True)
class Place(Named):
    """A town or a village of a raion; `raion` and `region` are adjectives, as in Рэчыцкі, Гомельская."""

    village: bool
    english: str
    raion: Mapping[str, str]
    region: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Institution(Named):
    kind: str
    number: str
    town: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    woman: bool
    surname: Surname
    maiden: Surname | None
    given: Given
    father: Given
    birth: datetime.date
    place: Place
    home: Place
    detained: datetime.date
    institutions: tuple[Institution, ...]


def person(seed: int, number: int, *, hard: bool = False) -> Person:
    """*hard*: with the surnames and given names of the harder lists."""
    rng = random.Random(seed * 1_000_003 + number)
    made = _alone(rng, number, hard)
    if number % HOUSEHOLD and rng.random() < RELATED:
        return _relative(rng, made, person(seed, number - 1, hard=hard))
    return made


def _alone(rng: random.Random, number: int, hard: bool) -> Person:
    woman = rng.random() < 0.24
    names, weights = surnames(hard=hard)
    surname = rng.choices(names, cum_weights=weights)[0]
    age = int(rng.triangular(18, 72, 34))
    birth = TODAY - datetime.timedelta(days=age * 365 + rng.randrange(365))
    grown = birth.replace(year=birth.year + 16, day=1)
    begin = max(datetime.date(2020, 5, 1), grown)
    detained = begin + datetime.timedelta(days=int((TODAY - begin).days * rng.random() ** 1.6))
    return Person(
        number=number,
        woman=woman,
        surname=surname,
        maiden=rng.choices(names, cum_weights=weights)[0] if woman and rng.random() < MARRIED else None,
        given=_given(rng, "f" if woman else "m", birth.year, hard),
        father=_given(rng, "m", birth.year - 28, hard),
        birth=birth,
        place=_place(rng),
        home=_place(rng),
        detained=detained,
        institutions=tuple(rng.sample(_institutions()["women" if woman else "men"], 2 if rng.random() < MOVED else 1)),
    )


def _relative(rng: random.Random, made: Person, other: Person) -> Person:
    """A brother or sister of *other*, or a child, who is often detained on the same day."""
    child = (
        rng.random() < 0.3 and not other.woman and made.birth > other.birth.replace(year=other.birth.year + 18, day=1)
    )
    father = other.given if child else other.father
    again = child and not made.woman and rng.random() < 0.15
    return replace(
        made,
        surname=other.surname if other.maiden is None else other.maiden,
        father=father,
        given=other.given if again else made.given,
        place=other.place if rng.random() < 0.7 else made.place,
        detained=other.detained if rng.random() < 0.3 else made.detained,
    )


def _given(rng: random.Random, sex: str, born: int, hard: bool) -> Given:
    """The younger the person the more of the younger fashion: all older in 1960, all younger in 2000."""
    names, older, younger = _givens(hard)[sex]
    share = min(max((born - 1960) / 40, 0.0), 1.0)
    return rng.choices(names, cum_weights=younger if rng.random() < share else older)[0]


def _place(rng: random.Random) -> Place:
    places, populations = _places()
    return places[bisect(populations, rng.random() * populations[-1])]


@cache
def _givens(hard: bool) -> dict[str, tuple[list[Given], list[float], list[float]]]:
    found = {}
    listed = _rows(DATA / "given.csv") + (_rows(DATA / "given-hard.csv") if hard else [])
    for sex in "mf":
        rows = [row for row in listed if row["sex"] == sex]
        names = [
            Given(
                row["ru"], row["be"], row["patronymic_ru"], row["patronymic_be"],
                tuple(row["short_ru"].split(";")), tuple(row["short_be"].split(";")),
                {language: tuple(row[language].split(";")) for language in ("en", "de", "pl")},
            )
            for row in rows
        ]  # fmt: skip
        found[sex] = (
            names,
            list(accumulate(float(row["older"]) for row in rows)),
            list(accumulate(float(row["younger"]) for row in rows)),
        )
    return found


@cache
def _places() -> tuple[list[Place], list[float]]:
    """Seats of raions by population; a fifth of people come from villages."""
    regions = {row["iso_3166_2"]: row for row in _rows(GEOGRAPHY / "by_adm1.csv")}
    villages = _rows(DATA / "villages.csv")
    places, weights = [], []
    for row in _rows(GEOGRAPHY / "by_adm2_raions.csv"):
        region = regions[row["adm1_iso"]]
        raion = {"be": row["name_be"].split()[0], "ru": row["name_ru"].split()[0]}
        of = {
            "be": region["name_be"].split()[0],
            "ru": region["name_ru"].split()[0],
            "en": region["name_en"].split()[0],
        }
        population = float(row["seat_population"] or 5000)
        places.append(Place(row["seat_be"], row["seat_ru"], False, row["seat_en"], raion, of))
        weights.append(population)
        for village in random.Random(row["raion_id"]).sample(villages, 6):
            places.append(Place(village["be"], village["ru"], True, "", raion, of))
            weights.append(4000.0)
    return places, list(accumulate(weights))


@cache
def _institutions() -> dict[str, list[Institution]]:
    """By whom they hold."""
    found: dict[str, list[Institution]] = {"men": [], "women": []}
    for row in _rows(GEOGRAPHY / "by_institutions.csv"):
        town = {"be": row["place_be"], "ru": row["place_ru"]}
        one = Institution(row["name_be"], row["name_ru"], row["kind"], row["number"], town)
        for sex, held in found.items():
            if row["kind"] != "LTP" and row["holds"] not in ({"men", "women"} - {sex}):
                held.append(one)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))
