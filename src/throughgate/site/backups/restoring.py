"""Bringing a backup back into an empty place, under a new key."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from throughgate.site import opening
from throughgate.site.backups import DATABASE, FILES, FORMAT, MANIFEST, tables
from throughgate.site.backups.making import check
from throughgate.site.database.sqlcipher.base import keep_private, open_with_key
from throughgate.site.trouble import Trouble
from throughgate.vault import installation, parcels
from throughgate.vault.installation import Installation
from throughgate.vault.parcels import Key

_FILE = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{30}\1)\Z")
_TABLE = re.compile(r"database/tables/([a-z0-9_]+)/\d{6}\Z")

# Given the empty folder: makes the record of a new installation in it and returns its key.
NewKey = Callable[[Path], bytes]


def restore(source: Path, key: Key, home: Path, new_key: NewKey) -> Installation:
    """Restore into *home*, which must be empty or missing; nothing is there unless all of it is.

    Raises `Trouble`, `parcels.ParcelError`.
    """
    if home.exists() and any(home.iterdir()):
        raise Trouble(f"{home} is not empty. Restore into an empty place.")
    taking = _Taking(
        home.with_name(f"{home.name}.restoring-{uuid.uuid4().hex[:8]}"), embedded=opening.config().embedded
    )
    try:
        parcels.read(source, key, taking.take)
        taking.put_together(new_key)
        if home.exists():
            home.rmdir()
        taking.folder.rename(home)
    except BaseException:
        taking.give_up()
        raise
    return installation.read(home)


class _Taking:
    """Takes the parts of a backup in their order."""

    def __init__(self, folder: Path, *, embedded: bool) -> None:
        self.folder, self.embedded = folder, embedded
        self.about: dict[str, Any] = {}
        self.loader: tables.Loader | None = None
        folder.mkdir(mode=0o700, parents=True)

    def take(self, name: str, part: Any) -> None:
        if name == MANIFEST:
            self._begin(json.loads(part.read()))
        elif name == DATABASE:
            self._store(self.folder / "copy.db", part)
        elif (found := _TABLE.match(name)) and self.loader is not None:
            self.loader.take(found[1], part)
        elif found := _FILE.match(name):
            path = self.folder / FILES / found[1] / found[2]
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store(path, part)
        else:
            raise Trouble("The backup holds a part that this version does not know.")

    def _begin(self, about: dict[str, Any]) -> None:
        if about.get("format") != FORMAT:
            raise Trouble("The backup is of a version of Throughgate that this one does not read.")
        self.about = about
        if about["engine"] == "embedded" and not self.embedded:
            raise Trouble(
                "The backup is of an embedded database and cannot be restored into PostgreSQL. "
                "Leave THROUGHGATE_DATABASE_URL empty."
            )
        if about["engine"] == "postgres":
            if self.embedded:
                raise Trouble(
                    "The backup is of a PostgreSQL database and cannot be restored into the embedded one. "
                    "Name an empty PostgreSQL database in THROUGHGATE_DATABASE_URL."
                )
            tables.refuse_unless_empty()
            found = [tables.Shape(name, tuple(columns)) for name, columns in about["tables"].items()]
            self.loader = tables.Loader(about["migrations"], found)

    def _store(self, path: Path, part: Any) -> None:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(part, out)
            out.flush()
            os.fsync(out.fileno())

    def put_together(self, new_key: NewKey) -> None:
        """The record of the installation is written last: without it nothing takes the folder for one."""
        if not self.about:
            raise Trouble("The backup says not what it holds.")
        if self.loader is not None:
            self.loader.finish()
            self.loader = None
            installation.hold(new_key(self.folder))
            return
        key = self.about["database_key"]
        check(self.folder / "copy.db", key)
        staging = self.folder / "key"
        staging.mkdir(mode=0o700)
        installation.hold(new_key(staging))
        self._re_key(key, installation.database_key())
        for path in staging.iterdir():
            path.rename(self.folder / path.name)
        staging.rmdir()

    def _re_key(self, old: str, new: str) -> None:
        copy, path = self.folder / "copy.db", self.folder / opening.config().database_file.name
        keep_private(path)
        source, target = open_with_key(old, database=str(copy)), open_with_key(new, database=str(path))
        try:
            source.backup(target)
            there = {row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for name in tables.FLEETING:
                if name in there:
                    target.execute(f'DELETE FROM "{name}"')  # noqa: S608 (our own constant)
            target.commit()
        finally:
            source.close()
            target.close()
        check(path, new)
        copy.unlink()

    def give_up(self) -> None:
        if self.loader is not None:
            self.loader.give_up()
        shutil.rmtree(self.folder, ignore_errors=True)
