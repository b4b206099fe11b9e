"""What somebody needs, and what comes of it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager
from throughgate.casework.models.case import Case, CaseRow
from throughgate.codelists.codes import CodeField
from throughgate.people.models import PersonRowQuerySet
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class NeedState(models.TextChoices):
    """The codes of the list ``need_state``."""

    IDENTIFIED = "identified", _("Identified")
    IN_WORK = "in_work", _("In work")
    MET = "met", _("Met")
    DECLINED = "declined", _("Declined by the person")
    CANNOT_BE_MET = "cannot_be_met", _("Cannot be met")


UNMET = (NeedState.IDENTIFIED, NeedState.IN_WORK)


class NeedQuerySet(PersonRowQuerySet):
    def unmet(self) -> Self:
        return self.filter(state__in=UNMET)


class Need(CaseRow):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = CodeField(_("need"), list_name="need_kind")
    pathway = CodeField(_("pathway"), list_name="pathway")
    severity = CodeField(_("severity"), list_name="need_severity", blank=True)
    state = models.CharField(_("state"), max_length=16, choices=NeedState, default=NeedState.IDENTIFIED)
    responsible = CodeField(_("responsible"), list_name="responsible", blank=True)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    urgent = models.BooleanField(_("urgent"), default=False)
    identified_on = models.DateField(_("identified on"))
    text = SealedText(_("in words"), compartment=Compartment.CASE)

    objects: Any = GuardedManager.from_queryset(NeedQuerySet)()

    class Meta:
        verbose_name = _("need")
        indexes = [models.Index(fields=["person", "state"], name="casework_need_person")]

    @property
    def has_owner(self) -> bool:
        """Somebody answers for it: one of us, or a party outside."""
        return self.owner_id is not None or self.responsible not in ("", "us")


class NeedUpdate(CaseRow):
    """A line in a need's log."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("on"))
    state = models.CharField(_("state"), max_length=16, choices=NeedState)
    reason = models.CharField(_("reason"), max_length=48, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    note = SealedText(_("note"), compartment=Compartment.CASE)


class PathwayReview(CaseRow):
    """That a pathway was looked at: "no need found" is recorded, not left blank."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    pathway = CodeField(_("pathway"), list_name="pathway")
    result = CodeField(_("result"), list_name="pathway_review")
    on = models.DateField(_("on"))
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("case", "pathway", "on", name="casework_review_once_a_day")]
