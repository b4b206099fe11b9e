"""Finding rows: 404 for what one may not see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from throughgate.people.finding import known_person
from throughgate.people.models import Person


def find_person(reference: str) -> Person:
    """404 for a person of another organisation, and for one not assigned to a narrowed member."""
    return known_person(reference, erased=True)


def find_row(model: Any, person: Person, row_id: UUID) -> Any:
    return get_object_or_404(model.objects.about(person), id=row_id)


def tab_of(person: Person) -> str:
    return reverse("custody:custody", args=[person.reference])
