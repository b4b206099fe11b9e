"""Given names that stand for one another: Вольга and Ольга, Мікіта and Nikita, Саша and Аляксандр."""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from throughgate.core.names.conventions import Convention
from throughgate.core.names.phonemes import heard, said
from throughgate.core.names.spelling import tokens

SHORTEST_TO_MISHEAR = 5
SHORTEST_TO_MISTYPE = 5


class Name(NamedTuple):
    """One given name: its first Belarusian form, "f" or "m", its full forms in both languages, lower case."""

    head: str
    gender: str
    belarusian: tuple[str, ...]
    russian: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heads:
    """Names by their full and pet forms, as written (lower case) and as spoken."""

    names: dict[str, Name]
    full: dict[str, tuple[str, ...]]
    heard: dict[str, tuple[str, ...]]
    short: dict[str, tuple[str, ...]]
    fathers: dict[str, str]


def heads(word: str, convention: Convention | None = None) -> tuple[str, ...]:
    """The names that a lower-case word stands for in full or for short, each by its first Belarusian form."""
    table = _heads()
    if written := table.full.get(word) or table.short.get(word):
        return written
    spoken = said(word, convention)
    return table.full.get(spoken) or table.short.get(spoken) or _misheard(spoken)


def full_heads(word: str, convention: Convention | None = None) -> tuple[str, ...]:
    """The names that a lower-case word stands for in full: mostly one or none."""
    table = _heads()
    if written := table.full.get(word):
        return written
    spoken = said(word, convention)
    return table.full.get(spoken) or _misheard(spoken)


def _misheard(spoken: str) -> tuple[str, ...]:
    """The names that are heard alike, for words long enough not to be heard alike by chance."""
    return _heads().heard.get(heard(spoken), ()) if len(spoken) >= SHORTEST_TO_MISHEAR else ()


def pet_heads(word: str, convention: Convention | None = None) -> tuple[str, ...]:
    """The names that a lower-case word is a pet name of by its ending alone, the one with most forms first.

    Артурчык and Arturchik are of Артур, Mirosha of Мірон. None where more than a few names begin so.
    """
    spoken = said(word, convention)
    for ending in PET:
        found = ending.search(spoken)
        stem = spoken[: found.start()].rstrip(VOWELS) if found else ""
        names = _stems().get(stem, ()) if len(stem) >= SHORTEST_STEM else ()
        if 0 < len(names) <= MOST_NAMES:
            return _likeliest(names, of_men=OF_MEN.search(spoken) is not None)
    return ()


def _likeliest(names: Iterable[str], *, of_men: bool) -> tuple[str, ...]:
    known = [_heads().names[head] for head in names]
    men = [name for name in known if name.gender == "m"]
    ranked = sorted(men if of_men and men else known, key=lambda name: -len(name.belarusian) - len(name.russian))
    return tuple(name.head for name in ranked)


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """The names by their full and pet forms without the vowel at the end, and by how full ones begin."""
    found: dict[str, tuple[str, ...]] = {}
    table = _heads()
    for form, names in (*table.full.items(), *table.short.items()):
        for head in names:
            _join(found, (form.rstrip(VOWELS),), head)
    begun: dict[str, tuple[str, ...]] = {}
    for form, names in table.full.items():
        for head in names:
            _join(
                begun,
                {form[:length] for length in range(SHORTEST_STEM, len(form)) if form[length - 1] not in VOWELS},
                head,
            )
    return begun | found


def nearly(word: str, convention: Convention | None = None) -> tuple[str, ...]:
    """The names that a lower-case word would stand for in full but for one sound lost, added, changed or swapped."""
    spoken = heard(said(word, convention))
    if len(spoken) < SHORTEST_TO_MISTYPE:
        return ()
    near = {form for cut in _cuts(spoken) for form in _cut().get(cut, ()) if _differ_by_one(spoken, form)}
    return tuple(sorted({head for form in near for head in _heads().heard[form]}))


def _cuts(spoken: str) -> set[str]:
    """A word, and the word without any one of its sounds, which words that differ by a slip share."""
    return {spoken, *(spoken[:place] + spoken[place + 1 :] for place in range(len(spoken)))}


