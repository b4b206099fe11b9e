"""Set up a real installation.

Asks for the passphrase that opens the database at every start (or makes the key file named in
THROUGHGATE_KEY_FILE), then for the first organisation and its security officer, and shows the
recovery shares once. It has no default password and takes no demo data.
"""

from __future__ import annotations

import argparse

from throughgate.site import opening


def configure(parser: argparse.ArgumentParser) -> None:
    opening.room("setup").configure(parser)


def run(options: argparse.Namespace) -> int:
    opening.new()
    outcome: int = opening.room("setup").initialise(options)
    return outcome
