"""People of one list who may be one person: which pairs to look at, and how likely each is.

Everything works on what is in memory; nothing here is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import NamedTuple

from throughgate.core.dates import PartialDate
from throughgate.core.names import (
    Comparison,
    Parsed,
    compare,
    father_group,
    given_forms,
    given_group,
    surname_forms,
    tokens,
)
from throughgate.core.names.likeness import initials

# A key that more people share says too little to compare them all with each other.
LARGEST_BLOCK = 60
# How a pair is weighed: the likeness of the names, from 0 to 1, and what is added to it or taken away.
LIKELY = 0.85
BIRTH_WEIGHTS = {
    "same_day": 0.3, "swapped": 0.15, "one_part": 0.1, "may_be_same": 0.1, "unknown": 0.0, "differs": -0.5,
}  # fmt: skip
OTHER_SEX = -0.3
# Another surname, and everything else the same to the day of birth: as after a marriage.
RENAMED = 0.6


class Known(NamedTuple):
    """What is known of somebody that tells them from others; `sex` as one letter or ""."""

    names: tuple[Parsed, ...]
    born: PartialDate | None = None
    sex: str = ""


def births(one: PartialDate | None, other: PartialDate | None) -> str:
    """How two dates of birth agree: a code of `BIRTH_WEIGHTS`."""
    if one is None or other is None:
        return "unknown"
    if one.day is not None and other.day is not None and not (one.about or other.about):
        return _days(one, other)
    return "may_be_same" if one.overlaps(other) else "differs"


def _days(one: PartialDate, other: PartialDate) -> str:
    parts = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    wrong = [pair for pair in parts if pair[0] != pair[1]]
    if not wrong:
        return "same_day"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "swapped"
    return "one_part" if len(wrong) == 1 else "differs"


def likelihood(one: Known, other: Known) -> float:
    """How likely two are one person; from `LIKELY` on it is worth a look."""
    born = births(one.born, other.born)
    score = BIRTH_WEIGHTS[born] + (OTHER_SEX if {one.sex, other.sex} == {"f", "m"} else 0.0)
    if 1.0 + score < LIKELY:
        return 0.0
    if born == "unknown" and _other_fathers(one, other):
        return 0.0
    names = closest(one.names, other.names, at_least=LIKELY - score)
    if born == "same_day" and only_surname_differs(names):
        return score + RENAMED
    return score + names.score


def _other_fathers(one: Known, other: Known) -> bool:
    """Whether every patronymic that is known of both names another father: told before names are compared whole."""
    mine, theirs = ({name.father for name in known.names} for known in (one, other))
    return "" not in mine | theirs and not mine & theirs


def closest(one: Iterable[Parsed], other: Iterable[Parsed], *, at_least: float = 0.0) -> Comparison:
    """Of all names of the two, the pair that is most alike; `at_least` as for `compare`."""
    best = None
    for mine, their in product(one, other):
        found = compare(mine, their, at_least=max(at_least, best.score if best else 0.0))
        if best is None or found.score > best.score:
            best = found
        if best.score >= 1.0:
            break
    return best or Comparison(0.0)


def only_surname_differs(names: Comparison) -> bool:
    """Given name and patronymic agree."""
    codes = [likeness.code for likeness in names.likenesses]
    return len(codes) == 3 and [code for code in codes if code.endswith("_differs")] == ["surname_differs"]


# Which pairs to look at ----------------------------------------------------------------------------------------------

Keys = Callable[[Known], Iterator[str]]


def pairs(people: Mapping[bytes, Known], of: set[bytes] | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Pairs that share a key, each once and in order: the whole square is never walked.

    `of`: only pairs in which one of these is.
    """
    short = {key for key, known in people.items() if _has_initial(known)}
    seen: set[tuple[bytes, bytes]] = set()
    for keys_of in KEYS if short else KEYS_OF_WHOLE_NAMES:
        for block in _blocks(people, keys_of, of):
            for pair in combinations(sorted(block), 2):
                if pair in seen or (of is not None and of.isdisjoint(pair)):
                    continue
                if keys_of is not _by_initial or not short.isdisjoint(pair):
                    seen.add(pair)
                    yield pair


def between(rows: Mapping[bytes, Known], people: Mapping[bytes, Known]) -> Iterator[tuple[bytes, bytes]]:
    """Pairs of one of *rows* and one of *people* that share a key, each once."""
    seen: set[tuple[bytes, bytes]] = set()
    for keys_of in KEYS:
        theirs: dict[str, list[bytes]] = {}
        mine = {row: set(keys_of(known)) for row, known in rows.items()}
        wanted = set().union(*mine.values())
        for person, known in people.items():
            for shared in wanted.intersection(keys_of(known)):
                theirs.setdefault(shared, []).append(person)
        for row, keys in mine.items():
            for shared in keys:
                block = theirs.get(shared, [])
                for pair in ((row, person) for person in (block if len(block) <= LARGEST_BLOCK else ())):
                    if pair not in seen:
                        seen.add(pair)
                        yield pair


def _blocks(people: Mapping[bytes, Known], keys_of: Keys, of: set[bytes] | None) -> Iterator[list[bytes]]:
    wanted = None if of is None else {shared for one in of & people.keys() for shared in keys_of(people[one])}
    blocks: dict[str, list[bytes]] = {}
    for key, known in people.items():
        keys = set(keys_of(known))
        for shared in keys if wanted is None else keys & wanted:
            blocks.setdefault(shared, []).append(key)
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _by_name(known: Known) -> Iterator[str]:
    for name in known.names:
        for surname in filter(None, (name.surname, name.maiden, *name.others)):
            yield f"{surname_forms(surname).phonetic} {_given(name)}"


def _by_initial(known: Known) -> Iterator[str]:
    """Given names of which only the first letter is known, with those that begin so."""
    for name in known.names:
        if name.surname and name.given:
            surname = surname_forms(name.surname).phonetic
            for word in tokens(name.given)[:1]:
                yield from (f"{surname} {initial}" for initial in initials(word))


def _has_initial(known: Known) -> bool:
    return any(len(name.given.strip(".")) == 1 for name in known.names)


def _by_consonants(known: Known) -> Iterator[str]:
    """Wrong vowels and slips, held together by the year of birth."""
    if known.born is not None:
        for name in known.names:
            yield f"{surname_forms(name.surname).consonant} {known.born.year}"


def _by_birth(known: Known) -> Iterator[str]:
    """Another surname, as after a marriage; day and month perhaps in each other's place."""
    born = known.born
    if born is not None and born.day is not None and born.month is not None:
        low, high = sorted((born.month, born.day))
        for name in known.names:
            yield f"{born.year}-{low}-{high} {_given(name)}"


def _by_father(known: Known) -> Iterator[str]:
    if known.born is not None:
        for name in known.names:
            if name.patronymic:
                yield f"{known.born.year} {_given(name)} {father_group(name.patronymic) or name.patronymic}"


def _given(name: Parsed) -> str:
    """By its first word: of two given names lists often leave one out."""
    return given_group(name.given) or given_forms(name.given).phonetic.partition("-")[0]


KEYS_OF_WHOLE_NAMES: tuple[Keys, ...] = (_by_name, _by_consonants, _by_birth, _by_father)
KEYS: tuple[Keys, ...] = (*KEYS_OF_WHOLE_NAMES, _by_initial)
