"""Making and opening the installation that the settings point at."""

from __future__ import annotations

import getpass
import os
import sys

from django.conf import settings
from django.core.management import call_command
from zxcvbn import zxcvbn

from throughgate.site.config import Config
from throughgate.site.database import refresh_statistics
from throughgate.site.trouble import Trouble
from throughgate.vault import installation
from throughgate.vault.installation import Installation

GOOD_ENOUGH = 3  # of zxcvbn's 0 to 4: "safely unguessable", at least 10^8 guesses


def config() -> Config:
    """The operator's settings."""
    chosen: Config = settings.THROUGHGATE
    return chosen


def existing() -> Installation:
    """Open the installation, asking for its passphrase where there is a terminal, and update its database.

    Raises:
        InstallationError: there is none, or no key, or the wrong one.
    """
    os.umask(0o077)  # what is written from here on is for the operator alone
    chosen = config()
    ask = _ask if sys.stdin.isatty() else None
    opened = installation.unlock(chosen.home, key_file=chosen.key_file, ask=ask)
    update_database()
    return opened


def demo() -> Installation:
    """Open the demo, making it first where there is nothing.

    Raises:
        Trouble: what is there is a real installation, which takes no invented people.
    """
    home = config().home
    if not installation.exists(home):
        _refuse_a_lone_database()
        installation.create_demo(home)
    if not installation.read(home).demo:
        raise Trouble(f"{home} holds a real installation; a demo needs a place of its own (THROUGHGATE_HOME).")
    return existing()


def new() -> Installation:
    """Make a real installation, opened by a passphrase that is asked for, or by the key file of the settings.

    Raises:
        Trouble: there is something already, nobody can be asked, or the passphrase is weak.
    """
    chosen = config()
    if installation.exists(chosen.home):
        raise Trouble(f"There is an installation in {chosen.home} already.")
    _refuse_a_lone_database()
    if chosen.key_file is not None:
        made = not chosen.key_file.exists()
        key = os.urandom(32) if made else installation.read_key_file(chosen.key_file)
        if made:
            installation.write_key_file(chosen.key_file, key)
        installation.hold(installation.create_with_key(chosen.home, key))
    else:
        installation.hold(installation.create_with_passphrase(chosen.home, ask_twice()))
    update_database()
    return installation.read(chosen.home)


def update_database() -> None:
    """Bring the tables to what this version needs."""
    call_command("migrate", verbosity=0, interactive=False)
    refresh_statistics()


def _refuse_a_lone_database() -> None:
    chosen = config()
    if chosen.embedded and chosen.database_file.exists():
        raise Trouble(
            f"{chosen.database_file} is there, but {installation.RECORD} beside it is not: without it nothing opens "
            "the database. Put it back from a backup, or move the database away."
        )


def _ask() -> str:
    return getpass.getpass("Passphrase of the installation: ")


def ask_twice() -> str:
    """A new passphrase of the installation, typed twice. Raises `Trouble` for a weak one, or with nobody to ask."""
    if not sys.stdin.isatty():
        raise Trouble("A passphrase must be chosen, and there is no terminal. Name a key file in THROUGHGATE_KEY_FILE.")
    print("Choose the passphrase of the installation. It is asked for at every start; nobody can recover it.")
    passphrase = getpass.getpass("Passphrase: ")
    if zxcvbn(passphrase[:72])["score"] < GOOD_ENOUGH:
        raise Trouble("This passphrase is too easy to guess. Five or six unrelated words are good.")
    if getpass.getpass("The same once more: ") != passphrase:
        raise Trouble("The two are not the same. Nothing was made.")
    return passphrase
