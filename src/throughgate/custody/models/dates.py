"""Release dates: several may stand side by side, each with who says so and how sure it is."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.access.rows import GuardedManager
from throughgate.codelists.codes import CodeField
from throughgate.core.jurisdiction import ReleaseDateClaim
from throughgate.custody.rights import Right
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import PersonRow, PersonRowQuerySet
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class ReleaseDateQuerySet(PersonRowQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class ReleaseDate(PersonRow):
    """One date that somebody gives. A computed one carries its lines, its rules and their weakest mark."""

    amend_needs = Right.WRITE
    type_words: str
    certainty_words: str

    type = CodeField(_("how it is known"), list_name="release_date_type")
    on = PartialDateField(_("release date"))
    hour = models.TimeField(_("hour"), null=True, blank=True)
    certainty = CodeField(_("how certain"), list_name="release_certainty", default="likely")
    told_on = models.DateField(_("told on"), null=True, blank=True)
    source = SealedText(_("source"), compartment=Compartment.CASE)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    lines = models.JSONField(default=list, blank=True, editable=False)
    rules = models.JSONField(default=list, blank=True, editable=False)
    verified = models.CharField(max_length=8, blank=True, editable=False)

    objects: Any = GuardedManager.from_queryset(ReleaseDateQuerySet)()

    class Meta:
        verbose_name = _("release date")
        indexes = [models.Index(fields=["person", "on"], name="custody_release_person")]

    @property
    def claim(self) -> ReleaseDateClaim:
        """The same for the choice of the working date."""
        return ReleaseDateClaim(
            self.type,  # type: ignore[arg-type]  # codes of the same list
            self.on,
            self.certainty,  # type: ignore[arg-type]  # codes of the same list
            self.told_on,
            withdrawn=self.withdrawn_at is not None,
        )
