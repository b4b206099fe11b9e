"""What goes with the rows of a list, when somebody is taken out of another record again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from throughgate.exchange.models import ImportedRow

AT_ONCE = 500


def made_by(back: Mapping[type[Model], set[UUID]]) -> dict[type[Model], set[UUID]]:
    """What rows of lists among *back* added to somebody: names, and what happened."""
    rows, made = list(back.get(ImportedRow, ())), dict[type[Model], set[UUID]]()
    for start in range(0, len(rows), AT_ONCE):
        for each in ImportedRow.objects.filter(id__in=rows[start : start + AT_ONCE]).values_list("made", flat=True):
            for label, ids in each.items():
                made.setdefault(apps.get_model(label), set()).update(UUID(one) for one in ids)
    return made
