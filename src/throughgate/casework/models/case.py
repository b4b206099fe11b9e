"""One kind of support by one organisation to one person, with a beginning and an end."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.access.acting import Actor
from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager
from throughgate.casework.rights import Right
from throughgate.codelists.codes import CodeField
from throughgate.core.references import new_reference
from throughgate.people.models import PersonRow, PersonRowQuerySet
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class State(models.TextChoices):
    """The codes of the list ``case_state``."""

    PROPOSED = "proposed", pgettext_lazy("case", "Proposed")
    OPEN = "open", pgettext_lazy("case", "Open")
    PAUSED = "paused", pgettext_lazy("case", "Paused")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    REOPENED = "reopened", pgettext_lazy("case", "Reopened")


class Anchor(models.TextChoices):
    """What steps and follow-ups hang on: the codes of the list ``plan_anchor``."""

    RELEASE = "release", _("the release")
    INTAKE = "intake", _("the first talk")
    ARRIVAL = "arrival", _("the arrival abroad")
    EVENT = "event", _("the event")


# Kinds of case whose follow-ups are not counted from a release.
FOLLOW_UPS_HANG_ON = {
    "exile": Anchor.ARRIVAL,
    "repatriation": Anchor.ARRIVAL,
    "evacuation": Anchor.ARRIVAL,
    "relative_under_pressure": Anchor.INTAKE,
}

ACTIVE = (State.OPEN, State.REOPENED, State.PAUSED, State.PROPOSED)
IN_WORK = (State.OPEN, State.REOPENED)


class CaseRow(PersonRow):
    """The base of everything kept in casework: read with the case compartment, changed by those who work on cases."""

    amend_needs = Right.WORK

    class Meta:
        abstract = True


class CaseQuerySet(PersonRowQuerySet):
    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def led_by(self, actor: Actor) -> Self:
        return self.filter(lead_id=actor.id)


class Case(CaseRow):
    reference = models.CharField(_("reference"), max_length=8, default=new_reference, editable=False)
    kind = CodeField(_("kind"), list_name="case_kind")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    lead = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    intake_on = models.DateField(_("first talk on"), null=True, blank=True)
    arrival_on = models.DateField(_("arrived abroad on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = CodeField(_("reason for closing"), list_name="closing_reason", blank=True)
    # Which release it is about: plans, follow-ups and outcomes of an earlier one stay as they were.
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    note = SealedText(_("what the support is about"), compartment=Compartment.CASE)

    objects: Any = GuardedManager.from_queryset(CaseQuerySet)()

    class Meta:
        verbose_name = _("case")
        constraints = [models.UniqueConstraint("organisation", "reference", name="casework_case_reference_once")]
        indexes = [
            models.Index(fields=["organisation", "state"], name="casework_case_state"),
            models.Index(fields=["person", "state"], name="casework_case_person"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("casework:case", args=[self.reference])

    @property
    def follow_ups_hang_on(self) -> Anchor:
        return FOLLOW_UPS_HANG_ON.get(self.kind, Anchor.RELEASE)

    @property
    def since(self) -> date | None:
        """The day it is counted from: opened, or proposed."""
        return self.opened_on or timezone.localdate(self.created_at)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


class CaseChange(CaseRow):
    """A change of a case's state, with its reason: the history that state comes from."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=State)
    on = models.DateField(_("on"))
    reason_list = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=48, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    note = SealedText(_("note"), compartment=Compartment.CASE)


class TeamMember(CaseRow):
    """Who else works on a case, and as what."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    function = CodeField(_("function"), list_name="team_function")
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "member", "function", condition=Q(until=None), name="casework_team_member_once"
            )
        ]