def _differ_by_one(one: str, other: str) -> bool:
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    mine, theirs = one[start:], other[start:]
    if len(one) != len(other):
        return mine[1:] == theirs or mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])


@cache
def _cut() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for form in _heads().heard:
        if len(form) >= SHORTEST_TO_MISTYPE:
            for cut in _cuts(form):
                found[cut] = (*found.get(cut, ()), form)
    return found


def known_name(head: str) -> Name:
    """What the table tells of a name, by its first Belarusian form. Raises KeyError for another."""
    return _heads().names[head]


def father_stem(patronymic: str) -> str:
    """What a lower-case patronymic of any script says of the father's name, as phonemes; "" if it is none."""
    spoken = said(patronymic)
    stem = PATRONYMIC.sub("", spoken)
    return "" if stem == spoken else stem.rstrip(VOWELS)


def father_head(patronymic: str) -> str:
    """The father's name, by its first Belarusian form; "" if it is unknown."""
    return _heads().fathers.get(father_stem(patronymic), "")


SHORTEST_STEM, MOST_NAMES = 3, 2
# What makes a pet name of a name or its beginning, the longer ending first, as settled phonemes.
PET = tuple(
    re.compile(f"(?:{endings})$")
    for endings in (
        "[AEIU](?:CkA|SkA|nkA|lkA|skA)|[AE]nACkA",
        "CIk|[AEIU](?:SA|sE|lE|nE|HA|tA|S)|Us|[AEI]k",
        "kA|k",
    )
)
OF_MEN = re.compile("(?:CIk|Us|[AEI]k)$")

PATRONYMIC = re.compile("(?:(?:[AEI]?v|I)?(?:IC|nA)|I?n?ICnA|ICnA)$")
VOWELS = "AEIUJ"
# Павел, Павлович; Лев, Львович.
FLEETING = re.compile("E(?=[lv]$)")


@lru_cache(1024)
def heads_starting(begun: str) -> frozenset[str]:
    """The names that have a form beginning so, each by its first Belarusian form."""
    table, forms = _heads(), _forms()
    found: set[str] = set()
    for form in forms[bisect_left(forms, begun) :]:
        if not form.startswith(begun):
            break
        found.update(table.full.get(form, ()), table.short.get(form, ()))
    return frozenset(found)


@cache
def _forms() -> list[str]:
    table = _heads()
    return sorted({*table.full, *table.short})


@cache
def _heads() -> _Heads:
    table = _Heads({}, {}, {}, {}, {})
    for row in _rows():
        belarusian, russian = (tuple(_ordered(row[column])) for column in ("be", "ru"))
        head = row["be"].partition(";")[0]
        table.names[head] = Name(head, row["gender"], belarusian, russian)
        for form in (*belarusian, *russian, *_ordered(row["latin"])):
            spoken = said(form)
            _join(table.full, (form, spoken), head)
            _join(table.heard, (heard(spoken),), head)
            if row["gender"] == "m":
                table.fathers.setdefault(spoken.rstrip(VOWELS), head)
                table.fathers.setdefault(FLEETING.sub("", spoken), head)
    for form, head in _pet_names():
        _join(table.short, (form, said(form)), head)
    return table


def _pet_names() -> list[tuple[str, str]]:
    """Each pet name with the name it is of; what a line has first comes before what another has later."""
    found = [
        (place, form, row["be"].partition(";")[0])
        for row in _rows()
        for place, form in enumerate(_ordered(row["short"]))
    ]
    return [(form, head) for _, form, head in sorted(found, key=lambda each: each[0])]


def _join(table: dict[str, tuple[str, ...]], keys: Iterable[str], head: str) -> None:
    for key in keys:
        known = table.get(key, ())
        table[key] = known if head in known else (*known, head)


def _ordered(cell: str) -> list[str]:
    return [token for form in cell.split(";") for token in tokens(form)]


def _rows() -> list[dict[str, str]]:
    text = (files("throughgate.core.names") / "data" / "given_names.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
