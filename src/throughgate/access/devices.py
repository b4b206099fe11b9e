"""Browsers known again, so that a sign-in from a new one is told to the member where they already are."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from throughgate.access.models import Device, Member
from throughgate.access.signing_in import browser_words
from throughgate.vault import sealing

KEPT_FOR = 365 * 86400  # seconds


@dataclass(frozen=True)
class News:
    """What to tell at a sign-in: this browser is new; others that were new since (browser, when)."""

    new_here: bool
    elsewhere: tuple[tuple[str, datetime], ...] = ()


def recognise(request: HttpRequest, member: Member) -> News:
    """Know the browser or remember it; `write_cookie` then sends the mark by which it is known."""
    mark = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "") or _new_mark()
    request._device_cookie = mark  # type: ignore[attr-defined]  # noqa: SLF001  carried to the response
    mine = Device.objects.filter(member=member)
    first_ever = not mine.exists()
    _device, new = Device.objects.get_or_create(
        member=member,
        hashed=sealing.blind(member.id.bytes, "device", mark),
        defaults={"browser": browser_words(request)[:60], "announced": first_ever},
    )
    if new:
        return News(not first_ever)
    unsaid = mine.filter(announced=False)
    elsewhere = tuple(unsaid.order_by("first_at").values_list("browser", "first_at"))
    unsaid.update(announced=True)
    return News(new_here=False, elsewhere=elsewhere)


def write_cookie(request: HttpRequest, response: HttpResponse) -> None:
    mark = getattr(request, "_device_cookie", None)
    if mark is not None:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME, mark, max_age=KEPT_FOR, secure=True, httponly=True, samesite="Strict"
        )


def _new_mark() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).decode()
