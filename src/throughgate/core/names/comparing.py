"""How alike two names are, and why: each reason is a sentence that a reviewer can check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from throughgate.core.names.explaining import explained
from throughgate.core.names.forms import Forms, father_forms, father_group, given_forms, surname_forms
from throughgate.core.names.given import full_heads, heads
from throughgate.core.names.likeness import is_initial
from throughgate.core.names.parsing import Parsed, parse
from throughgate.core.names.phonemes import phonemes, settled
from throughgate.core.names.spelling import tokens

# English sentences by code; rooms above translate them.
SENTENCES: Mapping[str, str] = {
    "same": "%(a)s is written the same in both",
    "russian": "%(a)s is %(b)s in Russian",
    "from_russian": "%(b)s is a Latin spelling of %(name)s, the Russian form of %(a)s",
    "from_belarusian": "%(b)s is a Latin spelling of %(name)s, the Belarusian form of %(a)s",
    "be_classical": "%(b)s is the classical spelling of %(a)s",
    "passport_2008": "%(b)s is the passport spelling of %(a)s",
    "resolution_2023": "%(b)s is the spelling of %(a)s by the resolution of 2023",
    "bgn": "%(b)s is the BGN/PCGN spelling of %(a)s",
    "national_latin": "%(b)s is the national Latin spelling of %(a)s",
    "lacinka": "%(b)s is the Łacinka spelling of %(a)s",
    "lacinka_old": "%(b)s is the old Łacinka spelling of %(a)s",
    "lacinka_plain": "%(b)s is the Łacinka spelling of %(a)s without diacritics",
    "polish": "%(b)s is the Polish spelling of %(a)s",
    "icao": "%(b)s is the ICAO spelling of %(a)s",
    "english": "%(b)s is the English spelling of %(a)s",
    "german": "%(b)s is the German spelling of %(a)s",
    "french": "%(b)s is the French spelling of %(a)s",
    "gender": "%(a)s and %(b)s are one surname of a woman and a man",
    "spellings": "%(a)s and %(b)s are spellings of one name",
    "forms": "%(a)s and %(b)s are forms of one given name",
    "short": "%(b)s is short for %(a)s",
    "both_short": "%(a)s and %(b)s are both short for %(name)s",
    "initial": "the initial %(b)s fits %(a)s",
    "sounds": "%(a)s and %(b)s sound alike",
    "one_letter": "one letter differs in %(a)s and %(b)s",
    "one_sound": "one sound differs in %(a)s and %(b)s",
    "vowels": "%(a)s and %(b)s differ only in vowels",
    "part": "%(b)s is part of the double name %(a)s",
    "maiden": "%(a)s is the maiden name given for %(b)s",
    "other": "%(a)s is another name given for %(b)s",
    "swapped": "surname and given name are swapped",
    "father": "%(a)s and %(b)s name the same father, %(name)s",
    "surname_differs": "the surnames differ: %(a)s, %(b)s",
    "given_differs": "the given names differ: %(a)s, %(b)s",
    "patronymic_differs": "the patronymics differ: %(a)s, %(b)s",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation: a code of `SENTENCES` and what its placeholders stand for."""

    code: str
    params: Mapping[str, str]

    def sentence(self) -> str:
        """In English."""
        return SENTENCES[self.code] % self.params


class Comparison(NamedTuple):
    """`score`: 0 (surely not one name) to 1 (the same name)."""

    score: float
    reasons: tuple[Reason, ...]


class _Likeness(NamedTuple):
    score: float
    code: str
    a: str
    b: str
    name: str = ""

    def reason(self) -> Reason:
        params = {"a": self.a, "b": self.b, "name": self.name}
        return Reason(self.code, {key: value for key, value in params.items() if f"%({key})s" in SENTENCES[self.code]})


SAME = 1.0
SPELT = 0.98
FORM = 0.95
SOUNDS = SHORT = 0.9
LETTER = PART = 0.85
VOWELS_DIFFER = 0.7
INITIAL = 0.6
DIFFERENT = 0.0

