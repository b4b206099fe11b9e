"""The mode, the rings, recovery, and locking everything."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from throughgate.access import actions, sessions
from throughgate.access.acting import current_member
from throughgate.access.acts import CannotDo
from throughgate.access.forms import MakeSharesForm, ModeForm, UseSharesForm
from throughgate.access.models import Membership, Organisation
from throughgate.access.rights import Right
from throughgate.access.screens.security import mode_panel, recovery_panel, rings_panel
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action
from throughgate.vault.compartments import Compartment
from throughgate.vault.unlocking import recovery_state


def _crumbs() -> list[dict[str, Any]]:
    return [{"label": gettext("Security"), "url": reverse("access:security")}]


def security(request: HttpRequest) -> HttpResponse:
    actor = current_member()
    panels = [
        mode_panel(actor.organisation, may_change=actor.has(Right.MODE_CHANGE)),
        rings_panel(actor),
        recovery_panel(actor),
    ]
    lock = Action(gettext("Lock everything"), reverse("access:lock_everything"), kind="warning")
    return render(request, "kit/page_detail.html", {"title": gettext("Security"), "panels": panels, "actions": [lock]})


def change_mode(request: HttpRequest) -> HttpResponse:
    organisation = current_member().organisation
    return form_page(
        request, bind(ModeForm, request, initial={"mode": organisation.mode}), title=gettext("Change mode"),
        lede=gettext("Read-only: nothing can be changed. Closed: nobody but the security officer gets in."),
        act=lambda data: actions.change_mode(organisation, **data), to=reverse("access:security"),
        done=gettext("The mode is changed."), breadcrumbs=_crumbs(), cancel_url=reverse("access:security"),
    )  # fmt: skip


def lock_everything(request: HttpRequest) -> HttpResponse:
    """Without asking for the passphrase: whoever needs this has no time."""
    organisation = current_member().organisation

    def act(data: dict[str, Any]) -> Organisation:
        actions.lock_everything(organisation)
        sessions.leave(request)
        return organisation

    consequences = [
        gettext("All members of your organisation are signed out at once, you too."),
        gettext("All keys leave the memory of the server."),
        gettext("Everybody can sign in again with passphrase and second factor."),
    ]
    return form_page(
        request, bind(Form, request), title=gettext("Lock everything"), act=act, to=reverse("access:sign_in"),
        done=gettext("Everything is locked."), template="kit/page_confirm.html", consequences=consequences,
        danger=True, submit=gettext("Lock everything"), breadcrumbs=_crumbs(), cancel_url=reverse("access:security"),
    )  # fmt: skip


def rotate_ring(request: HttpRequest, compartment: str) -> HttpResponse:
    organisation = current_member().organisation
    labels = dict(Compartment.choices)
    if compartment not in labels:
        raise Http404
    consequences = [
        gettext("The compartment gets new keys; the former ones open nothing any more."),
        gettext("Members who hold the keys now and whose roles still give them get the new ones."),
        gettext("It can take a minute when there are many files."),
    ]
    return form_page(
        request, bind(Form, request), title=gettext("Renew keys"), lede=labels[compartment],
        act=lambda _: actions.rotate_ring(organisation, compartment=compartment), to=reverse("access:security"),
        done=gettext("The keys are renewed."), template="kit/page_confirm.html", consequences=consequences,
        submit=gettext("Renew keys"), breadcrumbs=_crumbs(), cancel_url=reverse("access:security"),
    )  # fmt: skip


def make_shares(request: HttpRequest) -> HttpResponse:
    organisation = current_member().organisation
    form = bind(MakeSharesForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            shares = actions.print_recovery_shares(organisation, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_shares(request, shares, form.cleaned_data["needed"])
    return render(
        request, "kit/page_form.html",
        {
            "title": gettext("Make recovery shares"),
            "lede": gettext("Former shares stop working. The new ones are shown once: have a printer ready."),
            "form": form,
            "submit": gettext("Make shares"),
            "breadcrumbs": _crumbs(),
            "cancel_url": reverse("access:security"),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def _show_shares(request: HttpRequest, shares: list[str], needed: int) -> HttpResponse:
    sheets = [{"number": number, "words": share.split()} for number, share in enumerate(shares, 1)]
    context = {
        "title": gettext("Recovery shares"),
        "sheets": sheets,
        "needed": needed,
        "total": len(shares),
        "organisation": current_member().organisation,
    }
    return render(request, "access/shares.html", context)


@sensitive_post_parameters()
def use_shares(request: HttpRequest) -> HttpResponse:
    organisation = current_member().organisation
    state = recovery_state(organisation.id)
    if state is None:
        raise Http404
    form = bind(UseSharesForm, request, organisation=organisation, needed=state.needed)

    def act(data: dict[str, Any]) -> Membership:
        return actions.use_recovery_shares(data["membership"], shares=form.shares)

    return form_page(
        request, form, title=gettext("Use recovery shares"), act=act, to=reverse("access:security"),
        lede=gettext("Trustees type their shares here; together they give one member the keys that the roles give."),
        done=gettext("The keys are given."), submit=gettext("Open the keys"), breadcrumbs=_crumbs(),
        cancel_url=reverse("access:security"),
    )  # fmt: skip
