"""What a change of a release date moves, and how a calculation is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import language
from throughgate.core.dates import PartialDate
from throughgate.core.jurisdiction import Computed
from throughgate.custody.hooks import Moves
from throughgate.custody.lines import in_words
from throughgate.custody.screens.common import Row, Rows
from throughgate.kit import show


def moves_context(
    request: HttpRequest, now: PartialDate | None, after: PartialDate | None, moves: Sequence[Moves]
) -> dict[str, Any]:
    """For the page before the change: both dates, what follows, and what was typed, to be sent again."""
    kept = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    return {"now": now, "after": after, "changes": now != after, "moves": moves_rows(moves), "kept": kept}


def moves_rows(moves: Sequence[Moves]) -> Rows:
    rows = [Row([show.value(one.label), show.value(one.was), show.value(one.becomes), one.note]) for one in moves]
    heads = [_("What"), _("Now"), _("After the change"), _("Note")]
    return Rows(_("What moves with it"), heads, rows, empty=_("Nothing hangs on this date."))


def computed_context(computed: Computed) -> dict[str, Any]:
    return {
        "last_day": computed.last_day,
        "at": computed.at,
        "lines": in_words(computed.lines, language()),
        "verified": computed.verified,
    }
