"""Opening a list that was uploaded: bytes, table, columns, rows. Everything here reads and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from throughgate.core.lists.cells import ParsedRow, parse_rows
from throughgate.core.lists.limits import Limits
from throughgate.core.lists.mapping import ColumnMapping, Proposal, Target, propose
from throughgate.core.lists.mapping import Profile as Layout
from throughgate.core.lists.messages import Message, say
from throughgate.core.lists.reading import Cell, Row, Sheet, cell_text, read_list
from throughgate.exchange.models import Profile, Reading
from throughgate.vault import files
from throughgate.vault.fields import Locked

# A request waits for the reading of an upload: less patience than the library has.
LIMITS = Limits(seconds=30)
SAMPLE = 200
HEALTH = frozenset({Target.HEALTH})

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Closed(PermissionError):
    """The list is sealed, and whoever acts has not the key."""


def safe_name(name: str) -> str:
    """The last part of a file's name without signs that could hide something; it is shown and never opened."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return _UNPRINTABLE.sub("", last).strip()[-120:] or "list"


def open_sheet(reading: Reading) -> Sheet:
    """The table of an upload. Raises `Closed`; FileNotFoundError after the file was destroyed."""
    if reading.stored is None:
        raise FileNotFoundError
    secret = reading.secret
    if isinstance(secret, Locked) or secret is None:
        raise Closed
    about = reading.about or {}
    return read_list(files.read(reading.stored, str(secret)), sheet=about.get("sheet"), limits=LIMITS)


def layouts() -> list[Layout]:
    """The layouts this organisation has saved, as far as they open."""
    saved = [(row.name, row.columns) for row in Profile.objects.order_by("name")]
    return [Layout.from_data(name, columns) for name, columns in saved if not isinstance(columns, Locked)]


def proposed(sheet: Sheet, *, this_year: int) -> ColumnMapping:
    return propose(sheet.headings, sheet.first(SAMPLE), this_year=this_year, saved=layouts())


def mapping_of(reading: Reading) -> ColumnMapping:
    """The columns as they were chosen."""
    return mapping_from(reading.mapping)


def mapping_from(chosen: Mapping[str, str]) -> ColumnMapping:
    why = say("why_chosen")
    return ColumnMapping(
        {heading: Proposal(Target(code) if code else None, 1.0, why) for heading, code in chosen.items()}
    )


def samples(sheet: Sheet, *, each: int = 3) -> list[list[str]]:
    """Different cells of each column, to see what it holds."""
    found: list[list[str]] = [[] for _ in sheet.headings]
    for row in sheet.first(SAMPLE):
        for column, cell in zip(found, row.cells, strict=True):
            text = cell_text(cell)[:80]
            if text and len(column) < each and text not in column:
                column.append(text)
    return found


def parsed(reading: Reading, sheet: Sheet) -> Iterator[ParsedRow]:
    return parse_rows(sheet.rows, sheet.headings, mapping_of(reading), today=reading.today)


def parsed_again(cells: Mapping[str, str], reading: Reading) -> ParsedRow:
    """A row of an earlier reading, from its cells as they were kept."""
    headings = list(cells)
    row = Row(0, tuple[Cell, ...](cells.values()))
    return next(parse_rows([row], headings, mapping_of(reading), today=reading.today))


def keys_of(rows: Sequence[ParsedRow], key: Any) -> list[str]:
    """A key for each row; one that comes again gets "#2", "#3", as `core.lists.compare.keyed` does."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        base = key(row)
        seen[base] = seen.get(base, 0) + 1
        found.append(base if seen[base] == 1 else f"{base}#{seen[base]}")
    return found


def apart(cells: Mapping[str, str], mapping: ColumnMapping) -> tuple[dict[str, str], dict[str, str]]:
    """(cells, cells about health): they lie in different compartments."""
    health = {heading for target in HEALTH for heading in mapping.headings(target)}
    return (
        {heading: text for heading, text in cells.items() if heading not in health},
        {heading: text for heading, text in cells.items() if heading in health},
    )


def packed(messages: Sequence[Message]) -> list[dict[str, Any]]:
    return [{"code": one.code, "params": dict(one.params)} for one in messages]


def unpacked(kept: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    return [Message(one["code"], one["params"]).text(language) for one in kept]
