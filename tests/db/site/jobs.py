"""Tasks that the tests of the worker put into the queue."""

from __future__ import annotations

import time
from typing import Any

from django_tasks import task

seen: list[str] = []


@task()
def remember(word: str) -> str:
    seen.append(word)
    return word


@task()
def fail(name: str) -> None:
    raise ValueError(f"{name} cannot be read")


@task(takes_context=True)
def who(context: Any) -> str:
    return str(context.task_result.worker_ids[-1])


@task()
def never_ends() -> None:
    while True:
        time.sleep(0.01)
