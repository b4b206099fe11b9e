"""Places of detention: public facts, shipped as data, to which an organisation may add its own."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import Actor
from throughgate.access.rows import GuardedManager, GuardedQuerySet, Row
from throughgate.codelists.codes import CodeField, language
from throughgate.custody.rights import Right


class Allowed(models.TextChoices):
    LETTERS = "letters", _("letters")
    PARCELS = "parcels", _("parcels")
    VISITS = "visits", _("visits")
    CALLS = "calls", _("calls")


class Verified(models.TextChoices):
    YES = "yes", _("confirmed")
    PARTLY = "partly", _("partly confirmed")
    NO = "no", _("not confirmed")


class FacilityQuerySet(GuardedQuerySet["Facility"]):
    def visible_to(self, actor: Actor) -> Self:
        """The shipped ones and the organisation's own."""
        if actor.organisation_id is None:
            return self
        return self.filter(Q(organisation=None) | Q(organisation_id=actor.organisation_id))


class Facility(Row):
    """A place where people are held. `organisation` is None for those that come with the product.

    Coordinates with `coord_precision` "town" are those of the town, not of the place. `source` is where a shipped
    row was read; it is not shown, because a link to it may endanger a reader.
    """

    amend_needs = Right.FACILITIES
    kind_words: str

    organisation = models.ForeignKey(
        "access.Organisation", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    code = models.CharField(_("code"), max_length=40, editable=False)
    kind = CodeField(_("kind"), list_name="place_kind")
    number = models.CharField(_("number"), max_length=12, blank=True)
    name_be = models.CharField(_("name in Belarusian"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    place_be = models.CharField(_("town in Belarusian"), max_length=100, blank=True)
    place_ru = models.CharField(_("town in Russian"), max_length=100, blank=True)
    place_lat = models.CharField(_("town in Latin letters"), max_length=100, blank=True)
    adm1 = models.CharField(_("region"), max_length=6, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    coord_precision = models.CharField(max_length=8, blank=True, editable=False)
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    status = models.CharField(_("state of the place"), max_length=60, blank=True)
    verified = models.CharField(_("confirmed"), max_length=8, choices=Verified, default=Verified.NO)
    allowed = models.JSONField(_("what is allowed"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, editable=False)
    source = models.CharField(max_length=300, blank=True, editable=False)
    version = models.CharField(max_length=20, blank=True, editable=False)

    objects: Any = GuardedManager.from_queryset(FacilityQuerySet)()

    class Meta:
        verbose_name = _("place of detention")
        constraints = [
            models.UniqueConstraint("code", condition=Q(organisation=None), name="custody_facility_code_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        return str(getattr(self, f"name_{language()}", "") or self.name_be)

    @property
    def place(self) -> str:
        by_language = {"be": self.place_be, "ru": self.place_ru, "en": self.place_lat}
        return by_language.get(language()) or self.place_be or self.place_lat

    @property
    def label(self) -> str:
        """Name and town in the language of the page."""
        return ", ".join(filter(None, [self.name, self.place]))

    @property
    def is_own(self) -> bool:
        return self.organisation_id is not None

    def get_absolute_url(self) -> str:
        return reverse("custody:facility", args=[self.id])