SURNAME_WEIGHT, GIVEN_WEIGHT, PATRONYMIC_WEIGHT = 0.55, 0.45, 0.2
# A part that differs outweighs all that agree; a part alone tells less; fields that are swapped are a slip.
ONE_DIFFERS, ONE_KNOWN, SWAPPED = 0.3, 0.75, 0.95
WORTH_TURNING = 0.6
SHORTEST_TO_DIFFER = 4
FEWEST_CONSONANTS = 3


def compare(a: str | Parsed, b: str | Parsed) -> Comparison:
    """How alike two names are, and the sentences that say why, surname first."""
    one, other = (parse(name) if isinstance(name, str) else name for name in (a, b))
    straight = _compared(one, other)
    if straight.score >= WORTH_TURNING or not (one.surname and one.given):
        return straight
    turned = _compared(Parsed(one.given, one.surname, one.patronymic, one.maiden, one.others, one.father), other)
    if turned.score < WORTH_TURNING:
        return straight
    return Comparison(turned.score * SWAPPED, (Reason("swapped", {}), *turned.reasons))


def _compared(one: Parsed, other: Parsed) -> Comparison:
    parts = [
        (SURNAME_WEIGHT, _surnames(one, other)),
        (GIVEN_WEIGHT, _both(one.given, other.given, _given)),
        (PATRONYMIC_WEIGHT, _both(one.patronymic, other.patronymic, _patronymics)),
    ]
    known = [(weight, likeness) for weight, likeness in parts if likeness]
    if not known:
        return Comparison(0.0, ())
    total = sum(weight * likeness.score for weight, likeness in known) / sum(weight for weight, _ in known)
    if any(likeness.score == DIFFERENT for _, likeness in known):
        total *= ONE_DIFFERS
    if len(known) == 1:
        total *= ONE_KNOWN
    return Comparison(total, tuple(likeness.reason() for _, likeness in known))


def _both(a: str, b: str, judge: Callable[[str, str], _Likeness]) -> _Likeness | None:
    return judge(a, b) if a and b else None


def _surnames(one: Parsed, other: Parsed) -> _Likeness | None:
    """The present surnames, or else one of them and a former or another name."""
    if not one.surname or not other.surname:
        return None
    found = [_surname(one.surname, other.surname)]
    for mine, theirs in ((one, other), (other, one)):
        found += [_renamed("maiden", mine.maiden, mine.surname, theirs.surname)]
        found += [_renamed("other", name, mine.surname, theirs.surname) for name in mine.others]
    return max(found, key=_score)


def _renamed(code: str, name: str, surname: str, theirs: str) -> _Likeness:
    close = _surname(name, theirs).score if name else DIFFERENT
    return _Likeness(close * FORM if close >= LETTER else DIFFERENT, code, theirs, surname)


@lru_cache(1 << 14)
def _surname(a: str, b: str) -> _Likeness:
    different = _Likeness(DIFFERENT, "surname_differs", a, b)
    spelt = _spelt(a, b, surname_forms(a), surname_forms(b), is_surname=True)
    return max(spelt or different, _part(a, b) or different, key=_score)


def _part(a: str, b: str) -> _Likeness | None:
    """One surname that is half of a double one."""
    for double, single in ((a, b), (b, a)):
        halves = tokens(double)
        if len(halves) > 1 == len(tokens(single)):
            key = surname_forms(single).strict
            if any(surname_forms(half).strict == key for half in halves):
                return _Likeness(PART, "part", double, single)
    return None


@lru_cache(1 << 14)
def _given(a: str, b: str) -> _Likeness:
    different = _Likeness(DIFFERENT, "given_differs", a, b)
    return _word(a, b, given_forms, _related) or different


@lru_cache(1 << 14)
def _patronymics(a: str, b: str) -> _Likeness:
    different = _Likeness(DIFFERENT, "patronymic_differs", a, b)
    return _word(a, b, surname_forms, _fathers) or different


