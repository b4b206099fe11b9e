"""Signing in and out, unlocking, joining."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from throughgate.access import actions, entering, sessions, signing_in
from throughgate.access.acting import MemberActor, System, acting_as, current_member, somebody
from throughgate.access.acts import CannotDo
from throughgate.access.devices import News
from throughgate.access.forms import (
    CodeForm,
    ComeBackForm,
    InvitationCodeForm,
    JoinForm,
    PassphraseForm,
    SignInForm,
)
from throughgate.access.middleware import LanguageMiddleware, actor_of, remember_language
from throughgate.access.models import Invitation, Member, RecoveryCode
from throughgate.access.rights import role_table
from throughgate.access.screens.account import moment_words
from throughgate.access.signing_in import TooManyTries
from throughgate.access.throttle import Throttle
from throughgate.kit.forms import bind
from throughgate.kit.panels import Action
from throughgate.vault.sealing import KeyPair

# Codes have 100 bits: this only keeps guessing from costing anything.
wrong_codes = Throttle(30, 60)


def safe_next(request: HttpRequest) -> str:
    """Where to go on: only within this site."""
    wanted = request.GET.get("next", "")
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else settings.LOGIN_REDIRECT_URL


def wait_words(wait: TooManyTries) -> str:
    text = ngettext(
        "Too many tries. Wait %(count)s minute, then try again.",
        "Too many tries. Wait %(count)s minutes, then try again.",
        wait.minutes,
    )
    return text % {"count": wait.minutes}


def _form_answer(request: HttpRequest, form: forms.Form, status: int, **context: Any) -> HttpResponse:
    template = context.pop("template", "kit/page_form.html")
    return render(request, template, {"form": form, **context}, status=status)


# Signing in --------------------------------------------------------------------------------------------------------


@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and isinstance(somebody(), MemberActor):
        return redirect(safe_next(request))
    form, status = bind(SignInForm, request), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proven = entering.prove(**form.cleaned_data)
            except TooManyTries as wait:
                proven, status = None, 429
                form.add_error(None, wait_words(wait))
            if proven is not None:
                return _after_passphrase(request, *proven)
            if status == 422:
                form.add_error(None, gettext("This sign-in name and this passphrase do not belong together."))
    return _form_answer(
        request, form, status, template="access/sign_in.html", title=gettext("Sign in"), submit=gettext("Sign in"),
        demo_sign_ins=demo_sign_ins(), join_url=reverse("access:join"),
    )  # fmt: skip


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """(sign-in name, passphrase, who) of a demo; empty in a real installation."""
    if not settings.DEMO:
        return []
    try:
        return list(import_string(settings.DEMO_SIGN_INS)())
    except ImportError:
        return []


def _after_passphrase(request: HttpRequest, actor: MemberActor, pair: KeyPair) -> HttpResponse:
    if not signing_in.second_factor_needed(actor.member):
        return come_in(request, actor, pair, proof="none", to=safe_next(request))
    sessions.hold_for_code(request, actor.id, pair)
    return redirect(f"{reverse('access:sign_in_code')}?{urlencode({'next': safe_next(request)})}")


@sensitive_post_parameters()
def sign_in_code(request: HttpRequest) -> HttpResponse:
    held = sessions.held_for_code(request)
    actor = actor_of(Member.objects.get(id=held[0])) if held else None
    if held is None or actor is None:
        messages.info(request, gettext("Too much time has passed. Sign in again."))
        return redirect(f"{reverse('access:sign_in')}?{urlencode({'next': safe_next(request)})}")
    form, status = bind(CodeForm, request), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proof = entering.check_code(actor, held[1], form.cleaned_data["one_time_code"])
            except TooManyTries as wait:
                proof, status = "", 429
                form.add_error(None, wait_words(wait))
            if proof:
                return come_in(request, actor, held[1], proof=proof, to=safe_next(request))
            if status == 422:
                form.add_error("one_time_code", gettext("This code is not right, or was used already."))
    return _form_answer(
        request, form, status, title=gettext("Second step"), submit=gettext("Sign in"),
        cancel_url=reverse("access:sign_in"),
    )  # fmt: skip


def come_in(request: HttpRequest, actor: MemberActor, pair: KeyPair, *, proof: str, to: str) -> HttpResponse:
    """Begin the session, tell what the member must know, go on."""
    language = request.COOKIES.get(LanguageMiddleware.cookie, "") or actor.member.language
    before = actor.member.seen_at
    news = entering.enter(request, actor, pair, proof=proof)
    response = redirect(to)
    with translation.override(language):
        _tell(request, news, before)
        if proof == "recovery_code":
            _tell_codes_left(request, actor.member)
    remember_language(response, language)
    return response


def _tell(request: HttpRequest, news: News, before: Any) -> None:
    if news.new_here and before is not None:
        text = gettext("You have not signed in in this browser before. You were last here: %(when)s.")
        messages.warning(request, text % {"when": moment_words(before)})
    for browser, when in news.elsewhere:
        text = gettext(
            "Somebody signed in to your account in a new browser (%(browser)s): %(when)s. If it was not you, change "
            "your passphrase in your account: that ends all other sessions."
        )
        words = {"browser": browser or gettext("unknown browser"), "when": moment_words(when)}
        messages.warning(request, text % words)


def _tell_codes_left(request: HttpRequest, member: Member) -> None:
    left = RecoveryCode.objects.filter(member=member, used_at=None).count()
    text = ngettext(
        "You used a recovery code; %(count)s is left.", "You used a recovery code; %(count)s are left.", left
    )
    messages.warning(request, text % {"count": left})


# Locking and unlocking ---------------------------------------------------------------------------------------------


def _own_passphrase(
    request: HttpRequest, then: Callable[[MemberActor, KeyPair], None], *, title: str, lede: str, submit: str
) -> HttpResponse:
    """Ask the member who acts for their passphrase, then go on to where they wanted to."""
    actor = current_member()
    form, status = bind(PassphraseForm, request), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proven = entering.prove(actor.member.sign_in_name, form.cleaned_data["passphrase"])
            except TooManyTries as wait:
                proven, status = None, 429
                form.add_error(None, wait_words(wait))
            if proven is not None:
                then(*proven)
                return redirect(safe_next(request))
            if status == 422:
                form.add_error("passphrase", gettext("This is not your passphrase."))
    return _form_answer(
        request, form, status, title=title, lede=lede, submit=submit,
        actions=[Action(gettext("Sign out"), reverse("access:sign_out"), post=True, kind="secondary")],
    )  # fmt: skip


@sensitive_post_parameters()
def unlock(request: HttpRequest) -> HttpResponse:
    if request.keyring is not None:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(safe_next(request))

    def then(actor: MemberActor, pair: KeyPair) -> None:
        signing_in.forget_failures(actor.member)
        sessions.unlock(request, actor.id, pair)

    return _own_passphrase(
        request, then, title=gettext("Locked"), submit=gettext("Unlock"),
        lede=gettext("You were away for a while, so everything is closed. What you were writing is kept."),
    )  # fmt: skip


@sensitive_post_parameters()
def prove(request: HttpRequest) -> HttpResponse:
    def then(actor: MemberActor, pair: KeyPair) -> None:
        signing_in.forget_failures(actor.member)
        sessions.mark_proved(request)

    return _own_passphrase(
        request, then, title=gettext("Is it you?"), submit=gettext("Go on"),
        lede=gettext("What you are about to do needs your passphrase once more."),
    )  # fmt: skip


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Close at once; unlocking goes on where it was (the form's `next`)."""
    sessions.lock(request)
    back = request.POST.get("next")
    return redirect(reverse("access:unlock") + (f"?{urlencode({'next': back})}" if back else ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    entering.leave(request, current_member())
    messages.success(request, gettext("You are signed out."))
    return redirect("access:sign_in")


# Joining -----------------------------------------------------------------------------------------------------------


@sensitive_post_parameters()
def join(request: HttpRequest) -> HttpResponse:
    if wrong_codes.full:
        return render(request, "429.html", status=429)
    form = bind(InvitationCodeForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.find_invitation(form.cleaned_data["invitation_code"])
        except actions.CodeNotValid as refusal:
            wrong_codes.count()
            form.add_error("invitation_code", str(refusal))
        else:
            return _choose_passphrase(request, invitation)
    return _form_answer(
        request, form, 422 if form.errors else 200, title=gettext("Accept an invitation"), submit=gettext("Go on"),
        cancel_url=reverse("access:sign_in"),
    )  # fmt: skip


def _choose_passphrase(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = _second_form(request, invitation)
    if form.is_bound and form.is_valid():
        try:
            return _accept(request, invitation, form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
    title = gettext("Choose a new passphrase") if invitation.member else gettext("Become a member")
    return _form_answer(
        request, form, 422 if form.errors else 200, template="access/join.html", title=title, invitation=invitation,
        submit=gettext("Join") if invitation.member is None else gettext("Save"),
    )  # fmt: skip


def _second_form(request: HttpRequest, invitation: Invitation) -> JoinForm | ComeBackForm:
    data: Any = request.POST if "new_passphrase" in request.POST else None
    code = {"invitation_code": request.POST["invitation_code"]}
    if invitation.member is None:
        return JoinForm(data, initial=code)
    return ComeBackForm(data, initial=code, member=invitation.member)


def _accept(request: HttpRequest, invitation: Invitation, chosen: dict[str, Any]) -> HttpResponse:
    with acting_as(System("invitation", organisation_id=invitation.organisation_id)):
        member, pair = actions.accept_invitation(
            invitation,
            sign_in_name=chosen.get("sign_in_name", ""),
            passphrase=chosen["new_passphrase"],
            language=(get_language() or "en")[:2],
        )
    actor = actor_of(member)
    if actor is None:
        raise actions.CodeNotValid
    response = come_in(request, actor, pair, proof="invitation", to=settings.LOGIN_REDIRECT_URL)
    if role_table().compartments_of(actor.membership.roles):
        text = gettext(
            "You are in. A colleague must now give you the keys; until then compartments stay closed to you."
        )
        messages.warning(request, text)
    return response
