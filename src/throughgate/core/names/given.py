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
from throughgate.core.names.sounds import agree, merged, readings
from throughgate.core.names.spelling import tokens

# A shorter sound is shared by too many names to tell them apart.
SHORTEST_SOUND = 3
SHORTEST_TO_MISHEAR = 5
FEMININE_ENDS = ("а", "я", "a")
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Table:
    by_form: dict[str, frozenset[int]]
    forms: list[str]
    by_sound: dict[tuple[str, bool], list[tuple[str, int]]]


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


PATRONYMIC = re.compile("(?:(?:[AEI]?v|I)?(?:IC|nA)|I?n?ICnA|ICnA)$")
VOWELS = "AEIUJ"
# Павел, Павлович; Лев, Львович.
FLEETING = re.compile("E(?=[lv]$)")


@lru_cache(1 << 13)
def groups(token: str) -> frozenset[int]:
    """The given names a word may stand for, as line numbers of the table; mostly none.

    A word that is not in the table counts as a form of a name it sounds like.
    """
    table = _table()
    return table.by_form.get(token) or _by_sound(token, table)


@lru_cache(1024)
def groups_starting(prefix: str) -> frozenset[int]:
    """The given names that have a form beginning with `prefix`."""
    table = _table()
    found = NONE
    for form in table.forms[bisect_left(table.forms, prefix) :]:
        if not form.startswith(prefix):
            break
        found |= table.by_form[form]
    return found


def _by_sound(token: str, table: _Table) -> frozenset[int]:
    found = NONE
    for reading in readings(token):
        for known, group in table.by_sound.get((merged(reading), _feminine(token)), ()):
            if agree(reading, known):
                found |= {group}
    return found


def _feminine(form: str) -> bool:
    return form.endswith(FEMININE_ENDS)


@cache
def _table() -> _Table:
    by_form: dict[str, frozenset[int]] = {}
    by_sound: dict[tuple[str, bool], list[tuple[str, int]]] = {}
    for group, row in enumerate(_rows(), start=2):
        full = _forms(row["be"], row["ru"], row["latin"])
        for form in full | _forms(row["short"]):
            by_form[form] = by_form.get(form, NONE) | {group}
        for form in full:
            for reading in readings(form):
                if len(reading) >= SHORTEST_SOUND:
                    by_sound.setdefault((merged(reading), _feminine(form)), []).append((reading, group))
    return _Table(by_form, sorted(by_form), by_sound)


def _forms(*cells: str) -> set[str]:
    return {form for cell in cells for form in _ordered(cell)}


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
        for form in _ordered(row["short"]):
            _join(table.short, (form, said(form)), head)
    return table


def _join(table: dict[str, tuple[str, ...]], keys: Iterable[str], head: str) -> None:
    for key in keys:
        known = table.get(key, ())
        table[key] = known if head in known else (*known, head)


def _ordered(cell: str) -> list[str]:
    return [token for form in cell.split(";") for token in tokens(form)]


def _rows() -> list[dict[str, str]]:
    text = (files("throughgate.core.names") / "data" / "given_names.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
