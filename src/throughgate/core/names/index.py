"""People found by any spelling of their names, in memory."""

import marshal
import sys
import zlib
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import islice
from sys import intern
from typing import NamedTuple, Self

from throughgate.core.names.collation import sort_key
from throughgate.core.names.comparing import Comparison, Reason, compare
from throughgate.core.names.given import heads, heads_starting
from throughgate.core.names.likeness import is_initial, keys, misheard, misspelt, opening
from throughgate.core.names.parsing import Parsed, parse
from throughgate.core.names.spelling import repaired, tokens

# Candidates compared in full for every result wanted.
COMPARED_FOR_ONE = 2
# A cached order takes in this many changes one by one; more are sorted anew.
CHANGES_INSERTED = 200
DEAD_KEPT = 1000

# How close a word comes to a typed one.
AS_TYPED = 1.0
BEGINS = 0.9
BEGINS_WITH_TWO_LETTERS = 0.85
SAME_SOUND = 0.8
BEGINS_ALIKE = 0.65
BEGINS_WITH_A_LETTER = 0.6
INITIAL = 0.5
ONE_EDIT = 0.4
UNFINISHED = frozenset({BEGINS, BEGINS_WITH_TWO_LETTERS, BEGINS_ALIKE, BEGINS_WITH_A_LETTER})
# To look at the words of one person takes as long as to go past so many who bear a word.
PASSED_FOR_ONE = 50
# Words of several names may answer one query together, a little less well than those of one.
ACROSS_NAMES = 0.9

# Signs of a query that are read; no name is longer.
LONGEST_QUERY = 200
SHORTEST_TO_BEGIN_ALIKE = 2
SHORTEST_GIVEN_NAME_BEGUN = 3

# A name as it was put: surname, given name and patronymic, or one text.
Parts = tuple[str, ...]


class Match(NamedTuple):
    """Somebody found: `score` up to 1, the name that fits best, and what makes it fit (see `comparing.SENTENCES`)."""

    key: bytes
    score: float
    name: str
    reasons: tuple[Reason, ...] = ()


class _Typed(NamedTuple):
    """One word that was typed, as in a name and in lower case, and the known words that it may mean."""

    text: str
    token: str
    fits: dict[str, float]


class _Fit(NamedTuple):
    """How the words of a name answer what was typed: the mean closeness, and the word that each typed one means."""

    closeness: float
    words: tuple[str, ...] = ()


def shown(parts: Parts) -> str:
    """A name as lists show it."""
    return " ".join(filter(None, parts))


def taken_apart(parts: Parts) -> Parsed:
    """What a name as it was put says."""
    if len(parts) == 1:
        return parse(parts[0])
    surname, given, patronymic = parts
    return parse(surname=surname, given=given, patronymic=patronymic)


class SortedWords:
    """Strings in order that are added singly or by the ten thousand, and read by prefix."""

    __slots__ = ("_new", "_words")

    def __init__(self) -> None:
        self._words: list[str] = []
        self._new: list[str] = []

    def add(self, word: str) -> None:
        self._new.append(word)

    def extend(self, words: Iterable[str]) -> None:
        self._new.extend(words)

    def starting(self, prefix: str) -> Iterator[str]:
        self._settle()
        for place in range(bisect_left(self._words, prefix), len(self._words)):
            if not self._words[place].startswith(prefix):
                return
            yield self._words[place]

    def _settle(self) -> None:
        if len(self._new) <= CHANGES_INSERTED:
            for word in self._new:
                insort(self._words, word)
        else:
            self._words.extend(self._new)
            self._words.sort()
        self._new.clear()


# What a dump can be read by: this layout, this Python (`marshal` promises nothing across versions).
DUMPED_BY = f"index 2, Python {sys.version_info.major}.{sys.version_info.minor}, marshal {marshal.version}"


