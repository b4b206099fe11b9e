"""Words of names by what they may mean: keys that the spellings of one name share, slips, beginnings, initials."""

from functools import lru_cache

from throughgate.core.names.forms import surname_forms
from throughgate.core.names.given import heads, known_name
from throughgate.core.names.phonemes import IS_CYRILLIC, heard, phonemes, said

SHORTEST_TO_EDIT, LONGEST_TO_EDIT = 4, 40
SOUNDS = "AIUbvgdklmnprstf"  # those that `heard` leaves
CYRILLIC = "абвгдежзійклмнопрстуўфхцчшыьэюяищъ"
LATIN = "abcdefghijklmnopqrstuvwxyzčšžŭćśźł"

# First letters that stand for one another: Алег and Олег, Яўген, Евгений and Yauhen.
INITIAL_VOWELS = ("аоao", "эеяeyj", "іиiy", "уu", "юyji")
VOWELS = "AOEIUJ"
ALIKE_AS_INITIALS = str.maketrans("SZCcH", "szttg")


def keys(word: str) -> tuple[str, ...]:
    """Everything a lower-case word can be looked up by: the given names it stands for ("=Алена"), and its sound."""
    return (*(f"={head}" for head in heads(word)), sound(word))


def skeleton(word: str) -> str:
    """The first key of a lower-case word: equal for the spellings of one name in any script."""
    return keys(word)[0]


def sound(word: str) -> str:
    """How a lower-case word of any script is heard, without the endings of gender."""
    return surname_forms(word).phonetic or word


def opening(begun: str) -> str:
    """How the beginning of a word is heard: whatever begins so may be meant."""
    return heard(said(begun))


def full_forms(word: str) -> tuple[str, ...]:
    """The full forms, in both languages, of the given names that a lower-case word stands for: ганна, анна."""
    names = [known_name(head) for head in heads(word)]
    return tuple(form for name in names for form in (*name.belarusian, *name.russian))


def is_initial(letter: str, word: str) -> bool:
    """Whether a single letter may stand for a lower-case word, or for the same given name in the other language."""
    return any(_begins(letter, form) for form in (word, *full_forms(word)))


@lru_cache(1 << 14)
def initials(word: str) -> frozenset[str]:
    """The sounds with which a lower-case word, or the same given name in the other language, begins."""
    return frozenset(heard(said(begun))[:1] for form in (word, *full_forms(word)) for begun in (form, form[0]))


def _begins(letter: str, word: str) -> bool:
    """By the sound, a vowel more strictly."""
    if any(letter in row and word[0] in row for row in INITIAL_VOWELS):
        return True
    consonant = _first_consonant(letter)
    return consonant != "" and consonant == _first_consonant(word)


def _first_consonant(word: str) -> str:
    first = phonemes(word)[:1]
    return "" if first in VOWELS else first.translate(ALIKE_AS_INITIALS)


def misheard(word: str) -> set[str]:
    """What sounds like a word but for one slip."""
    return _edits(sound(word), SOUNDS)


def misspelt(word: str) -> set[str]:
    """What is written like a word but for one slip."""
    return _edits(word, CYRILLIC if IS_CYRILLIC.search(word) else LATIN)


def _edits(key: str, alphabet: str) -> set[str]:
    """One sign lost, added, changed or two swapped; none of what is longer than a name, whose edits take its square."""
    if not SHORTEST_TO_EDIT <= len(key) <= LONGEST_TO_EDIT:
        return set()
    cuts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + sign + b[1:] for a, b in cuts if b for sign in alphabet}
        | {a + sign + b for a, b in cuts for sign in alphabet}
    ) - {key}


CACHES = (initials,)
