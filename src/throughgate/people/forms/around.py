"""What may be typed about people around somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.core.references import read_reference
from throughgate.kit.forms import CodeField, Form, SearchSelectField
from throughgate.people import naming
from throughgate.people.forms.persons import ReasonForm
from throughgate.people.models import Person


def find_person(typed: str) -> list[tuple[str, str]]:
    """(id, name and reference) of visible people by name or reference."""
    reference = read_reference(typed)
    if reference is not None:
        ids = list(Person.objects.kept().filter(reference=reference).values_list("id", flat=True))
    else:
        ids = [person_id for person_id, _score, _name in naming.find(typed, limit=21)]
    visible = Person.objects.kept().in_bulk(ids)
    names = naming.shown_names(visible)
    return [(str(one), _label(visible[one], names)) for one in ids if one in visible]


def _label(person: Person, names: dict[UUID, str]) -> str:
    shown = [names.get(person.id, ""), person.reference, person.birth_band]
    return ", ".join(part for part in shown if part)


def label_of_person(value: str) -> str | None:
    try:
        person = Person.objects.kept().filter(id=UUID(value)).first()
    except ValueError:
        return None
    return None if person is None else _label(person, naming.shown_names([person.id]))


class PersonField(SearchSelectField):
    """Somebody of our own people, found by typing; cleans to a `Person` or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(find=find_person, label_of=label_of_person, **options)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return Person.objects.kept().get(id=UUID(str(found))) if found else None


class TieForm(Form):
    """What can be corrected of a relationship."""

    kind = CodeField(label=_("Who they are to this person"), choices=lambda: codes.choices("relationship"))
    risk = CodeField(
        label=_("Does contact endanger them"), choices=lambda: codes.choices("contact_risk"), required=False
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, help_text=_("Sealed."))


class RelationshipForm(TieForm):
    other = PersonField(label=_("Somebody known here"), required=False, help_text=_("Type a name or a reference."))
    other_name = forms.CharField(
        label=_("Or somebody else: name, and how to recognise them"),
        required=False,
        max_length=240,
        help_text=_("Sealed."),
    )

    field_order = ["kind", "other", "other_name", "risk", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("other") and not data.get("other_name") and "other" not in self.errors:
            self.add_error("other", gettext("Say who it is: choose somebody known here or type a name."))
        return data


class AmendRelationshipForm(TieForm, ReasonForm):
    field_order = ["kind", "risk", "note", "reason"]
