"""What hangs on a person, in every room, and how it is hung on another (decision 0006)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from throughgate.access.models import Amendment, Assignment
from throughgate.people.models import Person

AT_ONCE = 500

Column = tuple[type[Model], str]


def columns() -> Iterator[Column]:
    """Every column of every room that says which person a row is about, but those that a model keeps (`stays`).

    Found from the models, so that no room can be forgotten. What there is only one of for a person (a standing) is
    derived and does not move: its room makes it anew (`on_merged`).
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.one_to_many:
            model, field = relation.related_model, relation.field  # type: ignore[union-attr]
            if field.name not in getattr(model, "stays", ()):
                yield model, field.attname  # type: ignore[misc]
    yield Assignment, "subject_id"
    yield Amendment, "subject_id"


def rows_of(model: type[Model], person: Person) -> Any:
    """All of the organisation: a row that whoever acts may not see must not stay behind with nobody."""
    return model.unguarded.filter(organisation_id=person.organisation_id)  # type: ignore[attr-defined]


def point(model: type[Model], column: str, ids: Iterable[UUID], *, to: Person) -> None:
    for some in batches(list(ids)):
        rows_of(model, to).filter(id__in=some).update(**{column: to.id})


def batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
