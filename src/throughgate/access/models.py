"""Organisations, members, what they may do, and the log of what they did."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.access.acting import Actor
from throughgate.access.rows import GuardedManager, GuardedQuerySet, OwnedQuerySet, OwnedRow, Row
from throughgate.core.ids import new_id
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class Mode(models.TextChoices):
    NORMAL = "normal", pgettext_lazy("mode", "Open")
    READ_ONLY = "read_only", pgettext_lazy("mode", "Read-only")
    CLOSED = "closed", _("Closed to all but the security officer")


class OrganisationQuerySet(GuardedQuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.organisation_id is None else self.filter(id=actor.organisation_id)


class Organisation(Row):
    """An NGO, a social service, a corrections department, a donor."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, default="ngo")
    mode = models.CharField(_("mode"), max_length=16, choices=Mode, default=Mode.NORMAL)
    in_country = models.BooleanField(_("works inside the country"), default=True)

    objects = GuardedManager.from_queryset(OrganisationQuerySet)()

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class Member(AbstractBaseUser):
    """Somebody who signs in. The name shown may be any name that colleagues know."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sign_in_name = models.CharField(_("sign-in name"), max_length=60, unique=True)
    display_name = models.CharField(_("name shown to colleagues"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="be")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    before_that_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The second factor: its secret is sealed under the member's own key, so only a passphrase makes it checkable.
    totp_sealed = models.BinaryField(null=True, editable=False)
    totp_last_step = models.BigIntegerField(default=0, editable=False)
    # What counts failed attempts; see `access.signing_in`.
    failures = models.PositiveIntegerField(default=0, editable=False)
    blocked_until = models.DateTimeField(null=True, blank=True, editable=False)

    # Taken away from Django's base: keys and verifier are the vault's, the last visit is `seen_at`.
    password = None  # type: ignore[assignment]
    last_login = None

    objects = BaseUserManager()

    USERNAME_FIELD = "sign_in_name"

    class Meta:
        verbose_name = _("member")

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        return self.id.hex  # a changed passphrase ends the other sessions by deleting them (see `access.actions`)


class RecoveryCode(models.Model):
    """A one-time code that stands in for the second factor; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recovery_codes")
    hashed = models.BinaryField(max_length=16)
    used_at = models.DateTimeField(null=True, blank=True)


class Device(models.Model):
    """A browser in which a member has signed in, known again by a cookie of which only the hash is kept.

    `announced` says whether the member was told of it in a browser they already used.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    hashed = models.BinaryField(max_length=16)
    browser = models.CharField(max_length=60)
    first_at = models.DateTimeField(default=timezone.now)
    announced = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("member", "hashed", name="access_device_once")]


class Membership(OwnedRow):
    """What ties a member to an organisation: one or more roles."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField(_("roles"), default=list)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("member", condition=Q(ended_at=None), name="access_one_current_membership")
        ]

    def __str__(self) -> str:
        return self.member.display_name


class Invitation(OwnedRow):
    """A single-use code by which somebody becomes a member, or a member chooses a new passphrase."""

    display_name = models.CharField(_("name shown to colleagues"), max_length=120)
    roles = models.JSONField(_("roles"), default=list)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    hashed = models.BinaryField(max_length=16, unique=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Assignment(OwnedRow):
    """That a member supports a person: peer workers see nobody else."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    subject_id = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("member", "subject_id", name="access_assigned_once")]


class Draft(OwnedRow):
    """A form that was being written when the session locked, sealed to its writer."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    key_wrapped = models.BinaryField()
    sealed = models.BinaryField()


class Job(OwnedRow):
    """Long work, its progress and what came of it: codes and counts, never content (see `access.jobs`)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    target_id = models.UUIDField(null=True)
    options = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker_id = models.UUIDField()
    keys_wrapped = models.BinaryField()
    keys_sealed = models.BinaryField()


class LogHead(models.Model):
    """The end of an organisation's chain; whoever appends holds this row."""

    organisation_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))


class LogQuerySet(OwnedQuerySet["LogEntry"]):
    def about(self, *subject_ids: UUID) -> Self:
        return self.filter(subject_id__in=subject_ids)

    def openings(self) -> Self:
        return self.filter(kind__startswith="opened.")


class LogEntry(models.Model):
    """Who, when, what kind, which object; chained to the entry before. Never content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    hash = models.BinaryField(max_length=32)

    objects = GuardedManager.from_queryset(LogQuerySet)()
    unguarded = models.Manager()  # noqa: DJ012 (taken for a field)

    class Meta:
        constraints = [models.UniqueConstraint("organisation_id", "number", name="access_log_number")]
        indexes = [
            models.Index(fields=["subject_id", "-number"], name="access_log_subject"),
            models.Index(fields=["organisation_id", "-number"], name="access_log_newest"),
        ]


class AmendmentQuerySet(OwnedQuerySet["Amendment"]):
    def of(self, row: models.Model) -> Self:
        return self.filter(object_id=row.pk)


class Amendment(OwnedRow):
    """A superseded value: which field of which row, what it was, who changed it, when and why.

    A sealed value is kept as the sealed bytes it was: they still open in their own place only.
    """

    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField(db_index=True)
    subject_id = models.UUIDField(null=True, db_index=True)
    field = models.CharField(max_length=60)
    was = models.JSONField(null=True)
    was_sealed = models.BinaryField(null=True)
    reason = SealedText(_("reason"), compartment=Compartment.IDENTITY)
    actor = models.CharField(max_length=80)

    objects = GuardedManager.from_queryset(AmendmentQuerySet)()

    def sealed_subject(self) -> tuple[UUID, UUID]:
        return self.subject_id or self.organisation_id, self.organisation_id
