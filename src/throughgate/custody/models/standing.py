"""Where somebody stands now: derived from events and release dates, kept for lists, never typed."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughgate.access.rows import GuardedManager
from throughgate.codelists.codes import CodeField
from throughgate.core.dates import PartialDate
from throughgate.custody.models.facilities import Facility
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import Person, PersonRow, PersonRowQuerySet

HELD = Q(held=True)


class StandingQuerySet(PersonRowQuerySet):
    def held(self) -> Self:
        """In custody, or serving at home or in an open-type institution."""
        return self.filter(HELD)

    def imprisoned(self) -> Self:
        return self.filter(episode="deprived")

    def overdue(self, today: datetime.date) -> Self:
        """The working date has passed and no release is known."""
        return self.filter(working_on__lt=today)

    def not_heard_from(self, today: datetime.date, days: int) -> Self:
        """Held, and silent for at least so many days."""
        return self.imprisoned().filter(heard_on__lte=today - datetime.timedelta(days=days))


class Standing(PersonRow):
    """The projection of one person's events and release dates.

    `episode` is the level of the episode that lasts: "deprived", "restricted", or "" for somebody who is not `held`.
    `days_held` is as of `counted_on`. `heard_on` is the day from which silence counts: the last sign of life or,
    failing that, the day the person was taken. `working_on` is the last day that the working date may mean, and is
    empty for somebody who is not held. `recount_on`: the day when an event that is still to come begins to count.
    """

    state_words: str
    last_sign_kind_words: str

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="standing", editable=False)
    state = CodeField(_("state"), list_name="state", default="state_unknown")
    liberty = models.CharField(max_length=12, default="unknown")
    episode = models.CharField(max_length=12, blank=True)
    held = models.BooleanField(default=False)
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    since = PartialDateField(null=True)
    days_held = models.PositiveIntegerField(default=0)
    days_most = models.PositiveIntegerField(null=True)
    counted_on = models.DateField(default=timezone.localdate)
    working_on = models.DateField(null=True)
    working_date = PartialDateField(null=True)
    working_type = CodeField(list_name="release_date_type", blank=True)
    working_certainty = CodeField(list_name="release_certainty", blank=True)
    released_on = PartialDateField(null=True)
    last_sign_on = PartialDateField(null=True)
    last_sign_kind = CodeField(list_name="custody_event", blank=True)
    heard_on = models.DateField(null=True)
    contradictions = models.PositiveSmallIntegerField(default=0)
    gaps = models.PositiveSmallIntegerField(default=0)
    recount_on = models.DateField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: Any = GuardedManager.from_queryset(StandingQuerySet)()

    class Meta:
        verbose_name = _("standing")
        indexes = [
            models.Index(fields=["organisation", "state"], name="custody_standing_state"),
            models.Index(
                fields=["organisation", "working_on"], name="custody_standing_working", condition=Q(held=True)
            ),
            models.Index(fields=["organisation", "episode", "heard_on"], name="custody_standing_heard"),
            models.Index(fields=["organisation", "facility"], name="custody_standing_facility", condition=HELD),
            models.Index(fields=["recount_on"], name="custody_standing_recount"),
        ]

    @property
    def is_overdue(self) -> bool:
        return self.working_on is not None and self.working_on < timezone.localdate()

    @property
    def shown_state(self) -> str:
        """The state as it is shown: a release date in the past without a release is a state of its own."""
        return "state_overdue" if self.is_overdue else self.state

    @property
    def days_held_now(self) -> int:
        passed = (timezone.localdate() - self.counted_on).days if self.episode == "deprived" else 0
        return self.days_held + max(0, passed)

    @property
    def silent_days(self) -> int | None:
        """Days since anything was heard; None for somebody who is not held or of whom no day is known."""
        if self.heard_on is None or self.episode != "deprived":
            return None
        return max(0, (timezone.localdate() - self.heard_on).days)

    @property
    def release(self) -> PartialDate | None:
        """The day of release where it has happened, else the working date."""
        found: PartialDate | None = self.released_on or self.working_date
        return found
