"""Rows of a list that seem to be about somebody who is known. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from throughgate.core.lookalikes import LIKELY, Known, between, births, closest, likelihood
from throughgate.people.lookalikes import everybody

# Names as alike as two spellings of one are, and the same day of birth.
SURE = 1.2


class Match(NamedTuple):
    """The person a row is most like. `sure`: nobody else comes near; `others`: how many are like it, too."""

    person_id: UUID
    sure: bool
    others: int


def matches(rows: Mapping[int, Known]) -> dict[int, Match]:
    """{row: whom it seems to be about}, for those that are like somebody."""
    people = {person_id.bytes: known for person_id, known in everybody().items()} if rows else {}
    keyed = {number.to_bytes(4): known for number, known in rows.items()}
    found: dict[bytes, list[tuple[float, bytes]]] = {}
    for row, person in between(keyed, people):
        score = likelihood(keyed[row], people[person])
        if score >= LIKELY:
            found.setdefault(row, []).append((score, person))
    return {int.from_bytes(row): _best(keyed[row], people, scored) for row, scored in found.items()}


def _best(row: Known, people: Mapping[bytes, Known], scored: list[tuple[float, bytes]]) -> Match:
    scored.sort(key=lambda one: (-one[0], one[1]))
    best, person = scored[0]
    alone = len(scored) == 1 or scored[1][0] < SURE
    return Match(UUID(bytes=person), alone and best >= SURE and _surely(row, people[person]), len(scored) - 1)


def _surely(row: Known, person: Known) -> bool:
    """The day of birth agrees, and nothing in the names differs."""
    reasons = closest(row.names, person.names).reasons
    return births(row.born, person.born) == "same_day" and not any(one.code.endswith("_differs") for one in reasons)
