"""Follow-ups: the list, and why one did not happen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo
from throughgate.casework import actions
from throughgate.casework.forms.contacts import MissedForm
from throughgate.casework.models import FollowUp
from throughgate.casework.rights import Right
from throughgate.casework.screens import due
from throughgate.casework.screens.columns import offset_words
from throughgate.casework.screens.follow_ups import FollowUps
from throughgate.casework.views.common import find_row, person_form, undo_path, way_back
from throughgate.kit import pages
from throughgate.kit.forms import bind
from throughgate.people.screens import exported

TAB = "casework:contacts"


def follow_ups(request: HttpRequest) -> HttpResponse:
    whose = due.whose(request)
    table = FollowUps(request, on_export=exported if current_actor().has(Right.EXPORT) else None)
    table.feed(due.all_follow_ups(whose))
    return table.answer({"whose": whose.links})


def miss_follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    row = find_row(FollowUp, follow_up_id)
    tab = way_back(request, reverse(TAB, args=[row.person.reference]))
    title = gettext("The follow-up did not happen: %(when)s") % {"when": offset_words(row.offset_days)}
    return person_form(
        request, row.person, bind(MissedForm, request), title=title, tab=TAB,
        act=lambda data: actions.miss_follow_up(row, **data), done=gettext("Recorded that it did not happen, and why."),
        undo=lambda missed: undo_path("casework:undo_missed", missed.id, tab),
    )  # fmt: skip


@require_POST
def undo_missed(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    row = find_row(FollowUp, follow_up_id)
    try:
        actions.undo_missed(row)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        pages.done(request, gettext("The follow-up is due again."))
    return redirect(way_back(request, reverse(TAB, args=[row.person.reference])))
