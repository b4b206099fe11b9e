"""Contacts: the tab of a person, recording, correcting, taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo, amend
from throughgate.casework import actions
from throughgate.casework.forms.contacts import AmendContactForm, ContactForm
from throughgate.casework.models import IN_WORK, Case, Contact, FollowUp
from throughgate.casework.rights import Right
from throughgate.casework.screens import contacts as screens
from throughgate.casework.screens.columns import offset_words
from throughgate.casework.views.common import find_person, find_row, part, person_form, undo_path
from throughgate.kit import pages
from throughgate.kit.forms import bind
from throughgate.kit.panels import Action
from throughgate.people.models import Person

TAB = "casework:contacts"


def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    record = Action(gettext("Record a contact"), reverse("casework:record_contact", args=[reference]))
    return part(
        request, row, tab=TAB, title=gettext("Contacts"), template="casework/contacts.html",
        warnings=screens.warnings(row), panels=screens.follow_ups_of(row), table=screens.contacts_table(request, row),
        actions=[record] if current_actor().has(Right.WORK) else [],
    )  # fmt: skip


def record_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Of its own, or for a follow-up named in the address, which is done when it came to a conversation."""
    row = find_person(reference)
    follow_up = _follow_up(request, row)
    cases = list(Case.objects.about(row).filter(state__in=IN_WORK).order_by("opened_on", "id"))
    asked = [] if follow_up else [(str(case.id), f"{case.kind_words}, {case.reference}") for case in cases]
    initial = {**ContactForm.now(), "case": str(cases[0].id) if cases else ""}

    def act(data: dict[str, Any]) -> Contact:
        chosen = data.pop("case", initial["case"])
        case = next((one for one in cases if str(one.id) == chosen), None)
        return actions.record_contact(row, case=case, follow_up=follow_up, **data)

    title = gettext("Record a contact")
    if follow_up is not None:
        title = gettext("Record a contact: follow-up, %(when)s") % {"when": offset_words(follow_up.offset_days)}
    tab = reverse(TAB, args=[reference])
    return person_form(
        request, row, bind(ContactForm, request, initial=initial, cases=asked), title=title, act=act, tab=TAB,
        done=gettext("The contact is recorded."), template="casework/contact_form.html", warnings=screens.warnings(row),
        undo=lambda contact: undo_path("casework:undo_contact", contact.id, tab),
    )  # fmt: skip


def _follow_up(request: HttpRequest, person: Person) -> FollowUp | None:
    wanted = request.GET.get("follow_up", "")
    if not wanted:
        return None
    try:
        found: FollowUp = get_object_or_404(FollowUp.objects.about(person).select_related("case"), id=UUID(wanted))
    except ValueError as error:
        raise Http404 from error
    return found


def amend_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    row = find_row(Contact, contact_id)
    form = bind(AmendContactForm, request, initial=AmendContactForm.initial_of(row))

    def act(data: dict[str, Any]) -> Any:
        return amend(row, reason=data.pop("reason"), **data)

    return person_form(
        request, row.person, form, title=gettext("Correct a contact"), act=act, tab=TAB,
        done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


@require_POST
def undo_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    row = find_row(Contact, contact_id)
    tab = reverse(TAB, args=[row.person.reference])
    try:
        actions.undo_contact(row)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        pages.done(request, gettext("The contact is taken back."))
    return redirect(tab)
