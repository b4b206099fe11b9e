"""Ways to reach somebody, with what is dangerous about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import CodeField
from throughgate.kit.fields import PartialDateField
from throughgate.people.models.person import PersonRow
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class NotSafeReason(models.TextChoices):
    SEARCH = "search", _("a search of the home")
    INTERROGATION = "interrogation", _("an interrogation")
    PHONE_SEIZED = "phone_seized", _("the telephone or computer was taken")
    RELEASED_INSIDE = "released_inside", _("released inside the country, may be watched")
    DESIGNATION = "designation", _("listed as extremist, or a channel was")
    ACCOUNT_TAKEN = "account_taken", _("somebody else uses the account")
    PERSON_ASKED = "person_asked", _("the person asked not to use it")
    OTHER = "other", _("another reason")


class ContactPoint(PersonRow):
    """One number, address or account. The value is sealed and found again, exactly, by its keyed hash."""

    channel = CodeField(_("channel"), list_name="contact_channel")
    value = SealedText(_("number or address"), compartment=Compartment.IDENTITY)
    value_hash = models.BinaryField(max_length=16, null=True, db_index=True, editable=False)
    whose = SealedText(_("whose it is"), compartment=Compartment.IDENTITY)
    safe_times = SealedText(_("when it is safe"), compartment=Compartment.IDENTITY)
    risk = CodeField(_("risk"), list_name="contact_risk", blank=True)
    never_mention_us = models.BooleanField(_("never mention us"), default=False)
    not_safe_since = PartialDateField(_("not safe since"), null=True, blank=True)
    not_safe_reason = models.CharField(_("why it is not safe"), max_length=16, choices=NotSafeReason, blank=True)
    ended = PartialDateField(_("no longer used since"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact point")

    @property
    def number(self) -> object:
        """Equal for the same number or address told twice, as after a merge."""
        return self.pk if self.value_hash is None else bytes(self.value_hash)


def carefully(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """The safe ones first, those out of use last. Where one number is told twice, what warns of it counts and comes
    first.
    """
    told: dict[object, list[ContactPoint]] = {}
    for point in points:
        told.setdefault(point.number, []).append(point)
    return [point for some in sorted(told.values(), key=_danger) for point in sorted(some, key=_is_silent)]


def _danger(points: Sequence[ContactPoint]) -> tuple[bool, bool, bool]:
    return (
        all(point.ended is not None for point in points),
        not all(map(_is_silent, points)),
        any(point.risk == "no_contact" for point in points),
    )


def _is_silent(point: ContactPoint) -> bool:
    return point.not_safe_since is None
