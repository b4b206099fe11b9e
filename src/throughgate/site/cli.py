"""The ``throughgate`` command.

Every sub-command is a line in `COMMANDS` and a module with two functions::

    def configure(parser: argparse.ArgumentParser) -> None: ...   # adds arguments; may be left out
    def run(options: argparse.Namespace) -> int: ...              # 0 when all went well

The module's docstring is what ``--help`` prints, so it is written for an operator. It is imported
after Django is ready, so it may import models at its top. Unless its line says ``opens=False``, the
installation has been opened (its key is held) and its database is up to date before ``run``. A room's
commands live in ``<room>/commands/<name>.py``. What an operator can mend is raised as `Trouble` (or
`InstallationError`, `ConfigError`, `WrongKey`): its text is printed without a traceback, and the exit
code is 1. So is what the machine refuses: a file that is missing or may not be written, a full disk.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

from throughgate.site import opening, trouble
from throughgate.site.config import ConfigError
from throughgate.vault.installation import InstallationError


@dataclass(frozen=True)
class Command:
    """One line of ``throughgate --help``; ``hidden`` ones work but are not listed."""

    name: str
    module: str
    help: str
    opens: bool = True
    hidden: bool = False


COMMANDS = (
    Command("serve", "throughgate.site.commands.serve", "Start Throughgate and print its address.", opens=False),
    Command(
        "init", "throughgate.site.commands.init", "Set up a real installation: first organisation, keys.", opens=False
    ),
    Command("demo", "throughgate.site.commands.demo", "Set up a demo with an invented coalition.", opens=False),
    Command("import", "throughgate.exchange.commands.import_list", "Read a list of prisoners from a file."),
    Command("link", "throughgate.site.commands.link", "Find the same people in several lists.", opens=False),
    Command("blind", "throughgate.site.commands.blind", "Count people in lists that nobody shows.", opens=False),
    Command("estimate", "throughgate.site.commands.estimate", "Say how many persons nobody listed.", opens=False),
    Command(
        "survival",
        "throughgate.site.commands.survival",
        "How long until return to custody, and what else becomes of people.",
        opens=False,
    ),
    Command("protect", "throughgate.site.commands.protect", "Make a table that betrays nobody.", opens=False),
    Command("backup", "throughgate.site.commands.backup", "Write everything into one encrypted file."),
    Command("restore", "throughgate.site.commands.restore", "Bring a backup back into an empty place.", opens=False),
    Command("log verify", "throughgate.access.commands.log_verify", "Prove that the log was not changed."),
    Command("check", "throughgate.site.commands.check", "Say what is not safe about this installation."),
    Command("manage", "throughgate.site.commands.manage", "Django's own commands.", opens=False, hidden=True),
)
MENDABLE = (trouble.Trouble, InstallationError, ConfigError, ImproperlyConfigured, OperationalError, OSError)
NO_DRIVER = (
    "THROUGHGATE_DATABASE_URL names a PostgreSQL server, and its driver is not installed. "
    'Run: pip install "psycopg[binary]>=3.2"'
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command; what it returns is the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        return 0
    command = find(words)
    if command is None:
        print(f"There is no command `throughgate {words[0]}`.\n\n{overview()}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.site.settings")
    try:
        return run(command, words[len(command.name.split()) :])
    except MENDABLE as error:
        print(f"throughgate {command.name}: {told(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def told(error: Exception) -> str:
    """What an operator reads of *error*."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if isinstance(error, ImproperlyConfigured) and "Error loading psycopg" in str(error):
        return NO_DRIVER
    return str(error)


def run(command: Command, arguments: list[str]) -> int:
    django.setup()
    module = import_module(command.module)
    options = parser(command, module).parse_args(arguments)
    if command.opens:
        opening.existing()
    outcome: int = module.run(options)
    return outcome


def find(words: Sequence[str]) -> Command | None:
    """The command whose name the words begin with."""
    for command in COMMANDS:
        name = command.name.split()
        if list(words[: len(name)]) == name:
            return command
    return None


def parser(command: Command, module: ModuleType) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=f"throughgate {command.name}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    configure = getattr(module, "configure", None)
    if configure is not None:
        configure(made)
    return made


def overview() -> str:
    """What ``throughgate --help`` prints."""
    listed = [command for command in COMMANDS if not command.hidden]
    width = max(len(command.name) for command in listed)
    lines = [f"  {command.name:{width}}  {command.help}" for command in listed]
    return "\n".join(
        [
            "usage: throughgate COMMAND [options]",
            "",
            *lines,
            "",
            "`throughgate COMMAND --help` tells more. Settings are environment variables: see docs/SETTINGS.md.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
