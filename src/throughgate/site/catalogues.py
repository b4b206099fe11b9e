"""Compiles every translation catalogue of the package: ``python -m throughgate.site.catalogues``.

Compiled catalogues are not kept in the repository; a clone and a wheel make them. No system package is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).parents[1]


def catalogues(package: Path = PACKAGE) -> Iterator[Path]:
    """Every ``.po`` file under ``package``."""
    yield from sorted(package.rglob("locale/*/LC_MESSAGES/*.po"))


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Compile what changed since it was compiled last; the files written."""
    written = []
    for source in catalogues(package):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
    sys.exit(0)
