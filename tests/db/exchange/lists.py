"""Lists of invented people as bytes, and a worker that does at once what it is given."""

from __future__ import annotations

import io
from typing import Any

import pytest

from throughgate.access import jobs
from throughgate.access.models import Job
from throughgate.core.lists.invent import invent_rows, write_csv, write_ods, write_xlsx
from throughgate.exchange import actions, work
from throughgate.exchange.models import Reading

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "ods": write_ods}


def a_list(count: int = 40, *, layout: Any = "machine", kind: str = "csv", edition: int = 1, **options: Any) -> bytes:
    out = io.BytesIO()
    WRITERS[kind](invent_rows(count, 7, layout, edition=edition), out, **options)
    return out.getvalue()


def csv_of(*rows: str) -> bytes:
    return "\n".join(("id;name;birthday;arrested;articles;penalty;verdict_date;prison;health", *rows)).encode()


def checked(data: bytes, *, file_name: str = "list.csv", **chosen: Any) -> Reading:
    """Uploaded, its columns taken as proposed, and gone through dry."""
    reading = actions.upload(data, file_name=file_name)
    chosen = {"mapping": reading.mapping, "script": reading.script, "previous": reading.previous, **chosen}
    actions.choose_columns(reading, **chosen)
    actions.start_check(reading, queue=False)
    return work.check(reading)


def imported(data: bytes, *, although_smaller: bool = False, **chosen: Any) -> Reading:
    reading = checked(data, **chosen)
    actions.start_import(reading, although_smaller=although_smaller, queue=False)
    return work.carry_out(reading)


def undone(reading: Reading) -> Reading:
    actions.start_undo(reading, queue=False)
    return work.undo(reading)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """Does every job that waits; nothing is queued, as nothing is committed."""
    monkeypatch.setattr(jobs, "_worker", None)
    jobs.begin_worker()

    def run_waiting() -> list[str]:
        waiting = list(Job.unguarded.filter(state=Job.State.WAITING).order_by("id"))
        for row in waiting:
            jobs.run_job.func(str(row.id))
        return [Job.unguarded.get(id=row.id).state for row in waiting]

    return run_waiting
