"""People found by any spelling of their names, in memory."""

import marshal
import sys
import zlib
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from sys import intern
from typing import Self

from throughgate.core.names.collation import sort_key
from throughgate.core.names.given import groups, groups_starting
from throughgate.core.names.likeness import (
    BEGINS_ALIKE,
    INITIAL,
    ONE_EDIT,
    SAME_SOUND,
    SHORTEST_GIVEN_NAME_BEGUN,
    SHORTEST_TO_BEGIN_ALIKE,
    begins,
    begins_alike,
    closeness,
    edits,
    keys,
    score,
)
from throughgate.core.names.sounds import merged, openings, skeletons
from throughgate.core.names.spelling import tokens

# Candidates scored in full for every result wanted.
SCORED_FOR_ONE = 4
# A cached order takes in this many changes one by one; more are sorted anew.
CHANGES_INSERTED = 200
DEAD_KEPT = 1000
# Words of several names may answer one query together, a little less well than those of one.
ACROSS_NAMES = 0.9

Found = list[tuple[bytes, float, str]]


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
DUMPED_BY = f"index 1, Python {sys.version_info.major}.{sys.version_info.minor}, marshal {marshal.version}"


class NameIndex:
    """Keys of people, found by words of their names and listed in alphabetical order.

    Keys are opaque bytes. Not safe for changes from several threads at once: the owner locks.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._slots: dict[bytes, int] = {}
        self._keys: list[bytes | None] = []
        self._texts: list[bytes] = []  # see _packed
        self._dead = 0
        self._parts: dict[str, tuple[str, ...]] = {}  # as written -> its words
        self._people: dict[str, int | array[int]] = {}  # word -> slots of the people who bear it
        self._spellings: dict[str, str | list[str]] = {}  # key of a word -> its spellings
        self._words = SortedWords()
        self._skeletons = SortedWords()
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
        index._skeletons.extend(key for key in index._spellings if not key.startswith("="))
        return index

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: object) -> bool:
        return key in self._slots

    def put(self, key: bytes, names: Iterable[str], sort_name: str) -> None:
        """Add a person, or replace the names of one. Line breaks in names become spaces."""
        if key in self._slots:
            self.remove(key)
        slot = self._slots[key] = len(self._keys)
        text = _packed(list(names), sort_name)
        self._keys.append(key)
        self._texts.append(text.encode())
        for word in {word for part in text.partition("\n")[2].split() for word in self._words_of(part)}:
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
        """The names of a person as they were put. Raises KeyError for an unknown key."""
        return self._lines(self._slots[key])[1:]

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

    def search(self, query: str, limit: int = 20) -> Found:
        """People whose names hold every typed word, best first: (key, score, the name that fits).

        Words may be unfinished, in any order, script and spelling.
        """
        typed = tokens(query)
        if not typed:
            return []
        candidates = nlargest(limit * SCORED_FOR_ONE, self._candidates(typed).items(), key=_by_closeness)
        found = [self._fit(slot, typed) for slot, _ in candidates]
        found.sort(key=lambda fit: (-fit[1], fit[2]))
        return [fit for fit in found if fit[1]][:limit]

    def _candidates(self, typed: list[str]) -> dict[int, float]:
        """Slots of the people who bear a fit for each typed word, with the sum of closeness."""
        fits = [self._fitting(word, alone=len(typed) == 1) for word in typed]
        fits.sort(key=self._count)
        sums = self._best(fits[0])
        for words in fits[1:]:
            best = self._best(words, among=sums)
            sums = {slot: sums[slot] + close for slot, close in best.items()}
        return sums

    def _best(self, words: dict[str, float], among: dict[int, float] | None = None) -> dict[int, float]:
        best: dict[int, float] = {}
        for word, close in sorted(words.items(), key=lambda item: item[1]):
            slots = self._bearers(word)
            best.update(dict.fromkeys(slots if among is None else (s for s in slots if s in among), close))
        return {slot: close for slot, close in best.items() if self._keys[slot] is not None}

    def _count(self, words: dict[str, float]) -> int:
        return sum(len(self._bearers(word)) for word in words)

    def _fitting(self, typed: str, *, alone: bool) -> dict[str, float]:
        """The known words that a typed one may mean, with their closeness."""
        fits = {word: begins(typed, word) for word in self._words.starting(typed)}
        for key in keys(typed):
            for word in self._spelt(key):
                _raise(fits, word, closeness(typed, word))
        if len(typed) >= SHORTEST_GIVEN_NAME_BEGUN:
            for group in groups_starting(typed):
                for word in self._spelt(f"={group}"):
                    _raise(fits, word, BEGINS_ALIKE)
        self._add_beginning_alike(typed, fits)
        if not alone:
            self._add_initials(typed, fits)
        if max(fits.values(), default=0.0) < SAME_SOUND:
            self._add_slips(typed, fits)
        return fits

    def _add_beginning_alike(self, typed: str, fits: dict[str, float]) -> None:
        if len(typed) <= SHORTEST_TO_BEGIN_ALIKE and fits:
            return  # two sounds fit too many words: only when the letters fit none
        given, heard = groups(typed), openings(typed)
        for start in {merged(opening) for opening in heard}:
            for skeleton in self._skeletons.starting(start):
                for word in self._spelt(skeleton):
                    if word not in fits and not (given and groups(word)) and begins_alike(heard, word):
                        fits[word] = BEGINS_ALIKE

    def _add_initials(self, typed: str, fits: dict[str, float]) -> None:
        if len(typed) > 1:
            for word in self._spelt(skeletons(typed)[0][:1]):
                if len(word) == 1:
                    _raise(fits, word, INITIAL)

    def _add_slips(self, typed: str, fits: dict[str, float]) -> None:
        for skeleton in skeletons(typed):
            for slip in edits(skeleton):
                for word in self._spelt(slip):
                    _raise(fits, word, ONE_EDIT)

    def _fit(self, slot: int, typed: list[str]) -> tuple[bytes, float, str]:
        key = self._keys[slot]
        names = self._lines(slot)[1:]
        words = [tokens(name) for name in names]
        best, place = max((score(typed, own), -place) for place, own in enumerate(words))
        if not best:
            best = ACROSS_NAMES * score(typed, [word for own in words for word in own])
        return key or b"", best, names[-place]

    def _words_of(self, part: str) -> tuple[str, ...]:
        """Taken apart once for all who bear it."""
        known = self._parts.get(part)
        if known is None:
            known = self._parts[part] = tuple(tokens(part))
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
        for key in keys(word):
            known = self._spellings.get(key)
            if known is None:
                self._spellings[key] = word
                if not key.startswith("="):
                    self._skeletons.add(key)
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

    def _lines(self, slot: int) -> list[str]:
        return self._texts[slot].decode().split("\n")

    def _sort_key(self, key: bytes, language: str) -> tuple[str, bytes]:
        sort_name, *names = self._lines(self._slots[key])
        return sort_key(sort_name or "".join(names[:1]), language), key

    def _touch(self, key: bytes) -> None:
        for _, changed in self._orders.values():
            changed.add(key)

    def _rebuild(self) -> None:
        """Begin anew without the removed people, whose words would otherwise stay."""
        living = [(key, self._lines(slot)) for key, slot in self._slots.items()]
        self._reset()
        for key, (sort_name, *names) in living:
            self.put(key, names, sort_name)


def _packed(names: list[str], sort_name: str) -> str:
    """Sort name (empty if it is the first name) and names, one a line: half the size of a list."""
    lines = ["" if names[:1] == [sort_name] else sort_name, *names]
    if "\n" in "".join(lines):
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join(lines)


def _raise(fits: dict[str, float], word: str, close: float) -> None:
    if close > fits.get(word, 0.0):
        fits[word] = close


def _by_closeness(item: tuple[int, float]) -> float:
    return item[1]
