"""What a result says, in English, Belarusian and Russian: one table of texts for each language, in `<language>.toml`.

A text is a string with named places, or a table of plural forms (`one`, `few`, `many`, `other`), chosen by the number
named by `by`. Numbers are written as the language writes them, and never wrapped within.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.estimates import Warning_

LANGUAGES = ("en", "be", "ru")
Value = str | int | float
SHARES = frozenset({"moved", "share"})
# Numbers told beside a limit, and where the limit is: what is beyond it is never rounded back to it.
ABOVE = frozenset({"moved", "ratio", "share", "value"})
BELOW = frozenset({"p"})


class _Told(dict[str, str]):
    """What is to be said; a place that nothing was given for does not keep the rest from being said."""

    def __missing__(self, place: str) -> str:
        return "?"


@dataclass(frozen=True)
class Words:
    """The texts of one language."""

    language: str
    texts: Mapping[str, Any]

    @classmethod
    def of(cls, package: str, language: str) -> Words:
        """What a package says in a language, from its `<language>.toml`."""
        source = files(package).joinpath(f"{language}.toml").read_text(encoding="utf-8")
        return cls(language, tomllib.loads(source))

    def say(self, key: str, **params: Value) -> str:
        """The text of "part.name" with its places filled."""
        part, _, name = key.partition(".")
        text = self.texts[part][name]
        if not isinstance(text, str):
            text = text[self.form(params.get(text["by"], 0))]
        return str(text).format_map(_Told({place: self.shown(value) for place, value in params.items()}))

    def reason(self, warning: Warning_) -> str:
        """The sentence of a warning; shares come as percents. A code without a sentence is still named."""
        params = {name: _told(name, value) for name, value in warning.params.items()}
        if not self.knows(f"reason.{warning.code}"):
            return self.say("reason.unknown", code=warning.code)
        return self.say(f"reason.{warning.code}", **params)

    def method(self, name: str) -> str:
        """The name of a method; its own where there is no other."""
        return self.say(f"method.{name}") if self.knows(f"method.{name}") else name

    def knows(self, key: str) -> bool:
        part, _, name = key.partition(".")
        return name in self.texts.get(part, {})

    def form(self, number: Value) -> str:
        """Which plural form the number takes (Unicode CLDR, cardinals of whole numbers)."""
        if self.language == "en":
            return "one" if number == 1 else "other"
        if not isinstance(number, int):
            return "many"
        tens, units = number % 100, number % 10
        if units == 1 and tens != 11:
            return "one"
        return "few" if units in (2, 3, 4) and tens not in (12, 13, 14) else "many"

    def shown(self, value: Value) -> str:
        """A number as it is written: 12,000 or 12 000; 0.25 or 0,25.

        A float has two figures; from 1 to 2 three, and to 1.1 four.
        """
        if isinstance(value, str):
            return value
        if math.isinf(value) or math.isnan(value):
            return str(self.texts["number"]["endless"])
        text = f"{value:,}" if isinstance(value, int) else f"{float(f'{value:.{_figures(value)}g}'):,.10g}"
        signs = str.maketrans({",": self.texts["number"]["thousands"], ".": self.texts["number"]["point"]})
        return text.translate(signs)


def _figures(value: float) -> int:
    return 4 if 1 <= value < 1.1 else 3 if 1 <= value < 2 else 2


def _told(name: str, value: Value) -> Value:
    """A number of a warning, shares as percents, rounded away from its limit."""
    number = 100 * float(value) if name in SHARES else value
    if not isinstance(number, float) or not math.isfinite(number) or number <= 0 or name not in ABOVE | BELOW:
        return number
    step = 10.0 ** (_figures(number) - 1 - math.floor(math.log10(number)))
    steps = number * step
    away = (math.ceil(steps - 1e-9) if name in ABOVE else math.floor(steps + 1e-9)) / step
    return 99.0 if name == "share" and number < 100 <= away else away  # nor is a part ever all


@cache
def words(language: str) -> Words:
    """The texts of "en", "be" or "ru". Raises `EstimationError` for any other."""
    if language not in LANGUAGES:
        raise EstimationError(f"There are no texts in “{language}”; there are {', '.join(LANGUAGES)}.")
    return Words.of(__package__, language)
