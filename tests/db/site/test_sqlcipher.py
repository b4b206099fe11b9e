"""The embedded database, on real files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from throughgate.site.database.sqlcipher import base
from throughgate.site.database.sqlcipher.base import DatabaseWrapper, WrongKey

KEY, OTHER_KEY = "ab" * 32, "cd" * 32
MARK = "Вымышленны"

pytestmark = pytest.mark.django_db

Open = Callable[..., DatabaseWrapper]


@pytest.fixture
def open_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens connections to one file; the last is what `snapshot` copies."""
    opened: list[Any] = []

    def open_file(key: Any = KEY, name: str = "a.db") -> DatabaseWrapper:
        engine = base.__name__.rpartition(".")[0]
        handler = ConnectionHandler({"default": {"ENGINE": engine, "NAME": tmp_path / name, "OPTIONS": {"key": key}}})
        monkeypatch.setattr(base, "connections", handler)
        opened.append(handler["default"])
        return opened[-1]

    yield open_file
    for connection in opened:
        connection.close()


def fill(connection: DatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id integer PRIMARY KEY, text text)")
        cursor.execute("INSERT INTO note (text) VALUES (%s)", [MARK])


def texts(connection: DatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT text FROM note").fetchall()]


def test_what_was_written_is_read_with_the_same_key(open_database: Open) -> None:
    fill(open_database())

    assert texts(open_database(lambda: KEY)) == [MARK]


def test_another_key_is_refused_in_plain_words(open_database: Open, capfd: pytest.CaptureFixture[str]) -> None:
    fill(open_database())

    with pytest.raises(WrongKey, match="This key does not open the database"):
        texts(open_database(OTHER_KEY))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("key", [None, "", "secret", "ab" * 31, "ab" * 32 + "\n", "zz" * 32])
def test_a_key_of_another_shape_never_reaches_the_file(open_database: Open, tmp_path: Path, key: str | None) -> None:
    with pytest.raises(ImproperlyConfigured):
        open_database(key).ensure_connection()
    assert not (tmp_path / "a.db").exists()


def test_nothing_on_disk_is_readable(open_database: Open, tmp_path: Path) -> None:
    fill(open_database())

    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert "a.db-wal" in kept
    assert not any(MARK.encode() in content or b"CREATE TABLE" in content for content in kept.values())


def test_the_files_are_the_operators_only(open_database: Open, tmp_path: Path) -> None:
    fill(open_database())

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2)],
)
def test_every_connection_keeps_the_promises(open_database: Open, pragma: str, value: object) -> None:
    with open_database().cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_both_kinds_of_placeholders_are_understood(open_database: Open) -> None:
    with open_database().cursor() as cursor:
        assert cursor.execute("SELECT %s, '100%%'", [1]).fetchone() == (1, "100%")
        assert cursor.execute("SELECT %(a)s || %(b)s", {"a": "x", "b": "y"}).fetchone() == ("xy",)


def test_many_rows_are_written_at_once(open_database: Open) -> None:
    connection = open_database()
    fill(connection)

    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO note (text) VALUES (%s)", iter([("a",), ("b",)]))

    assert texts(connection) == [MARK, "a", "b"]


def test_a_transaction_that_reads_before_it_writes_takes_the_lock_first(open_database: Open) -> None:
    first, second = open_database(), open_database()
    fill(first)
    order: list[str] = []

    def write_second() -> None:
        with second.cursor() as cursor:
            second._start_transaction_under_autocommit()
            order.append(f"second saw {len(texts(second))}")
            cursor.execute("COMMIT")
        second.close()

    first._start_transaction_under_autocommit()
    waiting = threading.Thread(target=write_second)
    second.inc_thread_sharing()
    waiting.start()
    with first.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES (%s)", ["later"])
        order.append("first wrote")
        cursor.execute("COMMIT")
    waiting.join(10)

    assert order == ["first wrote", "second saw 2"]


def test_a_snapshot_is_whole_and_has_a_key_of_its_own(open_database: Open, tmp_path: Path) -> None:
    fill(open_database())

    base.snapshot(tmp_path / "copy.db", OTHER_KEY)

    assert texts(open_database(OTHER_KEY, "copy.db")) == [MARK]
    with pytest.raises(WrongKey):
        texts(open_database(KEY, "copy.db"))


def test_a_snapshot_is_taken_while_another_writes(open_database: Open, tmp_path: Path) -> None:
    writer = open_database()
    fill(writer)
    open_database()  # the reader that is copied from
    writer._start_transaction_under_autocommit()
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES (%s)", ["not yet"])

        base.snapshot(tmp_path / "copy.db", OTHER_KEY)
        cursor.execute("COMMIT")

    assert texts(open_database(OTHER_KEY, "copy.db")) == [MARK]


def test_a_snapshot_never_replaces_a_file(open_database: Open, tmp_path: Path) -> None:
    open_database()
    (tmp_path / "copy.db").write_text("something")

    with pytest.raises(FileExistsError):
        base.snapshot(tmp_path / "copy.db", OTHER_KEY)


def test_a_file_that_is_no_database_is_refused(open_database: Open, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"nothing of the kind" * 300)

    with pytest.raises(WrongKey):
        open_database().ensure_connection()
