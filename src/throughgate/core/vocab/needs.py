"""The catalogue of kinds of need, found by typing."""

import re
from functools import cache

from throughgate.core.vocab.tables import all_vocabularies, rows
from throughgate.core.vocab.terms import LANGUAGES, Term, Vocabulary

# Letters that people type for one another, on a Russian keyboard above all.
FOLD = str.maketrans({"ё": "е", "і": "и", "ў": "у", "’": None, "'": None, "ʼ": None, "`": None})
WORD = re.compile(r"\w+")

# How badly a typed word fits a word of the label: the smaller the better.
WHOLE, BEGINNING, INSIDE, NOWHERE = 0, 1, 5, 1000
OTHER_LANGUAGE = 2


def need_kinds() -> Vocabulary:
    return all_vocabularies()["need_kind"]


@cache
def common_need_kinds() -> tuple[Term, ...]:
    """The kinds offered before anything is typed; why each is among them stands in the data."""
    return tuple(need_kinds()[row["need_kind"]] for row in rows("common_needs.csv"))


def search_need_kinds(query: str, language: str, *, limit: int = 20) -> list[Term]:
    """Kinds in whose label every typed word is found, in any of the three languages.

    Words that begin as typed come before words that contain it, labels of the reader's own
    language before the others, common kinds before rare ones. An empty query gives the common ones.
    """
    typed = words(query)
    if not typed:
        return list(common_need_kinds()[:limit])
    common = {term.code for term in common_need_kinds()}
    ranked = [
        (rank, term.code not in common, term.order, term)
        for term in need_kinds()
        if (rank := _rank(term, typed, language)) is not None
    ]
    ranked.sort(key=lambda found: found[:3])
    return [term for *_, term in ranked[:limit]]


def words(text: str) -> list[str]:
    """Words with case, ё/е, і/и, ў/у and apostrophes made alike."""
    return WORD.findall(text.lower().translate(FOLD))


def _rank(term: Term, typed: list[str], language: str) -> int | None:
    own = language[:2].lower()
    ranks = [
        rank + (0 if own == other else OTHER_LANGUAGE)
        for other, label in _label_words()[term.code].items()
        if (rank := _label_rank(label, typed)) is not None
    ]
    return min(ranks, default=None)


def _label_rank(label: list[str], typed: list[str]) -> int | None:
    fits = [min(_fit(part, word) for word in label) for part in typed]
    return None if NOWHERE in fits else sum(fits)


def _fit(typed: str, word: str) -> int:
    if typed == word:
        return WHOLE
    if word.startswith(typed):
        return BEGINNING
    return INSIDE if typed in word else NOWHERE


@cache
def _label_words() -> dict[str, dict[str, list[str]]]:
    return {term.code: {language: words(term.label(language)) for language in LANGUAGES} for term in need_kinds()}