class NameIndex:
    """Keys of people, found by words of their names and listed in alphabetical order.

    Keys are opaque bytes. Not safe for changes from several threads at once: the owner locks.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._slots: dict[bytes, int] = {}
        self._keys: list[bytes | None] = []
        self._texts: list[bytes] = []  # names, one a line; parts between tabs: half the size of a list
        self._dead = 0
        self._taken_apart: dict[str, tuple[str, ...]] = {}  # as written -> its words
        self._people: dict[str, int | array[int]] = {}  # word -> slots of the people who bear it
        self._spellings: dict[str, str | list[str]] = {}  # key of a word -> its spellings
        self._words = SortedWords()
        self._sounds = SortedWords()
        self._letters: set[str] = set()  # words that are initials
        self._orders: dict[str, tuple[list[bytes], set[bytes]]] = {}

    def dump(self) -> bytes:
        """Everything in one piece, for `loaded` of a program with the same `DUMPED_BY`."""
        bearers = {word: one if isinstance(one, int) else one.tobytes() for word, one in self._people.items()}
        return zlib.compress(marshal.dumps((self._keys, self._texts, bearers, self._spellings)), level=1)

    @classmethod
    def loaded(cls, dump: bytes) -> Self:
        """The index that was dumped, in a tenth of the time of making it. Only for bytes that are known to be ours."""
        index = cls()
        index._keys, index._texts, bearers, index._spellings = marshal.loads(zlib.decompress(dump))  # noqa: S302
        index._people = {word: one if isinstance(one, int) else array("I", one) for word, one in bearers.items()}
        index._slots = {key: slot for slot, key in enumerate(index._keys) if key is not None}
        index._dead = len(index._keys) - len(index._slots)
        index._words.extend(index._people)
        index._letters.update(word for word in index._people if len(word) == 1)
        index._sounds.extend(key for key in index._spellings if not key.startswith("="))
        return index

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: object) -> bool:
        return key in self._slots

    def put(self, key: bytes, names: Iterable[Parts]) -> None:
        """Add a person, or replace the names of one; by the first of them people are sorted. Breaks become spaces."""
        if key in self._slots:
            self.remove(key)
        slot = self._slots[key] = len(self._keys)
        text = "\n".join(map(_line, names))
        self._keys.append(key)
        self._texts.append(text.encode())
        for word in set(self._words_in(text)):
            self._bear(word, slot)
        self._touch(key)

    def remove(self, key: bytes) -> None:
        """Forget a person; nothing happens for a key that is not there."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        self._touch(key)
        self._keys[slot] = None
        self._texts[slot] = b""
        self._dead += 1
        if self._dead > DEAD_KEPT and self._dead > len(self._slots):
            self._rebuild()

    def names(self, key: bytes) -> list[str]:
        """The names of a person as lists show them. Raises KeyError for an unknown key."""
        return [shown(parts) for parts in self.parts(key)]

    def parts(self, key: bytes) -> list[Parts]:
        """The names of a person as they were put. Raises KeyError for an unknown key."""
        return self._parts_at(self._slots[key])

    def ordered(self, language: str) -> Sequence[bytes]:
        """All keys in the alphabetical order of the sort names. Kept until the next change."""
        order, changed = self._orders.get(language, ([], set()))
        if not order or len(changed) > CHANGES_INSERTED:
            order = sorted(self._slots, key=lambda key: self._sort_key(key, language))
        elif changed:
            order = [key for key in order if key not in changed]
            for key in changed & self._slots.keys():
                insort(order, key, key=lambda key: self._sort_key(key, language))
        self._orders[language] = (order, set())
        return order

    def search(self, query: str, limit: int = 20) -> list[Match]:
        """People whose names hold every typed word, the most alike first.

        Words may be unfinished, in any order, script and spelling; with a slip each, where few are found without.
        """
        words = [(text, token) for text in query[:LONGEST_QUERY].replace("-", " ").split() for token in tokens(text)]
        typed = [_Typed(_as_name(text, word), word, self._fitting(word, alone=len(words) == 1)) for text, word in words]
        if not typed:
            return []
        candidates = self._candidates(typed, limit * COMPARED_FOR_ONE)
        if len(candidates) < limit:
            for one in typed:
                self._add_slips(one.token, one.fits)
            candidates = self._candidates(typed, limit * COMPARED_FOR_ONE)
        found = [self._match(slot, typed) for slot in candidates]
        return sorted(filter(_score, found), key=lambda match: (-match.score, match.name))[:limit]

    # Who may be meant -----------------------------------------------------------------------------------------------

    def _candidates(self, typed: list[_Typed], most: int) -> list[int]:
        """Slots of the people who bear a fit for each typed word, those with the closest words first."""
        rarest, *others = sorted((one.fits for one in typed), key=self._count)
        if not others:
            return list(islice(self._closest(rarest), most))
        sums = self._best(rarest)
        for fits in others:
            best = self._best(fits, among=sums)
            sums = {slot: sums[slot] + close for slot, close in best.items()}
        return nlargest(most, sums, key=sums.__getitem__)

    def _closest(self, fits: dict[str, float]) -> Iterator[int]:
        """Living people from the closest word on, only as far as somebody asks."""
        met: set[int] = set()
        for word in sorted(fits, key=lambda word: (-fits[word], word)):
            for slot in self._bearers(word):
                if slot not in met and self._keys[slot] is not None:
                    met.add(slot)
                    yield slot

    def _best(self, fits: dict[str, float], among: Mapping[int, float] | None = None) -> dict[int, float]:
        """The closeness of the closest word of each person."""
        if among is not None and len(among) * PASSED_FOR_ONE < self._count(fits):
            found = ((slot, max(fits.get(word, 0.0) for word in self._words_at(slot))) for slot in among)
            return {slot: close for slot, close in found if close}
        best: dict[int, float] = {}
        for word, close in sorted(fits.items(), key=lambda item: item[1]):
            slots = self._bearers(word)
            best.update(dict.fromkeys(slots if among is None else (s for s in slots if s in among), close))
        return {slot: close for slot, close in best.items() if self._keys[slot] is not None}

    def _count(self, fits: dict[str, float]) -> int:
        return sum(len(self._bearers(word)) for word in fits)

    def _fitting(self, typed: str, *, alone: bool) -> dict[str, float]:
        """The known words that a typed one may mean, with their closeness."""
        fits = {word: _begins(typed, word) for word in self._words.starting(typed)}
        given = heads(typed)
        for key in keys(typed):
            for word in self._spelt(key):
                # Two given names that people tell apart, however alike: Аляксандр, Аляксандра.
                if key.startswith("=") or not (given and heads(word)):
                    _raise(fits, word, SAME_SOUND)
        self._add_beginning(typed, fits, told_apart=bool(given))
        if not alone:
            self._add_initials(typed, fits)
        return fits

    def _add_beginning(self, typed: str, fits: dict[str, float], *, told_apart: bool) -> None:
        if len(typed) == 1 or len(typed) >= SHORTEST_GIVEN_NAME_BEGUN:
            for head in heads_starting(typed):
                for word in self._spelt(f"={head}"):
                    _raise(fits, word, BEGINS_ALIKE if len(typed) > 1 else BEGINS_WITH_A_LETTER)
        if len(typed) <= SHORTEST_TO_BEGIN_ALIKE and fits:
            return  # two sounds fit too many words: only when the letters fit none
        start = opening(typed)
        for key in self._sounds.starting(start) if len(start) >= SHORTEST_TO_BEGIN_ALIKE else ():
            for word in self._spelt(key):
                if word not in fits and not (told_apart and heads(word)):
                    fits[word] = BEGINS_ALIKE

    def _add_initials(self, typed: str, fits: dict[str, float]) -> None:
        """A whole word may be meant by an initial on record."""
        for letter in self._letters if len(typed) > 1 else ():
            if is_initial(letter, typed):
                _raise(fits, letter, INITIAL)

    def _add_slips(self, typed: str, fits: dict[str, float]) -> None:
        for slip in misheard(typed):
            for word in self._spelt(slip):
                _raise(fits, word, ONE_EDIT)
        for word in misspelt(typed) & self._people.keys():
            _raise(fits, word, ONE_EDIT)

    # How well they fit ----------------------------------------------------------------------------------------------

    def _match(self, slot: int, typed: list[_Typed]) -> Match:
        names = self._parts_at(slot)
        fits = [_fit(typed, self._words_in(shown(parts))) for parts in names]
        best = max(range(len(names)), key=lambda place: (fits[place].closeness, -place))
        key, name = self._keys[slot] or b"", shown(names[best])
        if not fits[best].words:
            return Match(key, ACROSS_NAMES * _fit(typed, self._words_at(slot)).closeness, name)
        found = _compared(typed, fits[best], taken_apart(names[best]))
        return Match(key, found.score, name, found.reasons)

    def _words_at(self, slot: int) -> list[str]:
        return self._words_in(self._texts[slot].decode())

    def _words_in(self, text: str) -> list[str]:
        return [word for part in text.split() for word in self._words_of(part)]

    def _words_of(self, part: str) -> tuple[str, ...]:
        """Taken apart once for all who bear it."""
        known = self._taken_apart.get(part)
        if known is None:
            known = self._taken_apart[part] = tuple(tokens(part))
        return known

    def _bear(self, word: str, slot: int) -> None:
        bearers = self._people.get(word)
        if bearers is None:
            self._people[intern(word)] = slot
            self._learn(word)
        elif isinstance(bearers, int):
            self._people[word] = array("I", (bearers, slot))
        else:
            bearers.append(slot)

    def _learn(self, word: str) -> None:
        word = intern(word)
        self._words.add(word)
        if len(word) == 1:
            self._letters.add(word)
        for key in keys(word):
            known = self._spellings.get(key)
            if known is None:
                self._spellings[key] = word
                if not key.startswith("="):
                    self._sounds.add(key)
            elif isinstance(known, str):
                self._spellings[key] = [known, word]
            else:
                known.append(word)

    def _bearers(self, word: str) -> Sequence[int]:
        bearers = self._people[word]
        return (bearers,) if isinstance(bearers, int) else bearers

    def _spelt(self, key: str) -> Sequence[str]:
        known = self._spellings.get(key, ())
        return (known,) if isinstance(known, str) else known

    def _parts_at(self, slot: int) -> list[Parts]:
        text = self._texts[slot].decode()
        return [tuple(line.split("\t")) for line in text.split("\n")] if text else []

    def _sort_key(self, key: bytes, language: str) -> tuple[str, bytes]:
        return sort_key("".join(self.names(key)[:1]), language), key

    def _touch(self, key: bytes) -> None:
        for _, changed in self._orders.values():
            changed.add(key)

    def _rebuild(self) -> None:
        """Begin anew without the removed people, whose words would otherwise stay."""
        living = [(key, self._parts_at(slot)) for key, slot in self._slots.items()]
        self._reset()
        for key, names in living:
            self.put(key, names)


