"""A list that was read, how its columns were understood, and what each of its rows said."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.access.acting import Actor
from throughgate.access.models import Member
from throughgate.access.rows import GuardedManager, OwnedQuerySet, OwnedRow
from throughgate.people.models import Person
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedJSON, SealedText


class Profile(OwnedRow):
    """A layout that was met before: which heading means what.

    Headings are sealed: in a list that has none, what is taken for them may be its first row.
    """

    name = models.CharField(_("name"), max_length=80)
    columns = SealedJSON(compartment=Compartment.IDENTITY, default=dict)

    class Meta:
        verbose_name = _("layout of a list")
        constraints = [models.UniqueConstraint("organisation", "name", name="exchange_profile_name_once")]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    READ = "read", _("read")
    MAPPED = "mapped", _("columns chosen")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


# What was begun and has to be finished or undone, should its job have died.
UNDER_WAY = (State.CHECKING, State.RUNNING, State.UNDOING)


class ReadingQuerySet(OwnedQuerySet["Reading"]):
    def newest_of_their_list(self) -> Self:
        """Imported, and no later reading of the same list was begun."""
        later = Reading.objects.exclude(previous=None).exclude(state__in=(State.READ, State.MAPPED, State.UNDONE))
        later = later.exclude(state__in=(State.CHECKING, State.CHECKED))
        return self.filter(state=State.DONE).exclude(id__in=later.values("previous"))


class Reading(OwnedRow):
    """One file, read once. What stands in it is sealed; the file itself is destroyed when every row is kept.

    `headings` in the order of the columns; `mapping` heading -> target ("" for a column that is kept as a note).
    `about` (sealed): warnings, the rows above the headings, names of sheets. `counts`: codes and numbers only.
    """

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READ)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    profile = models.ForeignKey(Profile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    today = models.DateField(_("as of"))
    format = models.CharField(_("format"), max_length=8)
    encoding = models.CharField(_("encoding"), max_length=24, blank=True)
    delimiter = models.CharField(max_length=4, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    headings = SealedJSON(compartment=Compartment.IDENTITY, default=list, editable=False)
    mapping = SealedJSON(compartment=Compartment.IDENTITY, default=dict, editable=False)
    script = models.CharField(_("language of the names"), max_length=16, blank=True)
    counts = models.JSONField(default=dict)
    stored = models.UUIDField(null=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    secret = SealedText(compartment=Compartment.IDENTITY, editable=False)
    file_name = SealedText(_("name of the file"), compartment=Compartment.IDENTITY, editable=False)
    about = SealedJSON(compartment=Compartment.IDENTITY, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects: Any = GuardedManager.from_queryset(ReadingQuerySet)()

    class Meta:
        verbose_name = _("imported list")
        indexes = [models.Index(fields=["organisation", "-created_at"], name="exchange_reading_newest")]

    def get_absolute_url(self) -> str:
        return reverse("exchange:reading", args=[self.id])

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def count(self, code: str) -> int:
        return int(self.counts.get(code, 0))

    @property
    def shrank(self) -> bool:
        """Whether so much of the list is missing that it is rather a broken copy than news."""
        return bool(self.counts.get("shrank"))


class DoubtPage(OwnedRow):
    """Doubtful cells of a dry run, a page of them; gone with the dry run, when each row keeps its own."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    doubts = SealedJSON(compartment=Compartment.IDENTITY)

    class Meta:
        constraints = [models.UniqueConstraint("reading", "number", name="exchange_doubt_page_once")]


class Decision(models.TextChoices):
    OPEN = "", pgettext_lazy("of a row", "not decided")
    SAME = "same", pgettext_lazy("of a row", "the same person")
    OTHER = "other", pgettext_lazy("of a row", "somebody else")


class RowMatch(OwnedRow):
    """That a row of a dry run seems to be about somebody who is known; gone with the dry run.

    `told` (sealed): names, birth and sex of the row, and how many `others` are like it, for whoever decides. Why they
    are alike is not kept.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("row"))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sure = models.BooleanField(_("surely the same"), default=False)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.OPEN, blank=True)
    told = SealedJSON(compartment=Compartment.IDENTITY)

    class Meta:
        verbose_name = _("row about somebody known")
        constraints = [models.UniqueConstraint("reading", "number", name="exchange_match_once")]


class RowState(models.TextChoices):
    NEW = "new", _("new")
    KNOWN = "known", pgettext_lazy("of a row", "about somebody known")
    CHANGED = "changed", _("changed")


class ImportedRowQuerySet(OwnedQuerySet["ImportedRow"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees only some people sees no rows of lists."""
        rows = super().visible_to(actor)
        return rows.none() if actor.narrowed else rows

    def standing(self) -> Self:
        """What the newest reading of each list says."""
        return self.filter(ended_in=None)

    def about(self, person: Person) -> Self:
        return self.filter(person=person)


class ImportedRow(OwnedRow):
    """What one row of a list said: a claim of that source, sealed in the file of the person it is about.

    A row that stands unchanged in a later reading is not kept twice: `last_seen` moves on. `ended_in` is the reading
    in which it was replaced by another (`earlier` of that one) or, with `gone`, no longer found.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    last_seen = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    ended_in = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("row"))
    state = models.CharField(_("state"), max_length=8, choices=RowState, default=RowState.NEW)
    gone = models.BooleanField(_("no longer in the list"), default=False)
    kept = models.BooleanField(_("left by the undoing"), default=False)
    doubt_count = models.PositiveSmallIntegerField(_("doubtful cells"), default=0)
    # What was added to somebody who was known before: model -> ids. Of a new person everything is this row's.
    made = models.JSONField(default=dict)
    key = SealedText(compartment=Compartment.IDENTITY)
    cells = SealedJSON(_("as it stands in the list"), compartment=Compartment.IDENTITY)
    health = SealedJSON(_("what the list says of health"), compartment=Compartment.HEALTH)
    left = SealedJSON(_("not understood"), compartment=Compartment.IDENTITY)
    doubts = SealedJSON(_("doubtful"), compartment=Compartment.IDENTITY)

    objects: Any = GuardedManager.from_queryset(ImportedRowQuerySet)()

    class Meta:
        verbose_name = _("row of a list")
        constraints = [models.UniqueConstraint("reading", "number", name="exchange_row_once")]
        indexes = [
            models.Index(fields=["person"], name="exchange_row_person"),
            models.Index(fields=["last_seen", "ended_in"], name="exchange_row_standing"),
            models.Index(fields=["reading"], condition=Q(kept=True), name="exchange_row_kept"),
        ]

    def sealed_subject(self) -> tuple[UUID, UUID]:
        """The file of the person: whoever destroys it destroys the row with it."""
        return self.person_id or self.organisation_id, self.organisation_id
