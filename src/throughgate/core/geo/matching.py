"""Which institution a line of a list means: by kind and number, by place, by another name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from throughgate.core.geo.tables import Institution, institutions
from throughgate.core.names.likeness import sound
from throughgate.core.names.spelling import tokens

# Words for a kind of institution in Belarusian, Russian, English and Latin letters. The order
# matters: what one pattern has taken, the next no longer sees ("colony" in "juvenile colony").
KIND_WORDS: Mapping[str, str] = {
    "IKP": r"(?:испр\w*|папр\w*)?\s*(?:колони\w*|калоні\w*)\s*-?\s*(?:поселени\w*|пасялен\w*)|settlement colony"
    r"|\b(?:икп|пкп|кп|ikp)\b",
    "VK": r"(?:воспитательн\w*|выхаваўч\w*|воспит\.|выхав\.)\s+(?:колони\w*|калоні\w*)|juvenile colony|\b(?:вк|vk)\b",
    "LTP": r"(?:трудов\w*|працоўн\w*)\s+(?:профилактори\w*|прафілакторы\w*)|labour.treatment centre"
    r"|\b(?:лтп|лпп|ltp|lpp)\b",
    "IUOT": r"(?:учреждени\w*|[уў]станов\w*)\s+(?:открытого|адкрытага)\s+(?:типа|тыпу)|open.type\s+\w*\s*institution"
    r"|\b(?:иуот|пуат|iuot|puat)\b",
    "KGB": r"(?:сизо|сіза|sizo|изолятор\w*|ізалятар\w*|detention centre)?\s*\b(?:кгб|кдб|kgb|kdb)\b"
    r"(?:\s*(?:pre-trial )?detention centre)?",
    "CIP": r"цент\w*\s+изоляции(?:\s+правонарушител\w*)?|цэнтр\w*\s+ізаляцыі(?:\s+правапарушальнік\w*)?"
    r"|isolation of offenders|\b(?:цип|ціп|cip|tsip)\b",
    "IVS": r"изолятор\w*\s+временного\s+содержания|ізалятар\w*\s+часовага\s+ўтрымання|temporary detention facility"
    r"|\b(?:ивс|ічу|ivs|ichu|iču)\b",
    "SIZO": r"следственн\w*\s+изолятор\w*|следч\w*\s+ізалятар\w*|(?:pre-trial|remand)\s+(?:detention\s+cent\w+|prison)"
    r"|\b(?:сизо|сіза|sizo|siza)\b",
    "IK": r"(?:исправительн\w*|папраўч\w*|испр\.|папр\.)?\s*(?:колони\w*|калоні\w*)|(?:penal|correctional)?\s*colony"
    r"|\b(?:ик|пк|ік|ik|pk)\b",
    "T": r"тюрьм\w*|турм\w*|\b(?:prison|turma|tyurma|t|т|ст)\b(?=\s*(?:№|no\b|-|\d))|\bprison\b",
}
KINDS = {kind: re.compile(words) for kind, words in KIND_WORDS.items()}
NUMBER = re.compile(r"[\s\"«»“”.-]*(?:№|#|no\b|nr\b|n\b)?[\s.-]*(\d{1,2})(?!\d)")

NUMBER_AND_PLACE = 1.0
NUMBER_ALONE = 0.85
NUMBER_ELSEWHERE = 0.7
KIND_AND_PLACE = 0.8
OTHER_NAME = 0.75
FORMER_NUMBER = 0.6
KIND_WITHOUT_NUMBERS = 0.6
ONLY_ONE_OF_ITS_KIND = {"KGB": 0.9}
PLACE_ALONE = 0.5
OUT_OF_USE = 0.05
# One place holds several: each is that much less likely.
SHARED = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """An institution a text may mean, how sure (0 to 1), and by what.

    `reason` is "number_and_place", "number", "number_elsewhere" (the text names another place),
    "kind_and_place", "kind", "other_name", "former_number" or "place".
    """

    institution: Institution
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Clues:
    """What a text says: kinds with their numbers ("" without one), and words by their sounds."""

    kinds: frozenset[tuple[str, str]]
    sounds: frozenset[str]


def match_institution(text: str) -> list[Match]:
    """The institutions a text may mean, likeliest first; none for "released", "unknown", "".

    Understands "ИК-2", "ПК № 2, Бабруйск", "SIZO-1 Minsk", a name with an address under it. A kind
    with a number that the table does not know matches nothing.
    """
    clues = _read(text)
    found: dict[str, Match] = {}
    for rule in (_by_number, _by_other_name, _by_kind):
        for match in rule(clues):
            known = found.get(match.institution.code)
            if known is None or known.score < match.score:
                found[match.institution.code] = match
    if not found and not clues.kinds:
        found = {match.institution.code: match for match in _by_place(clues)}
    return sorted(map(_in_use, found.values()), key=lambda match: (-match.score, match.institution.code))


def _read(text: str) -> _Clues:
    left = text.lower()
    kinds: set[tuple[str, str]] = set()
    for kind, words in KINDS.items():
        while spot := words.search(left):
            number = NUMBER.match(left, spot.end())
            kinds.add((kind, number[1].lstrip("0") if number else ""))
            left = f"{left[: spot.start()]} ; {left[number.end() if number else spot.end() :]}"
    return _Clues(frozenset(kinds), _sounds(text))


def _sounds(text: str) -> frozenset[str]:
    return frozenset(sound(token) for token in tokens(text) if len(token) > 3)


@cache
def _places() -> Mapping[str, frozenset[str]]:
    """The sounds of each institution's place, by code."""
    return {each.code: _sounds(f"{each.place_be} {each.place_ru} {each.place_lat}") for each in institutions()}


