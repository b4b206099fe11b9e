"""The list of releases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from throughgate.access.acting import current_actor
from throughgate.casework.rights import Right
from throughgate.casework.screens.releases import Releases, waiting, window_counts
from throughgate.people import naming
from throughgate.people.screens import exported


def releases(request: HttpRequest) -> HttpResponse:
    table = Releases(request, on_export=exported if current_actor().has(Right.EXPORT) else None)
    rows = waiting()
    if table.sort_key == "name":
        table.feed_ids(_by_name(table, rows), lambda page: table.fetching(rows.filter(id__in=page)))
    else:
        table.feed(rows)
    stats = window_counts(timezone.localdate())
    if not table.chosen:
        table.count = sum(one["number"] for one in stats)  # else the same rows would be counted again
    return table.answer({"stats": stats})


def _by_name(table: Releases, rows: Any) -> list[UUID]:
    """Ids in the order of names; those whose name is closed or not known come last."""
    left = dict(table.narrowed(rows).values_list("person_id", "id"))
    ordered = [left.pop(one) for one in naming.in_order(descending=table.descending) if one in left]
    return [*ordered, *left.values()]
