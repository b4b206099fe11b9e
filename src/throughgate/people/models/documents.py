"""Papers that say who somebody is."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import CodeField
from throughgate.kit.fields import PartialDateField
from throughgate.people.models.person import PersonRow
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText

SOON = datetime.timedelta(days=180)  # renewing a passport abroad takes half a year


class DocumentKind(models.TextChoices):
    PASSPORT = "passport", _("Passport")
    ID_CARD = "id_card", _("Identity card")
    BIOMETRIC = "biometric", _("Biometric passport")
    BIRTH = "birth", _("Birth certificate")
    RELEASE = "release", _("Certificate of release")
    RESIDENCE = "residence", _("Residence permit")
    REFUGEE = "refugee", _("Document of a refugee or protected person")
    TRAVEL = "travel", _("Travel document of a foreigner")
    DRIVING = "driving", _("Driving licence")
    MILITARY = "military", _("Military card")
    INSURANCE = "insurance", _("Insurance or pension card")
    DISABILITY = "disability", _("Disability certificate")
    EDUCATION = "education", _("Diploma or certificate of education")
    WORK_BOOK = "work_book", _("Work record book")
    OTHER = "other", _("Another document")


class IdentityDocument(PersonRow):
    """One paper. The number is sealed and found again, exactly, by its keyed hash."""

    kind = models.CharField(_("document"), max_length=16, choices=DocumentKind)
    state = CodeField(_("where it is now"), list_name="identity_document_state")
    missing_reason = CodeField(_("why it is missing"), list_name="document_missing_reason", blank=True)
    issued = PartialDateField(_("issued"), null=True, blank=True)
    expires = PartialDateField(_("valid until"), null=True, blank=True)
    country = CodeField(_("issued by the country"), list_name="country", blank=True)
    number = SealedText(_("number"), compartment=Compartment.IDENTITY)
    number_hash = models.BinaryField(max_length=16, null=True, db_index=True, editable=False)

    class Meta:
        verbose_name = _("document")

    def expired(self, today: datetime.date) -> bool:
        return self.expires is not None and self.expires.latest < today

    def expires_soon(self, today: datetime.date) -> bool:
        return self.expires is not None and not self.expired(today) and self.expires.earliest <= today + SOON
