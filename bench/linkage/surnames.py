"""Surnames composed of roots and endings, in Russian and in Belarusian, by the rules of spelling of both.

Belarusian writes what is heard: unstressed о and е become а and я, р and the hushing consonants are always hard, т and
д before a soft vowel become ц and дз, в closing a syllable becomes ў. So one stressed Russian spelling gives both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent / "data"
VOWELS = "аеёиоуыэюя"
HUSHING = "жшчщц"
SOFTENED = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч"}
WOMAN = (("ский", "ская"), ("цкий", "цкая"), ("ый", "ая"), ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("ин", "ина"))
WOMAN_BE = (
    ("скі", "ская"), ("цкі", "цкая"), ("ы", "ая"), ("оў", "ова"), ("аў", "ава"), ("ёў", "ёва"), ("еў", "ева"),
    ("эў", "эва"), ("ін", "іна"), ("ын", "ына"),
)  # fmt: skip

# Endings by the last letter of the root: their share, and the stressed vowel as a capital if the ending takes it.
HARD = (
    ("Ов", 18), ("ов", 18), ("Овский", 5), ("Евич", 3), ("Ович", 6), ("Енко", 9), ("ко", 4), ("Ук", 7),
    ("чУк", 4), ("ик", 3), ("Ец", 2), ("ский", 4), ("Енок", 3), ("ков", 3), ("кин", 2), ("кЕвич", 2), ("Ей", 1),
    ("Ёнок", 3), ("Ин", 5), ("иков", 2), ("Ушко", 1), ("ейко", 2), ("Юк", 3), ("Ак", 2), ("Ищев", 1),
    ("инский", 1), ("чИк", 2), ("цов", 1), ("", 3), ("овец", 1), ("Онок", 1), ("уха", 1), ("Уля", 1),
    ("Аленко", 1), ("ивский", 1), ("Илов", 1), ("Арский", 1), ("Атов", 1),
)  # fmt: skip
HUSH = (
    ("Ев", 8),
    ("Евич", 3),
    ("Енко", 6),
    ("Ук", 6),
    ("ин", 3),
    ("Ак", 2),
    ("Евский", 2),
    ("ик", 2),
    ("Иц", 1),
    ("", 3),
)
SOFT = (
    ("Ёв", 6), ("Евич", 4), ("Енко", 4), ("чУк", 4), ("ский", 4), ("ков", 2), ("кО", 2), ("Ев", 3), ("чик", 3),
    ("цов", 1), ("Евский", 3), ("", 3), ("Ик", 1), ("кЕвич", 2), ("Юк", 2),
)  # fmt: skip
HARD_LISTS = (
    ("Ович", 12), ("ский", 10), ("", 16), ("Евский", 4), ("ка", 6), ("Ок", 5), ("Ень", 3), ("ас", 2), ("ик", 6),
    ("ня", 3), ("Онок", 4), ("ут", 2), ("Ёнок", 3), ("ко", 6), ("Ай", 2), ("Ов", 6), ("Ила", 2), ("ура", 2),
)  # fmt: skip
COMPOUND = (("ов", 10), ("Енко", 3), ("ский", 2), ("ик", 1))

# From Russian with its vowels reduced to Belarusian, one after another.
SPELT = (
    (r"([бвмпф])ь(?=[еёюя])", r"\1’"), (r"рь(?=[еёюя])", "р’"), (r"р[ьъ]", "р"), (r"рё", "ро"), (r"рю", "ру"),
    (r"ря", "ра"), (r"ре", "рэ"), (r"щ", "шч"), (r"([жшчц])е", r"\1э"), (r"([жшчцр])и", r"\1ы"),
    (r"([жшчц])ё", r"\1о"), (r"([жшч])ю", r"\1у"), (r"([жшч])я", r"\1а"), (r"([жшч])ь", r"\1"),
    (r"т(?=в?[еёиюяь])", "ц"), (r"д(?=в?[еёиюяь])", "дз"), (r"ский$", "скі"), (r"цкий$", "цкі"), (r"ый$", "ы"),
    (r"и", "і"), (r"ъ", "’"), (r"(?<=[аеёіоуыэюя])в(?![аеёіоуыэюяь])", "ў"),
    (r"(?<=[аеёіоуыэюя])у(?=[бвгджзйклмнпрстфхцчшў])", "у"),
)  # fmt: skip


class Surname(NamedTuple):
    """Of a man and of a woman; where it does not decline the two are alike."""

    ru: str
    ru_woman: str
    be: str
    be_woman: str


@cache
def surnames(*, hard: bool = False) -> tuple[tuple[Surname, ...], list[float]]:
    """All of them with cumulative weights; those of the harder lists are others, fewer and less even."""
    weights = _derived("stems-hard.txt", lambda _root: HARD_LISTS, 2) if hard else _usual()
    return tuple(_surname(stressed) for stressed in weights), list(accumulate(weights.values()))


def _derived(stems: str, endings: Callable[[str], tuple[tuple[str, int], ...]], even: int) -> dict[str, float]:
    """Stressed surnames: the n-th root weighs 1/(n + *even*), as the n-th word of a language does."""
    weights: dict[str, float] = {}
    for rank, root in enumerate(_words(stems)):
        for ending, share in endings(root):
            _add(weights, _joined(root, ending), share / (rank + even))
    return weights


def _usual() -> dict[str, float]:
    weights = _derived("stems.txt", _endings, 4)
    firsts, seconds = ([word.lower() for word in line.split()] for line in _lines("compounds.txt"))
    for first_rank, first in enumerate(firsts):
        for second_rank, second in enumerate(seconds):
            for ending, share in COMPOUND:
                word = _joined(first + _stressed(second), ending)
                _add(weights, word, share / ((first_rank + 4) * (second_rank + 4) * 20))
    return weights


def _add(weights: dict[str, float], word: str, weight: float) -> None:
    if len(word) > 3:
        weights[word] = weights.get(word, 0.0) + weight


def _lines(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text().splitlines() if not line.startswith("#")]


def _words(name: str) -> list[str]:
    return list(dict.fromkeys(" ".join(_lines(name)).split()))


def _endings(root: str) -> tuple[tuple[str, int], ...]:
    last = root[-1].lower()
    if last in "ьй":
        return SOFT
    if last in HUSHING:
        return HUSH
    stressed = any(letter.isupper() for letter in root)
    return tuple((ending, share) for ending, share in HARD if ending != ("Ов" if stressed else "ов"))


def _joined(root: str, ending: str) -> str:
    """Козл + Енко = козлЕнко; новИк + Енко = новичЕнко; ковАль + Ук = ковальУк."""
    if any(letter.isupper() for letter in ending):
        root = root.lower()
    if ending[:1].lower() in "еёию" and ending and root[-1] in "кгхц" and ending.lower() != "ин":
        root = root[:-1] + SOFTENED[root[-1]]
    if ending and root[-1] in "ьй" and ending[0].lower() in VOWELS:
        root, ending = root[:-1], {"У": "Ю", "О": "Ё"}.get(ending[0], ending[0]) + ending[1:]
    if ending == "Ук" and root[-1] in "лн":
        ending = "Юк"
    if ending[:1] == "к" and root[-1] == "к":
        root = root[:-1]
    if ending.startswith("ск") and root[-1] in "кчц":
        root, ending = root[:-1], "ц" + ending[1:]
    word = root + ending
    return word if any(letter.isupper() for letter in word) else _stressed(word)


def _stressed(word: str) -> str:
    """With the last but one vowel as the stressed one, where nothing says otherwise."""
    places = [at for at, letter in enumerate(word) if letter in VOWELS]
    if not places:
        return word
    at = places[-2] if len(places) > 1 and word.endswith(("ов", "ев", "ин", "ко", "ский", "цкий")) else places[-1]
    return word[:at] + word[at].upper() + word[at + 1 :]


def _surname(stressed: str) -> Surname:
    ru, be = stressed.lower().capitalize(), belarusian(stressed).capitalize()
    return Surname(ru, _woman(ru, WOMAN), be, _woman(be, WOMAN_BE))


def _woman(man: str, changes: tuple[tuple[str, str], ...]) -> str:
    for end, other in changes:
        if man.endswith(end) and len(man) > len(end) + 1:
            return man.removesuffix(end) + other
    return man


def belarusian(stressed: str) -> str:
    """The Belarusian spelling of a Russian word whose stressed vowel is a capital: козлОв -> казлоў."""
    word = _reduced(stressed)
    for pattern, instead in SPELT:
        word = re.sub(pattern, instead, word)
    return word


def _reduced(stressed: str) -> str:
    """Akanne and yakanne: о to а wherever unstressed; е to я right before the stress, to а after a hard consonant."""
    places = [at for at, letter in enumerate(stressed) if letter.lower() in VOWELS]
    stress = next((at for at in places if stressed[at].isupper() or stressed[at] == "ё"), places[-1] if places else -1)
    before = places[places.index(stress) - 1] if places and places.index(stress) else -1
    letters = list(stressed.lower())
    for at in places:
        if at == stress:
            continue
        hard = at > 0 and letters[at - 1] in "жшчцр"
        if letters[at] == "о":
            letters[at] = "а"
        elif letters[at] == "е" and hard:
            letters[at] = "а" if at < stress or letters[at - 1] != "р" else "е"
        elif letters[at] == "е" and at == before and at > 0:
            letters[at] = "я"
    return "".join(letters)


if __name__ == "__main__":
    known, cumulative = surnames()
    print(len(known), len({name.ru for name in known}))
