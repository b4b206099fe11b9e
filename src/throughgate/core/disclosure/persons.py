"""What is counted: persons, where they stand in the table, and which organisations told of them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from throughgate.core.disclosure.dimensions import TIME, Dimension, of_column, of_levels
from throughgate.core.disclosure.errors import DisclosureError

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Persons:
    """Distinct persons.

    ``names``: their identifiers, shape (persons,). ``dimensions``: sorted by name. ``given``: booleans, shape
    (organisations, persons): who told of whom; ``apart`` is false where it is known by cell only.
    """

    names: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    given: np.ndarray
    apart: bool = True


@dataclass(frozen=True)
class Columns:
    """Which column means what. ``by`` holds columns, fine to coarse and joined by colons, or a date and its level."""

    by: tuple[str, ...]
    person: str = "person"
    organisations: str = "organisations"
    cells: bool = False


def read(path: Path, columns: Columns) -> Persons:
    """Reads a CSV of persons, or of cells whose column of persons holds identifiers joined by semicolons.

    Raises DisclosureError for a file or a row that cannot be counted; it names the row, counting the heading as 1.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            headings = list(reader.fieldnames or ())
            rows = [_checked(path, at, row) for at, row in enumerate(reader, start=2)]
    except OSError as error:
        raise DisclosureError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DisclosureError(f"{path} is no CSV in UTF-8: {error}.") from error
    _check_headings(path, headings, columns)
    return of_rows(rows, columns)


def of_rows(rows: Rows, columns: Columns) -> Persons:
    """The persons of *rows*. Raises DisclosureError, as `read` does."""
    if not columns.by:
        raise DisclosureError("No dimension is named: a table needs one at least.")
    if not rows:
        raise DisclosureError("The table has no rows: there is nobody to count.")
    if columns.cells:
        rows = _spread(rows, columns)
    names = [row[columns.person].strip() for row in rows]
    _check_persons(names, columns)
    given = _given(rows, columns)
    dimensions = sorted((_dimension(rows, each) for each in columns.by), key=lambda found: found.axis.name)
    _check_twice([level for each in dimensions for level in each.axis.levels])
    return Persons(tuple(names), tuple(dimensions), given, apart=not columns.cells)


def _checked(path: Path, at: int, row: Mapping[str | None, object]) -> dict[str, str]:
    if None in row or None in row.values():
        raise DisclosureError(f"{path}, row {at}: it has not as many columns as the heading.")
    cells = {str(heading): unicodedata.normalize("NFC", str(value)).strip() for heading, value in row.items()}
    for heading, value in cells.items():
        if not value.isprintable():
            raise DisclosureError(f"{path}, row {at}: column {heading} holds a character that cannot be shown.")
    return cells


def _check_headings(path: Path, headings: Sequence[str], columns: Columns) -> None:
    _check_twice(headings)
    wanted = [columns.person, columns.organisations]
    for each in columns.by:
        parts = each.split(":")
        wanted += parts[:1] if parts[1:] and parts[1] in TIME and parts[1] not in headings else parts
    for heading in wanted:
        if heading not in headings:
            raise DisclosureError(f"{path} has no column “{heading}”: it has {', '.join(headings) or 'none'}.")


def _check_twice(names: Sequence[str]) -> None:
    for name in names:
        if list(names).count(name) > 1:
            raise DisclosureError(f"There are two columns or dimensions “{name}”: it may be named once.")


def _check_persons(names: Sequence[str], columns: Columns) -> None:
    seen: dict[str, int] = {}
    for row, name in enumerate(names, start=2):
        if not name:  # never in cells
            raise DisclosureError(f"Row {row}: the column {columns.person} is empty; everybody needs an identifier.")
        if name in seen:
            where = "Two cells hold the same person" if columns.cells else f"Rows {seen[name]} and {row} are one person"
            raise DisclosureError(f"{where}: a table counts persons, each of them once.")
        seen[name] = row


def _spread(rows: Rows, columns: Columns) -> list[dict[str, str]]:
    spread = []
    for row in rows:
        persons = filter(None, (each.strip() for each in row[columns.person].split(";")))
        spread += [{**row, columns.person: person} for person in persons]
    if not spread:
        raise DisclosureError("No cell holds a person: there is nobody to count.")
    return spread


def _given(rows: Rows, columns: Columns) -> np.ndarray:
    named = [_organisations(row[columns.organisations]) for row in rows]
    for at, each in enumerate(named, start=2):
        if not each:
            raise DisclosureError(f"Row {at}: no organisation is named; somebody must have told of this person.")
    place = {name: at for at, name in enumerate(sorted({name for each in named for name in each}))}
    given = np.zeros((len(place), len(rows)), dtype=bool)
    for person, each in enumerate(named):
        given[[place[name] for name in each], person] = True
    return given


def _organisations(told: str) -> list[str]:
    """One organisation is one however it is written: two spellings must not pass for two sources."""
    return [name for part in told.split(";") if (name := " ".join(part.casefold().split()))]


def _dimension(rows: Rows, by: str) -> Dimension:
    parts = by.split(":")
    if len(parts) == 2 and parts[1] in TIME and parts[1] not in rows[0]:
        return of_column(parts[0], [row[parts[0]] for row in rows], start=parts[1])
    if len(parts) == 1:
        return of_column(by, [row[by] for row in rows])
    return of_levels([(part, [row[part] for row in rows]) for part in parts])
