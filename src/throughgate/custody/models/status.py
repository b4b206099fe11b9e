"""What organisations say somebody's imprisonment is; never a property of the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.custody.rights import Right
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import PersonRow
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class Scheme(models.TextChoices):
    PACE = "PACE-1900", _("Resolution 1900 of the Parliamentary Assembly of the Council of Europe")
    GUIDELINES = "GUIDELINES-2013", _("guidelines of rights organisations of 2013")
    WGAD = "WGAD", _("UN Working Group on Arbitrary Detention")


class StatusAssessment(PersonRow):
    """One assessment: by which organisation, under which criterion of which scheme, from when until when."""

    amend_needs = Right.ASSESS

    by = SealedText(_("by which organisation"), compartment=Compartment.CASE)
    scheme = models.CharField(_("criteria"), max_length=20, choices=Scheme)
    code = models.CharField(_("criterion"), max_length=20)
    start = PartialDateField(_("since"), null=True, blank=True)
    until = PartialDateField(_("until"), null=True, blank=True)
    afterwards = models.BooleanField(_("recognised afterwards"), default=False)
    note = SealedText(_("note"), compartment=Compartment.CASE)

    class Meta:
        verbose_name = _("assessment of status")
        indexes = [models.Index(fields=["person"], name="custody_status_person")]

    @property
    def criterion(self) -> str:
        """The criterion in words."""
        return codes.label("wgad" if self.scheme == Scheme.WGAD else "political_prisoner_criteria", self.code)
