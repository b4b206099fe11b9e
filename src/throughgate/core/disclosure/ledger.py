"""The ledger: every release ever made, one line each, in a file that only grows.

It holds exact counts and the prints of cells, but no person: keep it as secret as the lists themselves. Each line is
sealed by HMAC-SHA256 over the line and the seal before it, so that a line that was changed, moved or taken out from
between others is found, and so is a wrong key. What a seal cannot show is that the last lines were cut off.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from throughgate.core.disclosure.cells import with_margins
from throughgate.core.disclosure.dimensions import Axis
from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.keys import check_key, seal
from throughgate.core.disclosure.release import Release
from throughgate.core.disclosure.rules import Rules

_FORMAT = 1
_ARRAYS = ("shown", "low", "high", "anchors", "telling")


def start(path: Path, key: bytes, rules: Rules) -> None:
    """Writes a ledger without releases. Raises DisclosureError where there is a file already."""
    check_key(key)
    head = json.dumps({"format": _FORMAT, "rules": _rules(rules)}, sort_keys=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(f"{seal(head.encode(), '', key)} {head}\n")
    except FileExistsError as error:
        raise DisclosureError(f"{path} exists already: a ledger is never overwritten.") from error
    except OSError as error:
        raise DisclosureError(f"{path} cannot be written: {error.strerror}.") from error


def read(path: Path, key: bytes, rules: Rules) -> list[Release]:
    """The releases of a ledger, oldest first.

    Raises DisclosureError where it cannot be read, was changed, is under another key, or was kept by other rules.
    """
    check_key(key)
    lines = _sealed_lines(path, key)
    try:
        head = json.loads(lines[0])
        if head["format"] != _FORMAT:
            raise DisclosureError(f"{path} is a ledger of format {head['format']}; this version reads {_FORMAT}.")
        kept = head["rules"]
        releases = [_release(json.loads(line)) for line in lines[1:]]
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, DisclosureError):
            raise
        raise DisclosureError(f"{path} is no ledger that this version can read.") from error
    for name, value in _rules(rules).items():
        if kept.get(name) != value:
            raise DisclosureError(
                f"{path} is kept with {name} {kept.get(name)}, not {value}: one ledger has one set of rules, "
                "because a cell has one value in every release."
            )
    return releases


def append(path: Path, release: Release, key: bytes, *, after: int) -> None:
    """Adds a line to a ledger of *after* releases, those that the release was checked against.

    Raises DisclosureError where the file cannot be read or written, or has grown meanwhile; then nothing was added.
    """
    lines = _lines(path)
    if len(lines) != 1 + after:
        raise DisclosureError(f"{path} has another number of releases than this table was checked against: try again.")
    line = json.dumps(_line(release), sort_keys=True, ensure_ascii=False)
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{seal(line.encode(), lines[-1][:64], key)} {line}\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise DisclosureError(f"{path} cannot be written: {error.strerror}.") from error


def _rules(rules: Rules) -> dict[str, Any]:
    return {"threshold": rules.threshold, "organisations": rules.organisations, "add_up": rules.add_up}


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DisclosureError(
            f"There is no ledger {path}: a new one is started once, before the first release."
        ) from error
    except OSError as error:
        raise DisclosureError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DisclosureError(f"{path} is no ledger: it is no text.") from error
    if not text.endswith("\n"):
        raise DisclosureError(f"{path} is no ledger, or its last line was cut off.")
    return text.split("\n")[:-1]


def _sealed_lines(path: Path, key: bytes) -> list[str]:
    before, found = "", []
    for number, line in enumerate(_lines(path), start=1):
        given, _, text = line.partition(" ")
        if not hmac.compare_digest(given.encode(), seal(text.encode(), before, key).encode()):
            why = "this is another key, or no ledger" if number == 1 else "it was changed, or lines before it are gone"
            raise DisclosureError(f"{path}, line {number}: the seal does not fit; {why}.")
        before = given
        found.append(text)
    return found


def _line(release: Release) -> dict[str, Any]:
    inner = (slice(-1),) * len(release.axes)
    return {
        "name": release.name,
        "axes": [
            {"name": axis.name, "level": axis.level, "labels": axis.labels, "coarser": list(axis.coarser.items())}
            for axis in release.axes
        ],
        "counts": release.counts[inner].ravel().tolist(),
        "prints": release.prints[inner].ravel().tolist(),
        **{name: getattr(release, name).astype(int).ravel().tolist() for name in _ARRAYS},
    }


def _release(line: dict[str, Any]) -> Release:
    axes = tuple(
        Axis(
            axis["name"], axis["level"], tuple(axis["labels"]),
            {level: tuple(labels) for level, labels in axis["coarser"]},
        )
        for axis in line["axes"]
    )  # fmt: skip
    inner: Sequence[int] = [len(axis.labels) for axis in axes]
    outer = [size + 1 for size in inner]
    arrays = {name: np.array(line[name], dtype=np.int64).reshape(outer) for name in _ARRAYS}
    arrays["telling"] = arrays["telling"].astype(bool)
    counts = with_margins(np.array(line["counts"], dtype=np.int64).reshape(inner))
    prints = with_margins(np.array(line["prints"], dtype=np.uint64).reshape(inner))
    return Release(name=line["name"], axes=axes, counts=counts, prints=prints, **arrays)
