"""The worker: runs tasks from the queue in the database, and the schedule.

It adds what django-tasks-db leaves open: a task whose worker died is taken up again, one that fails is tried
three times, none runs for ever, and its failure is recorded without the exception's text (see `logs`).
"""

from __future__ import annotations

import fcntl
import logging
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from throughgate.site.logs import frames
from throughgate.site.schedule import AT_START, PERIODIC, Periodic

logger = logging.getLogger(__name__)

Task: TypeAlias = "DBTaskResult[Any, Any]"

POLL_SECONDS = 0.5
ATTEMPTS = 3
PAUSE = timedelta(seconds=10)  # before the second attempt; four times that before the third
TIME_LIMIT_SECONDS = 30 * 60
HOST = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:32]


class TookTooLong(Exception):
    """A task ran longer than any task may."""


class WorkerDied(Exception):
    """The worker that had the task is gone."""


def work() -> int:
    """Run tasks until told to stop; a task under way is finished first."""
    name = f"{HOST}.{get_random_string(12)}"
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    signal.signal(signal.SIGALRM, _too_long)
    with alive(name):
        for prepare in AT_START:
            prepare(name)
        clock = Clock((Periodic("tasks of dead workers", timedelta(seconds=30), reap), *PERIODIC))
        while not stopping.is_set():
            close_old_connections()
            clock.tick()
            if not run_one(name):
                stopping.wait(POLL_SECONDS)
    return 0


class Clock:
    """Runs periodic functions when they are due; all of them are due at the start."""

    def __init__(self, table: tuple[Periodic, ...]) -> None:
        self.due = dict.fromkeys(table, 0.0)

    def tick(self, now: float | None = None) -> None:
        now = time.monotonic() if now is None else now
        for periodic, due in self.due.items():
            if now >= due:
                self.due[periodic] = now + periodic.every.total_seconds()
                try:
                    periodic.run()
                except Exception:
                    logger.exception("The periodic function %s failed", periodic.name)


def run_one(name: str) -> bool:
    """Take the next task that is ready and run it. False when there was none."""
    task = claim(name)
    if task is None:
        return False
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_SECONDS)
    try:
        call(task)
    except Exception as error:
        logger.exception("Task %s failed", task.task_path)
        again_or_fail(task, error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return True


def claim(name: str) -> Task | None:
    """The next ready task, marked as ours so that no other worker runs it."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():  # so that an idle worker never asks for the write lock
        return None
    try:
        with exclusive_transaction(ready.db):
            task: Task | None = ready.get_locked()
            if task is not None:
                task.claim(name)
            return task
    except OperationalError as error:
        if is_locked_database_exception(error):
            return None
        raise


def call(row: Task) -> None:
    task = row.task
    result: Any = row.task_result  # typed for one Django version, used with two
    backend = type(task.get_backend())
    task_started.send(sender=backend, task_result=result)
    context = (TaskContext(task_result=result),) if task.takes_context else ()
    row.set_successful(task.call(*context, *result.args, **result.kwargs))
    task_finished.send(sender=backend, task_result=row.task_result)


def again_or_fail(row: Task, error: BaseException) -> None:
    """Put the task back into the queue for later, or record the failure after the last attempt."""
    attempts = len(row.worker_ids)
    if attempts < ATTEMPTS:
        row.status, row.run_after = TaskResultStatus.READY, timezone.now() + PAUSE * attempts**2
    else:
        row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = frames(error.__traceback__)
    row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong


def locks() -> Path:
    folder: Path = settings.THROUGHGATE.home / "workers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def alive(name: str) -> Iterator[None]:
    """Hold a lock in the name of this worker; the kernel lets go of it however the process ends."""
    path = locks() / name
    while True:
        file = path.open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():  # else somebody took the new file for that of a dead worker
            break
        file.close()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        file.close()


def bury(name: str) -> bool:
    """Forget the worker of that name if it is dead. False when it still runs."""
    path = locks() / name
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


def reap() -> None:
    """Take back the tasks whose worker died, and forget the worker. Those of other machines are left alone."""
    for row in DBTaskResult.objects.running():
        owner = row.worker_ids[-1]
        if owner.startswith(f"{HOST}.") and bury(owner):
            logger.warning("The worker of task %s is gone", row.task_path)
            again_or_fail(row, WorkerDied())
    for path in locks().iterdir():
        bury(path.name)
