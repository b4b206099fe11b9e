"""What must be true of every request: somebody acts, their keys are open or they are asked, openings are logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import escape_leading_slashes

from throughgate.access import devices, drafts, log, sessions, signing_in
from throughgate.access.acting import Forbidden, MemberActor, acting_as
from throughgate.access.acts import ReadOnly
from throughgate.access.models import Member, Membership, Mode
from throughgate.access.rights import Right, role_table
from throughgate.access.routes import LOCKED_TOO, PUBLIC
from throughgate.vault.keyring import unlocked

# What a member may open before their second factor is set up.
ENROLLING = ("access:second_factor", "access:prove")

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # Django's CSRF check over TLS wants the own origin
    "X-Frame-Options": "DENY",  # the same as frame-ancestors, for browsers that know no policy
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class HeadersMiddleware:
    """Strict headers on everything; nothing that may hold sealed content is ever cached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SmallPagesMiddleware(GZipMiddleware):
    """Pages and the style sheet travel compressed, files as they are.

    Lengths of compressed pages give nothing away of what is on them (BREACH): a stranger's site cannot ask for a page
    with a member's strict cookies, tokens are masked anew in each page, and Django adds bytes at random.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(("text/html", "text/css")):
            return super().process_response(request, response)
        return response


def actor_of(member: Member) -> MemberActor | None:
    """The member in their organisation; None when their access has ended."""
    found = Membership.unguarded.filter(member=member, ended_at=None).select_related("organisation").first()
    if found is None or not member.is_active:
        return None
    table = role_table()
    return MemberActor(member, found, table.rights_of(found.roles), table.narrowed(found.roles))


def write_cookies(request: HttpRequest, response: HttpResponse) -> None:
    sessions.write_cookie(request, response)
    devices.write_cookie(request, response)


class ActingMiddleware:
    """Sets who acts and which keys are open, for the time of one request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.keyring = request.draft = None  # type: ignore[attr-defined]
        member = request.user
        actor = actor_of(member) if isinstance(member, Member) else None
        if actor is None:
            if isinstance(member, Member):  # their access has ended: from here on they are a stranger
                sessions.leave(request)
            response = self.get_response(request)
            write_cookies(request, response)
            return response
        keyring = sessions.keyring_for(request, actor.id)
        request.actor, request.keyring = actor, keyring  # type: ignore[attr-defined]
        with acting_as(actor), unlocked(keyring):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        if keyring is not None and keyring.openings:
            match = request.resolver_match
            log.openings_buffer.add(actor, log.openings_entries(keyring.openings, match.view_name if match else ""))
        write_cookies(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask for the passphrase while the keys are locked; keep what was being written."""
        actor: MemberActor | None = request.actor  # type: ignore[attr-defined]
        needs = getattr(view, "needs", None)
        if actor is None or needs in (PUBLIC, LOCKED_TOO):
            return None
        if actor.organisation.mode == Mode.CLOSED and not actor.has(Right.MODE_CHANGE):
            return render(request, "kit/closed.html", status=503)
        if request.keyring is None:  # type: ignore[attr-defined]
            return self._ask_to_unlock(request, actor)
        if signing_in.must_enrol(actor.member) and request.resolver_match.view_name not in ENROLLING:  # type: ignore[union-attr]  # views have one
            return redirect("access:second_factor")
        if request.method == "GET" and "draft" in request.GET:
            request.draft = self._draft(request, actor)  # type: ignore[attr-defined]
        return None

    def _ask_to_unlock(self, request: HttpRequest, actor: MemberActor) -> HttpResponseBase:
        back = drafts.way_back(request, actor)
        return HttpResponseRedirect(f"{reverse('access:unlock')}?{urlencode({'next': back})}")

    def _draft(self, request: HttpRequest, actor: MemberActor) -> Any:
        try:
            return drafts.take(UUID(request.GET["draft"]), request.path, actor, request.keyring)  # type: ignore[attr-defined]
        except ValueError:
            return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, ReadOnly):
            return render(request, "kit/read_only.html", status=409)
        if isinstance(exception, Forbidden):
            raise PermissionDenied from exception
        return None


class LanguageMiddleware:
    """The language: `?language=be` sets it and stays on the page; else the cookie, else what the browser asks for.

    A member's own language becomes the cookie when they sign in.
    """

    cookie = "language"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            asked = request.GET.get("language", "")
        except SuspiciousOperation:  # thousands of parameters; whoever reads them first must answer for it
            return HttpResponse(status=400)
        if request.method == "GET" and translation.check_for_language(asked) and asked in ("be", "ru", "en"):
            query = request.GET.copy()
            del query["language"]
            here = escape_leading_slashes(request.path)  # two of them would lead to another host
            back = HttpResponseRedirect(here + (f"?{query.urlencode()}" if query else ""))
            remember_language(back, asked)
            return back
        language = request.COOKIES.get(self.cookie, "")
        if language not in ("be", "ru", "en"):
            language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        LanguageMiddleware.cookie, language, max_age=365 * 86400, samesite="Strict", httponly=True, secure=True
    )


def note_visit(member: Member) -> None:
    """Remember when a member came, and when they had come before: what changed since is shown on Today."""
    now = timezone.now()
    Member.objects.filter(id=member.id).update(seen_at=now, before_that_seen_at=member.seen_at or now)
