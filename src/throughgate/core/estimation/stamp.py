"""What makes the same bits again: the input's hash, the version, the seed and the settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from throughgate.core.estimation.tables import Table

Settings = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Stamp:
    """`input`: SHA-256 of the tables, the same in whatever order their lists and rows came."""

    input: str
    version: str
    seed: int
    settings: Settings

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def stamp(tables: Iterable[tuple[str, Table]], *, version: str, seed: int, settings: Settings) -> Stamp:
    """Of tables with their names (strata, linkages; "" for the only one), in the order in which they were used."""
    content = [[name, *_content(table)] for name, table in tables]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Stamp(hashlib.sha256(text.encode()).hexdigest(), version, seed, dict(sorted(settings.items())))


def _content(table: Table) -> tuple[list[str], dict[str, int]]:
    same = table.canonical()
    return list(same.lists), same.cells()
