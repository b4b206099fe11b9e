"""People and their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughgate.access.acting import our_organisation
from throughgate.access.acts import action, amend_row
from throughgate.core.dates import PartialDate
from throughgate.core.references import new_reference
from throughgate.people.models import Name, NameKind, Person, band_of
from throughgate.people.naming import note_change
from throughgate.people.rights import Right


@action("people.add_person", needs=Right.WRITE)
def add_person(
    *, names: list[Mapping[str, Any]] | None = None, birth_date: PartialDate | None = None, **facts: Any
) -> Person:
    """A new person with any number of names: ``[{"kind": .., "script": .., "surname": .., "given": ..}]``.

    The first name is the one shown. *facts* are sex, citizenships, categories, sealed_categories, language.
    """
    person = Person(organisation_id=our_organisation(), birth_date=birth_date, **facts)
    person.birth_band = band_of(birth_date)
    while Person.objects.filter(reference=person.reference).exists():
        person.reference = new_reference()
    person.save(force_insert=True)
    for place, written in enumerate(names or []):
        _save_name(person, written, preferred=place == 0)
    note_change(person.organisation_id, person.id)
    return person


@action("people.add_name", needs=Right.WRITE)
def add_name(person: Person, *, preferred: bool = False, **written: Any) -> Name:
    """Another name; no name is lost when another is shown first."""
    first = preferred or not Name.objects.about(person).exists()
    if first:
        Name.objects.about(person).filter(preferred=True).update(preferred=False)
    name = _save_name(person, written, preferred=first)
    note_change(person.organisation_id, person.id)
    return name


def _save_name(person: Person, written: Mapping[str, Any], *, preferred: bool) -> Name:
    parts = {part: written[part] for part in ("surname", "given", "patronymic", "whole") if written.get(part)}
    name = Name(
        organisation_id=person.organisation_id,
        person=person,
        kind=written.get("kind") or NameKind.CURRENT,
        script=written.get("script", ""),
        preferred=preferred,
        parts=parts,
    )
    name.save(force_insert=True)
    return name


@action("people.prefer_name", needs=Right.WRITE)
def prefer_name(name: Name) -> Name:
    """Show this name first."""
    Name.objects.filter(person_id=name.person_id, preferred=True).update(preferred=False)
    name.preferred = True
    name.save(update_fields=["preferred"])
    note_change(name.organisation_id, name.person_id)
    return name


@action("people.amend_name", needs=Right.WRITE)
def amend_name(name: Name, *, reason: str, kind: str, script: str = "", **written: str) -> Name:
    """Correct a name, keeping what stood there."""
    parts = {part: value for part, value in written.items() if value}
    amend_row(name, reason=reason, changes={"kind": kind, "script": script, "parts": parts})
    note_change(name.organisation_id, name.person_id)
    return name


@action("people.amend_person", needs=Right.WRITE)
def amend_person(person: Person, *, reason: str, **changes: Any) -> Person:
    """Correct facts of a person, keeping what they were."""
    if "birth_date" in changes:
        changes["birth_band"] = band_of(changes["birth_date"])
    amend_row(person, reason=reason, changes=changes)
    note_change(person.organisation_id, person.id)  # who is likely the same goes by birth and sex, too
    return person
