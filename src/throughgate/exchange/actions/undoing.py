"""Taking back a whole import."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, note
from throughgate.access.models import LogEntry
from throughgate.custody.actions import restate
from throughgate.exchange.actions.checking import move, queue_job
from throughgate.exchange.models import DoubtPage, ImportedRow, Reading, RowMatch, RowState, State
from throughgate.exchange.rights import Right
from throughgate.people.models import Person
from throughgate.people.naming import note_changes
from throughgate.vault import files
from throughgate.vault.unlocking import erase_subjects


@action("exchange.start_undo", needs=Right.IMPORT)
def start_undo(reading: Reading, *, queue: bool = True) -> Reading:
    """Let the undoing begin. Raises `CannotDo` when a later reading of the same list builds on this one."""
    later = Reading.objects.filter(previous=reading.id, state__in=(State.RUNNING, State.DONE, State.UNDOING))
    if later.exists():
        raise CannotDo(gettext("A later copy of this list was imported. Undo that one first."))
    move(reading, (State.DONE, State.RUNNING, State.UNDOING), State.UNDOING)
    if queue:
        queue_job("exchange.undo", reading)
    return reading


@action("exchange.undo_rows", needs=Right.IMPORT)
def undo_rows(reading: Reading, *, rows: Sequence[ImportedRow]) -> Reading:
    """One batch: what these rows made is removed; where somebody worked on it since, the row is kept and says so."""
    new = [row for row in rows if row.state == RowState.NEW]
    touched = _touched_people(reading, {row.person_id for row in new if row.person_id})
    kept = [row for row in new if row.person_id in touched]
    removed = [row for row in new if row.person_id not in touched]
    _remove(reading, removed)
    kept += [row for row in rows if row.state != RowState.NEW and not _undo_changed(row)]
    ImportedRow.objects.filter(id__in=[row.id for row in kept]).update(kept=True)
    note(rows=len(rows), kept=len(kept))
    return reading


@action("exchange.finish_undo", needs=Right.IMPORT)
def finish_undo(reading: Reading) -> Reading:
    """What stood before this reading stands again."""
    ImportedRow.objects.filter(last_seen=reading).exclude(reading=reading).update(last_seen=reading.previous)
    ImportedRow.objects.filter(ended_in=reading, gone=True).update(ended_in=None, gone=False)
    DoubtPage.objects.filter(reading=reading).delete()
    RowMatch.objects.filter(reading=reading).delete()
    kept = ImportedRow.objects.filter(reading=reading, kept=True).count()
    counts = {**reading.counts, "kept": kept}
    stored = reading.stored
    move(reading, (State.UNDOING,), State.UNDONE, finished_at=timezone.now(), counts=counts, stored=None, secret=None)
    if stored is not None:
        files.remove_after_commit([stored])
    note(kept=kept)
    return reading


def _touched_people(reading: Reading, people: set[UUID]) -> set[UUID]:
    """Those of whom the log knows an act, or another list a row: an import writes no entry about one person,
    everything else does.
    """
    acts = LogEntry.objects.filter(subject_id__in=people).exclude(kind__startswith="opened.")
    rows = ImportedRow.objects.filter(person__in=people).exclude(reading=reading)
    return {*acts.values_list("subject_id", flat=True), *rows.values_list("person_id", flat=True)}


def _remove(reading: Reading, rows: Sequence[ImportedRow]) -> None:
    people = [row.person_id for row in rows if row.person_id]
    # With everything that hangs on them; the keys go too, so that no backup opens what was undone.
    ImportedRow.objects.filter(id__in=[row.id for row in rows]).delete()
    Person.objects.filter(id__in=people).delete()
    erase_subjects(people)
    note_changes(reading.organisation_id, people)


def _undo_changed(row: ImportedRow) -> bool:
    """Whether all of it could be taken back: rows that somebody changed or decided about stay."""
    ids = [UUID(one) for some in row.made.values() for one in some]
    touched = set(LogEntry.objects.filter(object_id__in=ids).values_list("object_id", flat=True))
    for label, some in row.made.items():
        model = apps.get_model(label)
        model.objects.filter(id__in=[one for one in some if UUID(one) not in touched]).delete()
    if row.made and row.person is not None:
        restate(row.person, correction=True)
        note_changes(row.organisation_id, [row.person.id])
    if touched:
        return False
    ImportedRow.objects.filter(id=row.earlier_id).update(ended_in=None)
    ImportedRow.objects.filter(id=row.id).delete()
    return True
