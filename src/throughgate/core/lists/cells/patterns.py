"""Words of cells, as data (`data/cell_patterns.csv`): patterns for folded text (`core.dates.words.fold`),
in which Belarusian and Russian share и, у and е. The first that fits decides."""

import re
from functools import cache

from throughgate.core.dates.words import fold
from throughgate.core.lists.messages import data_rows


@cache
def _patterns(what: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["code"], re.compile(row["pattern"])) for row in data_rows("cell_patterns.csv") if row["what"] == what
    )


def found_in(text: str, what: str) -> str | None:
    """The code of the first pattern that stands somewhere in the text."""
    folded = fold(text)
    return next((code for code, pattern in _patterns(what) if pattern.search(folded)), None)


def begun_by(text: str, what: str) -> str | None:
    """The code of the first pattern that the text begins with, up to the end of a word."""
    folded = fold(text).strip(" .")
    for code, pattern in _patterns(what):
        found = pattern.match(folded)
        if found and (found.end() == len(folded) or not folded[found.end()].isalnum()):
            return code
    return None


def is_whole(text: str, what: str) -> str | None:
    """The code of the pattern that is the whole text."""
    folded = fold(text).strip(" .")
    return next((code for code, pattern in _patterns(what) if pattern.fullmatch(folded)), None)
