"""The log: append-only, one chain an organisation, identifiers and codes but never content."""

from __future__ import annotations

import atexit
import json
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, models, transaction
from django.utils import timezone

from throughgate.access.acting import Actor
from throughgate.access.models import LogEntry, LogHead
from throughgate.core.ids import new_id
from throughgate.vault import sealing
from throughgate.vault.keyring import Opening

logger = logging.getLogger(__name__)

# Entries that belong to no organisation (setting up, maintenance) are a chain of their own.
NO_ORGANISATION = UUID(int=0)


def append(
    actor: Actor,
    kind: str,
    row: models.Model | None = None,
    *,
    subject_id: UUID | None = None,
    organisation_id: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> LogEntry:
    """Add one entry to the chain of the actor's organisation. Runs in the caller's transaction."""
    whose = organisation_id or actor.organisation_id or NO_ORGANISATION
    with transaction.atomic():
        head = hold(whose)
        entry = LogEntry(
            id=new_id(),
            organisation_id=whose,
            number=head.number + 1,
            at=timezone.now(),
            actor=actor.name,
            kind=kind,
            object_type=row._meta.label_lower if row is not None else "",
            object_id=row.pk if row is not None else None,
            subject_id=subject_id or subject_of(row),
            details=details or {},
        )
        entry.hash = sealing.chain(bytes(head.hash), canonical(entry))
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


def hold(organisation_id: UUID) -> LogHead:
    """The head of a chain, held until the transaction ends: numbers given meanwhile are in the order of commits."""
    return LogHead.objects.select_for_update().get_or_create(organisation_id=organisation_id)[0]


def subject_of(row: models.Model | None) -> UUID | None:
    """The person whose file a row belongs to, where it belongs to one."""
    if row is None or not hasattr(row, "sealed_subject"):
        return None
    subject_id, organisation_id = row.sealed_subject()
    return None if subject_id == organisation_id else subject_id


def canonical(entry: LogEntry) -> bytes:
    """The bytes of an entry that its hash covers: every field but the hash."""
    fields = {
        "id": entry.id.hex,
        "organisation": entry.organisation_id.hex,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "kind": entry.kind,
        "object": [entry.object_type, entry.object_id.hex if entry.object_id else None],
        "subject": entry.subject_id.hex if entry.subject_id else None,
        "details": entry.details,
    }
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Verdict:
    """What verifying one chain found: `broken_at` is the first number that does not fit, with what is wrong."""

    organisation_id: UUID
    entries: int
    head: bytes
    broken_at: int | None = None
    problem: str = ""


def verify(organisation_id: UUID) -> Verdict:
    """Walk one chain from its first entry to its head."""
    previous, number = bytes(32), 0
    for entry in LogEntry.unguarded.filter(organisation_id=organisation_id).order_by("number").iterator(2000):
        if entry.number != number + 1:
            return Verdict(organisation_id, number, previous, number + 1, "removed")
        expected = sealing.chain(previous, canonical(entry))
        if not sealing.same(expected, bytes(entry.hash)):
            return Verdict(organisation_id, number, previous, entry.number, "changed or inserted")
        previous, number = expected, entry.number
    head = LogHead.objects.filter(organisation_id=organisation_id).first()
    at_head = (head.number, bytes(head.hash)) if head is not None else (0, bytes(32))
    if at_head != (number, previous):
        return Verdict(organisation_id, number, previous, number + 1, "removed from the end")
    return Verdict(organisation_id, number, previous)


def verify_all() -> list[Verdict]:
    """Every chain; an organisation whose whole chain vanished still has its head."""
    heads = set(LogHead.objects.values_list("organisation_id", flat=True))
    chains = set(LogEntry.unguarded.order_by().values_list("organisation_id", flat=True).distinct())
    return [verify(organisation_id) for organisation_id in sorted(heads | chains)]


# Openings ---------------------------------------------------------------------------------------------------------

MANY = 3  # more people than this at once is a list, and a list is one entry


def openings_entries(openings: Iterable[Opening], where: str) -> list[dict[str, Any]]:
    """What to append for the compartments opened by one request: one entry each, or one for a list."""
    opened = sorted(openings)
    people = {subject_id for subject_id, _compartment in opened}
    if len(people) > MANY:
        compartments = sorted({compartment for _subject, compartment in opened})
        return [{"kind": "opened.list", "details": {"at": where, "people": len(people), "compartments": compartments}}]
    return [
        {"kind": "opened.compartment", "subject_id": subject_id, "details": {"compartment": compartment, "at": where}}
        for subject_id, compartment in opened
    ]


class OpeningsBuffer:
    """Openings follow within a second, in batches, so that reading a page never waits for the disk."""

    def __init__(self, interval: float = 0.5) -> None:
        self.interval = interval
        self._waiting: list[tuple[Actor, dict[str, Any]]] = []
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, actor: Actor, entries: list[dict[str, Any]]) -> None:
        if settings.THROUGHGATE_AT_ONCE:
            self._write([(actor, entry) for entry in entries])
            return
        with self._lock:
            self._waiting += [(actor, entry) for entry in entries]
            if self._timer is None:
                self._timer = threading.Timer(self.interval, self._flush_in_background)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        with self._lock:
            waiting, self._waiting, self._timer = self._waiting, [], None
        try:
            self._write(waiting)
        except Exception:
            with self._lock:  # not lost: they go with the next batch
                self._waiting = waiting + self._waiting
            raise

    def _flush_in_background(self) -> None:
        try:
            self.flush()
        except Exception:
            logger.exception("openings could not be written")
        finally:
            close_old_connections()

    def _write(self, waiting: list[tuple[Actor, dict[str, Any]]]) -> None:
        if not waiting:
            return
        with transaction.atomic():
            for actor, entry in waiting:
                append(actor, **entry)


openings_buffer = OpeningsBuffer()
# A server that is told to stop writes what it has.
atexit.register(openings_buffer.flush)
