"""Bring a backup back into an empty place.

    throughgate restore next.age --identity backup-key.txt --into FOLDER

FOLDER (the folder of the settings, when left out) must be empty or missing, and so must be the PostgreSQL database
where the settings name one. The installation gets a new passphrase, which is asked for, or a key file (--key-file,
made where it is missing). Nothing is there unless all of it was read and is whole.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from throughgate.site import opening
from throughgate.site.backups import restoring
from throughgate.site.trouble import Trouble
from throughgate.vault import installation, parcels
from throughgate.vault.parcels import Key


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the key file that opens it")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="its passphrase, in the first line of FILE"
    )
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="where to restore to (THROUGHGATE_HOME)")
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help="open the restored installation with this key file"
    )


def run(options: argparse.Namespace) -> int:
    os.umask(0o077)
    home = (options.into or opening.config().home).absolute()
    key_file = options.key_file or opening.config().key_file
    if not options.file.is_file():
        raise Trouble(f"There is no file {options.file}.")
    try:
        restoring.restore(options.file, _key(options), home, lambda folder: _new_key(folder, key_file))
    except parcels.ParcelError as error:
        raise Trouble(f"{error} Nothing was restored.") from error
    print(f"Restored into {home}; every part is whole. Members sign in with the passphrases they had.")
    opened = f" THROUGHGATE_KEY_FILE={key_file.absolute()}" if key_file else ""
    print(f"Start it with: THROUGHGATE_HOME={home}{opened} throughgate serve")
    return 0


def _key(options: argparse.Namespace) -> Key:
    if options.identity:
        lines = options.identity.read_text(encoding="utf-8").splitlines()
        secrets = [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-1")]
        if not secrets:
            raise Trouble(f"{options.identity} holds no age key (a line that begins with AGE-SECRET-KEY-1).")
        return Key(identity=secrets[0])
    if options.passphrase_file:
        return Key(passphrase=options.passphrase_file.read_text(encoding="utf-8").partition("\n")[0])
    if not parcels.needs_passphrase(options.file):
        raise Trouble("This backup is opened by a key file: give --identity FILE.")
    if not sys.stdin.isatty():
        raise Trouble("Nobody can be asked for the passphrase here: give --passphrase-file FILE.")
    return Key(passphrase=getpass.getpass("Passphrase of the backup: "))


def _new_key(folder: Path, key_file: Path | None) -> bytes:
    """The record and the key of the restored installation."""
    if key_file is None:
        return installation.create_with_passphrase(folder, opening.ask_twice())
    if not key_file.exists():
        installation.write_key_file(key_file, os.urandom(32))
    return installation.create_with_key(folder, installation.read_key_file(key_file))
