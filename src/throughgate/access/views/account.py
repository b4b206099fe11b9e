"""One's own account: name, passphrase, second factor, sessions, keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from throughgate.access import actions, entering, sessions, signing_in
from throughgate.access.acting import current_member
from throughgate.access.acts import CannotDo
from throughgate.access.forms import AccountForm, ChangePassphraseForm, SecondFactorForm
from throughgate.access.middleware import remember_language
from throughgate.access.models import Member
from throughgate.access.pictures import square
from throughgate.access.screens.account import account_panels, session_mark, sessions_table
from throughgate.access.signing_in import TooManyTries
from throughgate.access.views.coming_in import wait_words
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import done, form_page
from throughgate.vault.sealing import KeyPair


def account(request: HttpRequest) -> HttpResponse:
    actor = current_member()
    found = sessions_table(actions.sessions_of(actor.member), request.session.session_key)
    context = {"title": gettext("My account"), "panels": account_panels(actor), "sessions": found}
    return render(request, "access/account.html", context)


def change_account(request: HttpRequest) -> HttpResponse:
    member = current_member().member
    form = bind(AccountForm, request, initial={"display_name": member.display_name, "language": member.language})
    response = form_page(
        request, form, title=gettext("Name and language"), act=lambda data: actions.change_account(member, **data),
        to=reverse("access:account"), done=gettext("Saved."), cancel_url=reverse("access:account"),
    )  # fmt: skip
    if response.status_code == 302:
        remember_language(response, member.language)
    return response


@sensitive_post_parameters()
def change_passphrase(request: HttpRequest) -> HttpResponse:
    member = current_member().member

    def act(data: dict[str, Any]) -> Member:
        pair = _own_keys(member, data["passphrase"])
        sessions.mark_proved(request)
        return actions.change_passphrase(
            member, pair=pair, passphrase=data["new_passphrase"], keep_session=request.session.session_key
        )

    return form_page(
        request, bind(ChangePassphraseForm, request, member=member), title=gettext("Change the passphrase"), act=act,
        to=reverse("access:account"), done=gettext("The passphrase is changed. All your other sessions have ended."),
        cancel_url=reverse("access:account"),
    )  # fmt: skip


def _own_keys(member: Member, passphrase: str) -> KeyPair:
    """Raises `CannotDo` when the passphrase is not the member's."""
    try:
        proven = entering.prove(member.sign_in_name, passphrase)
    except TooManyTries as wait:
        raise CannotDo(wait_words(wait)) from None
    if proven is None:
        raise CannotDo(gettext("This is not your passphrase."))
    return proven[1]


@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    member = current_member().member
    secret = signing_in.new_totp_secret()
    form = bind(SecondFactorForm, request, initial={"secret": secret})
    if request.method == "POST" and form.is_valid():
        pair: KeyPair = request.keyring.pair  # type: ignore[attr-defined]  # open: the middleware saw to it
        chosen = {"secret": form.cleaned_data["secret"], "code": form.cleaned_data["one_time_code"]}
        try:
            codes = actions.set_second_factor(member, pair=pair, **chosen)
        except CannotDo as refusal:
            form.add_error("one_time_code", str(refusal))
        else:
            messages.success(request, gettext("The second factor is set up."))
            return _show_codes(request, codes)
    if "secret" in form.errors:  # a hidden field that came back changed
        form = SecondFactorForm(initial={"secret": secret})
    return render(
        request, "access/second_factor.html", _second_factor_context(member, form, form["secret"].value()),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _second_factor_context(member: Member, form: SecondFactorForm, secret: str) -> dict[str, Any]:
    enrolling = signing_in.must_enrol(member)
    return {
        "title": gettext("Second factor"),
        "lede": gettext("Besides the passphrase, a code from an app on your phone. It works without a network."),
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": square(signing_in.totp_address(member, secret)),
        "submit": gettext("Turn on"),
        "cancel_url": "" if enrolling else reverse("access:account"),
    }


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "access/recovery_codes.html", {"title": gettext("Recovery codes"), "codes": codes})


def recovery_codes(request: HttpRequest) -> HttpResponse:
    member = current_member().member
    if member.totp_sealed is None:
        raise Http404
    if request.method == "POST":
        return _show_codes(request, actions.new_recovery_codes(member))
    context = {
        "title": gettext("New recovery codes"),
        "consequences": [gettext("You get ten new codes to print."), gettext("All former codes stop working.")],
        "form": Form(),
        "submit": gettext("Make new codes"),
        "cancel_url": reverse("access:account"),
    }
    return render(request, "kit/page_confirm.html", context)


@require_POST
def end_session(request: HttpRequest, mark: str) -> HttpResponse:
    member = current_member().member
    mine = {session_mark(one.session_key): one.session_key for one in actions.sessions_of(member)}
    if mark not in mine:
        raise Http404
    actions.end_session(member, session_key=mine[mark])
    if sessions.gone(request):
        sessions.leave(request)
    done(request, gettext("The session has ended."))
    return redirect("access:account")


def close_my_keys(request: HttpRequest) -> HttpResponse:
    """Without asking for the passphrase: whoever needs this has no time."""
    member = current_member().member

    def act(data: dict[str, Any]) -> Member:
        actions.close_my_keys(member)
        sessions.leave(request)
        return member

    consequences = [
        gettext("What was handed to you is destroyed: nothing closed opens for you any more, here or anywhere."),
        gettext("All your sessions end, this one too."),
        gettext("You can sign in again, but a colleague who holds the keys must hand them over to you anew."),
    ]
    return form_page(
        request, bind(Form, request), title=gettext("Close my keys"), act=act, to=reverse("access:sign_in"),
        done=gettext("Your keys are closed."), template="kit/page_confirm.html", consequences=consequences,
        irreversible=True, danger=True, submit=gettext("Close my keys"), cancel_url=reverse("access:account"),
    )  # fmt: skip
