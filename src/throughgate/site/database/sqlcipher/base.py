"""Django's SQLite backend on the ``sqlcipher3`` module, with the key as the first statement."""

from __future__ import annotations

import datetime
import decimal
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.utils import OperationalError
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 - the name Django's backends use

RAW_KEY = re.compile(r"[0-9a-fA-F]{64}\Z")
NOT_A_DATABASE = "file is not a database"

# Applied to every connection, in this order, after the key. `synchronous = FULL` because a write
# that was acknowledged must survive a power cut, not only a killed process (NORMAL keeps just the
# second promise in WAL mode). `secure_delete` because erasing a key must erase it: a freed page
# still opens with the database key. `temp_store` because temporary files are not encrypted.
DURABILITY = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    # Of decrypted pages, in KiB, for each thread: what a list of many people reads again and again.
    "PRAGMA cache_size = -4000",
)

# Converters and adapters belong to a module, so what Django registered on the standard library's
# module is registered again on this one.
for _name, _parse in (
    ("date", parse_date),
    ("time", parse_time),
    ("datetime", parse_datetime),
    ("timestamp", parse_datetime),
):
    Database.register_converter(_name, sqlite.decoder(_parse))
Database.register_converter("bool", b"1".__eq__)
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, sqlite.adapt_date)
Database.register_adapter(datetime.datetime, sqlite.adapt_datetime)


class WrongKey(OperationalError):
    """The file exists, but the key given is not the one it was made with."""


class Cursor(Database.Cursor):  # type: ignore[misc] # the extension module has no types
    """SQLCipher's cursor, which knows ``?`` and ``:name``, taking Django's ``%s`` and ``%(name)s``."""

    def execute(self, query: str, params: Any = None) -> Cursor:
        if params is None:
            return super().execute(query)  # type: ignore[no-any-return]
        return super().execute(placeholders(query, params), params)  # type: ignore[no-any-return]

    def executemany(self, query: str, param_list: Iterable[Any]) -> Cursor:
        rows = list(param_list)
        query = placeholders(query, rows[0] if rows else ())
        return super().executemany(query, rows)  # type: ignore[no-any-return]


def placeholders(query: str, params: Any) -> str:
    """``query`` with the placeholders SQLite understands; a doubled ``%`` becomes a single one."""
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    return sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """A connection that is opened with a key before anything else is said on it."""

    display_name = "SQLCipher"
    Database = Database
    # Set by Django's `get_connection_params`; its stubs do not know them.
    transaction_mode: str | None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        """Arguments for ``connect``, ``key`` among them.

        Raises:
            ImproperlyConfigured: no key is configured, or it is not 64 hexadecimal digits.
        """
        params: dict[str, Any] = super().get_connection_params()
        params["key"] = raw_key(params.get("key"))
        # Two writers that both began by reading cannot both go on; asking for the write lock
        # first makes the second wait instead of fail.
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        params.setdefault("timeout", 20)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        params = dict(conn_params)
        key = params.pop("key")
        if not self.is_in_memory_db():
            keep_private(Path(str(params["database"])))
        connection = open_with_key(key, **params)
        register_functions(connection)
        for statement in (*DURABILITY, *self.init_commands):
            connection.execute(statement)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)  # type: ignore[no-any-return]


def raw_key(value: str | Callable[[], str] | None) -> str:
    """The 64 hexadecimal digits that ``OPTIONS["key"]`` says or returns."""
    key = value() if callable(value) else value
    if not key or not RAW_KEY.match(key):
        raise ImproperlyConfigured("The database key must be 64 hexadecimal digits.")
    return key


def open_with_key(key: str, **params: Any) -> Any:
    """A raw connection on which ``key`` was proved by reading the first page.

    Raises:
        WrongKey: the key does not open the file, or the file is not a database.
    """
    connection = Database.connect(**params)
    # Before the key, so that the library does not print about a wrong one on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except Database.DatabaseError as error:
        connection.close()
        if NOT_A_DATABASE in str(error):
            raise WrongKey("This key does not open the database.") from None
        raise
    return connection


def keep_private(path: Path) -> None:
    """Make the file, readable by its owner only, before SQLite would make it by the umask.

    The journal beside it takes the same mode from it.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def snapshot(path: Path, key: str, *, using: str = "default") -> None:
    """Write a consistent copy of the database to ``path``, encrypted under ``key``.

    ``key`` is 64 hexadecimal digits and may differ from the one in use. The copy is made in one
    step of SQLite's backup interface: others go on reading and writing meanwhile.

    Raises:
        FileExistsError: there is something at ``path`` already.
        TypeError: the database ``using`` names is not an embedded one.
    """
    source = connections[using]
    if not isinstance(source, DatabaseWrapper):
        raise TypeError("Only the embedded database is copied this way.")
    if path.exists():
        raise FileExistsError(path)
    keep_private(path)
    source.ensure_connection()
    target = open_with_key(raw_key(key), database=str(path))
    try:
        source.connection.backup(target)
    finally:
        target.close()
