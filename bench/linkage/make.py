"""Invent people and five lists of them by five organisations, and say which row is whom.

python bench/linkage/make.py --records 10000 --seed 1 --out build/bench/linkage/10000-1

belarusian.csv, russian.csv, passport.csv, lacinka.csv and heard.csv are the lists; truth.csv (source,row,person; rows
of data from 1) says whom each row is about, and people.csv who they are. The same for the same seed.
"""

from __future__ import annotations

import argparse
import csv
import random
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from hard import LISTS as HARD
from lists import LISTS, List
from people import Person, person
from surnames import Surname

LEAST, MOST = 0.15, 0.60  # of all people on one list
PERSON = (
    "person", "surname_ru", "surname_be", "maiden_be", "given_ru", "given_be", "father_be", "birth", "detained",
)  # fmt: skip
REPEATED = (0.02, 0.04)  # of a list's rows are somebody whom it has already


def main() -> None:
    options = _options()
    written = make(options.records, options.seed, options.out, hard=options.hard)
    for name, count in written.items():
        print(f"{name:16} {count:>10,}")


def made(*, hard: bool) -> tuple[List, ...]:
    """The five lists, or the harder five."""
    return HARD if hard else LISTS


def make(records: int, seed: int, out: Path, *, hard: bool = False) -> dict[str, int]:
    """Writes about *records* rows into five lists in *out*; returns rows by file, and people under "people.csv"."""
    five, invented = made(hard=hard), partial(person, seed, hard=hard)
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    shares = _shares(rng)
    again = [rng.uniform(*REPEATED) for _ in five]
    people = round(records / sum(share * (1 + extra) for share, extra in zip(shares, again, strict=True)))
    members = {
        one: _members(seed, people, share, extra, rng) for one, share, extra in zip(five, shares, again, strict=True)
    }
    written = {one.name: _write(out, one, rows, seed, invented) for one, rows in members.items()}
    _write_truth(out / "truth.csv", members)
    listed = sorted({number for rows in members.values() for number in rows})
    _write_people(out / "people.csv", map(invented, listed))
    return written | {"people.csv": len(listed)}


def _shares(rng: random.Random) -> list[float]:
    """Unequal shares of people: one of each fifth of the way from least to most, in any order."""
    step = (MOST - LEAST) / len(LISTS)
    shares = [LEAST + step * (at + rng.random()) for at in range(len(LISTS))]
    rng.shuffle(shares)
    return shares


def _members(seed: int, people: int, share: float, extra: float, rng: random.Random) -> array[int]:
    """Numbers of people in the order of rows; those more in view are on more lists."""
    members = array("I", (at for at in range(people) if rng.random() < share * _view(seed, at)))
    members.extend(rng.choices(members, k=round(len(members) * extra)))
    order = list(members)
    rng.shuffle(order)
    return array("I", order)


def _view(seed: int, number: int) -> float:
    """How much in view a person is: 0.7 to 1.3, the same in all lists, so that lists overlap more than by chance."""
    return 0.7 + 0.6 * ((number * 2_654_435_761 + seed) % 4_294_967_296) / 4_294_967_296


def _write(out: Path, one: List, members: array[int], seed: int, invented: Callable[[int], Person]) -> int:
    rng = random.Random(f"{seed} {one.name}")
    with (out / one.name).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=one.delimiter, lineterminator="\n")
        rows.writerow(one.headings)
        for row, number in enumerate(members, 1):
            cells = one.write(invented(number), one.rates, rng)
            rows.writerow(_own(one.own_id, row) + cells)
    return len(members)


def _own(own_id: Callable[[int], str] | None, row: int) -> tuple[str, ...]:
    return (own_id(row),) if own_id else ()


def _write_truth(path: Path, members: Mapping[List, array[int]]) -> None:
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("source", "row", "person"))
        for one, numbers in members.items():
            rows.writerows((one.name, row, number) for row, number in enumerate(numbers, 1))


def _write_people(path: Path, people: Iterable[Person]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(PERSON)
        for one in people:
            surname = one.surname.ru_woman if one.woman else one.surname.ru, _be(one.surname, one)
            maiden = _be(one.maiden, one) if one.maiden else ""
            rows.writerow(
                (one.number, *surname, maiden, one.given.ru, one.given.be, one.father.be, one.birth, one.detained)
            )


def _be(surname: Surname, of: Person) -> str:
    return surname.be_woman if of.woman else surname.be


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000, help="rows over the five lists, about")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hard", action="store_true", help="the five harder lists (hard.py)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    return parser.parse_args()


if __name__ == "__main__":
    main()
