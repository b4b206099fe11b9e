"""Canaries: known marks go in through the real forms, and are then looked for everywhere they must not be."""

from __future__ import annotations

import base64
import io
import json
import logging
import os
import re
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyotp
import pytest
from django.apps import apps
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from tests.cast import PASSPHRASE, House, an_organisation
from tests.security.filling import Filling
from tests.security.marks import STEMS, Marks, found_in
from throughgate.access import jobs
from throughgate.access.models import Amendment, Draft, Job
from throughgate.core import sealing
from throughgate.core.names import index
from throughgate.exchange.models import Reading
from throughgate.people import naming
from throughgate.site import database, worker
from throughgate.site.backups import making
from throughgate.vault import files, installation, parcels
from throughgate.vault.fields import Locked, sealed_fields

POSTGRES = os.environ.get("THROUGHGATE_TEST_DATABASE") == "postgres"
# A backup sees what is written for good.
pytestmark = pytest.mark.django_db(transaction=True)

# Sealed fields that no form fills with words, and what stands in them instead.
NO_WORDS: dict[str, Callable[[Any], bool]] = {
    "people.file.secret": lambda value: str(value).startswith("AGE-SECRET-KEY-"),
    "exchange.reading.secret": lambda value: str(value).startswith("AGE-SECRET-KEY-"),
    "people.person.birth_date": lambda value: str(value) == "1937-03-28",
    "people.person.sealed_categories": lambda value: isinstance(value, list) and len(value) == 1,
    # Not compressed here (see `life`), so that letters would be found if they were kept in the clear.
    "people.namesheet.index": lambda value: any(stem.encode() in value for stem in STEMS),
    "exchange.reading.mapping": lambda value: isinstance(value, dict) and "name" in value.values(),
}
OPEN_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


