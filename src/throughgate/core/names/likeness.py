"""How close a typed name comes to a name on record, from 0 (not at all) to 1 (as typed)."""

from collections.abc import Iterable
from functools import lru_cache

from throughgate.core.names.given import groups, groups_starting
from throughgate.core.names.sounds import agree, openings, readings, skeletons

AS_TYPED = 1.0
BEGINS = 0.9
BEGINS_WITH_TWO_LETTERS = 0.85
SAME_SOUND = 0.8
BEGINS_ALIKE = 0.65
BEGINS_WITH_A_LETTER = 0.6
INITIAL = 0.5
ONE_EDIT = 0.4
NOT_AT_ALL = 0.0

SHORTEST_TO_BEGIN_ALIKE = 2
SHORTEST_GIVEN_NAME_BEGUN = 3
SHORTEST_TO_EDIT = 4

VOWEL_CLASSES = "AIU"
# First letters that stand for one another: Алег and Олег, Яўген, Евгений and Yauhen.
INITIAL_VOWELS = ("аоao", "эеяeyj", "іиiy", "уu", "юyji")


def keys(token: str) -> tuple[str, ...]:
    """Everything a word can be looked up by: its given names ("=12") and its skeletons."""
    given = groups(token)
    sounds = skeletons(token)
    return (*(f"={group}" for group in sorted(given)), *sounds) if given else sounds


def skeleton(token: str) -> str:
    """The first key of a lower-case word: equal for the spellings of one name in any script.

    A given name has the key of its line in the table, any other word that of its sounds.
    """
    return keys(token)[0]


def meet(one: str, other: str) -> bool:
    """Whether two words may be spellings of one name."""
    return closeness(one, other) >= SAME_SOUND and not (one != other and other.startswith(one))


def begins(typed: str, word: str) -> float:
    """Closeness of a word that begins as typed."""
    if typed == word:
        return AS_TYPED
    if not word.startswith(typed):
        return NOT_AT_ALL
    return {1: BEGINS_WITH_A_LETTER, 2: BEGINS_WITH_TWO_LETTERS}.get(len(typed), BEGINS)


@lru_cache(1 << 14)
def closeness(typed: str, word: str) -> float:
    """Closeness of one typed word to one word of a name, both from `tokens`."""
    as_typed = begins(typed, word)
    if as_typed > SAME_SOUND:
        return as_typed
    own, others = groups(typed), groups(word)
    if own & others:
        return SAME_SOUND
    if own and others:  # two different given names, however alike: Аляксандр, Аляксандра
        return as_typed
    return max(as_typed, _by_sound(typed, word), _by_table(typed, word), _by_edit(typed, word))


def score(query: list[str], name: list[str]) -> float:
    """Mean closeness of the typed words, each to a word of its own; 0 if one finds none."""
    pairs = sorted(
        (
            (close, -typed, -word)
            for typed, query_word in enumerate(query)
            for word, name_word in enumerate(name)
            if (close := closeness(query_word, name_word))
        ),
        reverse=True,
    )
    taken: dict[int, float] = {}
    used: set[int] = set()
    for close, typed, word in pairs:
        if typed not in taken and word not in used:
            taken[typed] = close
            used.add(word)
    return sum(taken.values()) / len(query) if query and len(taken) == len(query) else NOT_AT_ALL


def sounds_alike(typed: str, word: str) -> bool:
    return any(len(one) == len(other) and agree(one, other) for one in readings(typed) for other in readings(word))


def begins_alike(typed: Iterable[str], word: str) -> bool:
    """Whether a word begins with the sounds of one of the openings typed."""
    return any(
        SHORTEST_TO_BEGIN_ALIKE <= len(one) <= len(other) and agree(one, other)
        for one in typed
        for other in readings(word)
    )


def is_initial(letter: str, word: str) -> bool:
    """Whether a single letter may stand for a word: by its sound, a vowel more strictly."""
    sound = skeletons(letter)[0]
    if sound != skeletons(word)[0][:1]:
        return False
    return sound not in VOWEL_CLASSES or any(letter in row and word[0] in row for row in INITIAL_VOWELS)


def edits(key: str) -> set[str]:
    """The skeletons one slip away from a skeleton: a sound lost, added, changed or two swapped."""
    if len(key) < SHORTEST_TO_EDIT:
        return set()
    cuts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + sound + b[1:] for a, b in cuts if b for sound in ALPHABET}
        | {a + sound + b for a, b in cuts for sound in ALPHABET}
    ) - {key}


ALPHABET = "AIUbvgdzklmnprstf"


def _by_sound(typed: str, word: str) -> float:
    if len(word) == 1:
        return INITIAL if is_initial(word, typed) else NOT_AT_ALL
    if sounds_alike(typed, word):
        return SAME_SOUND
    return BEGINS_ALIKE if begins_alike(openings(typed), word) else NOT_AT_ALL


def _by_table(typed: str, word: str) -> float:
    if len(typed) >= SHORTEST_GIVEN_NAME_BEGUN and groups_starting(typed) & groups(word):
        return BEGINS_ALIKE
    return NOT_AT_ALL


def _by_edit(typed: str, word: str) -> float:
    ours, theirs = skeletons(typed), skeletons(word)
    return ONE_EDIT if any(one_slip(a, b) for a in ours for b in theirs) else NOT_AT_ALL


def one_slip(one: str, other: str) -> bool:
    """Whether `other` is among `edits(one)`, without making them."""
    if min(len(one), len(other)) < SHORTEST_TO_EDIT - 1 or len(one) < SHORTEST_TO_EDIT:
        return False
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
