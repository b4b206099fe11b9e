"""Find, bind, act, redirect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from throughgate.access.acting import current_actor
from throughgate.core.references import read_reference
from throughgate.kit.forms import bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action
from throughgate.people import actions, naming, screens
from throughgate.people.forms import AmendNameForm, AmendPersonForm, NameForm, PersonForm
from throughgate.people.models import Name, Person
from throughgate.people.rights import Right


def find_person(reference: str) -> Person:
    """404 for a person of another organisation, and for one not assigned to a narrowed member."""
    return get_object_or_404(Person.objects, reference=reference)


def people(request: HttpRequest) -> HttpResponse:
    actor = current_actor()
    table = screens.People(request, on_export=screens.exported if actor.has(Right.EXPORT) else None)
    rows = Person.objects.all()
    if table.sort_key == "name":
        screens.feed_found(table, rows, naming.in_order(descending=table.descending))
    else:
        screens.feed_page(table, rows)
    add = [Action(gettext("Add a person"), reverse("people:add_person"))] if actor.has(Right.WRITE) else []
    return table.answer({"actions": add, "find": screens.FindForm()})


def find_people(request: HttpRequest) -> HttpResponse:
    """A search by POST that answers without a redirect: a name must not stay in an address."""
    form = bind(screens.FindForm, request)
    table = screens.Found(request)
    if form.is_valid():
        reference = read_reference(form.cleaned_data["typed"])
        if reference and (row := Person.objects.filter(reference=reference).first()):
            return redirect(row)
        screens.feed_matches(table, naming.find(form.cleaned_data["typed"], limit=table.per_page))
    return table.answer({"find": form}, template="people/people.html")


def person(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    names = list(Name.objects.about(row).order_by("-preferred", "id"))
    may_write = current_actor().has(Right.WRITE)
    panels = [screens.main_panel(row, names, may_write=may_write)]
    panels += [panel for more in screens.OVERVIEW for panel in more(row, request)]
    return render(request, "people/person.html", screens.frame(request, row, current="people:person", panels=panels))


def add_person(request: HttpRequest) -> HttpResponse:
    form = bind(PersonForm, request)

    def act(data: dict[str, Any]) -> Person:
        name = {part: data.pop(part) for part in ("surname", "given", "patronymic", "whole", "kind", "script")}
        return actions.add_person(names=[name], **data)

    return form_page(
        request, form, title=gettext("Add a person"), act=act, to=Person.get_absolute_url,
        done=gettext("The person is added."), cancel_url=reverse("people:people"),
    )  # fmt: skip


def amend_person(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    now = {name: getattr(row, name) for name in ("birth_date", "sex", "categories", "sealed_categories")}
    form = bind(AmendPersonForm, request, initial=now)
    return form_page(
        request, form, title=gettext("Change what is known"), act=lambda data: actions.amend_person(row, **data),
        to=row.get_absolute_url(), done=gettext("Changed. What stood here is kept."), cancel_url=row.get_absolute_url(),
    )  # fmt: skip


def add_name(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return form_page(
        request, bind(NameForm, request), title=gettext("Add a name"), act=lambda data: actions.add_name(row, **data),
        to=row.get_absolute_url(), done=gettext("The name is added."), cancel_url=row.get_absolute_url(),
    )  # fmt: skip


def amend_name(request: HttpRequest, reference: str, name_id: UUID) -> HttpResponse:
    row = find_person(reference)
    name = get_object_or_404(Name.objects.about(row), id=name_id)
    parts = name.parts if isinstance(name.parts, dict) else {}
    form = bind(AmendNameForm, request, initial={**parts, "kind": name.kind, "script": name.script})
    return form_page(
        request, form, title=gettext("Correct a name"), act=lambda data: actions.amend_name(name, **data),
        to=row.get_absolute_url(), done=gettext("Changed. What stood here is kept."), cancel_url=row.get_absolute_url(),
    )  # fmt: skip
