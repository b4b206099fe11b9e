"""Files, the photograph, who opens what, and destroying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo
from throughgate.access.screens import opened_panel, who_can_open_panel
from throughgate.codelists.codes import language
from throughgate.kit.forms import bind
from throughgate.people import actions, forms
from throughgate.people.models import File, Person
from throughgate.people.views.common import bind_open, find_person, find_row, part, person_form, values_of
from throughgate.vault.files import NotKept
from throughgate.vault.kinds import KINDS


def file(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    """The file itself, as an attachment that can do nothing; whoever lacks its key is refused."""
    return _answer(find_row(File, find_person(reference), row_id))


def photo(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    if person.photo is None:
        raise Http404
    return _answer(person.photo, name=f"{person.reference}.{person.photo.content_kind}")


def _answer(row: File, name: str = "") -> HttpResponse:
    try:
        return row.as_response(name=name)
    except PermissionError as closed:
        raise PermissionDenied from closed
    except FileNotFoundError as gone:
        raise Http404 from gone


def add_file(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)

    def act(data: dict[str, Any]) -> Any:
        sent = data.pop("file")
        return kept(lambda: actions.add_file(row, content=sent.read(), name=sent.name, **data))

    return person_form(
        request, row, bind(forms.FileForm, request), title=gettext("Add a file"), tab="people:documents",
        act=act, done=gettext("The file is sealed and kept."),
    )  # fmt: skip


def set_photo(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)

    def act(data: dict[str, Any]) -> Any:
        sent = data["file"]
        return kept(lambda: actions.set_photo(row, content=sent.read(), name=sent.name))

    return person_form(
        request, row, bind(forms.PhotoForm, request), title=gettext("Photograph"), tab="people:documents",
        act=act, done=gettext("The photograph is sealed and kept."),
    )  # fmt: skip


def kept(act: Callable[[], Any]) -> Any:
    """What the vault refuses, said in words of the form."""
    try:
        return act()
    except NotKept as refused:
        raise CannotDo(_why(refused)) from refused


def _why(refused: NotKept) -> str:
    if refused.error is not None:
        return refused.error.text(language())
    if refused.code == "too_large":
        limit = filesizeformat(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
        return gettext("The file is larger than %(limit)s.") % {"limit": limit}
    if refused.code == "empty":
        return gettext("The file is empty.")
    return gettext("By its content this is not a file that is kept here. Kept are: %(kinds)s.") % {
        "kinds": ", ".join(code.upper() for code in KINDS)
    }


def amend_file(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    found = find_row(File, row, row_id)
    form = bind_open(forms.AmendFileForm, request, values_of(found, ("kind", "title")))
    return person_form(
        request, row, form, title=gettext("Correct what is said of a file"), tab="people:documents",
        act=lambda data: actions.amend_file(found, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def destroy_file(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    found = find_row(File, row, row_id)
    return person_form(
        request, row, bind(forms.ConfirmForm, request), title=gettext("Destroy a file"), tab="people:documents",
        act=lambda _nothing: actions.destroy_file(found), done=gettext("The file is destroyed."),
        template="people/confirm.html", danger=True, irreversible=True, submit=gettext("Destroy"),
        consequences=[gettext("The file and its key are deleted from this installation.")],
    )  # fmt: skip


def who_opens(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    merged = Person.objects.filter(merged_into=row).values_list("id", flat=True)
    asked = request.GET.get("opened", "1")
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 1
    return part(
        request, row, tab="people:who_opens", title=gettext("Access"), template="people/who_opens.html",
        can_open=who_can_open_panel(row.organisation_id), opened=opened_panel(row.id, *merged, number=number),
    )  # fmt: skip


def erase_person(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    form = bind(forms.EraseForm, request, wanted=row.reference)
    return person_form(
        request, row, form, title=gettext("Destroy the data of this person"),
        act=lambda data: actions.erase_person(row, because=data["because"]), done=gettext("The data are destroyed."),
        template="people/confirm.html", danger=True, irreversible=True, submit=gettext("Destroy for good"),
        consequences=[
            gettext("Names, contacts, documents, notes and files of this person become unreadable for everybody."),
            gettext("Organisations with which sections were shared lose them too."),
            gettext("Facts without a name stay, so that figures stay true."),
            gettext("The log keeps who did this, when and why."),
        ],
    )  # fmt: skip
