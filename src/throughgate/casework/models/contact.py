"""Keeping in touch: contacts, follow-ups, outcomes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager
from throughgate.casework.models.case import Case, CaseRow
from throughgate.casework.models.plan import DueQuerySet
from throughgate.codelists.codes import CodeField
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class Contact(CaseRow):
    """A conversation or an attempt at one; a consultation has a pathway."""

    class Direction(models.TextChoices):
        OUT = "out", _("we reached out")
        IN = "in", _("they reached us")

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))
    channel = CodeField(_("how"), list_name="contact_channel")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    with_whom = CodeField(_("with whom"), list_name="relationship", blank=True)
    happened = models.BooleanField(_("it came to a conversation"), default=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    consultation = CodeField(_("consultation on"), list_name="pathway", blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    note = SealedText(_("what was said"), compartment=Compartment.CASE)

    class Meta:
        verbose_name = _("contact")
        indexes = [models.Index(fields=["person", "-at"], name="casework_contact_person")]


class FollowUp(CaseRow):
    """A contact that is due after release. One that did not happen says why."""

    class State(models.TextChoices):
        TO_DO = "to_do", _("To do")
        DONE = "done", _("Done")
        MISSED = "missed", _("Did not happen")

    class Why(models.TextChoices):
        ACCEPTABLE = "no_contact_acceptable", _("the person's own reason, all right")
        NOT_ACCEPTABLE = "no_contact_not_acceptable", _("the person's reason, to worry about")
        LOGISTICS = "no_contact_logistics", _("our own logistics")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    offset_days = models.PositiveIntegerField()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.TO_DO)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(_("whose reason"), max_length=32, choices=Why, blank=True)
    reason = models.CharField(_("reason"), max_length=48, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = SealedText(_("note"), compartment=Compartment.CASE)

    objects: Any = GuardedManager.from_queryset(DueQuerySet)()

    class Meta:
        verbose_name = _("follow-up")
        constraints = [models.UniqueConstraint("case", "round", "offset_days", name="casework_follow_up_once")]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="casework_follow_up_due")]


class Outcome(CaseRow):
    """One answer at one of the fixed points; "not known" is an answer of its own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    point = models.PositiveIntegerField(_("days after release"))
    question = models.CharField(_("question"), max_length=48)
    answer = models.CharField(_("answer"), max_length=48)
    evidence = CodeField(_("how we know"), list_name="evidence_grade", blank=True)
    measured_on = models.DateField(_("asked on"))
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("case", "round", "point", "question", name="casework_outcome_once")]


class Readiness(models.Model):
    """What is still open before a release, counted again by every action that touches it."""

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.CASCADE, related_name="readiness")
    organisation_id = models.UUIDField()
    lead = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    has_plan = models.BooleanField(default=False)
    needs_unmet = models.PositiveSmallIntegerField(default=0)
    needs_without_owner = models.PositiveSmallIntegerField(default=0)
    documents = models.BooleanField(default=False)
    first_night = models.BooleanField(default=False)
    met_at_gate = models.BooleanField(default=False)
    overdue = models.PositiveSmallIntegerField(default=0)
    gaps = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "gaps"], name="casework_readiness_gaps")]
