"""Who is around somebody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, amend_row
from throughgate.core.dates import PartialDate
from throughgate.people.models import Person, Relationship
from throughgate.people.rights import Right


@action("people.add_relationship", needs=Right.WRITE)
def add_relationship(
    person: Person, *, kind: str, other: Person | None = None, other_name: str = "", **facts: Any
) -> Relationship:
    """*other*, or somebody outside named *other_name*, is the *kind* of *person*. *facts*: risk, note.

    Raises `CannotDo` for nobody and for the person themselves.
    """
    if other is None and not other_name:
        raise CannotDo(gettext("Say who it is: choose somebody known here or type a name."))
    if other is not None and other.id == person.id:
        raise CannotDo(gettext("This is the same person."))
    relationship = Relationship(
        organisation_id=person.organisation_id,
        person=person,
        kind=kind,
        other=other,
        other_name="" if other else other_name,
        **facts,
    )
    relationship.save(force_insert=True)
    return relationship


@action("people.amend_relationship", needs=Right.WRITE)
def amend_relationship(relationship: Relationship, *, reason: str, **changes: Any) -> Relationship:
    """Correct it, keeping what stood there. Who is at the other end is not corrected: end it and add another."""
    amend_row(relationship, reason=reason, changes=changes)
    return relationship


@action("people.end_relationship", needs=Right.WRITE)
def end_relationship(relationship: Relationship, *, since: PartialDate) -> Relationship:
    amend_row(relationship, reason="", changes={"ended": since})
    return relationship
