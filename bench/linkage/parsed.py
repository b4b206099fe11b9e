"""The five lists in common columns, as an analyst who knows each layout would prepare them for a linker that does not.

Surnames, given names and patronymics are set apart, dates are ISO dates, years are numbers; spellings stay as given.
The peers start from here, so that they are measured by how they link and not by how they read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from lists import LISTS
from people import TODAY

FIELDS = ("source", "row", "surname", "given", "patronymic", "born", "year", "place", "detained")
"""Cells are "" where the list says nothing. `born` and `detained` are whole ISO dates, `year` is of birth."""


def prepare(folder: Path) -> Path:
    """Writes parsed.csv beside the lists, once, and returns where it is."""
    out = folder / "parsed.csv"
    if not out.exists():
        half = out.with_suffix(".half")
        with half.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(FIELDS)
            rows.writerows(_all(folder))
        half.rename(out)
    return out


def _all(folder: Path) -> Iterator[tuple[str, ...]]:
    for one in LISTS:
        with (folder / one.name).open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file, delimiter=one.delimiter)
            next(rows)
            for number, cells in enumerate(rows, 1):
                yield _of(one.name, number, READERS[one.name](cells))


def _of(source: str, row: int, said: tuple[str, ...]) -> tuple[str, ...]:
    surname, given, patronymic, born, age, place, detained = (cell.strip().lower() for cell in said)
    date = _iso(born)
    return (source, str(row), surname, given, patronymic, date, _year(date or born, age), _town(place), _iso(detained))


def _belarusian(cells: list[str]) -> tuple[str, ...]:
    _id, surname, given, patronymic, born, place, detained, _held = cells
    return _bare(surname), given, patronymic, born, "", place, detained


def _russian(cells: list[str]) -> tuple[str, ...]:
    _id, full, born, place, detained, _held = cells
    words = _bare(full).replace(". ", ".").replace(".", ". ").split()
    if len(words) == 3 and re.search("(вич|вна|ична|тич|ьич)$", words[1]):
        words = [words[2], words[0], words[1]]
    surname, given, patronymic, *_ = [*words, "", "", ""]
    return surname, given, patronymic, born, "", place, detained


def _passport(cells: list[str]) -> tuple[str, ...]:
    _id, full, _sex, born, place = cells
    words = sorted(full.split(), key=str.isupper, reverse=True)
    surname, given, *_ = [*words, "", ""]
    return surname, given, "", born, "", place, ""


def _lacinka(cells: list[str]) -> tuple[str, ...]:
    _id, full, born, place, _held = cells
    surname, comma, rest = full.partition(", ")
    if not comma:
        rest, _, surname = full.rpartition(" ")
    given, _, patronymic = rest.partition(" ")
    return surname, given, patronymic, born, "", place, ""


def _heard(cells: list[str]) -> tuple[str, ...]:
    first, last, born, age, place, detained, _held = cells
    given, _, patronymic = first.partition(" ")
    return last, given, patronymic, born, age, place, detained


READERS: dict[str, Callable[[list[str]], tuple[str, ...]]] = {
    "belarusian.csv": _belarusian,
    "russian.csv": _russian,
    "passport.csv": _passport,
    "lacinka.csv": _lacinka,
    "heard.csv": _heard,
}


def _bare(name: str) -> str:
    return re.sub(r" ?\(.*?\)", "", name)


def _iso(text: str) -> str:
    """A whole date in any of the layouts as an ISO date, "" for anything less."""
    for pattern, layout in (
        (r"\d+\.\d+\.\d{4}", "%d.%m.%Y"),
        (r"\d{4}-\d\d-\d\d", "%Y-%m-%d"),
        (r"\d+ \w{3} \d{4}", "%d %b %Y"),
    ):
        if re.fullmatch(pattern, text):
            return datetime.strptime(text, layout).date().isoformat()  # noqa: DTZ007 (a date alone)
    return ""


def _year(born: str, age: str) -> str:
    year = re.search(r"\b(19|20)\d\d\b", born)
    if year:
        return year[0]
    years = re.search(r"\d+", age or born)
    return str(TODAY.year - int(years[0])) if years else ""


WIDER = re.compile(r"\b(вобл|обл|р-н|раён|район|rajon|r-n|district|belarus)")
ABOUT = re.compile(r"^(гор|горад|г|вёска|в|дер|д|h|g|v|near)(\.\s*|\s+)|\s+(\S+ (раён|район)\S*|village|region)$")


def _town(place: str) -> str:
    """The town or village alone: гомель for Гомельская обл., г. Гомель; the raion where there is nothing nearer."""
    parts = place.split(", ")
    nearer = [part for part in parts if not WIDER.search(ABOUT.sub("", part))]
    return ABOUT.sub("", (nearer or parts)[0])
