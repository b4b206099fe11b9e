# ruff: noqa: S608 (names of columns and tables are our own)
"""The doubtful pairs, for people to decide: out as a table, back in as labels.

In the table each pair stands with both names, what the lists say of both, how sure we are, and why, in sentences. The
reviewer writes `same` or `different` (or yes/так/да, no/не/нет) into the column `verdict`; nothing means undecided.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from throughgate.core.linkage.errors import LinkageError
from throughgate.core.linkage.files import disarmed
from throughgate.core.linkage.reading import LIMITS, ReadList, said_of
from throughgate.core.lists.reading import cell_text, read_list
from throughgate.core.names.comparing import compare
from throughgate.core.names.parsing import Parsed, parse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

HEADINGS = (
    "verdict", "probability", "source_l", "row_l", "source_r", "row_r", "name_l", "name_r",
    "born_l", "born_r", "place_l", "place_r", "held_l", "held_r", "reasons",
)  # fmt: skip
KEYS = HEADINGS[0], *HEADINGS[2:6]
LOWEST, HIGHEST, MOST = 0.05, 0.95, 500
YES = frozenset(("same", "yes", "y", "1", "true", "так", "да"))
NO = frozenset(("different", "no", "n", "0", "false", "не", "нет"))


class Label(NamedTuple):
    """A pair somebody decided, by the numbers of its records."""

    left: int
    right: int
    same: bool


def doubtful(connection: "Connection", lists: Sequence[ReadList]) -> Iterator[tuple[str, ...]]:
    """Rows under `HEADINGS`: the most doubtful pairs first, so that the first hour of a reviewer is worth the most."""
    rows = connection.execute(f"""
        SELECT probability, {", ".join(_side(side) for side in "lr")}
        FROM scored JOIN records AS a ON a.id = l JOIN records AS b ON b.id = r
        JOIN raw AS x ON x.list = a.list AND x.row = a.row JOIN raw AS y ON y.list = b.list AND y.row = b.row
        WHERE probability BETWEEN {LOWEST} AND {HIGHEST}
        ORDER BY abs(probability - 0.5), l, r LIMIT {MOST}
    """).fetchall()
    for probability, *cells in rows:
        left, right = cells[: len(cells) // 2], cells[len(cells) // 2 :]
        names = [_name(each) for each in (left, right)]
        reasons = "; ".join(reason.sentence() for reason in compare(_parsed(left), _parsed(right)).reasons)
        told = [value or "" for pair in zip(left[6:], right[6:], strict=True) for value in pair]
        where = [str(value) for side in (left, right) for value in (lists[side[0]].source, side[1])]
        yield ("", f"{probability:.3f}", *where, *names, *told, reasons)


def _side(side: str) -> str:
    table, cells = ("a", "x") if side == "l" else ("b", "y")
    fields = ("name", "surname", "given", "patronymic", "birth_date", "residence", "detained_on")
    told = [f"{cells}.{field}" for field in fields]
    told[4] = f"coalesce({cells}.birth_date, {cells}.age)"
    told[5] = f"coalesce({cells}.residence, {cells}.birth_place)"
    return ", ".join((f"{table}.list", f"{table}.row", *told))


def _name(cells: Sequence[str | None]) -> str:
    return " ".join(str(part) for part in (cells[3], cells[4], cells[5]) if part) or str(cells[2] or "")


def _parsed(cells: Sequence[str | None]) -> Parsed:
    name, surname, given, patronymic = (cells[place] or "" for place in (2, 3, 4, 5))
    return parse(surname=surname, given=given, patronymic=patronymic) if surname or given else parse(name)


def read_labels(connection: "Connection", path: Path, lists: Sequence[ReadList]) -> list[Label]:
    """The pairs decided in a reviewed table, as whatever program it was saved. Raises LinkageError."""
    with said_of(path):
        sheet = read_list(path, path.name, limits=LIMITS)
        if not {*KEYS} <= {*sheet.headings}:
            raise LinkageError(f"{path} cannot be read as reviewed pairs: it needs the columns {', '.join(KEYS)}.")
        cells = (map(cell_text, row.cells) for row in sheet.rows)
        rows = [
            row for row in (dict(zip(sheet.headings, each, strict=True)) for each in cells) if row["verdict"].strip()
        ]
    numbers = {cell: number for number, each in enumerate(lists) for cell in (each.source, disarmed(each.source))}
    places = connection.execute("SELECT id, list, row FROM records").fetchall()
    ids = {(number, row): one for one, number, row in places}
    return [_label(path, row, numbers, ids) for row in rows]


def _label(path: Path, row: dict[str, str], numbers: dict[str, int], ids: dict[tuple[int, int], int]) -> Label:
    verdict = row["verdict"].strip().lower()
    if verdict not in YES | NO:
        raise LinkageError(f"{path}: the verdict {verdict!r} is neither “same” nor “different”.")
    try:
        one, other = (ids[numbers[row[f"source_{side}"]], int(row[f"row_{side}"])] for side in "lr")
    except (KeyError, TypeError, ValueError) as error:
        raise LinkageError(f"{path} speaks of rows that these lists do not have.") from error
    return Label(min(one, other), max(one, other), verdict in YES)