def _line(parts: Parts) -> str:
    """A name between tabs, of which there are none inside its parts."""
    line = "\t".join(parts)
    if "\n" in line or line.count("\t") >= len(parts):
        return "\t".join(" ".join(part.split()) for part in parts)
    return line


def _as_name(text: str, token: str) -> str:
    """A typed word as it would stand in a name; the token where several were typed as one."""
    bare = repaired(text).strip('.,;:()[]"«»')
    word = bare if tokens(bare) == [token] else token
    return word[:1].upper() + word[1:]


def _begins(typed: str, word: str) -> float:
    """Closeness of a word that begins as typed."""
    if typed == word:
        return AS_TYPED
    return {1: BEGINS_WITH_A_LETTER, 2: BEGINS_WITH_TWO_LETTERS}.get(len(typed), BEGINS)


def _fit(typed: list[_Typed], words: list[str]) -> _Fit:
    """Each typed word meets a word of its own, the closest first; closeness 0 if one meets none."""
    pairs = sorted(
        (-close, mine, theirs)
        for mine, one in enumerate(typed)
        for theirs, word in enumerate(words)
        if (close := one.fits.get(word))
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _close, mine, theirs in pairs:
        if mine not in taken and theirs not in used:
            taken[mine] = theirs
            used.add(theirs)
    if len(taken) < len(typed):
        return _Fit(0.0)
    met = tuple(words[taken[mine]] for mine in range(len(typed)))
    return _Fit(sum(one.fits[word] for one, word in zip(typed, met, strict=True)) / len(typed), met)


def _compared(typed: list[_Typed], fit: _Fit, name: Parsed) -> Comparison:
    """What was typed, each word in the part of the name that it means, compared with that name.

    An unfinished word is taken as finished, for a little less; an initial stays one.
    """
    given, patronymic = set(tokens(name.given)), set(tokens(name.patronymic))
    parts: dict[str, list[str]] = {"surname": [], "given": [], "patronymic": []}
    finished = 0.0
    for one, word in zip(typed, fit.words, strict=True):
        part = "given" if word in given else "patronymic" if word in patronymic else "surname"
        if one.fits[word] in UNFINISHED and (len(one.token) > 1 or part == "surname"):
            parts[part].append(word)
            finished += one.fits[word]
        else:
            parts[part].append(one.text)
            finished += AS_TYPED
    surname, said, father = (" ".join(words) for words in parts.values())
    found = compare(Parsed(surname, said, father), name)
    return replace(found, score=found.score * finished / len(typed))


def _raise(fits: dict[str, float], word: str, close: float) -> None:
    if close > fits.get(word, 0.0):
        fits[word] = close


def _score(match: Match) -> float:
    return match.score
