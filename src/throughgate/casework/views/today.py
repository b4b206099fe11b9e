"""The first page of a working day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.casework.screens.today import today as todays
from throughgate.kit import show


def today(request: HttpRequest) -> HttpResponse:
    shown = todays(request)
    title = gettext("Today, %(date)s") % {"date": show.date_words(timezone.localdate())}
    context = {
        "title": title,
        "today": shown,
        "stats": shown.tiles,
        "whose": shown.whose.links,
    }
    return render(request, "casework/today.html", context)
