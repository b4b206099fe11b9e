"""How alike two names are, and why: each reason is a sentence that a reviewer can check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from throughgate.core.names.explaining import explained
from throughgate.core.names.forms import (
    SPELLINGS_KEPT,
    Forms,
    father_forms,
    father_group,
    given_forms,
    surname_forms,
)
from throughgate.core.names.given import full_heads, heads
from throughgate.core.names.likeness import full_forms, is_initial
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


class Likeness(NamedTuple):
    """How alike one part of two names is; `code` of `SENTENCES`, or one of `SPELT_CODES` until somebody asks why."""

    score: float
    code: str
    a: str
    b: str
    name: str = ""

    def reason(self) -> Reason:
        told = self[1:]
        if self.code in SPELT_CODES:
            told = explained(self.a, self.b, is_surname=self.code == SURNAME_SPELT)
        code, *values = told
        params = zip(("a", "b", "name"), values, strict=True)
        return Reason(code, {key: value for key, value in params if f"%({key})s" in SENTENCES[code]})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`score`: 0 (surely not one name) to 1 (the same name). `likenesses` of what both tell, the surname first."""

    score: float
    likenesses: tuple[Likeness, ...] = ()
    swapped: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Found only now: to say what makes two spellings one name takes longer than to see that they are."""
        swapped = [Reason("swapped", {})] if self.swapped else []
        return (*swapped, *(likeness.reason() for likeness in self.likenesses))


SURNAME_SPELT, GIVEN_SPELT = SPELT_CODES = ("surname_spelt", "given_spelt")

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
UNLIKE = Comparison(DIFFERENT)
SHORTEST_TO_DIFFER = 4
FEWEST_CONSONANTS = 3


def compare(a: str | Parsed, b: str | Parsed, *, at_least: float = 0.0) -> Comparison:
    """How alike two names are.

    `at_least` spares time: where given names or patronymics differ so that it cannot be reached, the score is 0 and
    nothing more is told.
    """
    one, other = (parse(name) if isinstance(name, str) else name for name in (a, b))
    straight = _compared(one, other, at_least)
    if any(likeness.score > INITIAL for likeness in straight.likenesses[:2]):
        return straight
    enough = max(at_least, WORTH_TURNING)
    if one.surname and one.given:
        turned = _compared(_turned(one), other, enough)
    elif other.surname and other.given:
        turned = _compared(one, _turned(other), enough)
    else:
        return straight
    if turned.score < WORTH_TURNING:
        return straight
    return Comparison(turned.score * SWAPPED, turned.likenesses, swapped=True)


def _turned(name: Parsed) -> Parsed:
    return Parsed(name.given, name.surname, name.patronymic, name.maiden, name.others, name.father)


def _compared(one: Parsed, other: Parsed, at_least: float) -> Comparison:
    given = _both(one.given, other.given, _given)
    patronymic = _both(one.patronymic, other.patronymic, _patronymics)
    if at_least > ONE_DIFFERS and any(part and part.score == DIFFERENT for part in (given, patronymic)):
        return UNLIKE
    weighed = ((SURNAME_WEIGHT, _surnames(one, other)), (GIVEN_WEIGHT, given), (PATRONYMIC_WEIGHT, patronymic))
    known = [(weight, likeness) for weight, likeness in weighed if likeness]
    if not known:
        return UNLIKE
    total = sum(weight * likeness.score for weight, likeness in known) / sum(weight for weight, _ in known)
    if any(likeness.score == DIFFERENT for _, likeness in known):
        total *= ONE_DIFFERS
    if len(known) == 1:
        total *= ONE_KNOWN
    return Comparison(total, tuple(likeness for _, likeness in known))


def _both(a: str, b: str, judge: Callable[[str, str], Likeness]) -> Likeness | None:
    return judge(a, b) if a and b else None


def _surnames(one: Parsed, other: Parsed) -> Likeness | None:
    """The present surnames, or else one of them and a former or another name."""
    if not one.surname or not other.surname:
        return None
    found = [_surname(one.surname, other.surname)]
    for mine, theirs in ((one, other), (other, one)):
        found += [_renamed("maiden", mine.maiden, mine.surname, theirs.surname)]
        found += [_renamed("other", name, mine.surname, theirs.surname) for name in mine.others]
    return max(found, key=_score)


def _renamed(code: str, name: str, surname: str, theirs: str) -> Likeness:
    close = _surname(name, theirs).score if name else DIFFERENT
    return Likeness(close * FORM if close >= LETTER else DIFFERENT, code, theirs, surname)


@lru_cache(1 << 14)
def _surname(a: str, b: str) -> Likeness:
    different = Likeness(DIFFERENT, "surname_differs", a, b)
    spelt = _spelt(a, b, surname_forms, SURNAME_SPELT)
    return max(spelt or different, _part(a, b, surname_forms) or different, key=_score)


def _part(a: str, b: str, forms: Callable[[str], Forms]) -> Likeness | None:
    """One name that is half of a double one."""
    for double, single in ((a, b), (b, a)):
        halves = _words(double)
        if len(halves) > 1 == len(_words(single)):
            key = forms(single).strict
            if any(forms(half).strict == key for half in halves):
                return Likeness(PART, "part", double, single)
    return None


@lru_cache(1 << 14)
def _given(a: str, b: str) -> Likeness:
    different = Likeness(DIFFERENT, "given_differs", a, b)
    return _word(a, b, given_forms, _related) or different


@lru_cache(1 << 14)
def _patronymics(a: str, b: str) -> Likeness:
    different = Likeness(DIFFERENT, "patronymic_differs", a, b)
    return _word(a, b, surname_forms, _fathers) or different


def _word(
    a: str, b: str, forms: Callable[[str], Forms], related: Callable[[str, str], Likeness | None]
) -> Likeness | None:
    """A given name or a patronymic: an initial, a spelling, what relates two words that are spelt otherwise."""
    if _is_letter(a) or _is_letter(b):
        return _initial(a, b)
    spelt = _spelt(a, b, forms, GIVEN_SPELT)
    if spelt and spelt.score >= SPELT:
        return spelt
    return related(a, b) or spelt


def _related(a: str, b: str) -> Likeness | None:
    """Two forms of one given name; or two names that people tell apart, however alike: Аляксандр, Аляксандра."""
    if part := _part(a, b, given_forms):
        return part
    known_a, known_b = _heads(a), _heads(b)
    if shared := [head for head in known_a if head in known_b]:
        return _same_given(a, b, shared[0])
    return Likeness(DIFFERENT, "given_differs", a, b) if known_a and known_b else None


def _same_given(a: str, b: str, head: str) -> Likeness:
    """Two forms of one given name, of which at least one is a pet name or from another language."""
    full = [name for name in (a, b) if any(head in full_heads(word) for word in _words(name)[:1])]
    if len(full) == 2:
        return Likeness(FORM, "forms", a, b)
    if full:
        return Likeness(SHORT, "short", *((a, b) if full == [a] else (b, a)))
    return Likeness(SHORT, "both_short", a, b, head)


def _fathers(a: str, b: str) -> Likeness | None:
    if father_forms(a).strict != father_forms(b).strict:
        return None
    father = father_group(a)
    return Likeness(FORM, "father", a, b, father) if father else Likeness(FORM, "spellings", a, b)


def _spelt(a: str, b: str, forms: Callable[[str], Forms], code: str) -> Likeness | None:
    """Whether two names are spellings of one by their keys, from the surest to the vaguest."""
    if _words(a) == _words(b):
        return Likeness(SAME, "same", a, b)
    forms_a, forms_b = forms(a), forms(b)
    if forms_a.strict == forms_b.strict:
        return Likeness(SPELT, code, a, b)
    if one_slip(a.lower(), b.lower()):
        return Likeness(LETTER, "one_letter", a, b)
    if forms_a.phonetic == forms_b.phonetic:
        return Likeness(SOUNDS, "sounds", a, b)
    if one_slip(forms_a.strict, forms_b.strict):
        return Likeness(LETTER, "one_sound", a, b)
    if forms_a.consonant == forms_b.consonant and len(forms_a.consonant) >= FEWEST_CONSONANTS:
        return Likeness(VOWELS_DIFFER, "vowels", a, b)
    return None


def _initial(a: str, b: str) -> Likeness | None:
    """An initial that fits a name, or a form of it in the other language; or two equal initials."""
    for name, initial in ((a, b), (b, a)):
        if _is_letter(initial) and any(_begins(word, _words(initial)[0]) for word in _words(name)[:1]):
            return Likeness(INITIAL, "initial", name, initial)
    return None


def _begins(word: str, letter: str) -> bool:
    if len(letter) == 1:
        return is_initial(letter, word)
    begun = settled(phonemes(letter))
    return any(settled(phonemes(form)).startswith(begun) for form in (word, *full_forms(word)))


def _is_letter(name: str) -> bool:
    """А, А. or Дз."""
    letters = _words(name)
    return len(letters) == 1 and (len(letters[0]) == 1 or (len(letters[0]) == 2 and name.strip().endswith(".")))


def _heads(name: str) -> tuple[str, ...]:
    return next((heads(word) for word in _words(name)[:1]), ())


@lru_cache(SPELLINGS_KEPT)
def _words(name: str) -> tuple[str, ...]:
    return tuple(tokens(name))


def _score(likeness: Likeness) -> float:
    return likeness.score


def one_slip(one: str, other: str) -> bool:
    """Whether a letter lost, added or changed, or two swapped, make one word the other; not for short words."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST_TO_DIFFER:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


CACHES = (_surname, _given, _patronymics, _words)
