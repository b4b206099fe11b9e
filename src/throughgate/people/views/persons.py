"""The list, the search, and who somebody is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.core.references import read_reference
from throughgate.kit import pages
from throughgate.kit.forms import bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action
from throughgate.people import actions, finding, naming, screens
from throughgate.people.forms import AmendNameForm, AmendPersonForm, FindForm, NameForm, PersonForm
from throughgate.people.models import ContactPoint, Name, Person
from throughgate.people.rights import Right
from throughgate.people.views.common import (
    bind_open,
    find_person,
    find_row,
    may_write,
    part,
    person_form,
    recall,
    remember,
)

PARTS = ("surname", "given", "patronymic", "whole", "kind", "script")
# From here on a name is so close that it may be the same person: the same words, perhaps in another script.
MAY_BE_KNOWN = 0.75
MAY_BE_KNOWN_SHOWN = 10


def people(request: HttpRequest) -> HttpResponse:
    actor = current_actor()
    may_export = actor.has(Right.EXPORT)
    table = screens.People(request, on_export=screens.exported if may_export else None, may_add=may_write())
    rows = Person.objects.kept()
    if table.sort_key == "name":
        screens.feed_in_order(table, rows, naming.in_order(descending=table.descending))
    else:
        table.feed(rows)
    return table.answer({"actions": _list_actions() if may_write() else [], "find": FindForm()})


def _list_actions() -> list[Action]:
    return [
        Action(gettext("Likely the same person"), reverse("people:lookalikes"), kind="secondary"),
        Action(gettext("Add a person"), reverse("people:add_person")),
    ]


def find_people(request: HttpRequest) -> HttpResponse:
    """A search by POST that answers without a redirect: a name must not stay in an address."""
    if request.method != "POST":
        return redirect("people:people")
    form = bind(FindForm, request)
    table = screens.Found(request)
    if form.is_valid():
        typed = form.cleaned_data["typed"]
        reference = read_reference(typed)
        if reference and Person.objects.filter(reference=reference, erased_at=None).exists():
            return redirect("people:person", reference)
        screens.feed_matches(table, finding.by_number(typed), naming.matches(typed, limit=table.per_page))
    return table.answer({"find": form}, template="people/people.html")


def person(request: HttpRequest, reference: str) -> HttpResponse:
    row = finding.known_person(reference, erased=True)
    if row.reference != reference:
        return redirect(row)
    if row.erased_at is not None:
        return render(request, "people/erased.html", {"title": row.reference, "person": row})
    names = list(Name.objects.about(row).order_by("-preferred", "id"))
    points = list(ContactPoint.objects.about(row).order_by("id"))
    panels = [
        screens.main_panel(row, names, may_write=may_write()),
        screens.contacts_panel(row, points, may_write=may_write()),
        *screens.merges_panel(row, may_write=may_write()),
        *(panel for more in screens.OVERVIEW for panel in more(row, request)),
    ]
    return part(
        request, row, tab="people:person", title="", template="people/person.html", panels=panels,
        merge=may_write(), erase=current_actor().has(Right.ERASE),
    )  # fmt: skip


def add_person(request: HttpRequest) -> HttpResponse:
    form = bind(PersonForm, request)
    if request.method == "POST" and "anyway" not in request.POST and form.is_valid():
        known = may_be_known(form.cleaned_data)
        if known:
            return _ask_whether_known(request, known)

    def act(data: dict[str, Any]) -> Person:
        name = {part: data.pop(part) for part in PARTS}
        return actions.add_person(names=[name], **data)

    return form_page(
        request, form, title=gettext("Add a person"), act=act, to=Person.get_absolute_url,
        done=gettext("The person is added."), cancel_url=reverse("people:people"),
    )  # fmt: skip


def may_be_known(typed: dict[str, Any]) -> list[Person]:
    """Visible people whose name is close to the one typed, the closest first, with `shown_name`."""
    words = " ".join(filter(None, [typed["surname"], typed["given"]])) or typed["whole"]
    close = [one for one, score, _name in naming.find(words, limit=MAY_BE_KNOWN_SHOWN) if score >= MAY_BE_KNOWN]
    found = Person.objects.kept().in_bulk(close)
    return screens.with_names(found[one] for one in close if one in found)


def _ask_whether_known(request: HttpRequest, known: list[Person]) -> HttpResponse:
    sent = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    context = {"title": gettext("Perhaps already known"), "known": known, "sent": sent}
    return render(request, "people/known.html", context)


def amend_person(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    form = bind_open(AmendPersonForm, request, AmendPersonForm.initial_of(row))
    return person_form(
        request, row, form, title=gettext("Change what is known"),
        act=lambda data: actions.amend_person(row, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def add_name(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return person_form(
        request, row, bind(NameForm, request), title=gettext("Add a name"),
        act=lambda data: actions.add_name(row, **data), done=gettext("The name is added."),
        undo=lambda name: remember(request, name) if not name.preferred else "",
    )  # fmt: skip


def amend_name(request: HttpRequest, reference: str, name_id: UUID) -> HttpResponse:
    row = find_person(reference)
    name = find_row(Name, row, name_id)
    parts = name.parts if isinstance(name.parts, dict) else {}
    form = bind(AmendNameForm, request, initial={**parts, "kind": name.kind, "script": name.script})
    return person_form(
        request, row, form, title=gettext("Correct a name"),
        act=lambda data: actions.amend_name(name, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


@require_POST
def prefer_name(request: HttpRequest, reference: str, name_id: UUID) -> HttpResponse:
    row = find_person(reference)
    actions.prefer_name(find_row(Name, row, name_id))
    pages.done(request, gettext("This name is shown first now."))
    return redirect(row)


def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    shown = screens.Timeline(request, row)
    title = gettext("Timeline")
    return part(request, row, tab="people:timeline", title=title, template="people/timeline.html", timeline=shown)


def history(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    shown = screens.History(request, row)
    title = gettext("History")
    return part(request, row, tab="people:history", title=title, template="people/history.html", history=shown)


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was done a moment ago in this session."""
    kept = recall(request, token)
    if kept is None:
        messages.error(request, gettext("It is too late to take this back here. Correct it instead."))
        return redirect("people:people")
    row = get_object_or_404(actions.TAKEN_BACK[kept["noun"]].objects, id=UUID(kept["row"]))
    person = find_person(row.person.reference)
    if kept["was"] is None:
        actions.take_back(row)
    else:
        actions.put_back(row, was=kept["was"])
    pages.done(request, gettext("Taken back."))
    return redirect(person)
