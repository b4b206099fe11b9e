"""Where a member begins who has no working day here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughgate.site.navigation import navigation


def home(request: HttpRequest) -> HttpResponse:
    """The first entry of the member's own menu; without one, the handbook."""
    menu = navigation(request)["navigation"]
    return redirect(menu[0]["url"] if menu else "kit:handbook")
