"""What is written: each file whole or not at all."""

import csv
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from throughgate.core.linkage.errors import LinkageError


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Writes another file beside and then renames it. Raises LinkageError; then nothing was changed."""
    beside = path.with_name(f".{path.name}.part")
    try:
        write(beside)
        beside.replace(path)
    except OSError as error:
        raise LinkageError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    def write(beside: Path) -> None:
        with beside.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows([_disarmed(cell) for cell in row] for row in rows)

    whole(path, write)


def _disarmed(cell: str) -> str:
    """A spreadsheet program must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
