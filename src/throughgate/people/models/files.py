"""Files in somebody's file: scans, letters, photographs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.access.models import Member
from throughgate.people.models.person import PersonRow
from throughgate.vault.fields import OF_THE_ROW, SealedText
from throughgate.vault.files import SealedFile


class FileKind(models.TextChoices):
    PHOTO = "photo", _("Photograph of the person")
    DOCUMENT = "document", _("Copy of a document")
    COURT = "court", _("Paper of a court or investigation")
    LETTER = "letter", _("Letter")
    MEDICAL = "medical", _("Medical paper")
    CONSENT = "consent", _("Signed consent")
    RECORDING = "recording", _("Recording")
    OTHER = "other", _("Another file")


class File(SealedFile, PersonRow):
    """A sealed file. Its title and name are sealed with it, in the compartment chosen for it."""

    kind = models.CharField(_("kind"), max_length=12, choices=FileKind)
    title = SealedText(_("title"), compartment=OF_THE_ROW)
    uploaded_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("file")
