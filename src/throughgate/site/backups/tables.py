"""The tables of PostgreSQL as a backup keeps them: PostgreSQL's own text form of COPY, in parts.

Nothing here imports PostgreSQL's driver, which an installation with the embedded database does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from throughgate.site.backups import TABLES
from throughgate.site.trouble import Trouble
from throughgate.vault.parcels import Writer

PART_BYTES = 4 * 1024 * 1024
# Who is signed in and what is queued belongs to the running server, not to what is kept.
FLEETING = ("django_session", "django_tasks_db_dbtaskresult", "vault_workerkeys")


@dataclass(frozen=True)
class Shape:
    """A table and its columns, by name, so that their order in the other database does not matter."""

    name: str
    columns: tuple[str, ...]


@contextmanager
def one_moment() -> Iterator[Any]:
    """A connection of its own that sees the database as it is now, whatever others write meanwhile."""
    here: Any = connection
    driver = here.Database
    raw = driver.connect(**{**here.get_connection_params(), "cursor_factory": driver.Cursor, "context": None})
    try:
        raw.isolation_level = driver.IsolationLevel.REPEATABLE_READ
        raw.read_only = True
        raw.execute("SET LOCAL statement_timeout = 0")
        yield raw
    finally:
        raw.close()


def shapes(raw: Any) -> list[Shape]:
    found: dict[str, list[str]] = {}
    asked = raw.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
        "AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
    )
    for table, column in asked.fetchall():
        found.setdefault(table, []).append(column)
    return [Shape(name, tuple(columns)) for name, columns in found.items() if name not in FLEETING]


def migrations(raw: Any) -> list[tuple[str, str]]:
    return [(app, name) for app, name in raw.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]


def _quoted(*names: str) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def dump(writer: Writer, raw: Any, found: Sequence[Shape]) -> None:
    for shape in found:
        statement = f"COPY {_quoted(shape.name)} ({_quoted(*shape.columns)}) TO STDOUT"
        number, held = 0, bytearray()
        with raw.cursor().copy(statement) as copy:
            for data in copy:
                held += data
                if len(held) >= PART_BYTES:
                    writer.add(f"{TABLES}{shape.name}/{number:06d}", bytes(held))
                    number, held = number + 1, bytearray()
        writer.add(f"{TABLES}{shape.name}/{number:06d}", bytes(held))


def refuse_unless_empty() -> None:
    """Raises `Trouble` where the database holds anything."""
    if connection.introspection.table_names():
        raise Trouble("The database named in THROUGHGATE_DATABASE_URL is not empty. Restore into a new one.")


class Loader:
    """Puts tables back, all of them or none."""

    def __init__(self, kept: Sequence[Sequence[str]], found: Sequence[Shape]) -> None:
        self.shapes = {shape.name: shape for shape in found}
        executor = MigrationExecutor(connection)
        known = executor.loader.graph.nodes
        unknown = [f"{app}.{name}" for app, name in kept if (app, name) not in known]
        if unknown:
            raise Trouble(f"The backup is of a newer version of Throughgate than this one (it has {unknown[0]}).")
        # The tables as they were when the backup was made; what came later is applied to the rows.
        executor.migrate([(app, name) for app, name in kept])
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations")

    def take(self, table: str, part: Any) -> None:
        shape = self.shapes[table]
        statement = f"COPY {_quoted(table)} ({_quoted(*shape.columns)}) FROM STDIN"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            with cursor.copy(statement) as copy:
                while data := part.read(1024 * 1024):
                    copy.write(data)

    def finish(self) -> None:
        """All parts are in: numbers go on where they were, and later versions' tables are made."""
        models = connection.introspection.installed_models(list(self.shapes))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
                cursor.execute(statement)
        self._atomic.__exit__(None, None, None)
        call_command("migrate", verbosity=0, interactive=False)

    def give_up(self) -> None:
        """Leave an empty database behind."""
        failed = Trouble("not restored")
        self._atomic.__exit__(type(failed), failed, None)
        with connection.cursor() as cursor:
            for name in connection.introspection.table_names():
                cursor.execute(f"DROP TABLE IF EXISTS {_quoted(name)} CASCADE")
