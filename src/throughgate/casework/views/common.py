"""What the views of this room share: finding, the frame of a person's page, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from throughgate.casework.models import Case
from throughgate.kit.pages import form_page
from throughgate.people import screens as people
from throughgate.people.finding import known_person
from throughgate.people.models import Person


def find_person(reference: str) -> Person:
    """404 as in `finding.known_person`."""
    return known_person(reference)


def find_case(reference: str) -> Case:
    """404 as for its person."""
    found: Case = get_object_or_404(
        Case.objects.filter(person__erased_at=None).select_related("person"), reference=reference
    )
    return found


def find_row(model: Any, row_id: UUID) -> Any:
    """A row of a visible person, with the person and the case; 404 otherwise."""
    return get_object_or_404(model.objects.filter(person__erased_at=None).select_related("person", "case"), id=row_id)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page that sent a form and asked to come back to it; only within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else otherwise


def part(
    request: HttpRequest, person: Person, *, tab: str, title: Any, template: str = "people/panels.html", **context: Any
) -> HttpResponse:
    """A tab of a person's page."""
    return render(request, template, people.frame(request, person, current=tab, title=title, **context))


def person_form(
    request: HttpRequest, person: Person, form: forms.BaseForm, *, title: Any, act: Callable[[dict[str, Any]], Any],
    tab: str, to: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form about somebody: the frame around it, then back to where it was asked for, or to the tab."""
    back = to or way_back(request, reverse(tab, args=[person.reference]))
    shown = people.frame(request, person, current=tab, title=title)
    shown["actions"] = []
    return form_page(
        request, form, act=act, to=back, cancel_url=back, template=context.pop("template", "people/form.html"),
        **{**shown, "heading": title, **context},
    )  # fmt: skip


def undo_path(route: str, row_id: UUID, back: str) -> str:
    """The path whose POST takes it back and then shows the same page again."""
    return f"{reverse(route, args=[row_id])}?{urlencode({'next': back})}"
