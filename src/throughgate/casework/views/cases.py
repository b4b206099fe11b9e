"""Cases: the list, one person's, one case, and what changes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.casework import actions
from throughgate.casework.forms import cases as forms
from throughgate.casework.models import (
    Case,
    CaseChange,
    FollowUp,
    GateMeeting,
    Need,
    Outcome,
    PathwayReview,
    Plan,
    Readiness,
    Step,
    TeamMember,
)
from throughgate.casework.rights import Right
from throughgate.casework.screens import case as screens
from throughgate.casework.screens import gate, needs, plans
from throughgate.casework.screens.columns import with_names
from throughgate.casework.screens.contacts import follow_ups_panel
from throughgate.casework.screens.joining import open_actions
from throughgate.casework.views.common import find_case, find_person, part
from throughgate.casework.views.pressing import TAB, case_form, find_in, press
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action
from throughgate.people.models import Person
from throughgate.people.screens import exported, frame


def cases(request: HttpRequest) -> HttpResponse:
    table = screens.Cases(request, on_export=exported if current_actor().has(Right.EXPORT) else None)
    table.feed(Case.objects.filter(person__erased_at=None))
    table.page_rows = with_names(table.page_rows)  # a cached property, dressed
    actions_ = [Action(gettext("Plan templates"), reverse("casework:templates"), kind="secondary")]
    return table.answer({"actions": actions_})


def person_cases(request: HttpRequest, reference: str) -> HttpResponse:
    """All cases of a person; where there is one, that one."""
    person = find_person(reference)
    found = list(Case.objects.about(person).select_related("lead").order_by("-id"))
    if len(found) == 1:
        return redirect(found[0])
    return part(
        request, person, tab=TAB, title=gettext("Cases"), template="casework/person_cases.html",
        cards=screens.cards(found), add=open_actions(person),
    )  # fmt: skip


def case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    changes = list(CaseChange.objects.filter(case=row).select_related("by").order_by("-id"))
    found = Need.objects.filter(case=row).select_related("owner").order_by("id")
    pathways = needs.pathways(found, PathwayReview.objects.filter(case=row).order_by("on", "id"))
    steps = Step.objects.filter(case=row).select_related("owner")
    made = list(Plan.objects.filter(case=row).order_by("id"))
    team = TeamMember.objects.filter(case=row, until=None).select_related("member").order_by("id")
    meeting = GateMeeting.objects.filter(case=row).select_related("member").first()
    others = Case.objects.about(row.person).exclude(id=row.id).exists()
    shown: dict[str, Any] = {
        "case": row,
        "others": reverse(TAB, args=[row.person.reference]) if others else "",
        "head": screens.head_panel(row, team, changes[0] if changes else None),
        "gaps": screens.gap_tags(row.person, _readiness(row)) if row.is_active and row.kind == "re_entry" else "",
        "needs": needs.needs_panel(row, pathways),
        "not_asked": needs.not_asked_panel(row, pathways),
        "groups": plans.groups(row, steps, timezone.localdate()),
        "plan_actions": plans.plan_actions(row, made),
        "follow_ups": follow_ups_panel(_follow_ups(row), row.person.reference),
        "outcomes": screens.outcomes_panel(row, _outcomes(row)),
        "gate": gate.gate_panel(row, meeting),
        "changes": screens.changes_panel(changes),
    }
    return part(
        request, row.person, tab=TAB, title=f"{gettext('Case')} {row.reference}", template="casework/case.html", **shown
    )  # fmt: skip


def _follow_ups(row: Case) -> Any:
    return FollowUp.objects.filter(case=row, round=row.round).order_by("offset_days")


def _outcomes(row: Case) -> Any:
    rows = Outcome.objects.filter(case=row, round=row.round)
    return rows.values_list("point").order_by("point").annotate(answers=Count("id"))


def _readiness(row: Case) -> Readiness | None:
    return Readiness.objects.filter(case=row).first()


def open_case(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    me = current_actor().id
    form = bind(forms.OpenCaseForm, request, initial={"lead": str(me), "intake_on": timezone.localdate()})
    return _new_case(request, person, form, gettext("Open a case"), lambda data: actions.open_case(person, **data))


def propose_case(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)
    form = bind(forms.ProposeCaseForm, request)
    return _new_case(
        request, person, form, gettext("Propose a case"), lambda data: actions.propose_case(person, **data)
    )


def _new_case(request: HttpRequest, person: Person, form: Any, title: str, act: Any) -> HttpResponse:
    shown = frame(request, person, current=TAB, title=title)
    shown["actions"] = []
    return form_page(
        request, form, act=act, to=Case.get_absolute_url, cancel_url=person.get_absolute_url(), submit=title,
        done=gettext("Done."), heading=title, template="casework/form.html", **shown,
    )  # fmt: skip


def accept_case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    form = bind(forms.AcceptCaseForm, request, initial={"lead": str(current_actor().id)})
    return case_form(
        request, row, form, title=gettext("Accept the case"), act=lambda data: actions.accept_case(row, **data),
        done=gettext("The case is open."), submit=gettext("Accept"),
    )  # fmt: skip


def pause_case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return case_form(
        request, row, bind(forms.PauseCaseForm, request), title=gettext("Pause the case"),
        act=lambda data: actions.pause_case(row, **data), done=gettext("The case is paused."), submit=gettext("Pause"),
        undo=screens.to("resume_case", row),
    )  # fmt: skip


@require_POST
def resume_case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return press(
        request, lambda: actions.resume_case(row), to=row.get_absolute_url(), done=gettext("The case goes on.")
    )  # fmt: skip


def close_case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return case_form(
        request, row, bind(forms.CloseCaseForm, request), title=gettext("Close the case"),
        act=lambda data: actions.close_case(row, **data), done=gettext("The case is closed. It can be reopened."),
        submit=gettext("Close the case"),
        lede=gettext("What is undone stays readable, and nobody is reminded of it any more."),
    )  # fmt: skip


def reopen_case(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return case_form(
        request, row, bind(forms.ReopenCaseForm, request), title=gettext("Reopen the case"),
        act=lambda data: actions.reopen_case(row, **data), done=gettext("The case is open again."),
        submit=gettext("Reopen"),
    )  # fmt: skip


def change_lead(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return case_form(
        request, row, bind(forms.ChangeLeadForm, request), title=gettext("Hand the case over"),
        act=lambda data: actions.change_lead(row, **data), done=gettext("The case is handed over."),
        submit=gettext("Hand over"),
        lede=gettext("Steps and needs that wait for the present lead worker go to the new one."),
    )  # fmt: skip


def note_day(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    form = bind(forms.DaysForm, request, initial={"intake_on": row.intake_on, "arrival_on": row.arrival_on})
    return case_form(
        request, row, form, title=gettext("Days that steps hang on"), act=lambda data: actions.note_day(row, **data),
        done=gettext("Changed. What hangs on these days has moved with them."),
        lede=gettext("Steps and follow-ups counted from these days move with them, unless they are pinned or done."),
    )  # fmt: skip


def add_to_team(request: HttpRequest, reference: str) -> HttpResponse:
    row = find_case(reference)
    return case_form(
        request, row, bind(forms.TeamForm, request), title=gettext("Add to the team"),
        act=lambda data: actions.add_to_team(row, **data), done=gettext("They are in the team."), submit=gettext("Add"),
    )  # fmt: skip


def remove_from_team(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    """Asks first: it may take the person out of somebody's sight."""
    row = find_case(reference)
    member = find_in(TeamMember, row, row_id, "member")
    if request.method == "POST":
        return press(
            request, lambda: actions.remove_from_team(member), to=row.get_absolute_url(),
            done=gettext("They are no longer in the team."),
            undo=lambda _row: screens.to("back_to_team", row, member.id),
        )  # fmt: skip
    title = gettext("Take out of the team")
    shown = frame(request, row.person, current=TAB, title=title)
    consequences = [
        gettext("%(who)s no longer works on this case.") % {"who": member.member},
        gettext("A peer worker who has no other part in the person’s cases no longer sees the person."),
    ]
    context = {
        **shown, "actions": [], "heading": title, "consequences": consequences, "submit": title,
        "cancel_url": row.get_absolute_url(), "form": Form(),
    }  # fmt: skip
    return render(request, "casework/confirm.html", context)


@require_POST
def back_to_team(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    row = find_case(reference)
    member = find_in(TeamMember, row, row_id, "member")
    return press(
        request, lambda: actions.back_to_team(member), to=row.get_absolute_url(), done=gettext("They are in the team.")
    )  # fmt: skip
