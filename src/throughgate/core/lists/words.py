"""Headings and the words of cells, made alike before they are compared."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from throughgate.core.dates.words import fold
from throughgate.core.lists.messages import data_rows

_NOT_WORD = re.compile(r"[^\w№#/]+")
_NUMBER_SIGN = re.compile(r"^(?:№|#)+$")


def plain(text: str) -> str:
    """Folded words with single spaces; signs between them are gone ("Ф.И.О." is "ф и о")."""
    words = _NOT_WORD.sub(" ", fold(text).replace("№", " № ")).replace("_", " ").split()
    if len(words) == 1 and _NUMBER_SIGN.match(words[0]):
        return words[0]
    return " ".join(word.strip("/#") or word for word in words)


@cache
def known_headings() -> Mapping[str, str]:
    """Every heading of `data/headings.csv`, made plain -> code of the target it stands for."""
    found: dict[str, str] = {}
    for row in data_rows("headings.csv"):
        for heading in row["headings"].split("|"):
            found.setdefault(plain(heading), row["target"])
    return MappingProxyType(found)


def is_known_heading(text: str) -> bool:
    return len(text) < 80 and plain(text) in known_headings()