def _word(
    a: str, b: str, forms: Callable[[str], Forms], related: Callable[[str, str], _Likeness | None]
) -> _Likeness | None:
    """A given name or a patronymic: an initial, a spelling, what relates two words that are spelt otherwise."""
    if _is_letter(a) or _is_letter(b):
        return _initial(a, b)
    spelt = _spelt(a, b, forms(a), forms(b), is_surname=False)
    if spelt and spelt.score >= SPELT:
        return spelt
    return related(a, b) or spelt


def _related(a: str, b: str) -> _Likeness | None:
    """Two forms of one given name; or two names that people tell apart, however alike: Аляксандр, Аляксандра."""
    known_a, known_b = _heads(a), _heads(b)
    if shared := [head for head in known_a if head in known_b]:
        return _same_given(a, b, shared[0])
    return _Likeness(DIFFERENT, "given_differs", a, b) if known_a and known_b else None


def _same_given(a: str, b: str, head: str) -> _Likeness:
    """Two forms of one given name, of which at least one is a pet name or from another language."""
    full = [name for name in (a, b) if any(head in full_heads(word) for word in tokens(name)[:1])]
    if len(full) == 2:
        return _Likeness(FORM, "forms", a, b)
    if full:
        return _Likeness(SHORT, "short", *((a, b) if full == [a] else (b, a)))
    return _Likeness(SHORT, "both_short", a, b, head)


def _fathers(a: str, b: str) -> _Likeness | None:
    if father_forms(a).strict != father_forms(b).strict:
        return None
    father = father_group(a)
    return _Likeness(FORM, "father", a, b, father) if father else _Likeness(FORM, "spellings", a, b)


def _spelt(a: str, b: str, forms_a: Forms, forms_b: Forms, *, is_surname: bool) -> _Likeness | None:
    """Whether two names are spellings of one by their keys, from the surest to the vaguest."""
    if tokens(a) == tokens(b):
        return _Likeness(SAME, "same", a, b)
    if forms_a.strict == forms_b.strict:
        return _Likeness(SPELT, *explained(a, b, is_surname=is_surname))
    if one_slip(a.lower(), b.lower()):
        return _Likeness(LETTER, "one_letter", a, b)
    if forms_a.phonetic == forms_b.phonetic:
        return _Likeness(SOUNDS, "sounds", a, b)
    if one_slip(forms_a.strict, forms_b.strict):
        return _Likeness(LETTER, "one_sound", a, b)
    if forms_a.consonant == forms_b.consonant and len(forms_a.consonant) >= FEWEST_CONSONANTS:
        return _Likeness(VOWELS_DIFFER, "vowels", a, b)
    return None


def _initial(a: str, b: str) -> _Likeness | None:
    """An initial that fits a name, or its form in the other language; or two equal initials."""
    for name, initial in ((a, b), (b, a)):
        letters = tokens(initial)[:1]
        starts = [*tokens(name)[:1], *(head.lower() for head in _heads(name))]
        if letters and _is_letter(initial) and any(_begins(start, letters[0]) for start in starts):
            return _Likeness(INITIAL, "initial", name, initial)
    return None


def _begins(word: str, letter: str) -> bool:
    if len(letter) == 1:
        return is_initial(letter, word)
    return settled(phonemes(word)).startswith(settled(phonemes(letter)))


def _is_letter(name: str) -> bool:
    """А, А. or Дз."""
    letters = tokens(name)
    return len(letters) == 1 and (len(letters[0]) == 1 or (len(letters[0]) == 2 and name.strip().endswith(".")))


def _heads(name: str) -> tuple[str, ...]:
    return next((heads(word) for word in tokens(name)[:1]), ())


def _score(likeness: _Likeness) -> float:
    return likeness.score


def one_slip(one: str, other: str) -> bool:
    """Whether a letter lost, added or changed, or two swapped, make one word the other; not for short words."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST_TO_DIFFER:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


CACHES = (_surname, _given, _patronymics)
