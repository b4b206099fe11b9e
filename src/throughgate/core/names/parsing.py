"""A written name taken apart: surname, given name, patronymic, maiden name, other spellings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from throughgate.core.names.forms import father_group
from throughgate.core.names.given import father_head, full_heads, heads
from throughgate.core.names.phonemes import said
from throughgate.core.names.spelling import repaired, tokens


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parts of a name as they were written, "" where there are none.

    `others`: other spellings and names, from brackets or behind a stroke.
    `father`: his given name, as its first Belarusian form, told by the patronymic.
    """

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    maiden: str = ""
    others: tuple[str, ...] = ()
    father: str = ""


BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*+)[)\]}]")
STROKE = re.compile(r"\s*[/|;]\s*")
MAIDEN = re.compile(
    r"(?:дзявоча[ея]|дзяв\.|у дзявоцтве|народж(?:аная|\.)|девич(?:ья|\.)|в девичестве|дев\.|урожд(?:[её]нная|енная|\.)|"
    r"née|nee|n[ée]e|born|geb(?:orene|\.)|z domu|z d\.|maiden)\s*:?\s*([^\W\d_][\w’'-]*)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'ʼ`][^\W\d_]+)*\.?")
INITIAL = re.compile(r"[^\W\d_]\.?|(?:Дз|Дж|Ya|Yu|Ia|Iu|Ye|Zh|Sh|Ch|Kh)\.")
ENDS_A_PATRONYMIC = frozenset({"оглы", "аглы", "оглу", "кызы", "улы", "угли", "ogly", "oglu", "kyzy", "qizi"})
BEGINS_A_SURNAME = frozenset(
    {"фон", "ван", "дэ", "де", "да", "дзі", "ди", "аль", "эль", "von", "van", "de", "da", "al", "el"}
)

PATRONYMIC = re.compile("[AEI]vIC$|[AEv]v?nA$|ICnA$")
# Endings of surnames, as phonemes. A patronymic of a man ends like a surname in -ovich.
SURNAME = re.compile("[AE]vA?$|[cs]k(?:I|AE|E|A)$|In[AI]?$|[AE]nkA$|[UC]k$|IC$|AnAk$|[AE]lA$|IlA$|EI$")
NEVER = -9.0


def parse(text: str = "", *, surname: str = "", given: str = "", patronymic: str = "") -> Parsed:
    """The parts of a name in one field (`text`) or several; in one, in any order.

    "ЖУРАЎСКАЯ (Ціхая) Алена П.", "Aliaksandr Uzorau", "Узорау, А.П." and three fields that
    hold the surname and the given name in each other's place are all understood.
    """
    if text and not (surname or given or patronymic):
        return _of_text(text)
    bare, maiden, others = _of_surname(surname)
    first, *rest = _words(given) or [""]
    father = " ".join(rest) if rest and not patronymic and _fits_patronymic(rest[0]) > 0 else ""
    given = first if father else " ".join([first, *rest])
    if _swapped(bare, given):
        bare, given = given, bare
    return _made(bare, given, " ".join(patronymic.split()) or father, maiden, others)


def _of_text(text: str) -> Parsed:
    bare, maiden, others = _outside(text)
    if "," in bare:
        surname, _, rest = bare.partition(",")
        words = _words(rest)
        return _made(" ".join(surname.split()), " ".join(words[:1]), " ".join(words[1:]), maiden, others)
    words = _words(bare)
    surname, given, patronymic = _arranged(words, _capitals(words))
    return _made(surname, given, patronymic, maiden, others)


def _made(surname: str, given: str, patronymic: str, maiden: str, others: tuple[str, ...]) -> Parsed:
    if not maiden and len(others) == 1 and _is_maiden(others[0], surname, given):
        maiden, others = others[0], ()
    return Parsed(surname, given, patronymic, maiden, others, father_group(patronymic))


def _outside(text: str) -> tuple[str, str, tuple[str, ...]]:
    """What stands outside brackets, the maiden name, and what brackets and strokes hold besides."""
    if text.isalpha():  # one word, as in most fields: nothing is outside or inside
        return repaired(text), "", ()
    text = repaired(" ".join(text.split()))
    maiden = ""
    if found := MAIDEN.search(text):
        maiden, text = found.group(1), text[: found.start()] + text[found.end() :]
    inside = [part.strip(" .,:") for part in BRACKETS.findall(text)]
    bare, *behind = STROKE.split(BRACKETS.sub(" ", text))
    return bare.strip(" ,"), maiden, tuple(filter(None, [*inside, *behind]))


