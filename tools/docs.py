"""Writes the tables in docs/ that are made from the sources: ``make docs``. A house test says when one is old.

A table stands between ``<!-- made: NAME -->`` and ``<!-- end -->``; the words around it are written by hand.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def settings_table() -> str:
    from throughgate.site import config  # noqa: PLC0415 (Django is made ready in `main`, or by the test that asks)

    return config.table()


def sealed_fields_table() -> str:
    """Every sealed field there is, by model, with the compartment that opens it."""
    from django.apps import apps  # noqa: PLC0415 (likewise)

    from throughgate.vault.fields import sealed_fields  # noqa: PLC0415 (likewise)

    rows = [
        f"| {model._meta.label} | `{field.name}` | {field.compartment} |"
        for model in sorted(apps.get_models(), key=lambda model: model._meta.label)
        for field in sealed_fields(model)
    ]
    return "\n".join(["| model | sealed field | compartment |", "| --- | --- | --- |", *rows, ""])


def commands_table() -> str:
    from throughgate.site.cli import COMMANDS  # noqa: PLC0415 (likewise)

    rows = [f"| `throughgate {command.name}` | {command.help} |" for command in COMMANDS if not command.hidden]
    return "\n".join(["| command | what it does |", "| --- | --- |", *rows, ""])


# Which block of which page is made by what.
TABLES: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("docs/SETTINGS.md", "settings", settings_table),
    ("docs/SETTINGS.md", "commands", commands_table),
    ("docs/THREAT_MODEL.md", "sealed fields", sealed_fields_table),
)


def with_table(page: str, name: str, table: str) -> str:
    """``page`` with the block ``name`` replaced.

    Raises:
        ValueError: the page has no such block.
    """
    block = re.compile(rf"(<!-- made: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not block.search(page):
        raise ValueError(f"there is no block for {name!r}")
    return block.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", page)


def pages() -> dict[Path, str]:
    """What every page with a made table should be."""
    made: dict[Path, str] = {}
    for file, name, table in TABLES:
        path = ROOT / file
        made[path] = with_table(made.get(path) or path.read_text(encoding="utf-8"), name, table())
    return made


def main() -> int:
    import django  # noqa: PLC0415 (only the script makes Django ready)

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
