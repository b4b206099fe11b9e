"""Given names that stand for one another: Вольга and Ольга, Мікіта and Nikita, Саша and Аляксандр."""

import csv
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from throughgate.core.names.sounds import agree, merged, readings
from throughgate.core.names.spelling import tokens

# A shorter sound is shared by too many names to tell them apart.
SHORTEST_SOUND = 3
FEMININE_ENDS = ("а", "я", "a")
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Table:
    by_form: dict[str, frozenset[int]]
    forms: list[str]
    by_sound: dict[tuple[str, bool], list[tuple[str, int]]]


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
    text = (files("throughgate.core.names") / "data" / "given_names.csv").read_text(encoding="utf-8")
    for group, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        full = _forms(row["be"], row["ru"], row["latin"])
        for form in full | _forms(row["short"]):
            by_form[form] = by_form.get(form, NONE) | {group}
        for form in full:
            for reading in readings(form):
                if len(reading) >= SHORTEST_SOUND:
                    by_sound.setdefault((merged(reading), _feminine(form)), []).append((reading, group))
    return _Table(by_form, sorted(by_form), by_sound)


def _forms(*cells: str) -> set[str]:
    return {token for cell in cells for form in cell.split(";") for token in tokens(form)}
