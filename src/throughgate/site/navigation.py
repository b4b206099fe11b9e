"""The menu: what a member may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import somebody
from throughgate.access.rights import Right as Access
from throughgate.casework.rights import Right as Casework
from throughgate.codelists.rights import Right as Codelists
from throughgate.custody.rights import Right as Custody
from throughgate.exchange.rights import Right as Exchange
from throughgate.people.rights import Right as People


@dataclass(frozen=True)
class Item:
    route: str
    label: Any
    needs: str


MENU = (
    Item("casework:today", _("Today"), Casework.TODAY),
    Item("casework:releases", _("Releases"), Casework.VIEW),
    Item("casework:cases", _("Cases"), Casework.VIEW),
    Item("casework:tasks", _("Tasks"), Casework.VIEW),
    Item("casework:follow_ups", _("Follow-ups"), Casework.VIEW),
    Item("people:people", _("People"), People.VIEW),
    Item("custody:not_heard_from", _("Not heard from"), Custody.VIEW),
    Item("custody:facilities", _("Places"), Custody.VIEW),
    Item("exchange:readings", _("Import"), Exchange.IMPORT),
    Item("codelists:lists", _("Code lists"), Codelists.VIEW),
    Item("access:members", _("Members"), Access.MEMBERS_VIEW),
    Item("access:security", _("Security"), Access.LOCK_EVERYTHING),
    Item("access:log", _("Log"), Access.LOG_VIEW),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template variable `navigation`: only what this member's rights open."""
    actor = somebody()
    if actor is None:
        return {"navigation": []}
    items = []
    for item in MENU:
        if actor.has(item.needs):
            url = reverse(item.route)
            current = request.path == url if url == "/" else request.path.startswith(url)
            items.append({"label": item.label, "url": url, "current": current})
    return {"navigation": items}
