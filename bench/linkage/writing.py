"""Names in Latin letters as five kinds of hands write them, by tables of this folder's own.

They follow these as names in print do, and were not compared with the official texts:
- passport: Ministry of Internal Affairs of Belarus, instruction no. 288 of 9 October 2008, from Belarusian.
- national: instruction of the State Property Committee of 2007 (the United Nations' roman system of Belarusian).
- lacinka: as the national one but for ł and l.
- english, german, polish: as heard, by the habits of the language; English has eight, one a writer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import lru_cache

# After these е, ё, ю and я are two sounds.
VOWELS = "аеёіиоуыэюяь’ў"


def _table(pairs: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in pairs.split())


PASSPORT = _table(
    "а=a б=b в=v г=h д=d ж=zh з=z і=i й=i к=k л=l м=m н=n о=o "
    "п=p р=r с=s т=t у=u ў=u ф=f х=kh ц=ts ч=ch ш=sh ы=y ь= э=e ’="
)
NATIONAL = _table(
    "а=a б=b в=v г=h д=d ж=ž з=z і=i й=j к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ў=ŭ ф=f х=ch ц=c ч=č ш=š ы=y э=e ’="
)
ENGLISH = _table(
    "а=a б=b в=v г=g д=d ж=zh з=z и=i й=y к=k л=l м=m н=n о=o "
    "п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e"
)
GERMAN = _table(
    "а=a б=b в=w г=g д=d ж=sch з=s и=i й=i к=k л=l м=m н=n о=o "
    "п=p р=r с=s т=t у=u ф=f х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ы=y ь= э=e"
)
POLISH = _table(
    "а=a б=b в=w г=h д=d ж=ż з=z і=i й=j к=k л=ł м=m н=n о=o п=p р=r с=s т=t у=u ў=u ф=f х=ch ц=c ч=cz ш=sz ы=y э=e ’="
)
SOFT_SIGNS = _table("з=ź л=ĺ н=ń с=ś ц=ć")
POLISH_SOFT = _table("з=ź л=l н=ń с=ś ц=ć")
AFTER = {"е": "e", "ё": "o", "ю": "u", "я": "a"}


@lru_cache(maxsize=200_000)
def passport(name: str) -> str:
    """Ціхановіч -> Tsikhanovich, Ягораў -> Yahorau, Марыя -> Maryia, Юлія -> Yuliya, Андрэй -> Andrei, Юрый -> Yury."""
    written, before = [], ""
    for letter in re.sub(r"ый$", "ы", name.lower()):
        if letter in AFTER:
            alone = not before or (before in VOWELS and before != "ы")
            written.append(("y" if alone else "" if letter == "е" else "i") + AFTER[letter])
        else:
            written.append(PASSPORT.get(letter, letter))
        before = letter
    return _capitals("".join(written))


@lru_cache(maxsize=200_000)
def national(name: str) -> str:
    """Ціхановіч -> Cichanovič, Кавальчук -> Kavaĺčuk, Ляўчук -> Liaŭčuk."""
    return _capitals(_roman(name.lower(), NATIONAL, SOFT_SIGNS))


@lru_cache(maxsize=200_000)
def lacinka(name: str) -> str:
    """Кавальчук -> Kavalčuk, Казлоў -> Kazłoŭ, Ляўчук -> Laŭčuk."""
    word = re.sub(r"л(?!л?[іеёюяь])", "ł", name.lower())
    roman = _roman(word, NATIONAL, SOFT_SIGNS | {"л": "l"})
    return _capitals(re.sub(r"li(?=[aeou])", "l", roman))


@lru_cache(maxsize=200_000)
def polish(name: str) -> str:
    """Ціхановіч -> Cichanowicz, Шчарбаў -> Szczarbau, Кавальчук -> Kawalczuk."""
    word = re.sub(r"л(?=л?[іеёюяь])", "l", name.lower())
    roman = _roman(word, POLISH, POLISH_SOFT)
    return _capitals(re.sub(r"li(?=[aeou])", "l", roman))


def _roman(word: str, table: Mapping[str, str], soft: Mapping[str, str]) -> str:
    written: list[str] = []
    before = ""
    for letter in word:
        if letter == "ь":
            if written and before in soft:
                written[-1] = soft[before]
        elif letter in AFTER:
            alone = not before or before in VOWELS
            written.append(("j" if alone else "i") + AFTER[letter])
        else:
            written.append(table.get(letter, letter))
        before = letter
    return "".join(written)


@lru_cache(maxsize=200_000)
def english(name: str, hand: int = 0) -> str:
    """From Russian; *hand* 0 to 7 picks among the habits: -sky or -skiy, kh or h, yu or iu, yo or e, y or i."""
    word = name.lower()
    word = re.sub(
        r"(ск|цк)ий$", lambda found: {"ск": "sk", "цк": "tsk"}[found[1]] + ("y", "iy", "y", "i")[hand % 4], word
    )
    word = re.sub(r"([иы])й$", ("y", "iy")[hand % 2], word)
    word = word.replace("кс", ("ks", "x")[hand // 4])
    for letter, ways in (
        ("х", ("kh", "h")),
        ("ё", ("yo", "e")),
        ("ю", ("yu", "iu")),
        ("я", ("ya", "ia")),
        ("й", ("y", "i")),
    ):
        word = word.replace(letter, ways[hand // 2 % 2])
    word = re.sub(r"^е|(?<=[аиоуыэь])е", ("ye", "e")[hand % 2], word).replace("е", "e")
    return _capitals("".join(ENGLISH.get(letter, letter) for letter in word))


@lru_cache(maxsize=200_000)
def german(name: str) -> str:
    """From Russian: Тихоновский -> Tichonowski, Журавлёва -> Schurawljowa, Щерба -> Schtscherba."""
    word = re.sub(r"(ск|цк)ий$", lambda found: {"ск": "ski", "цк": "zki"}[found[1]], name.lower())
    word = re.sub(r"([иы])й$", r"\1", word)
    word = re.sub(r"(?<=[аеёиоуыэюя])с(?=[аеёиоуыэюя])", "ss", word)
    word = re.sub(r"^е|(?<=[аиоуыэь])е", "je", word)
    for letter, way in (("ё", "jo"), ("ю", "ju"), ("я", "ja"), ("е", "e")):
        word = word.replace(letter, way)
    return _capitals("".join(GERMAN.get(letter, letter) for letter in word))


def _capitals(text: str) -> str:
    return "-".join(" ".join(word[:1].upper() + word[1:] for word in part.split(" ")) for part in text.split("-"))


PLAIN = str.maketrans("ŭčšžćśźńĺłČŠŽĆŚŹŁżŻóÓ", "ucszcsznllCSZCSZLzZoO")


def without_marks(text: str) -> str:
    """Łucenka -> Lucenka: as typed on a keyboard that has no other letters."""
    return text.translate(PLAIN)


LOOKALIKE = dict(zip("аеосрухіАЕОСРХІКМТН", "aeocpyxiAEOCPXIKMTH", strict=True))


def mixed(text: str, rng: random.Random) -> str:
    """One Cyrillic letter as its Latin double, which nobody sees."""
    places = [at for at, letter in enumerate(text) if letter in LOOKALIKE]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + LOOKALIKE[text[at]] + text[at + 1 :]
