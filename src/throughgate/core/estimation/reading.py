"""Files -> tables. Three kinds of CSV (UTF-8; comma, semicolon or tab):

histories   one column of 0 and 1 for each list, and a column `count`
persons     the same without `count`: one row for each person
clusters    what `throughgate link` writes: one row for each record, with its `source` and its `cluster_id`
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.tables import MOST_PERSONS, Table, check, checked_names
from throughgate.core.published import protected

COUNT = frozenset({"count", "counts", "freq", "frequency", "колькасць", "лік", "количество", "число"})
DELIMITERS = ",;\t"
ON = {"0": 0, "1": 1}


@dataclass(frozen=True)
class Read:
    """What a file holds.

    table    everybody
    strata   the same persons by stratum, sorted by name; empty where none was asked for
    dropped  persons on none of the lists chosen
    draws    for clusters: one table for each linkage, in an order that files and draws have no part in; the first of
             them, with the fewest persons, is `table`
    """

    table: Table
    strata: Mapping[str, Table] = field(default_factory=dict)
    dropped: int = 0
    draws: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line of the file with the number that a text editor shows for it, and its cells by heading."""

    line: int
    cells: Mapping[str, str]


def read_file(path: Path, *, lists: Sequence[str] = (), strata: Sequence[str] = ()) -> Read:
    """Histories or persons from a file; see `read`."""
    return read(text_of(path), str(path), lists=lists, strata=strata)


def read(text: str, where: str, *, lists: Sequence[str] = (), strata: Sequence[str] = ()) -> Read:
    """Histories, or persons where there is no column `count`.

    lists   the columns to use; all but `count` and the strata where none are named
    strata  columns by whose values the persons are parted
    where   the name of the file, for what is said of faults

    Raises `EstimationError` that names the file, the line and the column.
    """
    headings, rows = rows_of(text, where)
    count = count_column(headings, where)
    for name in (*lists, *strata):
        if name not in headings:
            raise EstimationError(f"{where}: there is no column {name}; there are {', '.join(headings)}.")
    chosen = tuple(lists) or tuple(name for name in headings if name != count and name not in strata)
    if count in strata:
        raise EstimationError(f"{where}: column {count} counts persons, and cannot part them into strata.")
    if taken := set(chosen) & {count, *strata}:
        raise EstimationError(f"{where}: column {min(taken)} cannot be a list and something else too.")
    names = named(chosen, where)
    cells, dropped = _counted(rows, names, count, tuple(strata), where)
    return Read(_table(names, cells, where), _by_stratum(names, cells) if strata else {}, dropped)


def read_clusters(paths: Sequence[Path], *, lists: Sequence[str] = ()) -> Read:
    """Who is who, from `throughgate link`: each file, and each value of a column `draw`, is one plausible linkage.

    Raises `EstimationError` where a column is missing, or a source is not there.
    """
    found = [each for path in paths for each in _linkages(text_of(path), str(path))]
    sources = sorted({source for _, linkage in found for source, _ in linkage})
    for name in lists:
        if name not in sources:
            raise EstimationError(f"{paths[0]}: there is no source {name}; there are {', '.join(sources)}.")
    names = named(tuple(lists) or tuple(sources), str(paths[0]))
    counted = [
        (_of_clusters(linkage, names, place), len({cluster for _, cluster in linkage})) for place, linkage in found
    ]
    counted.sort(key=lambda each: (each[0].documented, each[0].canonical().counts.tolist(), each[1]))
    tables = tuple(table for table, _ in counted)
    dropped = counted[0][1] - tables[0].documented
    return Read(tables[0], {}, dropped, tables if len(tables) > 1 else ())


def text_of(path: Path) -> str:
    """The file as text. Raises `EstimationError` when it is empty, or no text in UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EstimationError(f"{path} is no text in UTF-8: save it as “CSV UTF-8”.") from error
    except OSError as error:
        raise EstimationError(f"{path} cannot be read: {error.strerror}.") from error
    if not text.strip():
        raise EstimationError(f"{path} is empty.")
    return text


def rows_of(text: str, where: str) -> tuple[tuple[str, ...], list[Row]]:
    """Headings, and the rows that are not blank. Raises `EstimationError` where a row is longer or shorter."""
    if not text.strip():
        raise EstimationError(f"{where} is empty.")
    first = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = list(_lines(csv.reader(io.StringIO(text), delimiter=delimiter), where))
    if not lines:
        raise EstimationError(f"{where} is empty.")
    headings = tuple(lines[0][1])
    for name in headings:
        if headings.count(name) > 1:
            raise EstimationError(f"{where}: two columns are named “{name}”.")
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(headings):
            raise EstimationError(f"{where}, line {line}: {len(cells)} cells under {len(headings)} headings.")
        rows.append(Row(line, dict(zip(headings, cells, strict=True))))
    _refuse_protected(headings, rows, where)
    if not rows:
        raise EstimationError(f"{where} is empty: there are headings and no row.")
    return headings, rows


def _refuse_protected(headings: Sequence[str], rows: Sequence[Row], where: str) -> None:
    if protected(headings, (cell for row in rows for cell in row.cells.values())):
        raise EstimationError(
            f"{where} is a table that `throughgate protect` made: estimates come from exact counts, "
            "never from protected ones."
        )


def count_column(headings: Sequence[str], where: str) -> str | None:
    """The heading of the counts; None where there is none, and a row is a person."""
    found = [name for name in headings if name.casefold() in COUNT]
    if len(found) > 1:
        raise EstimationError(f"{where}: columns {' and '.join(found)} could both be the count.")
    return found[0] if found else None


def named(lists: tuple[str, ...], where: str) -> tuple[str, ...]:
    """`checked_names` with the file's name before what it says."""
    with saying(where):
        return checked_names(lists)


