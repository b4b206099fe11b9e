"""Data with known answers."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from throughgate.core.survival.persons import Floats, Persons

DATA = Path(__file__).resolve().parents[3] / "data" / "survival"
EVENTS = ("death", "exile", "return_political")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def column(name: str, heading: str) -> Floats:
    return np.array([float(row[heading]) for row in rows(name)])


def columns(name: str, headings: list[str]) -> Floats:
    return np.column_stack([column(name, heading) for heading in headings])


def rossi() -> Persons:
    return Persons.coded(column("rossi", "week"), column("rossi", "arrest"), ("arrest",))


def north_carolina() -> Persons:
    return Persons.coded(column("north_carolina", "durat"), 1 - column("north_carolina", "cens"), ("return",))


def invented(*, entry: bool = False, weight: bool = False) -> Persons:
    return Persons.of(
        column("invented", "time"), [row["event"] for row in rows("invented")],
        entry=column("invented", "entry") if entry else None, weight=column("invented", "weight") if weight else None,
    )  # fmt: skip


def groups(persons: Persons | None = None) -> list[Persons]:
    of = np.array([row["group"] for row in rows("invented")])
    return [(persons or invented()).where(of == name) for name in "abc"]


ROW = st.tuples(
    st.integers(0, 12), st.integers(0, 3), st.sampled_from([-np.inf, 0.0, 1.0, 2.0]), st.sampled_from([0.5, 1.0, 2.25])
)
PEOPLE = st.lists(ROW, min_size=1, max_size=40)


def people(drawn: list[tuple[int, int, float, float]], *, weights: bool = True, late: bool = True) -> Persons:
    time, event, entry, weight = (np.array(part) for part in zip(*drawn, strict=True))
    return Persons.coded(
        time, event, EVENTS, entry=np.where(entry < time, entry, -np.inf) if late else None,
        weight=weight if weights else None,
    )  # fmt: skip
