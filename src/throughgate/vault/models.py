"""What is stored of keys: public halves, and secret ones only as wrapped for somebody.

The vault stands below members and organisations, so it knows them by their identifiers only.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from throughgate.core.ids import new_id
from throughgate.vault.compartments import Compartment


class KeyRow(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class MemberKeys(KeyRow):
    """A member's key pair; the secret half is sealed under the key their passphrase gives."""

    member_id = models.UUIDField(unique=True)
    salt = models.BinaryField(max_length=16)
    verifier = models.BinaryField(max_length=32)
    public = models.BinaryField(max_length=1216)
    sealed_secret = models.BinaryField()


class Ring(KeyRow):
    """The keys of one compartment of one organisation; a new generation takes over when it is rotated."""

    organisation_id = models.UUIDField(db_index=True)
    compartment = models.CharField(max_length=16, choices=Compartment)
    generation = models.PositiveIntegerField(default=1)
    public = models.BinaryField(max_length=1216)
    retired_at = models.DateTimeField(null=True, blank=True)
    # Counts changes of names and the like, so that other processes know when to refresh what they hold in memory.
    changes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation_id", "compartment", condition=Q(retired_at=None), name="vault_one_active_ring"
            ),
            models.UniqueConstraint("organisation_id", "compartment", "generation", name="vault_ring_generation"),
        ]


class RingGrant(KeyRow):
    """A ring's secret, wrapped for one holder: a member, a recovery set or the worker."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="grants")
    holder_id = models.UUIDField(db_index=True)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("ring", "holder_id", name="vault_one_grant_per_holder")]


class RecoverySet(KeyRow):
    """The key pair whose secret was printed as k-of-n shares."""

    organisation_id = models.UUIDField(db_index=True)
    public = models.BinaryField(max_length=1216)
    needed = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)


class FileKey(KeyRow):
    """The key of one compartment of one person's file, wrapped for the ring of the organisation that keeps it.

    ``at_home`` tells how: symmetrically under the ring's home key, or by HPKE when whoever wrote did not hold the
    ring. ``subject_id`` is the person; things that belong to no person have their organisation as subject.
    """

    subject_id = models.UUIDField()
    compartment = models.CharField(max_length=16, choices=Compartment)
    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="file_keys")
    wrapped = models.BinaryField()
    at_home = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "compartment"], name="vault_filekey_subject")]


class FileKeyGrant(KeyRow):
    """A file key handed to another organisation's ring. Ending the sharing deletes the row."""

    file_key = models.ForeignKey(FileKey, on_delete=models.CASCADE, related_name="grants")
    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="received")
    wrapped = models.BinaryField()
    at_home = models.BooleanField(default=False)
    purpose = models.CharField(max_length=64)
    consent_id = models.UUIDField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("file_key", "ring", name="vault_one_grant_per_ring")]


class WorkerKeys(KeyRow):
    """The public half of a worker process's key pair; the secret half lives in its memory alone."""

    public = models.BinaryField(max_length=1216)
    seen_at = models.DateTimeField(default=timezone.now)
