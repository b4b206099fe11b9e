"""Set up a real installation.

Asks for the passphrase that opens the database at every start (or makes the key file named in
THROUGHGATE_KEY_FILE), then for the first organisation and its security officer, and shows the
recovery shares once. It has no default password and takes no demo data. Broken off in the middle,
it goes on where it stopped when it is run again.
"""

from __future__ import annotations

import argparse

from throughgate.access.models import Member
from throughgate.site import opening, setup
from throughgate.site.trouble import Trouble
from throughgate.vault import installation


def configure(parser: argparse.ArgumentParser) -> None:
    setup.configure(parser)


def run(options: argparse.Namespace) -> int:
    home = opening.config().home
    opened = opening.existing() if installation.exists(home) else opening.new()
    if opened.demo:
        raise Trouble(f"{home} holds a demo; a real installation needs a place of its own (THROUGHGATE_HOME).")
    if Member.objects.exists():
        raise Trouble(f"The installation in {home} is set up already.")
    return setup.initialise(options)
