"""An organisation's own terms beside those of the shipped code lists."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughgate.access.rows import GuardedManager, OwnedQuerySet, OwnedRow


class OwnTermQuerySet(OwnedQuerySet["OwnTerm"]):
    def of(self, list_name: str) -> Self:
        return self.filter(list=list_name)

    def in_use(self) -> Self:
        return self.filter(retired_at=None)


class OwnTerm(OwnedRow):
    """A term an organisation added. Its code never changes and is never used again; it is retired, not deleted."""

    list = models.CharField(_("list"), max_length=60)
    code = models.CharField(_("code"), max_length=48)
    en = models.CharField(_("in English"), max_length=200)
    be = models.CharField(_("in Belarusian"), max_length=200)
    ru = models.CharField(_("in Russian"), max_length=200)
    pathway = models.CharField(_("pathway"), max_length=48, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = GuardedManager.from_queryset(OwnTermQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "list", "code", name="codelists_code_once")]
        ordering = ["list", "en"]

    def __str__(self) -> str:
        return self.en
