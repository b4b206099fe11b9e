"""Lists, places and the data that comes with the product."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor
from throughgate.access.acts import amend
from throughgate.custody import actions, forms
from throughgate.custody.models import Facility, Standing
from throughgate.custody.rights import Right
from throughgate.custody.screens import lists, reference
from throughgate.kit.forms import bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action
from throughgate.people import screens as people
from throughgate.people.rights import Right as People

# A picture may style itself and load nothing.
MAP_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _export() -> Any:
    return people.exported if current_actor().has(People.EXPORT) else None


def not_heard_from(request: HttpRequest) -> HttpResponse:
    table = lists.NotHeardFrom(request, on_export=_export())
    table.feed(Standing.objects.imprisoned())
    lede = gettext("Everybody in custody, by the time since the last letter, visit or other sign of life.")
    return table.answer({"lede": lede, "tabs": _tabs("custody:not_heard_from")}, template="custody/list.html")


def hearings(request: HttpRequest) -> HttpResponse:
    table = lists.Hearings(request, on_export=_export())
    table.feed(lists.coming(timezone.localdate()))
    return table.answer({"tabs": _tabs("custody:hearings")}, template="custody/list.html")


def facilities(request: HttpRequest) -> HttpResponse:
    table = lists.Facilities(request, on_export=_export())
    table.feed(lists.with_numbers(Facility.objects.all()))
    add = current_actor().has(Right.FACILITIES)
    context = {
        "tabs": _tabs("custody:facilities"),
        "actions": [Action(gettext("Add a place"), reverse("custody:add_facility"))] if add else [],
        "map": reverse("custody:facilities_map"),
        "lede": gettext("Places that are not confirmed are marked: check them before anybody relies on them."),
    }
    return table.answer(context, template="custody/facilities.html")


def _tabs(current: str) -> list[dict[str, Any]]:
    named = [
        ("custody:not_heard_from", gettext("Not heard from")),
        ("custody:hearings", gettext("Hearings to come")),
        ("custody:facilities", gettext("Places of detention")),
        ("custody:articles", gettext("Articles")),
        ("custody:rules", gettext("Rules")),
    ]
    return [{"url": reverse(route), "label": label, "current": route == current} for route, label in named]


def facility(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    row = _find(facility_id)
    table = lists.HeldHere(request)
    table.feed(Standing.objects.held().filter(facility=row))
    may_change = row.is_own and current_actor().has(Right.FACILITIES)
    change = [Action(gettext("Change"), reverse("custody:amend_facility", args=[row.id]))] if may_change else []
    context = {
        "title": row.label,
        "row": row,
        "panel": lists.facility_panel(row),
        "table": table,
        "actions": change,
        "map": reverse("custody:facility_map", args=[row.id]) if row.lat is not None else "",
        "breadcrumbs": [
            {"label": gettext("Places of detention"), "url": reverse("custody:facilities")},
            {"label": row.label},
        ],
    }
    return render(request, "custody/facility.html", context)


def _find(facility_id: UUID) -> Facility:
    found: Facility = get_object_or_404(Facility.objects, id=facility_id)
    return found


def facilities_map(request: HttpRequest) -> HttpResponse:
    return _svg(lists.map_of(Facility.objects.all()))


def facility_map(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    row = _find(facility_id)
    return _svg(lists.map_of([row], highlight=row.adm1))


def _svg(picture: str) -> HttpResponse:
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Content-Security-Policy"] = MAP_POLICY
    return response


def add_facility(request: HttpRequest) -> HttpResponse:
    return form_page(
        request, bind(forms.FacilityForm, request), title=gettext("Add a place"),
        act=lambda data: actions.add_facility(**_facts(data)), to=Facility.get_absolute_url,
        done=gettext("The place is added. Only your organisation sees it."), cancel_url=reverse("custody:facilities"),
    )  # fmt: skip


def amend_facility(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """Only the organisation's own: what came with the product is changed by a new version of it."""
    row = get_object_or_404(Facility.objects.exclude(organisation=None), id=facility_id)
    names = [name for name in forms.FacilityForm.base_fields if name != "former"]
    initial = {**{name: getattr(row, name) for name in names}, "former": "; ".join(row.former_names)}
    return form_page(
        request, bind(forms.FacilityForm, request, initial=initial), title=gettext("Correct a place"),
        act=lambda data: amend(row, reason="", **_facts(data)), to=row.get_absolute_url(),
        done=gettext("Changed. What stood here is kept."), cancel_url=row.get_absolute_url(),
    )  # fmt: skip


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    facts = dict(data)
    facts["former_names"] = facts.pop("former")
    return facts


def articles(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("Articles"),
        "lede": gettext("Articles met in political cases, with short working labels. They are not official titles."),
        "tabs": _tabs("custody:articles"),
        "parts": reference.article_rows(),
    }
    return render(request, "custody/reference.html", context)


def rules(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("Rules"),
        "lede": gettext(
            "The rules by which dates are computed and what regimes allow, each with the day from which it is in "
            "force. A rule that is not confirmed was not read in the law: a lawyer has to."
        ),
        "tabs": _tabs("custody:rules"),
        "parts": [*reference.rule_rows(), *reference.all_entitlements()],
    }
    return render(request, "custody/reference.html", context)
