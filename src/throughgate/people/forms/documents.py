"""What may be typed about papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, Form, PartialDateField
from throughgate.people.forms.persons import ReasonForm
from throughgate.people.models import DocumentKind

IN_HAND = "held_by_person"


class DocumentForm(Form):
    kind = CodeField(label=_("Document"), choices=DocumentKind.choices)
    state = CodeField(label=_("Where it is now"), choices=lambda: codes.choices("identity_document_state"))
    missing_reason = CodeField(
        label=_("Why the person does not have it"),
        choices=lambda: codes.choices("document_missing_reason"),
        required=False,
    )
    number = forms.CharField(
        label=_("Series and number"),
        required=False,
        max_length=40,
        help_text=_("Sealed. Found again when typed exactly."),
    )
    country = CodeField(label=_("Issued by the country"), choices=lambda: codes.choices("country"), required=False)
    issued = PartialDateField(label=_("Issued on"), required=False)
    expires = PartialDateField(label=_("Valid until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        issued, expires = data.get("issued"), data.get("expires")
        if issued and expires and expires.latest < issued.earliest:
            self.add_error("expires", gettext("It ends before it was issued: check both dates."))
        if data.get("state") == IN_HAND and data.get("missing_reason"):
            self.add_error("missing_reason", gettext("The person has it: leave this empty or change where it is."))
        return data


class AmendDocumentForm(DocumentForm, ReasonForm):
    field_order = ["kind", "state", "missing_reason", "number", "country", "issued", "expires", "reason"]
