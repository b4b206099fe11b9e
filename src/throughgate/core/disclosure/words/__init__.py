"""What is told of a protected table to who made it, in English, Belarusian and Russian: `<language>.toml`.

Texts and plural forms are those of `throughgate.core.estimation.words`.
"""

from __future__ import annotations

from functools import cache

from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.estimation.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "words"]


@cache
def words(language: str) -> Words:
    """The texts of "en", "be" or "ru". Raises DisclosureError for any other."""
    if language not in LANGUAGES:
        raise DisclosureError(f"There are no texts in “{language}”; there are {', '.join(LANGUAGES)}.")
    return Words.of(__package__, language)