@dataclass
class Seen:
    """What left the server, and what was written outside of the database."""

    answers: list[tuple[str, Any]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    watching: bool = False


@dataclass
class Life:
    """Everything typed in, and everything that was seen on the way."""

    house: House
    marks: Marks
    filling: Filling
    seen: Seen
    home: Path
    secrets: list[str]
    received: set[str] = field(default_factory=set)
    dumps: dict[str, bytes] = field(default_factory=dict)


_seen: list[Seen] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _seen and _seen[-1].watching:
        path, _mode, flags = arguments
        if isinstance(path, str | bytes | Path) and (flags or 0) & OPEN_FOR_WRITING:
            _seen[-1].opened.append(os.fsdecode(path))


sys.addaudithook(_watch)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    held = installation.installation_key()
    installation.create_with_key(tmp_path / "home", held)
    url = "postgres://gate@/gate" if POSTGRES else ""
    settings.THROUGHGATE = replace(live.THROUGHGATE, home=tmp_path / "home", database_url=url)
    yield tmp_path / "home"
    installation.hold(held)


@pytest.fixture
def life(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """One organisation in which every form was filled in by its coordinator."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(jobs, "_worker", None)
    monkeypatch.setattr(naming, "SHEET_FROM", 1)
    plain = SimpleNamespace(compress=lambda data, level: data, decompress=lambda data: data)
    monkeypatch.setattr(index, "zlib", plain)
    marks, seen = Marks(), Seen()
    _seen.append(seen)
    house = an_organisation("Прыклад", "coordinator", "case_worker")
    made = Life(house, marks, Filling(house, marks, work), seen, home, [PASSPHRASE, "1937-03-28", "28.03.1937"])
    _record(made.filling.browser, seen)
    jobs.begin_worker()
    seen.watching = True
    _live(made)
    seen.watching = False
    yield made
    _seen.remove(seen)


def work() -> list[str]:
    """The worker takes from its queue what waits there."""
    while worker.run_one("tests"):
        pass
    return [Job.unguarded.latest("created_at").state]


def _live(life: Life) -> None:
    filling = life.filling
    life.secrets += [f'"{code}"' for code in filling.endangering()]
    filling.everything()
    life.secrets.append(_second_factor(filling.browser))
    reading = filling.bring_list()
    life.received |= received(life.house)
    life.dumps["before the import"] = raw_database()
    filling.import_list(reading)
    assert Reading.unguarded.get().stored is None, "the file of a list goes when the list is in"
    naming.held_names._held.clear()  # as after everybody left: the next page makes the index anew, and keeps it
    filling.browser.get("/people/?sort=name")
    life.received |= received(life.house)
    _interrupted(filling)
    life.dumps["after all"] = raw_database()


def _second_factor(browser: Any) -> str:
    page = browser.get("/account/second-factor/")
    secret: str = page.context["form"]["secret"].value()
    answer = browser.post("/account/second-factor/", {"secret": secret, "one_time_code": pyotp.TOTP(secret).now()})
    assert answer.status_code < 400
    return secret


def _interrupted(filling: Filling) -> None:
    """The session locks while something is being written."""
    form = filling.form_at(f"/people/{filling.ref}/names/new/")
    filling.browser.post("/lock/")
    answer = filling.browser.post(f"/people/{filling.ref}/names/new/", form.answers(filling.words("draft")))
    assert answer["Location"].startswith("/unlock/?next=")
    assert Draft.unguarded.count() == 1


def _record(browser: Any, seen: Seen) -> None:
    ask = browser.request

    def request(**given: Any) -> Any:
        answer = ask(**given)
        seen.answers.append((given.get("PATH_INFO", "") + "?" + given.get("QUERY_STRING", ""), answer))
        return answer

    browser.request = request


def received(house: House) -> set[str]:
    """The sealed fields that hold a mark now, or what stands in the place of one."""
    found = set()
    with house.coordinator.at_work():
        for model in apps.get_models():
            for one in sealed_fields(model):
                name = f"{model._meta.label_lower}.{one.name}"
                holds = NO_WORDS.get(name, lambda value: any(stem in str(value) for stem in STEMS))
                values = [getattr(row, one.name) for row in model.unguarded.all()]  # type: ignore[attr-defined]
                assert not any(isinstance(value, Locked) for value in values), f"{name} is closed to the coordinator"
                found |= {name} if any(value is not None and holds(value) for value in values) else set()
    return found


def raw_database() -> bytes:
    """Every value of every table as the database gives it, and what is packed inside of sessions."""
    values: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            values += [_bytes(value) for row in cursor.fetchall() for value in row if value is not None]
    values += [json.dumps(session.get_decoded(), ensure_ascii=False).encode() for session in Session.objects.all()]
    return b"\n".join(values)


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode()


def crawl(browser: Any, start: str = "/") -> dict[str, Any]:
    """Every page that links lead to, once for each path."""
    waiting, asked = [start], {}
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        if path in asked or path.startswith(("/static/", "/help/")):
            continue
        answer = asked[path] = browser.get(address)
        if answer.status_code == 302:
            waiting.append(urljoin(address, answer["Location"]))
        elif answer["Content-Type"].startswith("text/html"):
            waiting += [urljoin(address, found) for found in re.findall(r'href="([^"#]+)"', answer.content.decode())]
    return asked


def test_marks_are_found_in_the_forms_they_take() -> None:
    mark = Marks()("anything")
    for kept in (
        mark.encode(), mark.encode("utf-16"), mark.upper().encode(), mark.encode().hex().encode(),
        json.dumps({"a": mark}).encode(), b"eHh4" + base64.b64encode(b"{" + mark.encode() + b"}"),
    ):  # fmt: skip
        assert found_in("there", kept)
    assert not found_in("there", b"nothing at all")


def test_what_is_typed_is_nowhere_to_be_read(
    life: Life, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    everything_was_filled(life)
    nothing_in_the_database(life)
    nothing_in_files(life, tmp_path)
    nothing_in_a_backup(life, tmp_path)
    nothing_around_pages(life)
    printed = capfd.readouterr()
    said = "\n".join([caplog.text, *(repr(vars(one)) for one in caplog.records), printed.out, printed.err])
    assert found_in("logs and terminal", said.encode(), life.secrets) == []


def everything_was_filled(life: Life) -> None:
    sealed = {f"{model._meta.label_lower}.{one.name}" for model in apps.get_models() for one in sealed_fields(model)}
    assert sealed - life.received == set(), "no form was seen to fill these: fill them in, or say why not"
    assert set(NO_WORDS) <= sealed


def nothing_in_the_database(life: Life) -> None:
    assert Amendment.unguarded.exclude(was_sealed=None).exists(), "corrected values are looked at too"
    assert DBTaskResult.objects.exists(), "so is the queue"
    for when, content in life.dumps.items():
        assert b"member:" in content, "the log is in it"
        assert found_in(f"database {when}", content, life.secrets) == []


def nothing_in_files(life: Life, tmp_path: Path) -> None:
    kept = [path for path in files.folder().glob("*/*") if path.is_file()]
    assert len(kept) >= 2, "a letter and a photograph"
    for path in [*tmp_path.rglob("*"), *Path(tempfile.gettempdir()).rglob("*")]:
        assert found_in("a file's name", str(path).encode()) == []
        if path.is_file():
            assert found_in(path.name, path.read_bytes(), life.secrets) == []
    allowed = (str(files.folder()), os.devnull, str(life.home / "workers"))
    strange = [path for path in life.seen.opened if not path.startswith(allowed) and not path.endswith(".pyc")]
    assert strange == [], "nothing is ever written but sealed files"
    assert list(Path(tempfile.gettempdir()).iterdir()) == []


def nothing_in_a_backup(life: Life, tmp_path: Path) -> None:
    secret, recipient = parcels.new_identity()
    made = making.make(tmp_path / "all.age", parcels.Lock(recipients=(recipient,)))
    assert found_in("backup", made.path.read_bytes(), life.secrets) == []
    inside = io.BytesIO()
    with made.path.open("rb") as source:
        sealing.open_stream(source, inside, secret)
    assert found_in("inside of the backup", inside.getvalue(), life.secrets) == []
    with tarfile.open(fileobj=io.BytesIO(inside.getvalue())) as archive:
        names = archive.getnames()
    assert len(names) >= 4
    if not POSTGRES:
        assert b"people_person" not in inside.getvalue()
        assert b"SQLite format 3" not in inside.getvalue()


def nothing_around_pages(life: Life) -> None:
    browser = life.filling.browser
    browser.post("/unlock/", {"passphrase": PASSPHRASE})
    pages = crawl(browser)
    shown = b"".join(answer.content for answer in pages.values() if answer.status_code == 200)
    assert len(pages) > 60
    assert all(stem.encode() in shown for stem in STEMS), "the crawler does read what is sealed"
    for address, answer in life.seen.answers:
        _around(address, answer)
    exports_hold_references_and_no_names(browser, pages)


def _around(address: str, answer: Any) -> None:
    said = [address]
    for name, value in answer.headers.items():
        # A download is given its name, to whoever may open it, and is never cached.
        if name != "Content-Disposition" or not re.search(r"/files/[0-9a-f-]+/", address):
            said.append(f"{name}: {value}")
    if answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        titles = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        assert len(titles) == (1 if page else 0)
        said += [*titles, *re.findall(r'(?:href|src|action)="([^"]*)"', page)]
    assert found_in(f"around {address}", "\n".join(said).encode()) == []


def exports_hold_references_and_no_names(browser: Any, pages: dict[str, Any]) -> None:
    taken = []
    for path, answer in pages.items():
        if answer.status_code == 200 and b"export=csv" in answer.content:
            for kind in ("csv", "xlsx"):
                exported = browser.get(f"{path}?export={kind}")
                assert exported.status_code == 200, path
                content = exported.content if kind == "csv" else _unzipped(exported.content)
                assert found_in(f"{path} as {kind}", content) == []
                taken.append(path)
    assert {"/people/", "/cases/"} <= set(taken)


def _unzipped(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        return b"\n".join(parcel.read(name) for name in parcel.namelist())


@pytest.mark.skipif(POSTGRES, reason="the embedded database alone is a file")
def test_the_database_file_and_its_journal_are_noise(life: Life, tmp_path: Path) -> None:
    path = tmp_path / "at-rest.db"
    connections.databases["at_rest"] = {**connections["default"].settings_dict, **database.embedded(path)}
    made = connections.create_connection("at_rest")
    made.alias = "default"  # the tests let no other be asked
    try:
        made.ensure_connection()
        connections["default"].connection.backup(made.connection)
        with made.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("UPDATE access_organisation SET name = %s", [f"{STEMS[0]} {STEMS[1]}"])
        lying = {end: Path(f"{path}{end}").read_bytes() for end in ("", "-wal", "-shm")}
    finally:
        made.close()
        del connections.databases["at_rest"]

    assert len(lying[""]) > 200_000
    assert len(lying["-wal"]) > 4096, "what was just written lies in the journal"
    for end, content in lying.items():
        assert found_in(f"database{end}", content, life.secrets) == []
        for word in (b"SQLite format 3", b"people_person", b"CREATE TABLE", b"django_migrations"):
            assert word not in content, f"{word!r} in database{end}"
    assert oct(path.stat().st_mode & 0o777) == "0o600"
