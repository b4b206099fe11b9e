"""One person entered twice: what somebody said of two who look alike, and the merging of two into one."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.access.acting import Actor
from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager, OwnedQuerySet, OwnedRow
from throughgate.people.models.person import Person, PersonRow


class Says(models.TextChoices):
    SAME = "same", pgettext_lazy("of two records", "the same person")
    NOT_SAME = "not_same", pgettext_lazy("of two records", "not the same person")
    CANNOT_TELL = "cannot_tell", pgettext_lazy("of two records", "cannot be told")


class VerdictQuerySet(OwnedQuerySet["Verdict"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees only some people compares nobody."""
        rows = super().visible_to(actor)
        return rows.none() if actor.narrowed else rows


class Verdict(OwnedRow):
    """What somebody said of two people, the one with the lower identifier first. Why they look alike is not kept."""

    # A merge leaves it with the two of whom it was said.
    stays: ClassVar = ("one", "other")

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    says = models.CharField(_("verdict"), max_length=12, choices=Says)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects: Any = GuardedManager.from_queryset(VerdictQuerySet)()

    class Meta:
        verbose_name = _("verdict on two people")
        constraints = [
            models.UniqueConstraint("one", "other", name="people_verdict_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="people_verdict_in_order"),
        ]


class Merge(PersonRow):
    """That `merged` was taken into `person`, with all that is needed to take it out again: identifiers and no content.

    `rows`: column -> the rows that came over. `keys`: file key -> whether new values were sealed with it until then.
    `taken`: field -> the amendment that keeps what stood there before the value of `merged` was taken.
    """

    stays: ClassVar = ("merged",)

    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", editable=False)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    rows = models.JSONField(default=dict, editable=False)
    keys = models.JSONField(default=dict, editable=False)
    taken = models.JSONField(default=dict, editable=False)
    shown_first = models.UUIDField(null=True, editable=False)  # the name that was, of whoever was merged
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("merge of two records")
        constraints = [
            models.UniqueConstraint("merged", condition=Q(undone_at=None), name="people_merged_into_one"),
        ]
