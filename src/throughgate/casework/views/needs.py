"""Needs and pathways of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.casework import actions
from throughgate.casework.forms import needs as forms
from throughgate.casework.models import Need, NeedState, NeedUpdate, PathwayReview
from throughgate.casework.screens import needs as screens
from throughgate.casework.screens.case import to
from throughgate.casework.views.common import find_case, part
from throughgate.casework.views.pressing import TAB, case_form, find_in, press
from throughgate.codelists import codes
from throughgate.core.vocab import vocabulary
from throughgate.kit.forms import bind


def add_needs(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    present = set(Need.objects.filter(case=row).unmet().values_list("kind", flat=True))
    form = bind(forms.AddNeedsForm, request, present=present)

    def act(data: dict[str, Any]) -> Any:
        found, kinds = data.pop("found"), data.pop("kinds")
        urgent = data.pop("urgent") or None  # unticked: as the kind usually is
        return actions.identify_needs(row, kinds=[*([found] if found else []), *kinds], urgent=urgent, **data)

    return case_form(
        request, row, form, title=gettext("Add needs"), act=act, to=f"{row.get_absolute_url()}#needs",
        done=gettext("The needs are added."), submit=gettext("Add"),
    )  # fmt: skip


def need(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Need, row, row_id, "owner")
    updates = NeedUpdate.objects.filter(need=found).select_related("by").order_by("-on", "-id")
    return part(
        request, row.person, tab=TAB, title=gettext("Need"), template="casework/need.html", case=row,
        head=screens.need_panel(row, found), entries=screens.log_entries(updates),
    )  # fmt: skip


def change_need(request: HttpRequest, reference: str, row_id: UUID, state: str) -> HttpResponse:
    if state not in NeedState.values:
        raise Http404
    row = find_case(reference)
    found = find_in(Need, row, row_id, "person")
    title = gettext("%(need)s: %(state)s") % {
        "need": codes.label("need_kind", found.kind),
        "state": NeedState(state).label,
    }
    return case_form(
        request, row, bind(forms.NeedStateForm, request, state=state), title=title,
        act=lambda data: actions.change_need(found, state=state, **data), to=to("need", row, found.id),
        done=gettext("Recorded in the log of the need."),
    )  # fmt: skip


def give_need(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Need, row, row_id, "person", "owner")
    now = {name: getattr(found, name) for name in ("responsible", "severity", "urgent", "text")}
    closed = getattr(now["text"], "locked", False)
    form = bind(forms.GiveNeedForm, request, initial={**now, "owner": str(found.owner_id or "")})
    if closed:  # saving must not overwrite what this member cannot read
        del form.fields["text"]
    return case_form(
        request, row, form, title=codes.label("need_kind", found.kind), to=to("need", row, found.id),
        act=lambda data: actions.give_need(found, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


@require_POST
def review_pathway(request: HttpRequest, reference: str, pathway: str, result: str) -> HttpResponse:
    if pathway not in vocabulary("pathway") or result not in vocabulary("pathway_review"):
        raise Http404
    row = find_case(reference)
    words = gettext("%(pathway)s: %(result)s") % {
        "pathway": codes.label("pathway", pathway),
        "result": codes.label("pathway_review", result),
    }
    return press(
        request, lambda: actions.review_pathway(row, pathway=pathway, result=result),
        to=f"{row.get_absolute_url()}#needs", done=words, undo=lambda review: to("undo_review", row, review.id),
    )  # fmt: skip


@require_POST
def undo_review(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    review = find_in(PathwayReview, row, row_id, "case")
    return press(
        request, lambda: actions.undo_review(review), to=f"{row.get_absolute_url()}#needs", done=gettext("Taken back.")
    )  # fmt: skip
