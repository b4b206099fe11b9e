"""The long work on a list: dry run, import, undoing. A worker does it for the browser, a command does it at once.

Each may be begun again after it broke off: what was done is known by its rows.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from throughgate.access.jobs import advance, job
from throughgate.access.models import Job
from throughgate.core.lists.cells import ParsedRow
from throughgate.core.lists.compare import Difference, compare, row_key
from throughgate.core.lists.mapping import ColumnMapping, Target
from throughgate.custody.models import Facility
from throughgate.exchange import actions, content
from throughgate.exchange.actions.importing import BATCH, Planned
from throughgate.exchange.claims import Claims, claims
from throughgate.exchange.matching import matches
from throughgate.exchange.models import ImportedRow, Reading
from throughgate.exchange.rights import Right
from throughgate.people.models import Person
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import Locked
from throughgate.vault.keyring import open_keyring

Tell = Callable[[int, int], None]

RINGS = (Compartment.IDENTITY, Compartment.CASE, Compartment.HEALTH)
READ_AT_ONCE = 500
# Between two batches others come to the write lock of the embedded database.
PAUSE_SECONDS = 0.02


def _quiet(done: int, total: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class Before:
    """A row of the reading before, opened."""

    row: ImportedRow
    cells: dict[str, str]


@dataclass
class Plan:
    """A list read whole, and how it differs from the reading before it."""

    rows: dict[str, ParsedRow] = field(default_factory=dict)
    before: dict[str, Before] = field(default_factory=dict)
    difference: Difference = field(default_factory=lambda: Difference((), (), (), 0, 0))

    @property
    def unchanged(self) -> list[UUID]:
        moved = {key for key, _changes in self.difference.changed}
        return [one.row.id for key, one in self.before.items() if key in self.rows and key not in moved]

    @property
    def new(self) -> list[ParsedRow]:
        """Rows of which the reading before knew nothing."""
        return [row for key, row in self.rows.items() if key not in self.before]

    @property
    def gone(self) -> list[UUID]:
        return [self.before[key].row.id for key in self.difference.gone]


def plan(reading: Reading, tell: Tell = _quiet) -> Plan:
    """Read the list, open the reading before it, compare. Raises `content.Closed`, a `ListError`."""
    sheet = content.open_sheet(reading)
    rows = []
    for row in content.parsed(reading, sheet):
        rows.append(row)
        if len(rows) % READ_AT_ONCE == 0:
            tell(len(rows), 2 * sheet.row_count)
    after = dict(zip(content.keys_of(rows, row_key), rows, strict=True))
    before = _before(reading)
    difference = compare(
        {key: one.cells for key, one in before.items()},
        {key: row.original for key, row in after.items()},
        ignore=_no_news(content.mapping_of(reading), before),
    )
    return Plan(after, before, difference)


def _before(reading: Reading) -> dict[str, Before]:
    """The rows that the reading before left standing, by their keys; those closed to whoever acts are left out."""
    if reading.previous_id is None:
        return {}
    standing = ImportedRow.objects.filter(last_seen=reading.previous_id).exclude(reading=reading)
    standing = standing.filter(Q(ended_in=None) | Q(ended_in=reading), kept=False)
    ids = list(standing.order_by("id").values_list("id", flat=True))
    found: dict[str, Before] = {}
    for start in range(0, len(ids), READ_AT_ONCE):
        batch = ImportedRow.objects.filter(id__in=ids[start : start + READ_AT_ONCE]).select_related("person", "reading")
        for row in batch:
            if isinstance(row.key, str) and isinstance(row.cells, dict):
                health = row.health if isinstance(row.health, dict) else {}
                found[row.key] = Before(row, {**row.cells, **health})
    return found


def _no_news(mapping: ColumnMapping, before: Mapping[str, Before]) -> list[str]:
    """Columns in which a change says nothing: the running number, and what the reader may not open."""
    ignored = mapping.headings(Target.ROW_NUMBER)
    if any(isinstance(one.row.health, Locked) for one in before.values()):
        ignored = [*ignored, *(heading for target in content.HEALTH for heading in mapping.headings(target))]
    return ignored


# The dry run ---------------------------------------------------------------------------------------------------------


def check(reading: Reading, tell: Tell = _quiet) -> Reading:
    """What an import would do: counts, and every doubtful cell. Nothing of the list is taken over."""
    found = plan(reading, tell)
    doubts = [doubt for row in found.rows.values() for doubt in _doubts(row)]
    doubts.sort(key=lambda one: (not one["serious"], one["row"]))
    told = {row.number: claims(row, today=reading.today) for row in found.new if row.name}
    alike = matches({number: one.known for number, one in told.items()})
    counts = {**_counts(found, doubts), "sure": sum(one.sure for one in alike.values()), "alike": len(alike)}
    shown = {number: _shown(told[number]) for number in alike}
    return actions.keep_check(reading, counts=counts, doubts=doubts, matches=alike, told=shown)


def _shown(said: Claims) -> dict[str, Any]:
    """What whoever decides about a row is shown of it, as it can be kept."""
    return {"names": list(said.names), "birth": str(said.birth) if said.birth else "", "sex": said.sex}


def _doubts(row: ParsedRow) -> Iterator[dict[str, Any]]:
    for one in row.doubts:
        yield {
            "row": row.number,
            "column": one.column,
            "value": one.value[:300],
            "code": one.code,
            "params": dict(one.params),
            "serious": one.serious,
        }


def _counts(found: Plan, doubts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    rows, difference = found.rows.values(), found.difference
    places = [row.place for row in rows if row.place and row.place.liberty is None]
    return {
        "rows": len(rows),
        "new": len(difference.new),
        "unchanged": len(found.unchanged),
        "changed": len(difference.changed),
        "gone": len(difference.gone),
        "before": difference.total_before,
        "shrank": bool(found.before) and difference.shrank_too_much(),
        "nameless": sum(row.name is None for row in rows),
        "without_id": sum(not row.list_id for row in rows),
        "doubts": len(doubts),
        "serious": sum(bool(one["serious"]) for one in doubts),
        "doubtful_rows": len({one["row"] for one in doubts}),
        "by_code": dict(Counter(str(one["code"]) for one in doubts).most_common()),
        "places": len(places),
        "places_known": sum(place.match is not None for place in places),
        "left": sum(bool(row.leftovers) for row in rows),
    }


# The import ----------------------------------------------------------------------------------------------------------


def carry_out(reading: Reading, tell: Tell = _quiet) -> Reading:
    """Import what is new and what changed, batch by batch; goes on where an earlier attempt broke off."""
    found = plan(reading)
    changed = {key for key, _changes in found.difference.changed}
    wanted = [key for key in found.rows if key in changed or key not in found.before]
    there = set(ImportedRow.objects.filter(reading=reading).values_list("number", flat=True))
    waiting = [key for key in wanted if found.rows[key].number not in there]
    known = _known_people(reading)
    facilities = {row.code: row for row in Facility.objects.filter(organisation=None)}
    mapping = content.mapping_of(reading)
    done = len(wanted) - len(waiting)
    tell(done, len(wanted))
    for start in range(0, len(waiting), BATCH):
        batch = [_planned(key, found, reading, mapping, known) for key in waiting[start : start + BATCH]]
        actions.import_rows(reading, rows=batch, facilities=facilities)
        done += len(batch)
        tell(done, len(wanted))
        _rest()
    return actions.finish_import(reading, unchanged=found.unchanged, gone=found.gone)


def _known_people(reading: Reading) -> dict[int, Person]:
    decided = actions.decided_people(reading)
    people = Person.objects.kept().in_bulk(list(set(decided.values())))
    return {number: people[one] for number, one in decided.items() if one in people}


def _planned(key: str, found: Plan, reading: Reading, mapping: ColumnMapping, known: Mapping[int, Person]) -> Planned:
    row, before = found.rows[key], found.before.get(key)
    cells, health = content.apart(row.original, mapping)
    left, _health = content.apart(row.leftovers, mapping)
    return Planned(
        number=row.number,
        key=key,
        claims=claims(row, today=reading.today),
        cells=cells,
        health=health,
        left=left,
        doubts=list(_doubts(row)),
        earlier=before.row if before else None,
        said_before=_said_before(before) if before else None,
        person=known.get(row.number),
    )


def _said_before(before: Before) -> Claims:
    reading = before.row.reading
    return claims(content.parsed_again(before.cells, reading), today=reading.today)


def _rest() -> None:
    keyring = open_keyring()
    if keyring is not None:
        keyring.forget_file_keys()
    time.sleep(PAUSE_SECONDS)


# The undoing ---------------------------------------------------------------------------------------------------------


def undo(reading: Reading, tell: Tell = _quiet) -> Reading:
    """Take back what the import made, batch by batch."""
    ids = list(ImportedRow.objects.filter(reading=reading, kept=False).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = list(ImportedRow.objects.filter(id__in=ids[start : start + BATCH]).select_related("person"))
        actions.undo_rows(reading, rows=rows)
        tell(min(start + BATCH, len(ids)), len(ids))
        _rest()
    return actions.finish_undo(reading)


# As jobs -------------------------------------------------------------------------------------------------------------


def _of(row: Job) -> Reading:
    found: Reading = Reading.objects.select_related("previous").get(id=row.target_id)
    return found


def _teller(row: Job) -> Tell:
    return lambda done, total: advance(row, done, total)


@job("exchange.check", needs=Right.IMPORT, compartments=RINGS)
def check_job(row: Job) -> dict[str, Any]:
    return {"doubts": check(_of(row), _teller(row)).count("doubts")}


@job("exchange.import", needs=Right.IMPORT, compartments=RINGS)
def import_job(row: Job) -> dict[str, Any]:
    return {"rows": carry_out(_of(row), _teller(row)).row_count}


@job("exchange.undo", needs=Right.IMPORT, compartments=RINGS)
def undo_job(row: Job) -> dict[str, Any]:
    return {"kept": undo(_of(row), _teller(row)).count("kept")}
