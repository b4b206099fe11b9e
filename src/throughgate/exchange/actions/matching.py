"""What is decided about rows that seem to be about somebody known: nothing is taken together unasked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, note
from throughgate.exchange.matching import Match
from throughgate.exchange.models import Decision, Reading, RowMatch, State
from throughgate.exchange.rights import Right


def keep_matches(reading: Reading, found: Mapping[int, Match], told: Mapping[int, Mapping[str, Any]]) -> None:
    """Part of the dry run. What was decided of the same row and person in an earlier one stands."""
    earlier = RowMatch.objects.filter(reading=reading)
    decided = {(row.number, row.person_id): row.decision for row in earlier}
    earlier.delete()
    RowMatch.objects.bulk_create(
        RowMatch(
            organisation_id=reading.organisation_id,
            reading=reading,
            number=number,
            person_id=match.person_id,
            sure=match.sure,
            decision=decided.get((number, match.person_id), Decision.OPEN),
            told={**told[number], "others": match.others},
        )
        for number, match in found.items()
    )


@action("exchange.decide_row", needs=Right.IMPORT)
def decide_row(match: RowMatch, *, decision: str) -> RowMatch:
    """Say whether a row is about that person. Raises `CannotDo` once the import has begun."""
    _still_checked(match.reading)
    match.decision = Decision(decision)
    match.save(update_fields=["decision"])
    note(row=match.number, person=match.person_id.hex, decision=decision)
    return match


@action("exchange.accept_sure_rows", needs=Right.IMPORT)
def accept_sure_rows(reading: Reading) -> Reading:
    """Say of all rows that are sure, and not decided otherwise, that they are about those people."""
    _still_checked(reading)
    sure = RowMatch.objects.filter(reading=reading, sure=True, decision=Decision.OPEN)
    note(rows=sure.update(decision=Decision.SAME))
    return reading


def _still_checked(reading: Reading) -> None:
    if reading.state != State.CHECKED:
        raise CannotDo(gettext("This list is %(state)s.") % {"state": reading.get_state_display()})


def decided_people(reading: Reading) -> dict[int, UUID]:
    """{row: the person it is about}, as decided; whoever was merged meanwhile is the one they were merged into."""
    rows = RowMatch.objects.filter(reading=reading, decision=Decision.SAME, person__erased_at=None)
    return {row.number: row.person.merged_into_id or row.person_id for row in rows.select_related("person")}
