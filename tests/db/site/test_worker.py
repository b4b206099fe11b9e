"""What becomes of a task."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.db.site import jobs
from throughgate.site import schedule, worker
from throughgate.site.schedule import Periodic

NAME = f"{worker.HOST}.me"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, worker._too_long)
    jobs.seen.clear()
    yield
    signal.signal(signal.SIGALRM, before)


def row() -> DBTaskResult:
    return DBTaskResult.objects.get()


def make_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_task_runs_once_and_its_answer_is_kept() -> None:
    jobs.remember.enqueue("a")

    assert worker.run_one(NAME)
    assert not worker.run_one(NAME)
    assert jobs.seen == ["a"]
    assert (row().status, row().return_value) == ("SUCCESSFUL", "a")


def test_a_task_may_ask_for_its_context() -> None:
    jobs.who.enqueue()

    worker.run_one(NAME)

    assert row().return_value == NAME


def test_a_task_that_fails_is_tried_three_times_with_growing_pauses() -> None:
    jobs.fail.enqueue("x")

    pauses = []
    for _ in range(2):
        assert worker.run_one(NAME)
        assert row().status == "READY"
        pauses.append(row().run_after - timezone.now())
        assert not worker.run_one(NAME)  # not before the pause is over
        make_due()
    assert worker.run_one(NAME)

    assert row().status == "FAILED"
    assert worker.PAUSE - timedelta(seconds=5) < pauses[0] < worker.PAUSE < pauses[1]


def test_a_failure_keeps_no_text_that_may_hold_a_name(caplog: pytest.LogCaptureFixture) -> None:
    jobs.fail.enqueue("Вымышленны")

    worker.run_one(NAME)

    assert row().exception_class_path == "builtins.ValueError"
    assert "in fail" in row().traceback
    assert "Вымышленны" not in row().traceback
    assert not any("Вымышленны" in record.getMessage() for record in caplog.records)


def test_a_task_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TIME_LIMIT_SECONDS", 0.1)
    jobs.never_ends.enqueue()

    worker.run_one(NAME)

    assert row().exception_class_path.endswith("TookTooLong")


def claimed_by(name: str) -> None:
    jobs.remember.enqueue("a")
    assert worker.claim(name) is not None


def test_the_task_of_a_dead_worker_is_taken_up_again() -> None:
    claimed_by(f"{worker.HOST}.dead")

    worker.reap()

    assert row().status == "READY"


def test_the_task_of_a_living_worker_is_left_alone() -> None:
    with worker.alive(f"{worker.HOST}.living"):
        claimed_by(f"{worker.HOST}.living")

        worker.reap()

        assert row().status == "RUNNING"


def test_the_task_of_a_worker_on_another_machine_is_left_alone() -> None:
    claimed_by("another-machine.worker")

    worker.reap()

    assert row().status == "RUNNING"


def test_a_task_that_keeps_killing_its_worker_is_given_up() -> None:
    jobs.remember.enqueue("a")
    for _ in range(worker.ATTEMPTS):
        make_due()
        assert worker.claim(f"{worker.HOST}.dead") is not None
        worker.reap()

    assert row().status == "FAILED"


def test_a_worker_that_is_gone_leaves_no_file() -> None:
    with worker.alive("short"):
        assert (worker.locks() / "short").exists()

    assert list(worker.locks().iterdir()) == []


def test_the_clock_runs_what_is_due_and_survives_a_failure() -> None:
    ran: list[str] = []

    def broken() -> None:
        ran.append("broken")
        raise OSError

    table = (
        Periodic("broken", timedelta(seconds=10), broken),
        Periodic("often", timedelta(seconds=10), lambda: ran.append("often")),
        Periodic("seldom", timedelta(hours=1), lambda: ran.append("seldom")),
    )
    clock = worker.Clock(table)
    for now in (100.0, 105.0, 110.0):
        clock.tick(now)

    assert ran == ["broken", "often", "seldom", "broken", "often"]


def test_finished_tasks_are_forgotten_after_a_week() -> None:
    for _ in range(2):
        jobs.remember.enqueue("a")
        worker.run_one(NAME)
    old = DBTaskResult.objects.all()[0]
    old.finished_at = timezone.now() - schedule.KEEP_FINISHED_TASKS
    old.save(update_fields=["finished_at"])

    schedule.forget_finished_tasks()

    assert DBTaskResult.objects.count() == 1
