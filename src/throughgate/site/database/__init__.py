"""The two databases there are, as Django's `DATABASES` wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from throughgate.vault import installation

# A statement that runs longer than a minute is a fault; so is waiting that long for a lock.
POSTGRES_LIMITS = "-c statement_timeout=60000 -c lock_timeout=20000"


def embedded(path: Path | str) -> dict[str, Any]:
    """The encrypted file at ``path`` (or ``":memory:"``), opened by the installation's own key."""
    return {
        "ENGINE": "throughgate.site.database.sqlcipher",
        "NAME": path,
        "OPTIONS": {"key": installation.database_key},
        "CONN_MAX_AGE": None,  # opening costs the key set-up; the file is ours alone
    }


def postgres(url: str) -> dict[str, Any]:
    """The server that a ``postgres://user:password@host:port/name?sslmode=...`` address names.

    A folder as ``host`` in the query means a local socket.

    Raises:
        ImproperlyConfigured: the address is of another kind or names no database.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured("The database address must look like postgres://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": {"options": POSTGRES_LIMITS, **options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def refresh_statistics() -> None:
    """Let the embedded database look how many rows there are of what, and so which index to use; a second at most.

    PostgreSQL does that by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("PRAGMA optimize = 0x10002")  # of every table that changed much, not only those just used
