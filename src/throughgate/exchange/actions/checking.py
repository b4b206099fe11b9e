"""The dry run: what an import would do, and every cell that is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from throughgate.access import jobs
from throughgate.access.acts import CannotDo, action, note
from throughgate.exchange.actions.matching import keep_matches
from throughgate.exchange.matching import Match
from throughgate.exchange.models import DoubtPage, Reading, State
from throughgate.exchange.rights import Right

DOUBTS_ON_A_PAGE = 50


@action("exchange.start_check", needs=Right.IMPORT)
def start_check(reading: Reading, *, queue: bool = True) -> Reading:
    """Let the dry run begin; with *queue* a worker makes it."""
    move(reading, (State.MAPPED, State.CHECKED, State.CHECKING), State.CHECKING)
    if queue:
        queue_job("exchange.check", reading)
    return reading


@action("exchange.check_list", needs=Right.IMPORT)
def keep_check(
    reading: Reading,
    *,
    counts: Mapping[str, Any],
    doubts: Sequence[Mapping[str, Any]],
    matches: Mapping[int, Match],
    told: Mapping[int, Mapping[str, Any]],
) -> Reading:
    """Keep what the dry run found. *told* is what each row with a match says of the person."""
    keep_matches(reading, matches, told)
    DoubtPage.objects.filter(reading=reading).delete()
    DoubtPage.objects.bulk_create(
        DoubtPage(
            organisation_id=reading.organisation_id,
            reading=reading,
            number=start // DOUBTS_ON_A_PAGE,
            doubts=list(doubts[start : start + DOUBTS_ON_A_PAGE]),
        )
        for start in range(0, len(doubts), DOUBTS_ON_A_PAGE)
    )
    reading.counts = dict(counts)
    move(reading, (State.CHECKING,), State.CHECKED, counts=reading.counts)
    note(**{code: found for code, found in counts.items() if isinstance(found, int)})
    return reading


def move(reading: Reading, allowed: Sequence[str], to: str, **changes: Any) -> None:
    """From one of the states to another; of two who try at once, one succeeds. Raises `CannotDo`."""
    moved = Reading.objects.filter(id=reading.id, state__in=allowed).update(state=to, **changes)
    reading.refresh_from_db(fields=["state"])
    if not moved:
        raise CannotDo(gettext("This list is %(state)s.") % {"state": reading.get_state_display()})


def queue_job(kind: str, reading: Reading) -> None:
    try:
        jobs.start(kind, target_id=reading.id)
    except jobs.NoWorker:
        raise CannotDo(
            gettext("The worker that does long work is not running. Tell whoever runs the server.")
        ) from None
