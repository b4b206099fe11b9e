"""Outcomes: the tab of a person, and the questions of one point."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.casework import actions
from throughgate.casework.forms.outcomes import POINTS, OutcomesForm
from throughgate.casework.models import Outcome
from throughgate.casework.screens.outcomes import grids, point_words
from throughgate.casework.views.common import find_case, find_person, part, person_form
from throughgate.kit.forms import bind

TAB = "casework:outcomes"


def outcomes(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_person(reference)
    return part(
        request, row, tab=TAB, title=gettext("Outcomes"), template="casework/outcomes.html", grids=grids(row),
        actions=[],
    )  # fmt: skip


def measure_outcomes(request: HttpRequest, reference: str, point: int) -> HttpResponse:
    case = find_case(reference)
    if point not in POINTS:
        raise Http404
    there = Outcome.objects.filter(case=case, round=case.round, point=point)
    initial = {"measured_on": timezone.localdate(), **OutcomesForm.initial_of(there)}
    return person_form(
        request, case.person, bind(OutcomesForm, request, initial=initial), tab=TAB,
        title=gettext("Outcomes: %(point)s") % {"point": point_words(point)},
        act=lambda data: actions.measure_outcomes(case, point=point, **data),
        done=gettext("The outcomes are recorded."),
        template="casework/outcomes_form.html",
    )  # fmt: skip
