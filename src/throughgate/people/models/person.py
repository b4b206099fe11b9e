"""Somebody who is supported, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.access.acting import Actor
from throughgate.access.models import Assignment
from throughgate.access.rows import GuardedManager, OwnedQuerySet, OwnedRow
from throughgate.codelists.codes import CodeField
from throughgate.core.dates import PartialDate
from throughgate.core.names import Parts, shown
from throughgate.core.references import new_reference
from throughgate.people.rights import Right
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedBytes, SealedDate, SealedJSON


class Sex(models.TextChoices):
    FEMALE = "f", _("woman")
    MALE = "m", _("man")
    OTHER = "x", _("other")


def assigned_to(actor: Actor) -> Any:
    """The people a narrowed actor supports, as a sub-query."""
    return Assignment.objects.filter(member_id=actor.id).values("subject_id")


class PersonQuerySet(OwnedQuerySet["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows.filter(id__in=assigned_to(actor)) if actor.narrowed else rows

    def kept(self) -> Self:
        """Without those whose file was destroyed, and those who were merged into somebody else."""
        return self.filter(erased_at=None, merged_into=None)

    def known_as(self, reference: str) -> Person:
        """The one with this reference, or the one into whom they were merged. Raises `Person.DoesNotExist`."""
        found = self.get(reference=reference)
        return found if found.merged_into_id is None else self.get(id=found.merged_into_id)

    def holding_code(self, field: str, codes: Sequence[str]) -> Self:
        """Those in whose list of codes (`citizenships`, `categories`) one of *codes* stands."""
        # Neither database indexes it and only one of them has a lookup for it; quoted codes cannot overlap.
        any_of = reduce(or_, (Q(**{f"{field}_text__contains": f'"{code}"'}) for code in codes))
        return self.alias(**{f"{field}_text": Cast(field, models.TextField())}).filter(any_of)


class Person(OwnedRow):
    """Kept by one organisation, never shared whole. What tells who it is, is sealed."""

    amend_needs = Right.WRITE

    reference = models.CharField(_("reference"), max_length=8, default=new_reference, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_band = models.CharField(_("born in the years"), max_length=9, blank=True, editable=False)
    citizenships = models.JSONField(_("citizenships"), default=list, blank=True)
    categories = models.JSONField(_("categories"), default=list, blank=True)
    language = CodeField(_("language to speak and write in"), list_name="language", blank=True)
    birth_date = SealedDate(_("date of birth"), compartment=Compartment.IDENTITY)
    sealed_categories = SealedJSON(_("categories that endanger"), compartment=Compartment.IDENTITY)
    photo = models.ForeignKey("people.File", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whoever was merged stays as an empty record whose reference leads on; nobody merged stands between two others.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+", editable=False)

    # Which code list the codes of a field are from, for whoever words them (see `people.history`).
    lists_of_fields: ClassVar[dict[str, str]] = {
        "citizenships": "country",
        "categories": "person_category",
        "sealed_categories": "person_category_sealed",
    }

    objects = GuardedManager.from_queryset(PersonQuerySet)()

    class Meta:
        verbose_name = _("person")
        constraints = [models.UniqueConstraint("organisation", "reference", name="people_reference_once")]
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="people_newest"),
            models.Index(fields=["organisation", "erased_at", "merged_into"], name="people_kept"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sealed_subject(self) -> tuple[UUID, UUID]:
        return self.id, self.organisation_id

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.reference])


def band_of(birth: PartialDate | None) -> str:
    """The ten years somebody was born in: what statistics may know, such as ``1990-1999``."""
    if birth is None:
        return ""
    first = birth.year - birth.year % 10
    return f"{first}-{first + 9}"


class PersonRowQuerySet(OwnedQuerySet[Any]):
    """Rows that hang on a person: visible as the person is."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows.filter(person_id__in=assigned_to(actor)) if actor.narrowed else rows

    def about(self, person: Person) -> Self:
        return self.filter(person=person)


class PersonRow(OwnedRow):
    """The base of everything that is kept about a person."""

    amend_needs: ClassVar[str] = Right.WRITE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", editable=False)

    objects: Any = GuardedManager.from_queryset(PersonRowQuerySet)()

    class Meta:
        abstract = True

    def sealed_subject(self) -> tuple[UUID, UUID]:
        return self.person_id, self.organisation_id


class NameKind(models.TextChoices):
    CURRENT = "current", _("name in use")
    BIRTH = "birth", _("name at birth")
    MARRIED = "married", _("married name")
    ALSO = "also", _("also known as")
    DOCUMENT = "document", _("as written in a document")
    LIST = "list", _("as written in a list")


PARTS = ("surname", "given", "patronymic")


class Name(PersonRow):
    """One name of a person. The parts are one sealed value: whoever cannot read it cannot even count them."""

    kind = models.CharField(_("kind"), max_length=10, choices=NameKind, default=NameKind.CURRENT)
    script = models.CharField(_("spelling"), max_length=16, blank=True)
    preferred = models.BooleanField(_("shown first"), default=False)
    parts = SealedJSON(pgettext_lazy("of a person", "name"), compartment=Compartment.IDENTITY)

    class Meta:
        verbose_name = pgettext_lazy("of a person", "name")
        constraints = [models.UniqueConstraint("person", condition=Q(preferred=True), name="people_one_preferred_name")]

    @property
    def surname(self) -> str:
        return self._part("surname")

    @property
    def given(self) -> str:
        return self._part("given")

    @property
    def patronymic(self) -> str:
        return self._part("patronymic")

    @property
    def whole(self) -> str:
        """The name as one string: as it was given, or surname, given name and patronymic."""
        return self._part("whole") or " ".join(filter(None, [self.surname, self.given, self.patronymic]))

    @property
    def listed(self) -> str:
        """As lists show and sort it: surname first."""
        return listed(self.parts)

    def _part(self, part: str) -> str:
        return self.parts.get(part, "") if isinstance(self.parts, dict) else ""


def listed(parts: Any) -> str:
    """A name as lists show and sort it; empty for one that is closed."""
    return shown(parts_of(parts))


def parts_of(parts: Any) -> Parts:
    """A name as it is searched and compared; empty for one that is closed."""
    if not isinstance(parts, dict):
        return ()
    told = tuple(parts.get(part) or "" for part in PARTS)
    return told if any(told) else tuple(filter(None, [parts.get("whole")]))


class NameSheet(OwnedRow):
    """The name index of an organisation as it was at one change, sealed: read instead of every single name.

    `made_by` names the program that can read it; any other makes it anew from the names.
    """

    change = models.BigIntegerField()
    made_by = models.CharField(max_length=80)
    index = SealedBytes(compartment=Compartment.IDENTITY)

    def sealed_subject(self) -> tuple[UUID, UUID]:
        return self.organisation_id, self.organisation_id


class NameChange(models.Model):
    """That the names of a person changed: other processes read from here what to refresh in memory."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField(db_index=True)
    person_id = models.UUIDField()
