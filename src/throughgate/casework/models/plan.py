"""Plans whose steps hang on dates that move, tasks, and what is due after release."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import Actor
from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager, OwnedQuerySet, OwnedRow
from throughgate.casework.models.case import Anchor, Case, CaseRow
from throughgate.casework.models.need import Need
from throughgate.casework.rights import Right
from throughgate.codelists.codes import CodeField, language
from throughgate.core.vocab import TemplateStep, plan_templates
from throughgate.people.models import Person, PersonRowQuerySet
from throughgate.people.models.person import assigned_to
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class StepState(models.TextChoices):
    TO_DO = "to_do", _("To do")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")


UNDONE = (StepState.TO_DO, StepState.IN_PROGRESS)


@cache
def template_steps() -> dict[str, TemplateStep]:
    """Every step of every shipped template by its code."""
    return {step.code: step for template in plan_templates() for step in template.steps}


def step_words(code: str) -> str:
    """A template step in the language of the page; an unknown code stays as it is."""
    step = template_steps().get(code)
    return step.label(language()) if step else code


class Plan(CaseRow):
    amend_needs = Right.PLAN

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    template = CodeField(_("template"), list_name="plan_template", blank=True)
    made_on = models.DateField(_("made on"))
    event_on = models.DateField(_("day of the event"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1, editable=False)


class DueQuerySet(PersonRowQuerySet):
    """Rows with a state and a day they are due: steps, follow-ups."""

    def undone(self) -> Self:
        return self.filter(state__in=UNDONE)

    def due_by(self, day: date) -> Self:
        return self.filter(due_on__lte=day)


class Step(CaseRow):
    """A step of a plan. Unless pinned it stays `offset_days` from its anchor, wherever the anchor moves."""

    amend_needs = Right.PLAN

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=48, blank=True)
    words = SealedText(_("what is to be done"), compartment=Compartment.CASE)
    anchor = models.CharField(_("hangs on"), max_length=10, choices=Anchor, default=Anchor.RELEASE)
    offset_days = models.IntegerField(_("days from it"), default=0)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    pinned = models.BooleanField(_("stays on its day"), default=False)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_role = CodeField(_("whose work"), list_name="member_role", blank=True)
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    need_kind = CodeField(_("need"), list_name="need_kind", blank=True)
    state = models.CharField(_("state"), max_length=12, choices=StepState, default=StepState.TO_DO)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    skip_reason = CodeField(_("why skipped"), list_name="step_skip_reason", blank=True)
    note = SealedText(_("note"), compartment=Compartment.CASE)

    objects: Any = GuardedManager.from_queryset(DueQuerySet)()

    class Meta:
        verbose_name = _("step")
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="casework_step_owner"),
            models.Index(fields=["case", "due_on"], name="casework_step_case"),
            models.Index(fields=["organisation", "state", "due_on"], name="casework_step_due"),
        ]

    @property
    def title(self) -> Any:
        """The template's words in the language of the page, or what was typed."""
        return step_words(self.code) if self.code else self.words

    def due_from(self, anchor_day: date | None) -> date | None:
        return anchor_day + timedelta(days=self.offset_days) if anchor_day else None


class TaskQuerySet(OwnedQuerySet["Task"]):
    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.narrowed:
            rows = rows.filter(Q(assignee_id=actor.id) | Q(person_id__in=assigned_to(actor)))
        return rows

    def undone(self) -> Self:
        return self.filter(done_on=None)


class Task(OwnedRow):
    """Something somebody promised, about a person or not."""

    amend_needs = Right.WORK

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    title = SealedText(_("what is to be done"), compartment=Compartment.CASE)
    assignee = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    urgency = CodeField(_("urgency"), list_name="urgency", blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    objects: Any = GuardedManager.from_queryset(TaskQuerySet)()

    class Meta:
        verbose_name = _("task")
        indexes = [models.Index(fields=["assignee", "done_on", "due_on"], name="casework_task_assignee")]

    def sealed_subject(self) -> tuple[UUID, UUID]:
        return self.person_id or self.organisation_id, self.organisation_id


class GateMeeting(CaseRow):
    """The day at the gate: each part is arranged, not needed, or open."""

    class Part(models.TextChoices):
        OPEN = "open", _("not arranged yet")
        ARRANGED = "arranged", _("arranged")
        NOT_NEEDED = "not_needed", _("not needed")

    # In the order in which they are asked.
    PARTS = ("meets", "transport", "clothes", "first_night", "phone", "money", "medicines")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    meets = models.CharField(_("who meets"), max_length=12, choices=Part, default=Part.OPEN)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    transport = models.CharField(_("transport"), max_length=12, choices=Part, default=Part.OPEN)
    clothes = models.CharField(_("clothes for the season"), max_length=12, choices=Part, default=Part.OPEN)
    first_night = models.CharField(_("first night"), max_length=12, choices=Part, default=Part.OPEN)
    phone = models.CharField(_("phone"), max_length=12, choices=Part, default=Part.OPEN)
    money = models.CharField(_("money for the first days"), max_length=12, choices=Part, default=Part.OPEN)
    medicines = models.CharField(_("medicines"), max_length=12, choices=Part, default=Part.OPEN)
    details = SealedText(_("who, where, when"), compartment=Compartment.CASE)
