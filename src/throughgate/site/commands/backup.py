"""Write everything into one encrypted file, while the server goes on working.

The file holds the database, the sealed files and what opens them again, sealed with age. Seal it to a key:

    throughgate backup --new-key backup-key.txt first.age     once; keep the key file on another machine
    throughgate backup --recipient age1... next.age           from then on; the key file is not needed here

or, up to 256 MiB, with a passphrase, which is asked for or read from a file. Before the file gets its name it is
read back whole and every part is compared with its sum. The names, stories and files inside stay sealed to the
members all the same: a backup opens the installation, not the compartments.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from zxcvbn import zxcvbn

from throughgate.site.backups import making
from throughgate.site.opening import GOOD_ENOUGH
from throughgate.site.trouble import Trouble
from throughgate.vault import parcels
from throughgate.vault.parcels import Lock


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to write it; must not exist yet")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--recipient", action="append", default=[], metavar="AGE1...", help="the key it is sealed to; may be repeated"
    )
    how.add_argument(
        "--new-key", type=Path, metavar="FILE", help="make a key, write its secret half to FILE, seal to it"
    )
    how.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="seal with the passphrase in the first line of FILE"
    )


def run(options: argparse.Namespace) -> int:
    try:
        made = making.make(options.file.absolute(), _lock(options))
    except FileExistsError:
        raise Trouble(f"{options.file} exists already; a backup never replaces a file.") from None
    except parcels.ParcelError as error:
        raise Trouble(str(error)) from error
    print(f"{made.path}: {made.size / 1024**2:.1f} MiB, {made.files} sealed files. It was read back and is whole.")
    if made.missing:
        print(f"{made.missing} files were destroyed by members while it was written, and are not in it.")
    return 0


def _lock(options: argparse.Namespace) -> Lock:
    if options.recipient:
        return Lock(recipients=tuple(options.recipient))
    if options.new_key:
        return Lock(recipients=(_new_key(options.new_key),))
    return Lock(passphrase=_passphrase(options.passphrase_file))


def _new_key(path: Path) -> str:
    secret, recipient = parcels.new_identity()
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Trouble(f"{path} exists already; a key is never overwritten.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(f"# public key: {recipient}\n{secret}\n")
    print(f"The key is in {path}: whoever has it opens the backup, without it nobody does.")
    print("Keep it on another machine, on two disks. From now on: --recipient", recipient)
    return recipient


def _passphrase(path: Path | None) -> str:
    if path is not None:
        given = path.read_text(encoding="utf-8").partition("\n")[0]
    elif sys.stdin.isatty():
        given = getpass.getpass("Passphrase of the backup: ")
        if getpass.getpass("The same once more: ") != given:
            raise Trouble("The two are not the same. Nothing was written.")
    else:
        raise Trouble("Nobody can be asked for a passphrase here: give --recipient, --new-key or --passphrase-file.")
    if zxcvbn(given[:72])["score"] < GOOD_ENOUGH:
        raise Trouble("This passphrase is too easy to guess. Five or six unrelated words are good.")
    return given
