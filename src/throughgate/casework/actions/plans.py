"""Plans made from templates, their steps, tasks, the day at the gate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor, our_organisation
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Member, Membership
from throughgate.casework.actions.anchors import anchor_day, follow_anchors, release_day
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import (
    UNDONE,
    UNMET,
    Anchor,
    Case,
    GateMeeting,
    Need,
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
# The day at the gate: one in a case, however many templates tell of it. `exl_meet` is that of an arrival.
GATE_DAY = re.compile(r"_gate_day$|^exl_meet$")
# Steps of two templates that serve the same need this near to each other are one piece of work.
JOINED_WITHIN = 7  # days


@dataclass(frozen=True)
class Planned:
    """A step as a template would put it into a case, or why it is left out (`joins` another one)."""

    step: TemplateStep
    due_on: date | None
    joins: bool = False


def preview(case: Case, template: str, *, event_on: date | None = None) -> list[Planned]:
    """What `make_plan` would make, with days, in the order of the template; the follow-ups of the case are left out."""
    plan = Plan(case=case, template=template, event_on=event_on)
    return lay_out(plan, release=release_day(case.person_id), present=_present(case))


def lay_out(plan: Plan, *, release: date | None, present: Iterable[Step] = ()) -> list[Planned]:
    """The steps that the plan's template gives for this day of release, beside the steps that are *present*."""
    there = list(present)
    return [
        Planned(step, _due(step, anchor_day(plan.case, plan, step.anchor, release)), _joins(step, there))
        for step in plan_template(plan.template).steps
        if FOLLOW_UP_MARK not in step.code
    ]


def _due(step: TemplateStep, anchor: date | None) -> date | None:
    return anchor + timedelta(days=step.offset_days) if anchor else None


def _present(case: Case) -> list[Step]:
    """What a further template joins: work of this round, and whatever is still to be done."""
    steps = Step.objects.filter(case=case).select_related("plan")
    return [step for step in steps if step.plan.round == case.round or step.state in UNDONE]


def _joins(step: TemplateStep, present: Iterable[Step]) -> bool:
    if GATE_DAY.search(step.code):
        return any(GATE_DAY.search(one.code) for one in present)
    return bool(step.need_kind) and any(
        one.need_kind == step.need_kind
        and one.anchor == step.anchor
        and abs(one.offset_days - step.offset_days) <= JOINED_WITHIN
        for one in present
    )


@action("casework.make_plan", needs=Right.PLAN)
def make_plan(case: Case, *, template: str, event_on: date | None = None, on: date | None = None) -> Plan:
    """A plan from a template. A second one on the same case joins the first: no work twice, one day at the gate.

    Raises `CannotDo` when this release was planned from the template already, or the case is closed.
    """
    if not case.is_active:
        raise CannotDo(gettext("This case is closed: reopen it first."))
    if Plan.objects.filter(case=case, template=template, round=case.round).exists():
        raise CannotDo(gettext("This case already has a plan from this template."))
    planned = [one for one in preview(case, template, event_on=event_on) if not one.joins]
    plan = _new_plan(case, template, event_on=event_on, on=on)
    owners, needs = _owners(case), _needs(case)
    Step.objects.bulk_create([planned_step(plan, one, owners, needs) for one in planned])
    note(template=template, steps=len(planned))
    count_readiness(case.person)
    return plan


def _new_plan(case: Case, template: str, *, event_on: date | None = None, on: date | None = None) -> Plan:
    plan = Plan(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, template=template,
        made_on=on or timezone.localdate(), event_on=event_on, round=case.round,
    )  # fmt: skip
    plan.save(force_insert=True)
    return plan


def _needs(case: Case) -> dict[str, Any]:
    """The unmet need of each kind, for the steps that serve it."""
    return dict(Need.objects.filter(case=case, state__in=UNMET).values_list("kind", "id"))


