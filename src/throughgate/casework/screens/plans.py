"""Steps in the order of time, plan templates, the preview of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.actions.plans import FOLLOW_UP_MARK, Planned
from throughgate.casework.models import UNDONE, Anchor, Case, Plan, Step, StepState
from throughgate.casework.rights import Right
from throughgate.casework.screens.case import to
from throughgate.codelists import codes
from throughgate.core.vocab import PlanTemplate, TemplateStep, plan_templates
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people.screens import lines

NEAR = timedelta(days=30)


def offset_words(days: int, anchor: str) -> str:
    """Where something stands: "21 days before the release"."""
    if anchor == Anchor.RELEASE:
        return _from_release(days)
    if anchor == Anchor.INTAKE:
        return _from_intake(days)
    return _from_arrival(days) if anchor == Anchor.ARRIVAL else _from_event(days)


def _from_release(days: int) -> str:
    if days == 0:
        return gettext("on the day of release")
    if days < 0:
        return ngettext("%(n)s day before the release", "%(n)s days before the release", -days) % {"n": -days}
    return ngettext("%(n)s day after the release", "%(n)s days after the release", days) % {"n": days}


def _from_intake(days: int) -> str:
    if days == 0:
        return gettext("on the day of the first talk")
    if days < 0:
        return ngettext("%(n)s day before the first talk", "%(n)s days before the first talk", -days) % {"n": -days}
    return ngettext("%(n)s day after the first talk", "%(n)s days after the first talk", days) % {"n": days}


def _from_arrival(days: int) -> str:
    if days == 0:
        return gettext("on the day of arrival")
    if days < 0:
        return ngettext("%(n)s day before the arrival", "%(n)s days before the arrival", -days) % {"n": -days}
    return ngettext("%(n)s day after the arrival", "%(n)s days after the arrival", days) % {"n": days}


def _from_event(days: int) -> str:
    if days == 0:
        return gettext("on the day of the event")
    return ngettext("%(n)s day after the event", "%(n)s days after the event", days) % {"n": days}


# The steps of a case -------------------------------------------------------------------------------------------------


@dataclass
class Group:
    """Steps under one heading; `folded` ones are shown when asked for."""

    title: Any
    meaning: str = ""
    folded: bool = False
    steps: list[dict[str, Any]] = field(default_factory=list)


def groups(case: Case, steps: Iterable[Step], today: date) -> list[Group]:
    """Overdue, the next 30 days, later, without a day, done; empty ones are left out.

    The far ones are folded where there is anything nearer to look at.
    """
    found = {
        "overdue": Group(_("Overdue"), "danger"),
        "near": Group(_("In the next 30 days")),
        "later": Group(_("Later"), folded=True),
        "no_day": Group(_("No day yet"), folded=True),
        "ended": Group(_("Done or skipped"), folded=True),
    }
    for step in sorted(steps, key=_in_time):
        found[_group_of(step, today)].steps.append(shown(case, step, today))
    filled = [group for group in found.values() if group.steps]
    for first in filled[:1]:
        first.folded = False
    return filled


def _in_time(step: Step) -> tuple[date, Any]:
    return step.due_on or date.max, step.id


def _group_of(step: Step, today: date) -> str:
    if step.state not in UNDONE:
        return "ended"
    if step.due_on is None:
        return "no_day"
    if step.due_on < today:
        return "overdue"
    return "near" if step.due_on <= today + NEAR else "later"


def shown(case: Case, step: Step, today: date) -> dict[str, Any]:
    undone = step.state in UNDONE
    works = case.is_active and current_actor().has(Right.WORK)
    return {
        "when": step.done_on or step.due_on,
        "title": step.title,
        "url": to("step", case, step.id),
        "who": who(step),
        "note": why_then(step),
        "need": codes.label("need_kind", step.need_kind),
        "need_url": to("need", case, step.need_id) if step.need_id else "",
        "done": not undone,
        "do": to("do_step", case, step.id) if undone and works else "",
        "status": "" if undone else state_tag(step),
    }


def state_tag(step: Step) -> SafeString:
    state = StepState(step.state)
    return show.tag(state.label, {StepState.DONE: "good", StepState.IN_PROGRESS: "progress"}.get(state, "neutral"))


def who(step: Step) -> str:
    if step.owner is not None:
        return str(step.owner)
    role = codes.label("member_role", step.owner_role)
    return gettext("nobody yet; work for: %(role)s") % {"role": role} if role else gettext("nobody yet")


def why_then(step: Step) -> str:
    """Why the step stands on its day."""
    if step.pinned:
        return gettext("pinned: stays on its day")
    return offset_words(step.offset_days, step.anchor)


def step_panel(case: Case, step: Step) -> Panel:
    undone = step.state in UNDONE
    plans = case.is_active and undone and current_actor().has(Right.PLAN)
    moving = [Action(_("Pin to a day"), to("pin_step", case, step.id))]
    if step.pinned:
        moving.append(Action(_("Let it move again"), to("unpin_step", case, step.id), post=True))
    give = [Action(_("Give to somebody"), to("give_step", case, step.id))]
    need = codes.label("need_kind", step.need_kind)
    rows = [
        Item(_("State"), lines(state_tag(step), codes.label("step_skip_reason", step.skip_reason)),
             actions=_ending(case, step)),
        Item(_("Due on"), lines(step.due_on, why_then(step)), actions=moving if plans else []),
        Item(_("Done on"), step.done_on, hide_empty=True),
        Item(_("Who does it"), who(step), actions=give if plans else []),
        Item(_("Need"), _link(to("need", case, step.need_id), need) if step.need_id else need, hide_empty=True),
        Item(_("Template"), codes.label("plan_template", step.plan.template), hide_empty=True),
        Item(_("Note"), step.note, hide_empty=True),
    ]  # fmt: skip
    return Panel(step.title, rows)


def _ending(case: Case, step: Step) -> list[Action]:
    if not (case.is_active and current_actor().has(Right.WORK)):
        return []
    if step.state in UNDONE:
        done = Action(_("Done"), to("do_step", case, step.id), post=True)
        return [done, Action(_("Skip"), to("skip_step", case, step.id))]
    return [Action(_("Back to be done"), to("undo_step", case, step.id), post=True)]


def _link(url: str, words: Any) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def plan_actions(case: Case, plans: Iterable[Plan]) -> list[Action]:
    """What may be done with the plan as a whole."""
    actor = current_actor()
    if not case.is_active:
        return []
    found = []
    if actor.has(Right.PLAN):
        made = any(plan.template and plan.round == case.round for plan in plans)
        found = [
            Action(_("Join another template") if made else _("Make a plan"), to("choose_template", case)),
            Action(_("Add a step"), to("add_step", case)),
        ]
    if actor.has(Right.WORK):
        found += [
            Action(_("Day of the event"), to("note_event", case, plan.id))
            for plan in plans
            if has_events(plan.template)
        ]
    return found


# Templates -----------------------------------------------------------------------------------------------------------


def has_events(template: str) -> bool:
    return any(step.anchor == Anchor.EVENT for one in plan_templates() if one.code == template for step in one.steps)


def template_cards(case: Case | None = None, made: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The templates: to read, or to choose from for a case, of which those in *made* are there already."""
    return [
        {
            "title": template.label(codes.language()),
            "url": _template_url(case, template, made),
            "tags": [show.tag(gettext("already in the plan"), "good")] if template.code in made else [],
            "text": ngettext("%(n)s step", "%(n)s steps", count) % {"n": count},
        }
        for template in plan_templates()
        for count in [len(template.steps)]
    ]


