"""Tokens as CSV, and back.

The first line names the format, the keys and the number of records; then each row is a person or a decoy and its tokens
in base64. Rows are in no order of the list they come from.
"""

import base64
import binascii
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.tokens import COMBINATIONS, LENGTH, Tokens

FIRST_LINE = re.compile(r"# throughgate blind tokens 1, keys ([0-9a-f]{16}(?:\+[0-9a-f]{16})*)\s*")
HEADINGS = ("kind", *(combination.name for combination in COMBINATIONS))
PERSON, DECOY = "person", "decoy"
NOT_TOKENS = "{path} is no file of tokens: `throughgate blind encode` makes one."
DAMAGED = "{path} is damaged in row {row}; ask for it again."


@dataclass(frozen=True, slots=True)
class TokenFile:
    """`keys`: fingerprints of the keys that the tokens were made under, in order."""

    keys: tuple[str, ...]
    people: Sequence[Tokens]
    decoys: Sequence[Tokens]


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """Writes beside the path and then gives the file its name, so that it is there whole or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="ascii", newline="") as out:
            yield out
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_tokens(path: Path, tokens: TokenFile) -> None:
    with written(path) as out:
        out.write(f"# throughgate blind tokens 1, keys {'+'.join(tokens.keys)}\n")
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(HEADINGS)
        rows.writerows(_texts(PERSON, tokens.people))
        rows.writerows(_texts(DECOY, tokens.decoys))


def read_tokens(path: Path) -> TokenFile:
    """Raises BlindError for a file that is none, was cut off or changed."""
    found: dict[str, list[Tokens]] = {PERSON: [], DECOY: []}
    try:
        with path.open(encoding="ascii", newline="") as source:
            first = FIRST_LINE.fullmatch(source.readline())
            rows = csv.reader(source)
            if first is None or tuple(next(rows, ())) != HEADINGS:
                raise BlindError(NOT_TOKENS.format(path=path))
            for number, (kind, *cells) in enumerate(rows, start=3):
                if kind not in found or len(cells) != len(COMBINATIONS):
                    raise BlindError(DAMAGED.format(path=path, row=number))
                found[kind].append(tuple(_token(cell, path, number) for cell in cells))
    except (UnicodeDecodeError, csv.Error):
        raise BlindError(NOT_TOKENS.format(path=path)) from None
    return TokenFile(tuple(first[1].split("+")), found[PERSON], found[DECOY])


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