def _owners(case: Case) -> dict[str, Any]:
    """Who does a role's work on this case: the lead, else the first of the team who has the role."""
    memberships = {m.member_id: m.roles for m in Membership.objects.filter(ended_at=None)}
    workers = [case.lead_id, *TeamMember.objects.filter(case=case, until=None).values_list("member_id", flat=True)]
    owners: dict[str, Any] = {}
    for member_id in filter(None, workers):
        for role in memberships.get(member_id, []):
            owners.setdefault(role, member_id)
    return owners


def planned_step(plan: Plan, planned: Planned, owners: dict[str, Any], needs: dict[str, Any]) -> Step:
    """The row of a planned step; *owners* by role, *needs* by kind."""
    template = planned.step
    return Step(
        organisation_id=plan.organisation_id, person_id=plan.person_id, case_id=plan.case_id, plan=plan,
        code=template.code, anchor=template.anchor, offset_days=template.offset_days, need_kind=template.need_kind,
        need_id=needs.get(template.need_kind), owner_role=template.owner_role,
        owner_id=owners.get(template.owner_role), due_on=planned.due_on,
    )  # fmt: skip


@action("casework.add_step", needs=Right.PLAN)
def add_step(
    case: Case, *, words: str, anchor: str = Anchor.RELEASE, offset_days: int = 0, on: date | None = None,
    owner: Member | None = None, need: Need | None = None,
) -> Step:  # fmt: skip
    """A step of one's own: hanging on an anchor, or pinned to the day *on*."""
    plan = Plan.objects.filter(case=case, round=case.round).order_by("-id").first() or _new_plan(case, "")
    step = Step(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, plan=plan, words=words,
        anchor=anchor, offset_days=offset_days, owner=owner, need=need, need_kind=need.kind if need else "",
        pinned=on is not None,
    )  # fmt: skip
    step.due_on = on or step.due_from(anchor_day(case, plan, anchor, release_day(case.person_id)))
    step.save(force_insert=True)
    count_readiness(case.person)
    return step


@action("casework.note_event", needs=Right.WORK)
def note_event(plan: Plan, *, on: date | None) -> Plan:
    """The day of the event that some steps of a plan answer to, such as a punishment cell or new pressure."""
    plan.event_on = on
    plan.save(update_fields=["event_on"])
    note(moved=follow_anchors(plan.case, release_day(plan.person_id)))
    count_readiness(plan.person)
    return plan


@action("casework.pin_step", needs=Right.PLAN)
def pin_step(step: Step, *, on: date, reason: str = "") -> Step:
    """Fix a step to a day: it no longer follows its anchor."""
    _refuse_ended(step)
    amend_row(step, reason=reason, changes={"due_on": on, "pinned": True})
    count_readiness(step.person)
    return step


@action("casework.unpin_step", needs=Right.PLAN)
def unpin_step(step: Step) -> Step:
    """Let it follow its anchor again, from where the anchor is now."""
    _refuse_ended(step)
    step.pinned = False
    step.due_on = step.due_from(anchor_day(step.case, step.plan, step.anchor, release_day(step.person_id)))
    step.save(update_fields=["pinned", "due_on"])
    count_readiness(step.person)
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
    _refuse_ended(step)
    step.state, step.done_on = state, on
    if text:
        step.note = text
    step.save(update_fields=["state", "done_on", "skip_reason", "note"])
    count_readiness(step.person)
    return step


def _refuse_ended(step: Step) -> None:
    if step.state not in UNDONE:
        raise CannotDo(gettext("This step has already been dealt with."))


@action("casework.undo_step", needs=Right.WORK)
def undo_step(step: Step) -> Step:
    """Back to be done: it was ticked by mistake. Its day is where its anchor is now."""
    step.state, step.done_on, step.skip_reason = StepState.TO_DO, None, ""
    if not step.pinned:
        step.due_on = step.due_from(anchor_day(step.case, step.plan, step.anchor, release_day(step.person_id)))
    step.save(update_fields=["state", "done_on", "skip_reason", "due_on"])
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
