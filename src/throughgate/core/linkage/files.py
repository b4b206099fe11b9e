"""What is written: each file whole or not at all."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from throughgate.core.linkage.errors import LinkageError


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Says before the work what would be found out after it. Raises LinkageError where a file cannot be written, or
    would take the place of one that is read, or of another that is written."""
    taken = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in taken:
            raise LinkageError(f"{path} is named twice: what is written needs a file of its own.")
        taken.add(path.resolve())
        _check_place(path)


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise LinkageError(f"{path} cannot be written: there is no folder {path.parent}.")
    if path.exists() and not path.is_file():  # a folder or, worse, a device that a file would take the place of
        raise LinkageError(f"{path} cannot be written: something else than a file has this name.")
    if not os.access(path.parent, os.W_OK):
        raise LinkageError(f"{path} cannot be written: nothing may be written into {path.parent}.")


@contextmanager
def written(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Writes another file beside and then renames it. Raises LinkageError; then nothing was changed."""
    _check_place(path)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding=encoding, newline="") as stream:
            yield stream
        beside.replace(path)
    except OSError as error:
        raise LinkageError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with written(path, "utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows([disarmed(cell) for cell in row] for row in rows)


def disarmed(cell: str) -> str:
    """A spreadsheet program must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
