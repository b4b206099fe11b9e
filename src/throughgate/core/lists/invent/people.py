"""People who do not exist, with names that say so in three languages."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from throughgate.core.dates import PartialDate
from throughgate.core.lists.messages import data_rows

Sex = Literal["male", "female"]

_PAIRS = (
    "а=a б=b в=v г=h д=d ж=zh з=z і=i и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ў=u ф=f х=kh ц=ts ч=ch "
    "ш=sh щ=shch ъ= ы=y ь= э=e ’="
)
_LATIN = dict(pair.split("=") for pair in _PAIRS.split())
_SOFT = {"е": "e", "ё": "o", "ю": "u", "я": "a"}
_VOWELS = "аеёіоуыэюяиь’"


@dataclass(frozen=True, slots=True)
class InventedName:
    surname: str
    given: str
    patronymic: str

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Nobody. `latin` is spelt from the Belarusian name, without a patronymic."""

    be: InventedName
    ru: InventedName
    latin: InventedName
    sex: Sex
    birth: PartialDate

    def name(self, language: str) -> InventedName:
        """In be, ru; in Latin letters for any other language."""
        return {"be": self.be, "ru": self.ru}.get(language, self.latin)


def invent_person(rng: random.Random, *, born: tuple[int, int] = (1948, 2005)) -> InventedPerson:
    """A person by chance: three of ten are women, as in lists of prisoners; born between two years."""
    sex: Sex = "female" if rng.random() < 0.3 else "male"
    surname_be, surname_ru = _surname(rng, 1 if sex == "female" else 0)
    given = rng.choice(_given()[sex])
    father = rng.choice(_given()["male"])
    side = 1 if sex == "female" else 0
    be = InventedName(surname_be, given["be"], father["patronymic_be"].split("|")[side])
    ru = InventedName(surname_ru, given["ru"], father["patronymic_ru"].split("|")[side])
    latin = InventedName(to_latin(be.surname), to_latin(be.given), "")
    birth = PartialDate(rng.randint(*born), rng.randint(1, 12), rng.randint(1, 28))
    return InventedPerson(be, ru, latin, sex, birth)


def to_latin(text: str) -> str:
    """Plain letters, near what passports had: Ціхаверб -> Tsikhaverb."""
    written: list[str] = []
    for position, letter in enumerate(text):
        small = letter.lower()
        if small in _SOFT:
            alone = position == 0 or text[position - 1].lower() in _VOWELS
            latin = ("y" if alone else "i") + _SOFT[small]
        else:
            latin = _LATIN.get(small, letter)
        written.append(latin.capitalize() if letter.isupper() else latin)
    return "".join(written)


def _surname(rng: random.Random, side: int) -> tuple[str, str]:
    stems = _stems()
    if rng.random() < 0.02:
        be, ru = rng.choice(stems["whole"])
        return be.split("|")[side], ru.split("|")[side]
    (first_be, first_ru), (second_be, second_ru) = rng.choice(stems["first"]), rng.choice(stems["second"])
    end_be, end_ru = rng.choice(stems["suffix"])
    return (
        first_be + second_be + end_be.split("|")[side],
        first_ru + second_ru + end_ru.split("|")[side],
    )


@cache
def _stems() -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in data_rows("invented_stems.csv"):
        found.setdefault(row["place"], []).append((row["be"], row["ru"]))
    return MappingProxyType(found)


@cache
def _given() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {"male": [], "female": []}
    for row in data_rows("invented_given.csv"):
        found[row["sex"]].append(row)
    return MappingProxyType(found)
