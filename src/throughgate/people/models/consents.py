"""What somebody agreed to."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import CodeField
from throughgate.kit.fields import PartialDateField
from throughgate.people.models.person import PersonRow
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class HowGiven(models.TextChoices):
    WRITTEN = "written", _("in writing")
    SPOKEN = "spoken", _("in a talk")
    MESSAGE = "message", _("in a message or letter")
    REPRESENTATIVE = "representative", _("by a representative or relative")


class ConsentState(models.TextChoices):
    IN_FORCE = "in_force", _("in force")
    NOT_YET = "not_yet", _("not yet in force")
    OVER = "over", _("its time is over")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Consent(PersonRow):
    """A free yes to one named purpose, for a time; it can be taken back without a reason."""

    purpose = CodeField(_("purpose"), list_name="consent_purpose")
    compartments = models.JSONField(_("what it covers"), default=list, blank=True)
    recipients = SealedText(_("who may receive it"), compartment=Compartment.IDENTITY)
    how = models.CharField(_("how it was given"), max_length=16, choices=HowGiven)
    given = PartialDateField(_("given"))
    until = PartialDateField(_("until"), null=True, blank=True)
    withdrawn = PartialDateField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = CodeField(_("why it was withdrawn"), list_name="consent_withdrawal_reason", blank=True)

    class Meta:
        verbose_name = _("consent")

    def state(self, today: datetime.date) -> ConsentState:
        if self.withdrawn is not None:
            return ConsentState.WITHDRAWN
        if self.until is not None and self.until.latest < today:
            return ConsentState.OVER
        return ConsentState.NOT_YET if self.given.earliest > today else ConsentState.IN_FORCE

    def allows(self, purpose: str, compartment: str, today: datetime.date) -> bool:
        """Whether it covers handing over this compartment for this purpose today."""
        return (
            self.purpose == purpose and compartment in self.compartments and self.state(today) == ConsentState.IN_FORCE
        )
