"""Contacts, people around, papers and consents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from throughgate.core.dates import PartialDate
from throughgate.kit.forms import bind
from throughgate.people import actions, forms, screens
from throughgate.people.models import Consent, ContactPoint, File, IdentityDocument, Person, Relationship
from throughgate.people.naming import shown_names
from throughgate.people.views.common import (
    bind_open,
    find_person,
    find_row,
    may_write,
    part,
    person_form,
    remember,
    today,
    values_of,
)


def _now() -> dict[str, Any]:
    return {"since": PartialDate.from_date(today()), "on": PartialDate.from_date(today())}


# Contacts ------------------------------------------------------------------------------------------------------------

POINT = ("channel", "value", "whose", "safe_times", "risk", "never_mention_us")


def add_contact_point(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return person_form(
        request, row, bind(forms.ContactPointForm, request), title=gettext("Add a contact"),
        act=lambda data: actions.add_contact_point(row, **data), done=gettext("The contact is added."),
        undo=lambda point: remember(request, point),
    )  # fmt: skip


def amend_contact_point(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    point = find_row(ContactPoint, row, row_id)
    form = bind_open(forms.AmendContactPointForm, request, values_of(point, POINT))
    return person_form(
        request, row, form, title=gettext("Correct a contact"),
        act=lambda data: actions.amend_contact_point(point, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def mark_not_safe(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    point = find_row(ContactPoint, row, row_id)
    was = values_of(point, ("not_safe_since", "not_safe_reason"))
    return person_form(
        request, row, bind(forms.NotSafeForm, request, initial=_now()), title=gettext("This contact is not safe"),
        act=lambda data: actions.mark_not_safe(point, **data), done=gettext("Marked. Every page that shows it warns."),
        undo=lambda point: remember(request, point, was),
    )  # fmt: skip


def mark_safe_again(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    point = find_row(ContactPoint, row, row_id)
    return person_form(
        request, row, bind(forms.ReasonForm, request), title=gettext("This contact is safe again"),
        act=lambda data: actions.mark_safe_again(point, **data), done=gettext("The warning is taken away."),
    )  # fmt: skip


def end_contact_point(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    point = find_row(ContactPoint, row, row_id)
    was = values_of(point, ("ended",))
    return person_form(
        request, row, bind(forms.EndForm, request, initial=_now()), title=gettext("This contact is no longer used"),
        act=lambda data: actions.end_contact_point(point, **data), done=gettext("Marked as no longer used."),
        undo=lambda point: remember(request, point, was),
    )  # fmt: skip


# People around ------------------------------------------------------------------------------------------------------


def around(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    ties = Relationship.objects.around(row).select_related("person", "other").order_by("id")
    ends = {end for tie in ties for end in (tie.person_id, tie.other_id) if end and end != row.id}
    visible = set(Person.objects.kept().filter(id__in=ends).values_list("id", flat=True))
    panels = [screens.around_panel(row, ties, shown_names(visible), visible, may_write=may_write())]
    return part(request, row, tab="people:around", title=gettext("People around"), panels=panels)


def add_relationship(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return person_form(
        request, row, bind(forms.RelationshipForm, request), title=gettext("Add somebody around"), tab="people:around",
        act=lambda data: actions.add_relationship(row, **data), done=gettext("Added."),
        undo=lambda tie: remember(request, tie),
    )  # fmt: skip


def amend_relationship(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    tie = find_row(Relationship, row, row_id)
    form = bind_open(forms.AmendRelationshipForm, request, values_of(tie, ("kind", "risk", "note")))
    return person_form(
        request, row, form, title=gettext("Correct a relationship"), tab="people:around",
        act=lambda data: actions.amend_relationship(tie, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def end_relationship(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    tie = find_row(Relationship, row, row_id)
    was = values_of(tie, ("ended",))
    return person_form(
        request, row, bind(forms.EndForm, request, initial=_now()), title=gettext("This relationship ended"),
        tab="people:around", act=lambda data: actions.end_relationship(tie, **data), done=gettext("Marked as ended."),
        undo=lambda tie: remember(request, tie, was),
    )  # fmt: skip


# Papers and files ----------------------------------------------------------------------------------------------------

DOCUMENT = ("kind", "state", "missing_reason", "number", "country", "issued", "expires")


def documents(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    papers = list(IdentityDocument.objects.about(row).order_by("kind", "-expires"))
    files = list(File.objects.about(row).select_related("uploaded_by").order_by("-created_at"))
    panels = [
        screens.documents_panel(row, papers, today(), may_write=may_write()),
        screens.files_panel(row, files, may_write=may_write()),
    ]
    return part(request, row, tab="people:documents", title=gettext("Documents and files"), panels=panels)


def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return person_form(
        request, row, bind(forms.DocumentForm, request), title=gettext("Add a document"), tab="people:documents",
        act=lambda data: actions.add_document(row, **data), done=gettext("The document is added."),
        undo=lambda document: remember(request, document),
    )  # fmt: skip


def amend_document(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    document = find_row(IdentityDocument, row, row_id)
    form = bind_open(forms.AmendDocumentForm, request, values_of(document, DOCUMENT))
    return person_form(
        request, row, form, title=gettext("Correct a document"), tab="people:documents",
        act=lambda data: actions.amend_document(document, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


# Consents ------------------------------------------------------------------------------------------------------------

CONSENT = ("purpose", "compartments", "recipients", "how", "given", "until")


def consents(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    found = list(Consent.objects.about(row).order_by("purpose", "-given"))
    panels = [screens.consents_panel(row, found, today(), may_write=may_write())]
    return part(request, row, tab="people:consents", title=gettext("Consents"), panels=panels)


def add_consent(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    form = bind(forms.ConsentForm, request, initial={"given": PartialDate.from_date(today())})
    return person_form(
        request, row, form, title=gettext("Add a consent"), tab="people:consents",
        act=lambda data: actions.add_consent(row, **data), done=gettext("The consent is added."),
        undo=lambda consent: remember(request, consent),
    )  # fmt: skip


def amend_consent(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    consent = find_row(Consent, row, row_id)
    form = bind_open(forms.AmendConsentForm, request, values_of(consent, CONSENT))
    return person_form(
        request, row, form, title=gettext("Correct a consent"), tab="people:consents",
        act=lambda data: actions.amend_consent(consent, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def withdraw_consent(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_person(reference)
    consent = find_row(Consent, row, row_id)
    was = values_of(consent, ("withdrawn", "withdrawal_reason"))
    return person_form(
        request, row, bind(forms.WithdrawForm, request, initial=_now()), title=gettext("Withdraw a consent"),
        tab="people:consents", act=lambda data: actions.withdraw_consent(consent, **data),
        done=gettext("Withdrawn. From now on nothing may be done for this purpose."),
        undo=lambda consent: remember(request, consent, was),
    )  # fmt: skip
