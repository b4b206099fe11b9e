# ruff: noqa: S608 (names of columns and tables are our own)
"""What each level of agreement is worth, learnt from the lists themselves.

As in the model of Fellegi and Sunter, a level is worth log2(m / u): how often the records of one person reach it (m),
against those of strangers (u). u is counted on pairs at random. m is learnt by expectation maximisation on pairs that
agree in *other* things, so that what brought a pair here does not speak for itself: names on pairs of one birthday, the
rest on pairs of one name. Patterns of levels are counted once by the engine; everything else is done on the counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from throughgate.core.linkage.comparing import UNKNOWN, compared, levels
from throughgate.core.linkage.model import Comparison

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

ROUNDS = 60
SETTLED = 1e-5
# As many pairs are imagined at every level as keep a level nobody reached from being worth all or nothing.
IMAGINED = 1.0

Pattern = tuple[tuple[int, ...], float]
"""The level of every comparison, and how many pairs have just these."""


@dataclass(frozen=True, slots=True)
class Model:
    """For each comparison by its name: m and u of its levels."""

    m: Mapping[str, Sequence[float]]
    u: Mapping[str, Sequence[float]]

    def weight(self, name: str, level: int) -> float:
        """log2(m / u); 0 where unknown."""
        return 0.0 if level == UNKNOWN else log2(self.m[name][level] / self.u[name][level])


def by_chance(connection: "Connection", comparisons: Sequence[Comparison]) -> dict[str, list[float]]:
    """u: the shares of levels among `strangers`."""
    strangers = patterns(connection, "strangers", [each["output_column_name"] for each in comparisons])
    return {
        each["output_column_name"]: _shares(strangers, place, levels(each)) for place, each in enumerate(comparisons)
    }


def train(connection: "Connection", comparisons: Sequence[Comparison]) -> Model:
    """The model of the lists in `compared` and `strangers`, and of the answers in `labelled`."""
    names = [each["output_column_name"] for each in comparisons]
    sizes = [levels(each) for each in comparisons]
    u = list(by_chance(connection, comparisons).values())
    pairs = patterns(connection, "compared ANTI JOIN labelled ON l = join_key_l AND r = join_key_r", names)
    same = patterns(connection, f"({compared(comparisons, pairs='(FROM labelled WHERE same)')})", names)
    m: dict[str, list[float]] = {}
    for given, agreed, learnt in _sessions(names):
        chosen, known = (
            [pattern for pattern in found if given(dict(zip(names, pattern[0], strict=True)))]
            for found in (pairs, same)
        )
        places = [place for place, name in enumerate(names) if name not in agreed]
        for place, shares in zip(places, _maximise(chosen, known, places, sizes, u), strict=True):
            if names[place] in learnt:
                m.setdefault(names[place], shares)
    return Model({name: m[name] for name in names}, dict(zip(names, u, strict=True)))


def patterns(connection: "Connection", table: str, names: Sequence[str]) -> list[Pattern]:
    columns = ", ".join(names)
    found = connection.execute(f"SELECT {columns}, count(*) FROM {table} GROUP BY ALL ORDER BY ALL").fetchall()
    return [(tuple(row[:-1]), float(row[-1])) for row in found]


Given = Callable[[Mapping[str, int]], bool]


def _sessions(names: Sequence[str]) -> list[tuple[Given, set[str], set[str]]]:
    """Which pairs teach what: the condition they are chosen by, the comparisons in it, and those learnt from them."""
    sessions: list[tuple[Given, set[str], set[str]]] = [
        (lambda level: level["born"] == 0 and level["given"] == 0, {"born", "given"}, {"surname"}),
        (lambda level: level["born"] == 0 and level["surname"] <= 2, {"born", "surname"}, {"given"}),
        (lambda level: level["surname"] <= 1 and level["given"] == 0, {"surname", "given"}, set(names)),
        (bool, set(), set(names)),
    ]
    return [session for session in sessions if session[1] <= set(names)]


def _shares(found: Sequence[Pattern], place: int, size: int) -> list[float]:
    counts = [IMAGINED / size] * size
    for pattern, count in found:
        if pattern[place] != UNKNOWN:
            counts[pattern[place]] += count
    total = sum(counts)
    return [count / total for count in counts]


def _maximise(
    found: Sequence[Pattern],
    known: Sequence[Pattern],
    places: Sequence[int],
    sizes: Sequence[int],
    u: Sequence[Sequence[float]],
) -> list[list[float]]:
    """m of the comparisons at `places` by expectation maximisation; u stays as it is. `known`: surely one person."""
    m = [first_guess(sizes[place]) for place in places]
    among = _among(found, places)
    sure = _counted(_among(known, places), sizes=[sizes[place] for place in places])
    share = 0.5
    for _ in range(ROUNDS):
        counts = [list(each) for each in sure]
        matched = total = 0.0
        for pattern, count in among:
            for_match, for_stranger = share, 1 - share
            for index, level in enumerate(pattern):
                if level != UNKNOWN:
                    for_match *= m[index][level]
                    for_stranger *= u[places[index]][level]
            matches = count * for_match / (for_match + for_stranger)
            matched += matches
            total += count
            for index, level in enumerate(pattern):
                if level != UNKNOWN:
                    counts[index][level] += matches
        before, share = share, (matched + IMAGINED) / (total + 2 * IMAGINED)
        m = [[count / sum(each) for count in each] for each in counts]
        if abs(share - before) < SETTLED:
            break
    return m


def _counted(known: Sequence[Pattern], *, sizes: Sequence[int]) -> list[list[float]]:
    """How many of the known pairs reach each level, beside those imagined."""
    counts = [[IMAGINED * part for part in first_guess(size)] for size in sizes]
    for pattern, count in known:
        for index, level in enumerate(pattern):
            if level != UNKNOWN:
                counts[index][level] += count
    return counts


def first_guess(size: int) -> list[float]:
    """Two records of one person mostly agree: 0.9 at the first level, the rest shared."""
    return [0.9, *[0.1 / (size - 1)] * (size - 1)]


def _among(found: Sequence[Pattern], places: Sequence[int]) -> list[Pattern]:
    """The patterns of some comparisons only."""
    counts: dict[tuple[int, ...], float] = {}
    for pattern, count in found:
        key = tuple(pattern[place] for place in places)
        counts[key] = counts.get(key, 0.0) + count
    return sorted(counts.items())
