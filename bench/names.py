"""How many names a second core.names reads into keys, on one core: `python bench/names.py [--names N]`.

The list is like real ones: surnames from 40,000 invented, given names from a few hundred, both by Zipf's law.
"""

import argparse
import random
import time
from collections.abc import Callable

from throughgate.core import names
from throughgate.core.names.given import full_heads
from throughgate.core.names.rendering import TABLES, written

STEMS = ("каз", "мар", "жур", "стан", "бар", "шыш", "дуб", "верас", "ціх", "сал", "грам", "люб", "пяр", "кавал", "шчар")
MIDDLES = ("", "ан", "ер", "ыл", "уц", "оньк", "яй", "авец", "эл", "уш")
ENDS = ("оўскі", "оўская", "ёнак", "эвіч", "аў", "ава", "енка", "ук", "ік", "ін", "іна", "ынскі")
GIVEN = (
    "Аляксандр",
    "Святлана",
    "Сяргей",
    "Вольга",
    "Дзмітрый",
    "Наталля",
    "Юлія",
    "Саша",
    "Міхась",
    "Yauheni",
    "Елена",
)


def surnames() -> list[str]:
    """Spellings in Cyrillic and in every Latin convention, the commonest first."""
    stems = [first + middle + end for first in STEMS for middle in MIDDLES for end in ENDS]
    spelt = [written(stem, convention, "be").title() for stem in stems for convention in (*TABLES["be"],)]
    spelt += [stem.title() for stem in stems]
    random.Random(1).shuffle(spelt)
    return spelt


def drawn(pool: list[str] | tuple[str, ...], count: int) -> list[str]:
    weights = [1 / (place + 10) for place in range(len(pool))]
    return random.Random(2).choices(pool, weights, k=count)


def rate(work: Callable[[], object], count: int) -> float:
    names.forget_spellings()
    started = time.process_time()
    work()
    return count / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=300_000, help="names in the list")
    count = parser.parse_args().names
    pool = surnames()
    full_heads("саша")  # the table of given names is read once for a process
    people = list(zip(drawn(pool, count), drawn(GIVEN, count), strict=True))
    distinct = len({surname for surname, _ in people})
    both = rate(lambda: [(names.surname_forms(s), names.given_forms(g)) for s, g in people], count)
    once = rate(lambda: [names.surname_forms(word) for word in pool], len(pool))
    print(f"{count:,} names, {distinct:,} distinct surnames: {both:,.0f} names a second")
    print(f"each surname new: {once:,.0f} a second")


if __name__ == "__main__":
    main()
