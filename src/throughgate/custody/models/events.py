"""What was reported to have happened."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.access.rows import GuardedManager
from throughgate.codelists.codes import CodeField
from throughgate.core.vocab import vocabulary
from throughgate.custody.models.facilities import Facility
from throughgate.custody.rights import Right
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import PersonRow, PersonRowQuerySet
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class SourceKind(models.TextChoices):
    PERSON = "person", _("the person")
    FAMILY = "family", _("family or friends")
    LAWYER = "lawyer", _("lawyer")
    CELLMATE = "cellmate", _("somebody held with the person")
    FACILITY = "facility", _("the institution")
    COURT = "court", _("court or court papers")
    OBSERVER = "observer", _("our own observer")
    PARTNER = "partner", _("a partner organisation")
    MEDIA = "media", _("media")
    STATE = "state", _("state sources")
    LIST = "list", _("an imported list")
    OTHER = "other", _("another source")


def group_of(kind: str) -> str:
    """The group of an event kind in the vocabulary; "" for one an organisation added."""
    term = vocabulary("custody_event").get(kind)
    return term.extra["group"] if term else ""


class CustodyEventQuerySet(PersonRowQuerySet):
    def standing(self) -> Self:
        """Those that count: neither superseded nor taken back."""
        return self.filter(superseded_by=None, withdrawn_at=None)


class CustodyEvent(PersonRow):
    """One report of one thing that happened; two reports of it stand side by side until one is preferred."""

    amend_needs = Right.WRITE
    kind_words: str

    kind = CodeField(_("what happened"), list_name="custody_event")
    on = PartialDateField(_("when"), null=True, blank=True)
    hour = models.TimeField(_("hour"), null=True, blank=True)
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("days of arrest"), null=True, blank=True)
    source_kind = models.CharField(_("who told it"), max_length=12, choices=SourceKind, blank=True)
    reliability = CodeField(_("how reliable the source is"), list_name="source_reliability", default="f")
    credibility = CodeField(_("how credible it is"), list_name="info_credibility", default="6")
    source = SealedText(_("source"), compartment=Compartment.CASE)
    note = SealedText(_("note"), compartment=Compartment.CASE)
    preferred = models.BooleanField(_("preferred"), default=False)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: Any = GuardedManager.from_queryset(CustodyEventQuerySet)()

    class Meta:
        verbose_name = _("event in custody")
        indexes = [models.Index(fields=["person", "on"], name="custody_event_person")]

    @property
    def group(self) -> str:
        return group_of(self.kind)

    @property
    def stands(self) -> bool:
        return self.superseded_by_id is None and self.withdrawn_at is None
