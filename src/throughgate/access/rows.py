"""Rows that are filtered by default.

``Model.objects`` adds ``visible_to(actor)`` by itself while somebody acts, and raises `NobodyActs` when it is
evaluated while nobody does. The guard is bound late, at the first clone made while somebody acts, because
forms and class-level querysets are made at import, when nobody does. ``Model.unguarded`` is the escape hatch; its
callers are a closed list with reasons, kept by ``tests/house``.

Not covered, each with a rule of its own: following a foreign key forward from a visible row (people's rows only
point inside their organisation); joins from an unguarded model; raw SQL (forbidden).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from throughgate.access.acting import Actor, NobodyActs, current_actor, somebody
from throughgate.core.ids import new_id
from throughgate.vault.fields import sealed_fields

M = TypeVar("M", bound=models.Model, covariant=True)  # noqa: PLC0105 (as Django's own)


class PlainQuerySet(models.QuerySet[M]):
    """Lets rows that were fetched together open their sealed fields together."""

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        rows: Any = self._result_cache
        if fresh and rows and isinstance(rows[0], models.Model) and sealed_fields(type(rows[0])):
            for row in rows:
                row.__dict__["_peers"] = rows


class GuardedQuerySet(PlainQuerySet[M]):
    """A queryset that is always somebody's."""

    _bound_to: Actor | None = None

    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see. Rooms override it on their own querysets."""
        raise TypeError(f"{self.model.__name__} does not say who may see its rows")

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # Django's own, unknown to the stubs
        clone._bound_to = self._bound_to
        return clone

    def _chain(self) -> Self:
        clone: Self = super()._chain()  # type: ignore[misc]  # Django's own, unknown to the stubs
        actor = somebody()
        if clone._bound_to is None and actor is not None:
            clone._bound_to = actor
            return clone.visible_to(actor)
        return clone

    def _mine(self) -> Self:
        """This query as whoever acts may ask it.

        Raises `NobodyActs` when nobody does, and when it was made on behalf of another organisation: a query that
        outlives its request must not carry rows from one to the other.
        """
        actor = somebody()
        if self._bound_to is None:
            current_actor()
            return self._chain()
        houses = {one.organisation_id for one in (actor, self._bound_to) if one is not None} - {None}
        if len(houses) > 1:
            raise NobodyActs("this query was made on behalf of another organisation")
        return self

    def _fetch_all(self) -> None:
        if self._mine() is not self:
            # Its rows would be kept here for whoever comes next.
            raise NobodyActs("this query was made while nobody acted: ask a copy of it, with .all()")
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        return super(GuardedQuerySet, self._mine()).iterator(chunk_size)

    def count(self) -> int:
        return super(GuardedQuerySet, self._mine()).count()

    def exists(self) -> bool:
        return super(GuardedQuerySet, self._mine()).exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super(GuardedQuerySet, self._mine()).aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        return super(GuardedQuerySet, self._mine()).update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        return super(GuardedQuerySet, self._mine()).delete()

    def explain(self, **kwargs: Any) -> str:
        return super(GuardedQuerySet, self._mine()).explain(**kwargs)


class OwnedQuerySet(GuardedQuerySet[M]):
    """Rows that belong to one organisation."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.organisation_id is None:
            return self
        return self.filter(organisation_id=actor.organisation_id)


class GuardedManager(models.Manager[M]):
    """``objects = GuardedManager.from_queryset(CaseQuerySet)()``."""

    def get_queryset(self) -> Any:
        return super().get_queryset()._chain()  # type: ignore[attr-defined]  # noqa: SLF001  (binds at once)


class Row(models.Model):
    """Every row of the product: a UUIDv7 made before saving, and when it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    unguarded = models.Manager.from_queryset(PlainQuerySet)()

    class Meta:
        abstract = True


class OwnedRow(Row):
    """A row of one organisation, invisible to every other."""

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+", editable=False)

    # Any: a room puts its own querysets in the place of this one.
    objects: Any = GuardedManager.from_queryset(OwnedQuerySet)()

    class Meta:
        abstract = True

    def sealed_subject(self) -> tuple[UUID, UUID]:
        """Whose file this row's sealed fields belong to: the organisation's own, unless a room says otherwise."""
        return self.organisation_id, self.organisation_id
