"""The log of the organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access import actions
from throughgate.access.acting import current_member
from throughgate.access.models import LogEntry
from throughgate.access.screens.log import LogTable
from throughgate.access.screens.members import exported
from throughgate.kit.panels import Action


def log(request: HttpRequest) -> HttpResponse:
    table = LogTable(request, on_export=exported)
    table.feed(LogEntry.objects.all())
    check = Action(gettext("Check the log"), reverse("access:verify_log"), post=True, kind="secondary")
    return table.answer({"actions": [check]}, template="access/log.html")


@require_POST
def verify_log(request: HttpRequest) -> HttpResponse:
    verdict = actions.verify_log(current_member().organisation)
    crumbs = [{"label": gettext("Log"), "url": reverse("access:log")}]
    context: dict[str, Any] = {"title": gettext("The log is whole"), "verdict": verdict, "breadcrumbs": crumbs}
    context["fingerprint"] = verdict.head.hex(" ", 4)
    if verdict.broken_at is not None:
        context["title"] = gettext("The log was tampered with")
    return render(request, "access/verdict.html", context)