@lru_cache(1 << 16)
def _of_surname(field: str) -> tuple[str, str, tuple[str, ...]]:
    """The same of a field that many names share."""
    return _outside(field)


def _is_maiden(other: str, surname: str, given: str) -> bool:
    """Whether a bracket holds one more surname rather than another spelling of a part."""
    words = tokens(other)
    if len(words) != 1 or heads(words[0]):
        return False
    return _surname_stem(words[0]) not in {_surname_stem(word) for word in tokens(f"{surname} {given}")}


def _surname_stem(word: str) -> str:
    return said(word).rstrip("AEI").removesuffix("v")


def _words(text: str) -> list[str]:
    """Words and initials; what ends a patronymic or begins a surname stays with it."""
    words: list[str] = []
    for found in WORD.findall(text):
        small = found.lower().strip(".")
        if words and (small in ENDS_A_PATRONYMIC or words[-1].lower() in BEGINS_A_SURNAME):
            words[-1] += f" {found}"
        else:
            words.append(found)
    return words


def _capitals(words: list[str]) -> list[bool]:
    """Which words stand out by capitals; none if all do."""
    loud = [len(word) > 2 and word.isupper() and "." not in word for word in words]
    return [False] * len(words) if all(loud) else loud


def _arranged(words: list[str], loud: list[bool]) -> tuple[str, str, str]:
    """Surname, given name and patronymic: of the orders that lists use, the one that fits the words best."""
    best = max(_orders(words), key=lambda order: _fit(order, words, loud))
    parts = {role: " ".join(words[place] for place in places) for role, places in best.items()}
    return parts.get("s", ""), parts.get("g", ""), parts.get("p", "")


ORDERS = {
    1: ("s", "g"),
    2: ("sg", "gs", "gp"),
    3: ("sgp", "gps", "ssg", "gss"),
    4: ("ssgp", "gpss"),
}


def _orders(words: list[str]) -> Iterator[dict[str, list[int]]]:
    for order in ORDERS.get(len(words), ("sg" + "p" * (len(words) - 2),)) if words else ("",):
        places: dict[str, list[int]] = {}
        for place, role in enumerate(order):
            places.setdefault(role, []).append(place)
        yield places


def _fit(order: dict[str, list[int]], words: list[str], loud: list[bool]) -> float:
    total = sum(FITS[role](words[place]) for role, places in order.items() for place in places)
    total += sum(2.0 if role == "s" else -1.0 for role, places in order.items() for place in places if loud[place])
    return total - PENALTIES.get(len(order.get("s", ())) if len(words) > 1 else 1, 1.5)


# Lists seldom leave the surname out, and seldom give two without a hyphen.
PENALTIES = {0: 2.5, 1: 0.0}


@lru_cache(1 << 15)
def _fits_surname(word: str) -> float:
    if INITIAL.fullmatch(word):
        return NEVER
    spoken = _spoken(word)
    score = 1.0 if SURNAME.search(spoken) else 0.0
    return score - 1.0 if full_heads(word.lower()) else score


@lru_cache(1 << 15)
def _fits_given(word: str) -> float:
    if INITIAL.fullmatch(word):
        return 2.0
    small = tokens(word)[-1:]
    if small and full_heads(small[0]):
        return 3.0
    if small and heads(small[0]):
        return 2.0
    return -0.5 if SURNAME.search(_spoken(word)) else 0.0


@lru_cache(1 << 15)
def _fits_patronymic(word: str) -> float:
    if INITIAL.fullmatch(word):
        return 2.0
    first, *rest = tokens(word) or [""]
    if rest and rest[-1] in ENDS_A_PATRONYMIC:
        return 3.0
    if PATRONYMIC.search(_spoken(word)) or father_head(first):
        return 3.0 if father_head(first) else 1.5
    return NEVER


FITS: dict[str, Callable[[str], float]] = {"s": _fits_surname, "g": _fits_given, "p": _fits_patronymic}


def _spoken(word: str) -> str:
    return said(next(iter(tokens(word)[-1:]), ""))


def _swapped(surname: str, given: str) -> bool:
    """Whether a given name stands in the field of the surname, and a surname in that of the given name."""
    if not surname or not given:
        return False
    return _fits_given(surname) >= 3 and _fits_given(given) < 0 and _fits_surname(surname) <= 0


CACHES = (_of_surname, _fits_surname, _fits_given, _fits_patronymic)