class saying:  # noqa: N801 - reads as a word: with saying(where)
    """Puts where it happened before what an `EstimationError` says."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, EstimationError):
            raise EstimationError(f"{self._where}: {error}") from error


def _lines(reader: Iterator[list[str]], where: str) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise EstimationError(f"{where}, line {reader.line_num}: this is no CSV ({error}).") from error  # type: ignore[attr-defined]
        if any(cells):
            yield reader.line_num, cells  # type: ignore[attr-defined]


Key = tuple[str, int]
"""A stratum and a history."""


def _counted(
    rows: Sequence[Row], lists: tuple[str, ...], count: str | None, strata: tuple[str, ...], where: str
) -> tuple[Counter[Key], int]:
    """Persons by stratum and history, and how many were on none of the lists."""
    cells: Counter[Key] = Counter()
    dropped = 0
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        place = f"{where}, line {row.line}"
        history = sum(_on(row, name, place) << bit for bit, name in enumerate(lists))
        persons = _persons(row.cells[count], place) if count else 1
        if count:
            same = tuple(cell for name, cell in row.cells.items() if name != count)
            if same in seen:
                raise EstimationError(f"{place}: this history is in line {seen[same]} already; add its counts up.")
            seen[same] = row.line
        if history:
            cells[_stratum(row, strata, place), history] += persons
        elif _elsewhere(row, lists, count, strata):
            dropped += persons
        else:
            raise EstimationError(f"{place}: a row of persons on no list; how many they are is the question.")
    return cells, dropped


def _stratum(row: Row, strata: tuple[str, ...], place: str) -> str:
    found = " · ".join(row.cells[name] for name in strata)
    if not found.isprintable():
        raise EstimationError(f"{place}: the stratum holds a character that cannot be shown.")
    return found


def _on(row: Row, name: str, place: str) -> int:
    if row.cells[name] not in ON:
        raise EstimationError(
            f"{place}: column {name} holds neither 0 nor 1; if it is no list, name the lists with --lists."
        )
    return ON[row.cells[name]]


def _elsewhere(row: Row, lists: tuple[str, ...], count: str | None, strata: tuple[str, ...]) -> bool:
    """On a list that was not chosen."""
    others = (cell for name, cell in row.cells.items() if name not in (*lists, *strata, count))
    return any(cell == "1" for cell in others)


def _persons(cell: str, place: str) -> int:
    try:
        number = float(cell)
    except ValueError:
        raise EstimationError(f"{place}: the count “{cell[:30]}” is no number.") from None
    if number < 0:
        raise EstimationError(f"{place}: the count {cell[:30]} is negative.")
    if not number <= MOST_PERSONS:
        raise EstimationError(f"{place}: the count {cell[:30]} is no number of persons.")
    if number != int(number):
        raise EstimationError(f"{place}: the count {cell[:30]} is a fraction.")
    return int(number)


def _table(lists: tuple[str, ...], cells: Counter[Key], where: str) -> Table:
    with saying(where):
        return check(_unchecked(lists, ((history, persons) for (_, history), persons in cells.items())))


def _by_stratum(lists: tuple[str, ...], cells: Counter[Key]) -> dict[str, Table]:
    found = sorted({stratum for (stratum, _), number in cells.items() if number})
    return {
        name: _unchecked(lists, ((history, number) for (stratum, history), number in cells.items() if stratum == name))
        for name in found
    }


def _unchecked(lists: tuple[str, ...], persons: Iterator[tuple[int, int]]) -> Table:
    counts = np.zeros(1 << len(lists), dtype=np.int64)
    for history, number in persons:
        counts[history] += number
    return Table(lists, counts)


Linkage = frozenset[tuple[str, str]]
"""Pairs of a source and a cluster that has a record in it."""


def _linkages(text: str, where: str) -> list[tuple[str, Linkage]]:
    """Each with the place it stands in, for what is said of faults."""
    headings, rows = rows_of(text, where)
    for name in ("source", "cluster_id"):
        if name not in headings:
            raise EstimationError(f"{where}: there is no column {name}; this is not what `throughgate link` writes.")
    draws: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        source, cluster = row.cells["source"], row.cells["cluster_id"]
        if not source or not cluster:
            raise EstimationError(f"{where}, line {row.line}: a record without source or cluster.")
        draws.setdefault(row.cells.get("draw", ""), set()).add((source, cluster))
    return [(f"{where}, draw {name}" if name else where, frozenset(draws[name])) for name in sorted(draws)]


def _of_clusters(linkage: Linkage, lists: tuple[str, ...], where: str) -> Table:
    bits = {name: 1 << bit for bit, name in enumerate(lists)}
    histories: Counter[str] = Counter()
    for source, cluster in linkage:
        histories[cluster] += bits.get(source, 0)
    return _table(lists, Counter(("", history) for history in histories.values() if history), where)
