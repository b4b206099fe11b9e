"""What the reading of a list says to a person: codes with named values, worded in three languages.

The wording is data (`data/messages.csv`), as all vocabularies of the core are.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("en", "be", "ru")

Params = Mapping[str, str | int | float]


def data_rows(filename: str) -> list[dict[str, str]]:
    """The rows of one data file of this package, by column."""
    text = (files("throughgate.core.lists") / "data" / filename).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row["code"]: MappingProxyType(row) for row in data_rows("messages.csv")})


def message_codes() -> frozenset[str]:
    """Every code that has a wording."""
    return frozenset(_wording())


@dataclass(frozen=True, slots=True)
class Message:
    """A code and its values; `text()` words it."""

    code: str
    params: Params = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence in `language` (en, be, ru; English for any other)."""
        words = _wording()[self.code]
        return words[language if language in LANGUAGES else "en"] % self.params


def say(code: str, **params: str | float) -> Message:
    """Shorthand for a message with its values."""
    return Message(code, params)