@cache
def _all_places() -> frozenset[str]:
    return frozenset().union(*_places().values())


def _is_there(institution: Institution, clues: _Clues) -> bool:
    return not clues.sounds.isdisjoint(_places()[institution.code])


def _by_number(clues: _Clues) -> Iterable[Match]:
    for each in institutions():
        if each.number and (each.kind, each.number) in clues.kinds:
            if _is_there(each, clues):
                yield Match(each, NUMBER_AND_PLACE, "number_and_place")
            elif clues.sounds.isdisjoint(_all_places()):
                yield Match(each, NUMBER_ALONE, "number")
            else:
                yield Match(each, NUMBER_ELSEWHERE, "number_elsewhere")


def _by_kind(clues: _Clues) -> Iterable[Match]:
    """A kind without a number: those of the kind in the place that is named."""
    kinds = {kind for kind, number in clues.kinds if not number}
    there = [each for each in institutions() if each.kind in kinds and _is_there(each, clues)]
    for each in there:
        score = KIND_AND_PLACE if len(there) == 1 else KIND_AND_PLACE * SHARED
        yield Match(each, ONLY_ONE_OF_ITS_KIND.get(each.kind, score), "kind_and_place")
    if not there and clues.sounds.isdisjoint(_all_places()):
        for each in institutions():
            if each.kind in kinds and not each.number:
                yield Match(each, ONLY_ONE_OF_ITS_KIND.get(each.kind, KIND_WITHOUT_NUMBERS), "kind")


def _by_other_name(clues: _Clues) -> Iterable[Match]:
    for each in institutions():
        for name in each.former_names:
            other = _read(name)
            if other.kinds and other.kinds <= clues.kinds:
                yield Match(each, FORMER_NUMBER, "former_number")
            elif not other.kinds and other.sounds and other.sounds <= clues.sounds and _may_be(each, clues):
                yield Match(each, OTHER_NAME, "other_name")


def _may_be(institution: Institution, clues: _Clues) -> bool:
    return not clues.kinds or institution.kind in {kind for kind, _ in clues.kinds}


def _by_place(clues: _Clues) -> Iterable[Match]:
    there = [each for each in institutions() if _is_there(each, clues)]
    score = PLACE_ALONE if len(there) == 1 else PLACE_ALONE * SHARED
    return [Match(each, score, "place") for each in there]


def _in_use(match: Match) -> Match:
    """A closed or moved institution comes after one in use that fits as well."""
    if match.institution.status.startswith(("closed", "former")):
        return Match(match.institution, round(match.score - OUT_OF_USE, 2), match.reason)
    return match
