"""Say what is not safe about this installation.

Goes through what the security design asks of the machine, the settings and the database, and through
Django's own deployment checks. Each finding says what to do. The exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from throughgate.site import opening
from throughgate.site.config import Config
from throughgate.vault import installation

# Findings of Django that our design answers in another way.
ANSWERED = {
    "security.W004",  # HSTS is set where the origin is https; on loopback there is no TLS to insist on
    "security.W002",  # our own middleware sends frame-ancestors with every page
    "security.W008",  # nothing listens on plain http but loopback or the proxy's own connection
    "security.W019",  # X-Frame-Options is DENY, and the policy says frame-ancestors 'none'
}
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SAFE_TLS = ("require", "verify-ca", "verify-full")


def run(options: argparse.Namespace) -> int:
    chosen = opening.config()
    found = [*of_django(), *of_settings(chosen), *of_files(chosen), *of_database(chosen)]
    for finding in found:
        print(f"- {finding}")
    print(f"{len(found)} to mend." if found else "Nothing to mend was found.")
    return 1 if found else 0


def of_django() -> Iterator[str]:
    """Django's checks, those for deployment included."""
    for message in checks.run_checks(include_deployment_checks=True):
        if message.id not in ANSWERED and message.level >= checks.WARNING:
            yield f"{message.id}: {message.msg}"


def of_settings(chosen: Config) -> Iterator[str]:
    """What the operator set."""
    if settings.DEBUG:
        yield "DEBUG is on: error pages show what they should not."
    if installation.read(chosen.home).demo:
        yield "This is a demo: its key lies beside its database. Never put a real person into it."
    if chosen.origin and not chosen.origin.startswith("https://"):
        yield "THROUGHGATE_ORIGIN is not https: passphrases would cross the network in the clear."
    if chosen.host not in LOOPBACK and not chosen.origin:
        yield "THROUGHGATE_HOST listens to the network without TLS: put a proxy in front and set THROUGHGATE_ORIGIN."


def of_files(chosen: Config) -> Iterator[str]:
    """Who on this machine may read what is kept."""
    if chosen.home.stat().st_mode & 0o077:
        yield f"Others on this machine may look into {chosen.home}. Run: chmod 700 {chosen.home}"
    for path in sorted(chosen.home.rglob("*")):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and mode & 0o077:
            yield f"Others on this machine may read {path}. Run: chmod 600 {path}"
    if chosen.key_file is not None and same_disk(chosen.key_file, chosen.home):
        yield f"The key file {chosen.key_file} is on the disk it protects. Keep it on another one."


def same_disk(one: Path, other: Path) -> bool:
    return os.stat(one).st_dev == os.stat(other).st_dev  # noqa: PTH116 (the device is what is asked)


def of_database(chosen: Config) -> Iterator[str]:
    """What PostgreSQL must be told from outside; the embedded database brings its own encryption."""
    if chosen.embedded:
        return
    if not chosen.volume_encrypted:
        yield (
            "PostgreSQL does not encrypt its files. Keep them on an encrypted volume, then say so: "
            "THROUGHGATE_VOLUME_ENCRYPTED=yes"
        )
    if not over_local_socket() and connection.settings_dict["OPTIONS"].get("sslmode") not in SAFE_TLS:
        yield "The connection to PostgreSQL is not encrypted. Add ?sslmode=verify-full to THROUGHGATE_DATABASE_URL."
    if is_superuser():
        yield (
            "The database role is a superuser: a slip in one query would be one in the whole server. "
            "Make a role of its own that owns just this database."
        )


def over_local_socket() -> bool:
    host = connection.settings_dict["HOST"]
    return not host or host.startswith("/")


def is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        )
        row = cursor.fetchone()
    return bool(row and row[0])
