"""Taking two records of one person together (decision 0006)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Amendment, Assignment
from throughgate.people.actions.hanging import columns, point, rows_of
from throughgate.people.models import Merge, Name, Person, Relationship, band_of
from throughgate.people.naming import note_changes
from throughgate.people.rights import Right
from throughgate.vault.fields import Locked
from throughgate.vault.unlocking import join_subjects

# Called with (person, other) when everything of *other* has become *person*'s, and when what came over has gone back
# (then `other.merged_into_id` is None): higher rooms make anew what they derive from the rows of each.
on_merged: list[Callable[[Person, Person], None]] = []

NAME = "name"
# What one record can say otherwise than the other, so that somebody has to choose.
FIELDS = ("birth_date", "sex", "citizenships", "language")
# Lists of which both are kept.
UNITED = ("categories", "sealed_categories")
EMPTY: tuple[Any, ...] = (None, "", [])


def shown_first(person: Person) -> Name | None:
    found: Name | None = Name.objects.about(person).filter(preferred=True).first()
    return found


def differing(person: Person, other: Person) -> list[str]:
    """The facts that both records tell, each otherwise. The names shown first are always for choice."""
    pairs = {name: (getattr(person, name), getattr(other, name)) for name in FIELDS}
    return [name for name, (one, two) in pairs.items() if one not in EMPTY and two not in EMPTY and one != two]


@action("people.merge_people", needs=Right.WRITE)
def merge_people(person: Person, *, other: Person, take: Collection[str] = ()) -> Merge:
    """Whatever is kept about *other* is *person*'s from now on; the reference of *other* leads to *person*.

    *take* names the facts of `differing`, and `NAME` for the name shown first, that *other* tells right; what only one
    of the two tells is kept in any case. Raises `CannotDo` for one and the same, for data that were destroyed or merged
    before, and when names or a fact are closed to whoever acts.
    """
    person, other = both_now(person, other)
    _refuse_closed(person, other)
    merge = Merge(organisation_id=person.organisation_id, person=person, merged=other, by_id=current_actor().id)
    merge.taken = _take_facts(person, other, take)
    merge.shown_first = _hide_name(other)
    merge.rows = _take_rows(person, other)
    merge.keys = {key_id.hex: used for key_id, used in join_subjects(other.id, into=person.id).items()}
    merge.taken |= _show_name(person, merge.shown_first, wanted=NAME in take)
    if person.photo_id is None and other.photo_id is not None:
        Person.objects.filter(id=person.id).update(photo_id=other.photo_id)
        person.refresh_from_db(fields=["photo"])
    other.merged_into = person
    other.save(update_fields=["merged_into"])
    merge.save(force_insert=True)
    follow(person, other)
    note(other=other.id.hex, rows=sum(map(len, merge.rows.values())))
    log.append(current_actor(), "people.was_merged", other, details={"into": person.id.hex})
    return merge


def both_now(person: Person, other: Person) -> tuple[Person, Person]:
    """The two as they are at this moment, and nobody else changes them: somebody may have merged one since the page
    was opened. Raises `CannotDo`.
    """
    if person.id == other.id:
        raise CannotDo(gettext("This is the same record."))
    now = Person.objects.kept().select_for_update().order_by("id").in_bulk([person.id, other.id])
    if len(now) < 2:
        raise CannotDo(gettext("One of the two was destroyed or merged meanwhile."))
    return now[person.id], now[other.id]


def _refuse_closed(person: Person, other: Person) -> None:
    values = [getattr(one, name) for one in (person, other) for name in (*FIELDS, *UNITED)]
    values += [name.parts for name in Name.objects.filter(person__in=(person, other))]
    if any(isinstance(value, Locked) for value in values):
        raise CannotDo(gettext("Their data are closed to you. Somebody who holds the key can merge them."))


def _take_facts(person: Person, other: Person, take: Collection[str]) -> dict[str, Any]:
    """{field: [the amendment that keeps what *person* said before]}."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        if getattr(other, name) not in EMPTY and (name in take or getattr(person, name) in EMPTY):
            values[name] = getattr(other, name)
    for name in UNITED:
        if getattr(other, name):
            values[name] = list(dict.fromkeys([*(getattr(person, name) or []), *getattr(other, name)]))
    if "birth_date" in values:
        values["birth_band"] = band_of(values["birth_date"])
    return amended(person, values, reason=gettext("merged with %(reference)s") % {"reference": other.reference})


def amended(person: Person, changes: dict[str, Any], *, reason: str) -> dict[str, Any]:
    """Change facts; {field: [the amendment that keeps what it was]} of those that really changed."""
    changed = amend_row(person, reason=reason, changes=changes)
    kept = Amendment.objects.of(person).filter(field__in=changed).order_by("id")
    return {field: [amendment_id.hex] for field, amendment_id in kept.values_list("field", "id")}


def _hide_name(other: Person) -> UUID | None:
    """Two names cannot both be the one that is shown first."""
    name = shown_first(other)
    if name is None:
        return None
    Name.objects.filter(id=name.id).update(preferred=False)
    return name.id


def _show_name(person: Person, came: UUID | None, *, wanted: bool) -> dict[str, str]:
    """Show the name that came over first, where that was chosen or there is no other; say which one was until now."""
    own = shown_first(person)
    if came is None or (own is not None and not wanted):
        return {}
    if own is not None:
        Name.objects.filter(id=own.id).update(preferred=False)
    Name.objects.filter(id=came).update(preferred=True)
    return {NAME: own.id.hex if own is not None else ""}


def _take_rows(person: Person, other: Person) -> dict[str, list[str]]:
    moved: dict[str, list[str]] = {}
    for model, column in columns():
        rows = rows_of(model, person).filter(**{column: other.id}).exclude(_clashing(model, person, other))
        ids = list(rows.values_list("id", flat=True))
        if ids:
            moved[f"{model._meta.label_lower}.{column}"] = [one.hex for one in ids]
            point(model, column, ids, to=person)
    return moved


def _clashing(model: type[Model], person: Person, other: Person) -> Q:
    """Rows that cannot move: between the two themselves, or such as *person* has too."""
    if model is Relationship:
        return Q(person=other, other=person) | Q(person=person, other=other)
    if model is Assignment:
        return Q(member__in=rows_of(Assignment, person).filter(subject_id=person.id).values("member"))
    return Q(pk__in=[])


def follow(person: Person, other: Person) -> None:
    note_changes(person.organisation_id, [person.id, other.id])
    for tell in on_merged:
        tell(person, other)
