"""Tokens as CSV, and back.

The first line names the format and the keys; then each row is a person or a decoy and its tokens in base64; the last
line holds the sum of all before it, so that a file that lost some rows on its way is not counted. Rows are in no order
of the list they come from.
"""

import base64
import binascii
import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.tokens import COMBINATIONS, LENGTH, Tokens
from throughgate.core.linkage.files import written

FIRST_LINE = re.compile(r"# throughgate blind tokens 1, keys ([0-9a-f]{16}(?:\+[0-9a-f]{16})*)\s*")
HEADINGS = ("kind", *(combination.name for combination in COMBINATIONS))
PERSON, DECOY = "person", "decoy"
NOT_TOKENS = "{path} is no file of tokens: `throughgate blind encode` makes one."
DAMAGED = "{path} is damaged in row {row}; ask for it again."
NOT_WHOLE = "{path} is not whole, or was changed on its way; ask for it again."
END = "# end "


@dataclass(frozen=True, slots=True)
class TokenFile:
    """`keys`: fingerprints of the keys that the tokens were made under, in order."""

    keys: tuple[str, ...]
    people: Sequence[Tokens]
    decoys: Sequence[Tokens]


def write_tokens(path: Path, tokens: TokenFile) -> None:
    with written(path, "ascii") as out:
        summed = _Summed(out)
        summed.write(f"# throughgate blind tokens 1, keys {'+'.join(tokens.keys)}\n")
        rows = csv.writer(summed, lineterminator="\n")
        rows.writerow(HEADINGS)
        rows.writerows(_texts(PERSON, tokens.people))
        rows.writerows(_texts(DECOY, tokens.decoys))
        out.write(f"{END}{summed.digest}\n")


class _Summed:
    """Writes on, and adds up what it wrote."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._sum = out, hashlib.sha256()

    def write(self, text: str) -> int:
        self._sum.update(text.encode("ascii"))
        return self._out.write(text)

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def read_tokens(path: Path) -> TokenFile:
    """Raises BlindError for a file that is none, was cut off or changed."""
    found: dict[str, list[Tokens]] = {PERSON: [], DECOY: []}
    try:
        with path.open(encoding="ascii", newline="") as source:
            first_line = source.readline()
            first = FIRST_LINE.fullmatch(first_line)
            rows = csv.reader(_after(first_line, source, path))
            if first is None or tuple(next(rows, ())) != HEADINGS:
                raise BlindError(NOT_TOKENS.format(path=path))
            for number, (kind, *cells) in enumerate(rows, start=3):
                if kind not in found or len(cells) != len(COMBINATIONS):
                    raise BlindError(DAMAGED.format(path=path, row=number))
                found[kind].append(tuple(_token(cell, path, number) for cell in cells))
    except (UnicodeDecodeError, csv.Error):
        raise BlindError(NOT_TOKENS.format(path=path)) from None
    return TokenFile(tuple(first[1].split("+")), found[PERSON], found[DECOY])


def _after(first_line: str, source: TextIO, path: Path) -> Iterator[str]:
    """The lines between the first and the last; raises BlindError where that is missing, or is not their sum."""
    summed = hashlib.sha256(first_line.encode("ascii"))
    for line in source:
        if line.startswith(END):
            if line.strip() != END + summed.hexdigest() or source.readline():
                raise BlindError(NOT_WHOLE.format(path=path))
            return
        summed.update(line.encode("ascii"))
        yield line
    raise BlindError(NOT_WHOLE.format(path=path))


def _texts(kind: str, rows: Iterable[Tokens]) -> Iterable[list[str]]:
    for row in rows:
        yield [kind, *(base64.urlsafe_b64encode(token).decode().rstrip("=") for token in row)]


def _token(cell: str, path: Path, row: int) -> bytes:
    try:
        token = base64.urlsafe_b64decode(cell + "==") if cell else b""
    except binascii.Error:
        token = b"?"
    if len(token) not in (0, LENGTH):
        raise BlindError(DAMAGED.format(path=path, row=row))
    return token
