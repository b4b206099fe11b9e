"""What the worker does by the clock. Each function may be run again at any time without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from throughgate.access import drafts, jobs
from throughgate.custody.actions import restate_due
from throughgate.site.database import refresh_statistics
from throughgate.vault import files

KEEP_FINISHED_TASKS = timedelta(days=7)


@dataclass(frozen=True)
class Periodic:
    """A function and how often it runs; its name is for the log."""

    name: str
    every: timedelta
    run: Callable[[], object]


def forget_finished_tasks() -> None:
    """A finished task tells who did what when; the log of actions is where that belongs."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED_TASKS).delete()


PERIODIC: tuple[Periodic, ...] = (
    Periodic("standings that are due", timedelta(hours=1), restate_due),
    Periodic("expired sessions", timedelta(hours=1), SessionStore.clear_expired),
    Periodic("statistics of the database", timedelta(hours=1), refresh_statistics),
    Periodic("the worker's keys", timedelta(seconds=30), jobs.worker_is_alive),
    Periodic("old drafts", timedelta(hours=1), drafts.forget_old),
    Periodic("files without a row", timedelta(days=1), files.remove_strangers),
    Periodic("finished tasks", timedelta(days=1), forget_finished_tasks),
)

# Called once in the worker's process before its first task, with the worker's name.
AT_START: tuple[Callable[[str], object], ...] = (jobs.begin_worker,)
