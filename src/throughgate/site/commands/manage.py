"""Django's own commands, on the opened installation where there is one."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line

from throughgate.site import opening
from throughgate.vault import installation

# These write source files, not rows.
NEED_NO_DATABASE = ("makemigrations", "makemessages", "compilemessages", "help", "check")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(options: argparse.Namespace) -> int:
    if options.words[:1] and options.words[0] not in NEED_NO_DATABASE and installation.exists(opening.config().home):
        opening.existing()
    execute_from_command_line(["throughgate manage", *options.words])
    return 0
