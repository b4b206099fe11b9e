"""The tab of a person, and what is recorded on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acts import amend
from throughgate.custody import actions, forms
from throughgate.custody.models import Charge, CustodyEvent, Hearing, Sentence
from throughgate.custody.screens.person import tab
from throughgate.custody.views.finding import find_person, find_row, tab_of
from throughgate.kit import pages
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import form_page
from throughgate.people import screens as people
from throughgate.people.models import Person

EVENT_FIELDS = (
    "kind", "on", "hour", "facility", "days", "source_kind", "source", "reliability", "credibility", "note",
)  # fmt: skip


def custody(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    frame = people.frame(request, person, current="custody:custody", title=gettext("Custody"), **tab(person))
    return render(request, "custody/custody.html", frame)


def _adding(
    request: HttpRequest, person: Person, form: type[Form], *, title: str, done: str, act: Callable[..., Any],
    initial: dict[str, Any] | None = None, undo: Any = "",
) -> HttpResponse:  # fmt: skip
    """A form that adds something to the person's custody and goes back to the tab."""
    return form_page(
        request, bind(form, request, initial=initial or {}), act=lambda data: act(person, **data),
        to=tab_of(person), done=done, undo=undo, template="people/form.html", **about(request, person, title),
    )  # fmt: skip


def about(request: HttpRequest, person: Person, title: str) -> dict[str, Any]:
    """What a page that asks something about somebody shows above the question: who it is about."""
    shown = people.frame(request, person, current="custody:custody", title=title)
    shown["breadcrumbs"].insert(2, {"label": gettext("Custody"), "url": tab_of(person)})
    return {**shown, "actions": [], "heading": title, "cancel_url": tab_of(person)}


def record_event(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    return _adding(
        request, person, forms.EventForm, title=gettext("What happened"), done=gettext("Recorded."),
        act=actions.record_event, initial={"kind": request.GET.get("kind", "")},
        undo=lambda event: reverse("custody:withdraw_event", args=[reference, event.id]),
    )  # fmt: skip


def record_sign(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    return _adding(
        request, person, forms.SignForm, title=gettext("Sign of life"), done=gettext("Recorded."),
        act=actions.record_sign_of_life,
        undo=lambda event: reverse("custody:withdraw_event", args=[reference, event.id]),
    )  # fmt: skip


def _amending(
    request: HttpRequest, person: Person, form: type[Form], row: Any, *, title: str, act: Callable[..., Any],
    initial: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    return form_page(
        request, bind(form, request, initial=initial), act=lambda data: act(row, **data), to=tab_of(person),
        done=gettext("Changed. What stood here is kept."), template="people/form.html", **about(request, person, title),
    )  # fmt: skip


def amend_event(request: HttpRequest, reference: str, event_id: UUID) -> HttpResponse:
    person = find_person(reference)
    event = find_row(CustodyEvent, person, event_id)
    initial = {name: getattr(event, name) for name in EVENT_FIELDS}
    initial["facility"] = str(event.facility_id or "")
    initial["hour"] = event.hour.strftime("%H:%M") if event.hour else None
    return _amending(
        request, person, forms.AmendEventForm, event, title=gettext("Correct a report"), act=actions.amend_event,
        initial=initial,
    )  # fmt: skip


@require_POST
def withdraw_event(request: HttpRequest, reference: str, event_id: UUID) -> HttpResponse:
    person = find_person(reference)
    event = actions.withdraw_event(find_row(CustodyEvent, person, event_id))
    back = reverse("custody:give_back_event", args=[reference, event.id])
    pages.done(request, gettext("Taken back. It no longer counts."), undo=back)
    return redirect(tab_of(person))


@require_POST
def give_back_event(request: HttpRequest, reference: str, event_id: UUID) -> HttpResponse:
    person = find_person(reference)
    actions.give_back_event(find_row(CustodyEvent, person, event_id))
    pages.done(request, gettext("It counts again."))
    return redirect(tab_of(person))


@require_POST
def prefer_event(request: HttpRequest, reference: str, event_id: UUID) -> HttpResponse:
    """Where reports disagree (`?over=` names them), go by this one."""
    person = find_person(reference)
    event = find_row(CustodyEvent, person, event_id)
    others = [find_row(CustodyEvent, person, UUID(one)) for one in request.GET.getlist("over") if _is_id(one)]
    actions.prefer_event(event, over=others)
    pages.done(request, gettext("This report goes first now. The other is kept and can be given back."))
    return redirect(tab_of(person))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def add_charge(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.ChargeForm, title=gettext("Charge"),
        done=gettext("The charge is added."), act=actions.add_charge,
    )  # fmt: skip


def amend_charge(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(Charge, person, row_id)
    initial = {name: getattr(row, name) for name in ("part", "charged_on", "stage", "outcome", "note")}
    initial["article"] = f"{row.code}:{row.article}"
    return _amending(
        request, person, forms.AmendChargeForm, row, title=gettext("Correct a charge"), act=amend, initial=initial
    )


def add_hearing(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.HearingForm, title=gettext("Court hearing"),
        done=gettext("The hearing is added."), act=actions.add_hearing,
    )  # fmt: skip


def amend_hearing(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(Hearing, person, row_id)
    initial = {name: getattr(row, name) for name in ("on", "kind", "court", "result")}
    initial["hour"] = row.hour.strftime("%H:%M") if row.hour else None
    return _amending(
        request, person, forms.AmendHearingForm, row, title=gettext("Correct a hearing"), act=amend, initial=initial
    )


def add_credit(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.CreditForm, title=gettext("Credit for custody"),
        done=gettext("Added. Compute the release date again."), act=actions.add_credit,
    )  # fmt: skip


def add_reduction(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.ReductionForm, title=gettext("Amnesty or pardon"),
        done=gettext("Added. Compute the release date again."), act=actions.add_reduction,
    )  # fmt: skip


def add_extension(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.ExtensionForm, title=gettext("New term in custody"),
        done=gettext("Added. Compute the release date again."), act=actions.add_extension,
    )  # fmt: skip


def assess_status(request: HttpRequest, reference: str) -> HttpResponse:
    return _adding(
        request, find_person(reference), forms.StatusForm, title=gettext("Assessment of status"),
        done=gettext("The assessment is added."), act=actions.assess_status,
    )  # fmt: skip


def set_aside_sentence(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(Sentence, person, row_id)
    return form_page(
        request, bind(Form, request), template="people/confirm.html",
        act=lambda _data: actions.set_aside_sentence(row), to=tab_of(person),
        done=gettext("The sentence is set aside."),
        consequences=[
            gettext("No calculation reads this sentence any more."),
            gettext("Release dates that stand are not changed: withdraw them or compute again."),
        ],
        irreversible=True, danger=True, **about(request, person, gettext("Set a sentence aside")),
    )  # fmt: skip
