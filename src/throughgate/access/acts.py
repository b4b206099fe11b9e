"""What every verb is made of: the right is checked, the transaction opened, the entry written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from throughgate.access import log
from throughgate.access.acting import Actor, Forbidden, MemberActor, current_actor
from throughgate.access.models import Amendment, Mode
from throughgate.vault.fields import Sealed, SealedField

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_details: ContextVar[dict[str, Any] | None] = ContextVar("action_details", default=None)

# Every action by its kind, for the log's labels and the house tests.
ACTIONS: dict[str, Callable[..., Any]] = {}


class CannotDo(Exception):
    """The state of things forbids it; the text says why, in the reader's language, for a form to show."""


class ReadOnly(Forbidden):
    """The organisation is read-only or closed just now."""


def action(kind: str, *, needs: str | None, in_read_only: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a verb: ``@action("casework.close", needs=Right.CASE_CLOSE)``.

    The decorated function gets its subject first and everything else by keyword; it changes rows and returns the row
    it changed. ``needs=None`` means that the verb concerns only the actor's own account. Raises `Forbidden` without
    the right, `ReadOnly` when the organisation is not open. To add codes (never content) to the log entry, the verb
    calls `note`.
    """

    def declare(verb: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(verb)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = current_actor()
            if needs is not None and not actor.has(needs):
                raise Forbidden(f"{actor.name} may not {kind}")
            if not in_read_only:
                _refuse_when_closed(actor)
            token = _details.set({})
            try:
                with transaction.atomic():
                    result = verb(*args, **kwargs)
                    row = result if isinstance(result, models.Model) else (args[0] if args else None)
                    log.append(
                        actor,
                        kind,
                        row if isinstance(row, models.Model) else None,
                        details=dict(_details.get() or {}),
                        organisation_id=_organisation_of(actor, row),
                    )
            finally:
                _details.reset(token)
            return result

        if kind in ACTIONS and ACTIONS[kind].__qualname__ != act.__qualname__:
            raise RuntimeError(f"two actions are called {kind}")
        ACTIONS[kind] = act
        act.needs = needs  # type: ignore[attr-defined]  # read by the house tests
        return act

    return declare


def _organisation_of(actor: Actor, row: object) -> Any:
    return actor.organisation_id or getattr(row, "organisation_id", None)


def _refuse_when_closed(actor: Actor) -> None:
    if isinstance(actor, MemberActor) and actor.organisation.mode != Mode.NORMAL:
        raise ReadOnly("the organisation is read-only now")


def note(**codes: Any) -> None:
    """Add codes, counts or identifiers to the entry of the action that is running. Never content."""
    details = _details.get()
    if details is None:
        raise RuntimeError("note() belongs inside an action")
    details.update(codes)


def amend(row: M, *, reason: str, **changes: Any) -> M:
    """Change any field of any record, keeping what it was with who, when and why.

    Needs the right that the row's model names in ``amend_needs``; entered as ``<room>.<noun>.amend``.
    """
    amended: M = _amendment_of(type(row))(row, reason=reason, changes=changes)
    return amended


@functools.cache
def _amendment_of(model: type[models.Model]) -> Callable[..., Any]:
    def change(row: models.Model, *, reason: str, changes: dict[str, Any]) -> models.Model:
        amend_row(row, reason=reason, changes=changes)
        return row

    change.__qualname__ = f"amend_{model._meta.label_lower}"
    return action(f"{model._meta.label_lower}.amend", needs=model.amend_needs)(change)  # type: ignore[attr-defined]


def amend_row(row: models.Model, *, reason: str, changes: dict[str, Any]) -> list[str]:
    """Change fields of a row, keep what they were, and say which really changed. Only inside an action."""
    actor = current_actor()
    changed = [name for name, value in changes.items() if _differs(row, name, value)]
    for name in changed:
        field = row._meta.get_field(name)
        kept = Amendment(
            organisation_id=row.organisation_id,  # type: ignore[attr-defined]  # amended rows are owned rows
            object_type=row._meta.label_lower,
            object_id=row.pk,
            subject_id=log.subject_of(row),
            field=name,
            reason=reason,
            actor=actor.name,
        )
        if isinstance(field, SealedField):
            kept.was_sealed = _sealed_bytes(row, field)
        else:
            kept.was = _plain(row, field)
        kept.save(force_insert=True)
        setattr(row, name, changes[name])
    if changed:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save(update_fields=changed)
    note(fields=changed)
    return changed


def _differs(row: models.Model, name: str, value: Any) -> bool:
    field = row._meta.get_field(name)
    now = getattr(row, name)
    if isinstance(field, SealedField):
        return bool(now != field.to_python(value))
    return bool(now != value)


def _plain(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    return value if value is None or isinstance(value, (bool, int, list, dict)) else str(value)


def _sealed_bytes(row: models.Model, field: SealedField) -> bytes | None:
    held = row.__dict__.get(f"_sealed_{field.attname}", row.__dict__.get(field.attname))
    if held is None:
        return None
    return held.blob if isinstance(held, Sealed) else field.seal(row, held).blob
