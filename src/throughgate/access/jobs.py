"""Long work that goes on while its member does something else, with progress that can be found again.

    @job("exchange.import", needs=Right.IMPORT, compartments=["identity"])
    def run(job: Job) -> dict: ...          # calls advance(job, done, total); returns codes and counts

    started = start("exchange.import", target_id=reading.id)

The work acts as the member who started it, with just the rings it names: they are sealed to the key pair of a worker
process, whose secret half lives in that process's memory alone. Arguments are identifiers, never content.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from throughgate.access.acting import Forbidden, acting_as, current_member
from throughgate.access.middleware import actor_of
from throughgate.access.models import Job
from throughgate.core.ids import new_id
from throughgate.vault.keyring import Keyring, RingKeys, open_keyring, unlocked
from throughgate.vault.models import Ring, WorkerKeys
from throughgate.vault.sealing import CannotOpen, KeyPair
from throughgate.vault.unlocking import open_sealed_to, seal_to

logger = logging.getLogger(__name__)

Result = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    run: Callable[[Job], Result]
    needs: str
    compartments: tuple[str, ...]


KINDS: dict[str, Kind] = {}


def job(kind: str, *, needs: str, compartments: Iterable[str] = ()) -> Callable[..., Any]:
    """Declare long work: the right that whoever starts it needs, and the rings it is given."""

    def declare(run: Callable[[Job], Result]) -> Callable[[Job], Result]:
        KINDS[kind] = Kind(run, needs, tuple(compartments))
        return run

    return declare


class NoWorker(RuntimeError):
    """No worker is running that could be given keys."""


# The worker's side ---------------------------------------------------------------------------------------------------

_worker: tuple[UUID, KeyPair] | None = None
WORKER_SILENT_AFTER = 120  # seconds


def begin_worker(_name: str = "") -> None:
    """Make this process's key pair and show its public half; the keys of dead workers are removed."""
    global _worker  # noqa: PLW0603  (the one secret of a worker process)
    pair = KeyPair.new()
    _worker = (new_id(), pair)
    WorkerKeys.objects.create(id=_worker[0], public=pair.public)


def worker_is_alive() -> None:
    """Called now and then by the worker."""
    if _worker is None:
        return
    now = timezone.now()
    if not WorkerKeys.objects.filter(id=_worker[0]).update(seen_at=now):
        WorkerKeys.objects.create(id=_worker[0], public=_worker[1].public, seen_at=now)
    WorkerKeys.objects.filter(seen_at__lt=now - timedelta(seconds=WORKER_SILENT_AFTER)).delete()


@task()
def run_job(job_id: str) -> None:
    row = Job.unguarded.select_related("member").get(id=job_id)
    if row.state in (Job.State.DONE, Job.State.FAILED):
        return
    Job.unguarded.filter(id=row.id).update(state=Job.State.RUNNING, started_at=timezone.now())
    try:
        result = _run(row)
    except CannotOpen:
        _finish(row, Job.State.FAILED, {"problem": "keys"})
    except Exception:
        logger.exception("job %s failed", row.kind)
        _finish(row, Job.State.FAILED, {"problem": "error"})
    else:
        _finish(row, Job.State.DONE, result)


def _run(row: Job) -> Result:
    kind, actor = KINDS[row.kind], actor_of(row.member)
    if actor is None or not actor.has(kind.needs):
        raise Forbidden(f"whoever started {row.kind} may no longer")
    keyring = _open_keys(row)
    with acting_as(actor), unlocked(keyring):
        try:
            return kind.run(row)
        finally:
            keyring.forget()


def _open_keys(row: Job) -> Keyring:
    if _worker is None or row.worker_id != _worker[0]:
        raise CannotOpen("the worker that was given the keys is gone")
    plain = open_sealed_to(_worker[1], bytes(row.keys_wrapped), bytes(row.keys_sealed), b"job" + row.id.bytes)
    secrets = {UUID(ring_id): bytes.fromhex(secret) for ring_id, secret in json.loads(plain).items()}
    rings = Ring.objects.filter(id__in=secrets)
    keys = {r.id: RingKeys(r.id, r.organisation_id, str(r.compartment), secrets[r.id]) for r in rings}
    return Keyring(row.member_id, keys)


def _finish(row: Job, state: str, result: Result) -> None:
    Job.unguarded.filter(id=row.id).update(
        state=state, result=result, finished_at=timezone.now(), keys_wrapped=b"", keys_sealed=b""
    )


# The member's side ---------------------------------------------------------------------------------------------------


def start(kind: str, *, target_id: UUID | None = None, options: dict[str, Any] | None = None) -> Job:
    """Queue the work and say where its progress is found. Raises `NoWorker`, `Forbidden`."""
    declared, actor = KINDS[kind], current_member()
    if not actor.has(declared.needs):
        raise Forbidden(f"{actor.name} may not start {kind}")
    alive = timezone.now() - timedelta(seconds=WORKER_SILENT_AFTER)
    worker = WorkerKeys.objects.filter(seen_at__gte=alive).order_by("-seen_at").first()
    if worker is None:
        raise NoWorker
    row = Job(
        organisation_id=actor.organisation_id, member=actor.member, kind=kind, target_id=target_id,
        options=options or {}, worker_id=worker.id,
    )  # fmt: skip
    row.keys_wrapped, row.keys_sealed = _seal_keys(row, declared, bytes(worker.public))
    row.save(force_insert=True)
    transaction.on_commit(lambda: run_job.enqueue(str(row.id)))
    return row


def _seal_keys(row: Job, declared: Kind, public: bytes) -> tuple[bytes, bytes]:
    keyring = open_keyring()
    rings = [keyring.ring(row.organisation_id, name) for name in declared.compartments] if keyring else []
    secrets = {str(keys.ring_id): keys.secret.hex() for keys in rings if keys is not None}
    return seal_to(public, json.dumps(secrets).encode(), b"job" + row.id.bytes)


_last_told: dict[UUID, float] = {}


def advance(row: Job, done: int, total: int) -> None:
    """Tell how far the work has come; writes at most twice a second."""
    now = time.monotonic()
    if done < total and now - _last_told.get(row.id, 0) < 0.5:
        return
    _last_told[row.id] = now
    Job.unguarded.filter(id=row.id).update(done=done, total=total)
