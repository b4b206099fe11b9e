"""Plans, their steps, templates, the day at the gate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.casework import actions
from throughgate.casework.forms import plans as forms
from throughgate.casework.models import Anchor, Case, GateMeeting, Plan, Step
from throughgate.casework.screens import gate, plans
from throughgate.casework.screens.case import to
from throughgate.casework.views.common import find_case, part
from throughgate.casework.views.pressing import TAB, case_form, find_in, press
from throughgate.codelists import codes
from throughgate.core.vocab import PlanTemplate, plan_template
from throughgate.custody import projecting
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.kit.forms import bind


def plan_of(row: Case) -> str:
    return f"{row.get_absolute_url()}#plan"


def find_template(code: str) -> PlanTemplate:
    try:
        return plan_template(code)
    except KeyError as unknown:
        raise Http404 from unknown


def templates(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("Plan templates"),
        "lede": gettext("Ready lists of steps. Their days are counted from a date, and move with it."),
        "cards": plans.template_cards(),
    }
    return render(request, "casework/templates.html", context)


def template(request: HttpRequest, code: str) -> HttpResponse:
    found = find_template(code)
    words = found.label(codes.language())
    crumbs = [{"label": gettext("Plan templates"), "url": reverse("casework:templates")}, {"label": words}]
    context = {"title": words, "breadcrumbs": crumbs, "steps": plans.template_steps(found)}
    return render(request, "casework/template.html", context)


def choose_template(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    made = set(Plan.objects.filter(case=row, round=row.round).values_list("template", flat=True))
    return part(
        request, row.person, tab=TAB, title=gettext("Choose a plan template"), template="casework/choose_template.html",
        case=row, cards=plans.template_cards(row, made),
    )  # fmt: skip


def make_plan(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Shows every step with its day; then makes them."""
    row, found = find_case(reference), find_template(code)
    form = bind(forms.MakeEventPlanForm if plans.has_events(code) else forms.MakePlanForm, request)
    planned = actions.preview(row, code)
    return case_form(
        request, row, form, title=found.label(codes.language()), to=plan_of(row),
        act=lambda data: actions.make_plan(row, template=code, **data), done=gettext("The plan is made."),
        submit=gettext("Make this plan"), template="casework/make_plan.html", steps=plans.preview_steps(planned),
        joined=any(one.joins for one in planned), no_day=any(one.due_on is None for one in planned),
    )  # fmt: skip


def note_event(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    plan = find_in(Plan, row, row_id, "case", "person")
    form = bind(forms.EventForm, request, initial={"on": plan.event_on})
    return case_form(
        request, row, form, title=gettext("Day of the event"), act=lambda data: actions.note_event(plan, **data),
        to=plan_of(row), done=gettext("Changed. What hangs on this day has moved with it."),
    )  # fmt: skip


def step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "owner", "plan")
    return part(
        request, row.person, tab=TAB, title=gettext("Step"), template="casework/step.html", case=row,
        head=plans.step_panel(row, found),
    )  # fmt: skip


def add_step(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    form = bind(forms.AddStepForm, request)

    def act(data: dict[str, Any]) -> Step:
        return actions.add_step(
            row, words=data["words"], anchor=data["anchor"] or Anchor.RELEASE, offset_days=form.offset_days,
            on=data["on"], owner=data["owner"],
        )  # fmt: skip

    return case_form(
        request, row, form, title=gettext("Add a step"), act=act, to=plan_of(row), done=gettext("The step is added."),
        submit=gettext("Add"),
    )  # fmt: skip


@require_POST
def do_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person")
    return press(
        request, lambda: actions.do_step(found), to=plan_of(row), done=gettext("The step is done."),
        undo=lambda _row: to("undo_step", row, found.id),
    )  # fmt: skip


@require_POST
def undo_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person", "case", "plan")
    return press(
        request, lambda: actions.undo_step(found), to=plan_of(row), done=gettext("The step is to be done again.")
    )  # fmt: skip


def skip_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person")
    return case_form(
        request, row, bind(forms.SkipStepForm, request), title=gettext("Skip the step"), lede=found.title,
        act=lambda data: actions.skip_step(found, **data), to=plan_of(row), done=gettext("The step is skipped."),
        submit=gettext("Skip"), undo=to("undo_step", row, found.id),
    )  # fmt: skip


def pin_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person")
    form = bind(forms.PinStepForm, request, initial={"on": found.due_on})
    return case_form(
        request, row, form, title=gettext("Pin the step to a day"), lede=found.title,
        act=lambda data: actions.pin_step(found, **data), to=to("step", row, found.id), submit=gettext("Pin"),
        done=gettext("The step stays on this day, whatever happens to the date it hung on."),
        undo="" if found.pinned else to("unpin_step", row, found.id),
    )  # fmt: skip


@require_POST
def unpin_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person", "case", "plan")
    return press(
        request, lambda: actions.unpin_step(found), to=to("step", row, found.id),
        done=gettext("The step moves again with the date it hangs on."),
    )  # fmt: skip


def give_step(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    found = find_in(Step, row, row_id, "person")
    form = bind(forms.GiveStepForm, request, initial={"owner": str(found.owner_id or "")})
    return case_form(
        request, row, form, title=gettext("Give the step to somebody"), lede=found.title,
        act=lambda data: actions.give_step(found, **data), to=to("step", row, found.id), done=gettext("Given."),
    )  # fmt: skip


def gate_day(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    found = GateMeeting.objects.filter(case=row).first()
    now = {part: getattr(found, part) for part in GateMeeting.PARTS} if found else {}
    closed = found is not None and getattr(found.details, "locked", False)
    extra = {"member": str(found.member_id or ""), "details": found.details} if found else {}
    form = bind(forms.GateDayForm, request, initial={**now, **extra})
    if closed:  # saving must not overwrite what this member cannot read
        del form.fields["details"]
    taken, standing = _taken(row), Standing.objects.about(row.person).first()
    release = standing.release if standing else None
    how = codes.label("release_date_type", standing.working_type) if standing and standing.working_type else ""
    return case_form(
        request, row, form, title=gettext("The day at the gate"), template="casework/gate_day.html",
        act=lambda data: actions.plan_gate_day(row, **data), done=gettext("The day at the gate is arranged so."),
        seasons=gate.facts_panel(taken, release, how), clothes=gate.clothes_warning(taken, release),
    )  # fmt: skip


def _taken(row: Case) -> Any:
    """The day the present or last custody began, as the events tell it."""
    found = projecting.derived(CustodyEvent.objects.about(row.person), today=timezone.localdate())
    return found.episodes[-1].start if found.episodes else None
