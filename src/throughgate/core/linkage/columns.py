"""Which column of a list says what, as far as linking asks."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from throughgate.core.linkage import looks
from throughgate.core.linkage.errors import LinkageError
from throughgate.core.lists.mapping import propose
from throughgate.core.lists.reading import Row, cell_text
from throughgate.core.lists.words import plain

# What a record is compared by; "age" is of linking alone, the others are targets of `core.lists`.
FIELDS = (
    "list_id", "name", "surname", "given", "patronymic", "other_names", "sex",
    "birth_date", "age", "birth_place", "residence", "detained_on", "facility",
)  # fmt: skip
NAMES = ("name", "surname", "given")
UNSURE = 0.5
SEVERAL = re.compile(r"[()\[\]/|,;:\n]| [-–—] ")
NAME_LIKE = re.compile(r"(?:[^\W\d_][\w’'-]*[.,]?,?\s*){2,4}")

Columns = Mapping[str, str]
"""Field -> heading of the column it is read from."""


def recognise(headings: Sequence[str], sample: Sequence[Row], *, this_year: int) -> Columns:
    """The columns by their headings, and by what is in them where a heading says nothing."""
    found: dict[str, str] = {}
    for heading in headings:
        if field := _by_words(heading):
            found.setdefault(field, heading)
    proposals = propose(headings, sample, this_year=this_year).columns
    for heading, proposal in proposals.items():
        field = proposal.target or ""
        if field in FIELDS and field not in found and heading not in found.values() and proposal.score >= UNSURE:
            found[field] = heading
    found = _names_settled(found)
    for heading, proposal in proposals.items():
        if heading not in found.values() and proposal.score < UNSURE:
            field = looks.field(_cells(headings, sample, heading), found, this_year=this_year)
            found |= {field: heading} if field else {}
    if not set(found) & set(NAMES):
        found |= _by_looks(headings, sample, set(found.values()))
    return found


def _names_settled(found: dict[str, str]) -> dict[str, str]:
    """With a name beside a surname read as the given name, and a given name alone as the whole."""
    if "surname" in found and "name" in found and "given" not in found:
        found["given"] = found.pop("name")
    if "given" in found and "surname" not in found and "name" not in found:
        found["name"] = found.pop("given")
    return found


def _by_words(heading: str) -> str:
    """The field whose heading is one of the words that stand in a heading: "Born (dd.mm)", "Адкуль / From"."""
    known = _known()
    whole = known.get(plain(heading))
    return whole or next((known[part] for part in map(plain, SEVERAL.split(heading)) if part in known), "")


def _by_looks(headings: Sequence[str], sample: Sequence[Row], taken: set[str]) -> dict[str, str]:
    """The first column whose cells are mostly names: two to four words, commas and initials allowed."""
    for heading in headings:
        cells = _cells(headings, sample, heading)
        if heading not in taken and sum(bool(NAME_LIKE.fullmatch(cell)) for cell in cells) * 2 > len(cells):
            return {"name": heading}
    return {}


def _cells(headings: Sequence[str], sample: Sequence[Row], heading: str) -> list[str]:
    number = headings.index(heading)
    return [cell_text(row.cells[number]) for row in sample if row.cells[number] != ""]


def of_profile(path: Path) -> Mapping[str, str]:
    """Heading (made plain) -> field, from the table `[columns]` of a TOML file; "" leaves a column out.

    Raises LinkageError.
    """
    try:
        columns = dict(tomllib.loads(path.read_text(encoding="utf-8-sig"))["columns"])
    except OSError as error:
        raise LinkageError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        why = 'it needs a table [columns] with lines like "Heading" = "name"'
        raise LinkageError(f"{path} is no profile: {why}.") from error
    strange = sorted({str(field) for field in columns.values()} - {*FIELDS, ""})
    if strange:
        raise LinkageError(f"{path} names unknown fields: {', '.join(strange)}. Known are {', '.join(FIELDS)}.")
    return {plain(heading): field for heading, field in columns.items()}


def chosen(found: Columns, headings: Sequence[str], profile: Mapping[str, str]) -> Columns:
    """The columns recognised, with those that a profile says put in their place, as they stand in the list.

    Raises LinkageError where the profile means two columns of the list by one field.
    """
    said = {heading: profile[plain(heading)] for heading in headings if plain(heading) in profile}
    columns = {heading: field for field, heading in found.items() if heading not in said and field not in said.values()}
    columns |= {heading: field for heading, field in said.items() if field}
    for field, number in Counter(columns.values()).items():
        if number > 1:
            both = " and ".join(f"“{heading}”" for heading in said if said[heading] == field)
            raise LinkageError(f"By the profile {both} are both {field}; a list has one column for each field.")
    return {columns[heading]: heading for heading in headings if heading in columns}


def unmet(profile: Mapping[str, str], lists: Iterable[Columns]) -> list[str]:
    """The headings (made plain) that a profile gives a field and no list has: most likely misspelt."""
    met = {plain(heading) for columns in lists for heading in columns.values()}
    return [heading for heading, field in profile.items() if field and heading not in met]


@cache
def _known() -> Mapping[str, str]:
    text = (files("throughgate.core.linkage") / "data" / "headings.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {plain(heading): row["target"] for row in rows for heading in row["headings"].split("|")}
