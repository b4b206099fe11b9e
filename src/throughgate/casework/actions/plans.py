"""Plans made from templates, their steps, tasks, the day at the gate."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor, our_organisation
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Member, Membership
from throughgate.casework.actions.anchors import anchor_day, release_day
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import (
    UNDONE,
    Case,
    GateMeeting,
    Plan,
    Step,
    StepState,
    Task,
    TeamMember,
)
from throughgate.casework.rights import Right
from throughgate.core.vocab import TemplateStep, plan_template
from throughgate.people.models import Person

# Steps of a template that are the follow-ups of every case (see `schedule_follow_ups`): not made twice.
FOLLOW_UP_MARK = "_follow_"


@action("casework.make_plan", needs=Right.PLAN)
def make_plan(case: Case, *, template: str, event_on: date | None = None, on: date | None = None) -> Plan:
    """A plan from a template. A second one on the same case brings only needs and days that are not there yet."""
    if Plan.objects.filter(case=case, template=template).exists():
        raise CannotDo(gettext("This case already has a plan from this template."))
    plan = Plan(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, template=template,
        made_on=on or timezone.localdate(), event_on=event_on,
    )  # fmt: skip
    plan.save(force_insert=True)
    release, owners = release_day(case.person_id), _owners(case)
    present = set(Step.objects.filter(case=case).exclude(need_kind="").values_list("need_kind", "offset_days"))
    steps = [
        _step(plan, template_step, anchor_day(case, plan, template_step.anchor, release), owners)
        for template_step in plan_template(template).steps
        if FOLLOW_UP_MARK not in template_step.code
        and (template_step.need_kind, template_step.offset_days) not in present
    ]
    Step.objects.bulk_create(steps)
    note(template=template, steps=len(steps))
    count_readiness(case.person)
    return plan


def _owners(case: Case) -> dict[str, Any]:
    """Who does a role's work on this case: the lead, else the first of the team who has the role."""
    memberships = {m.member_id: m.roles for m in Membership.objects.filter(ended_at=None)}
    workers = [case.lead_id, *TeamMember.objects.filter(case=case, until=None).values_list("member_id", flat=True)]
    owners: dict[str, Any] = {}
    for member_id in filter(None, workers):
        for role in memberships.get(member_id, []):
            owners.setdefault(role, member_id)
    return owners


def _step(plan: Plan, template: TemplateStep, anchor: date | None, owners: dict[str, Any]) -> Step:
    step = Step(
        organisation_id=plan.organisation_id, person_id=plan.person_id, case_id=plan.case_id, plan=plan,
        code=template.code, anchor=template.anchor, offset_days=template.offset_days, need_kind=template.need_kind,
        owner_role=template.owner_role, owner_id=owners.get(template.owner_role),
    )  # fmt: skip
    step.due_on = step.due_from(anchor)
    return step


@action("casework.add_step", needs=Right.PLAN)
def add_step(
    plan: Plan, *, words: str, anchor: str, offset_days: int, owner: Member | None = None, need_kind: str = ""
) -> Step:
    """A step of one's own, hanging on the same anchors."""
    step = Step(
        organisation_id=plan.organisation_id, person_id=plan.person_id, case_id=plan.case_id, plan=plan, words=words,
        anchor=anchor, offset_days=offset_days, owner=owner, need_kind=need_kind,
    )  # fmt: skip
    step.due_on = step.due_from(anchor_day(plan.case, plan, anchor, release_day(plan.person_id)))
    step.save(force_insert=True)
    return step


@action("casework.pin_step", needs=Right.PLAN)
def pin_step(step: Step, *, on: date, reason: str = "") -> Step:
    """Fix a step to a day: it no longer follows its anchor."""
    amend_row(step, reason=reason, changes={"due_on": on, "pinned": True})
    return step


@action("casework.unpin_step", needs=Right.PLAN)
def unpin_step(step: Step) -> Step:
    """Let it follow its anchor again, from where the anchor is now."""
    step.pinned = False
    step.due_on = step.due_from(anchor_day(step.case, step.plan, step.anchor, release_day(step.person_id)))
    step.save(update_fields=["pinned", "due_on"])
    return step


@action("casework.give_step", needs=Right.PLAN)
def give_step(step: Step, *, owner: Member | None) -> Step:
    step.owner = owner
    step.save(update_fields=["owner"])
    return step


@action("casework.do_step", needs=Right.WORK)
def do_step(step: Step, *, on: date | None = None, text: str = "") -> Step:
    return _end(step, StepState.DONE, on=on or timezone.localdate(), text=text)


@action("casework.skip_step", needs=Right.WORK)
def skip_step(step: Step, *, reason: str, text: str = "") -> Step:
    step.skip_reason = reason
    return _end(step, StepState.SKIPPED, on=None, text=text)


def _end(step: Step, state: StepState, *, on: date | None, text: str) -> Step:
    if step.state not in UNDONE:
        raise CannotDo(gettext("This step has already been dealt with."))
    step.state, step.done_on = state, on
    if text:
        step.note = text
    step.save(update_fields=["state", "done_on", "skip_reason", "note"])
    count_readiness(step.person)
    return step


@action("casework.undo_step", needs=Right.WORK)
def undo_step(step: Step) -> Step:
    """Back to be done: it was ticked by mistake."""
    step.state, step.done_on, step.skip_reason = StepState.TO_DO, None, ""
    step.save(update_fields=["state", "done_on", "skip_reason"])
    count_readiness(step.person)
    return step


@action("casework.add_task", needs=Right.WORK)
def add_task(
    title: str, *, person: Person | None = None, case: Case | None = None, assignee: Member | None = None,
    due_on: date | None = None, urgency: str = "",
) -> Task:  # fmt: skip
    task = Task(
        organisation_id=our_organisation(), person=person, case=case, title=title, assignee=assignee, due_on=due_on,
        urgency=urgency, by_id=current_actor().id,
    )  # fmt: skip
    task.save(force_insert=True)
    return task


@action("casework.do_task", needs=Right.WORK)
def do_task(task: Task, *, on: date | None = None) -> Task:
    task.done_on = on or timezone.localdate()
    task.save(update_fields=["done_on"])
    return task


@action("casework.undo_task", needs=Right.WORK)
def undo_task(task: Task) -> Task:
    task.done_on = None
    task.save(update_fields=["done_on"])
    return task


@action("casework.plan_gate_day", needs=Right.PLAN)
def plan_gate_day(case: Case, **parts: Any) -> GateMeeting:
    """Who meets, transport, clothes, first night, phone, money, medicines."""
    row, _made = GateMeeting.objects.get_or_create(
        case=case, defaults={"organisation_id": case.organisation_id, "person_id": case.person_id}
    )
    for name, value in parts.items():
        setattr(row, name, value)
    row.save()
    count_readiness(case.person)
    return row  # type: ignore[no-any-return]  # the manager's own row
