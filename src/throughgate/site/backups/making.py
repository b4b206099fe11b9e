"""Writing a backup while others go on working."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from throughgate.access import log
from throughgate.access.acting import System
from throughgate.kit.context import product_version
from throughgate.site import opening
from throughgate.site.backups import DATABASE, FILES, FORMAT, MANIFEST, tables
from throughgate.site.database.sqlcipher.base import open_with_key, snapshot
from throughgate.site.trouble import Trouble
from throughgate.vault import files, installation, parcels
from throughgate.vault.parcels import Lock, Writer


@dataclass(frozen=True)
class Made:
    """What a backup holds."""

    path: Path
    size: int
    files: int
    missing: int


def make(target: Path, lock: Lock) -> Made:
    """Write everything into one file, read it back, and say what is in it.

    Raises `Trouble`, `parcels.ParcelError`, FileExistsError.
    """
    filling = _Filling()
    fill = filling.embedded if opening.config().embedded else filling.postgres
    parcels.write(target, lock, fill)
    made = Made(target, target.stat().st_size, filling.files, filling.missing)
    log.append(System("backup"), "site.backup", details={"files": made.files, "bytes": made.size})
    return made


class _Filling:
    def __init__(self) -> None:
        self.files = self.missing = 0

    def embedded(self, writer: Writer) -> None:
        """The copy is encrypted under a key of its own, which lies nowhere but inside the backup."""
        key = os.urandom(32).hex()
        with _copy(key) as copy:
            writer.add(MANIFEST, _manifest("embedded", database_key=key))
            writer.add_file(DATABASE, copy)
        self._add_files(writer)

    def postgres(self, writer: Writer) -> None:
        with tables.one_moment() as raw:
            found = tables.shapes(raw)
            kept = {"migrations": tables.migrations(raw), "tables": {one.name: one.columns for one in found}}
            writer.add(MANIFEST, _manifest("postgres", **kept))
            tables.dump(writer, raw, found)
        self._add_files(writer)

    def _add_files(self, writer: Writer) -> None:
        """After the database: a file it knows was complete before its row was. One destroyed meanwhile is left out."""
        for path in sorted(files.folder().glob("??/*")):
            if path.name.startswith("unfinished-"):
                continue
            try:
                writer.add_file(f"{FILES}{path.parent.name}/{path.name}", path)
                self.files += 1
            except FileNotFoundError:
                self.missing += 1


def _manifest(engine: str, **more: Any) -> bytes:
    about = {
        "format": FORMAT,
        "version": product_version(),
        "made_at": timezone.now().isoformat(),
        "engine": engine,
        "demo": installation.read(opening.config().home).demo,
        **more,
    }
    return json.dumps(about).encode()


@contextmanager
def _copy(key: str) -> Iterator[Path]:
    """A copy of the embedded database, checked, for as long as the block runs."""
    path = opening.config().home / f"backup-{os.urandom(8).hex()}.db"
    try:
        snapshot(path, key)
        check(path, key)
        yield path
    finally:
        path.unlink(missing_ok=True)


def check(path: Path, key: str) -> None:
    """Raises `Trouble` when a copy of the embedded database is not sound."""
    raw = open_with_key(key, database=str(path))
    try:
        broken = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        sound = raw.execute("PRAGMA quick_check").fetchall()
    finally:
        raw.close()
    if broken or sound != [("ok",)]:
        raise Trouble("The copy of the database is damaged; the backup was not made.")