def _template_url(case: Case | None, template: PlanTemplate, made: Iterable[str]) -> str:
    if case is None:
        return reverse("casework:template", args=[template.code])
    return "" if template.code in made else to("make_plan", case, template.code)


def template_steps(template: PlanTemplate) -> list[dict[str, Any]]:
    """What a template says, step by step, in the order of time."""
    return [
        {
            "when": offset_words(step.offset_days, step.anchor),
            "title": step.label(codes.language()),
            "who": codes.label("member_role", step.owner_role),
            "note": codes.label("need_kind", step.need_kind),
            "status": show.tag(gettext("follow-up")) if FOLLOW_UP_MARK in step.code else "",
        }
        for step in sorted(template.steps, key=_by_anchor)
    ]


def _by_anchor(step: TemplateStep) -> tuple[int, int]:
    in_turn = (Anchor.INTAKE, Anchor.ARRIVAL, Anchor.RELEASE, Anchor.EVENT)
    return in_turn.index(Anchor(step.anchor)), step.offset_days


def preview_steps(planned: Iterable[Planned]) -> list[dict[str, Any]]:
    """The steps as they would be made, in the order of time; those that join work already planned say so."""
    return [
        {
            "when": show.day(one.due_on, style="short"),
            "title": one.step.label(codes.language()),
            "who": codes.label("member_role", one.step.owner_role),
            "note": offset_words(one.step.offset_days, one.step.anchor),
            "done": one.joins,
            "status": show.tag(gettext("already in the plan")) if one.joins else "",
        }
        for one in sorted(planned, key=lambda one: one.due_on or date.max)
    ]
