"""What may be typed about consents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, CodesField, Form, PartialDateField
from throughgate.people.forms.persons import ReasonForm
from throughgate.people.models import HowGiven
from throughgate.vault.compartments import Compartment


class ConsentForm(Form):
    purpose = CodeField(label=_("What for"), choices=lambda: codes.choices("consent_purpose"))
    compartments = CodesField(label=_("What it covers"), choices=Compartment.choices, required=False)
    recipients = forms.CharField(
        label=_("Who may receive it"), required=False, max_length=500, help_text=_("In the person’s own words. Sealed.")
    )
    how = CodeField(label=_("How it was given"), choices=HowGiven.choices)
    given = PartialDateField(label=_("Given on"))
    until = PartialDateField(label=_("Until"), required=False, help_text=_("Leave empty when no end was agreed."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given, until = data.get("given"), data.get("until")
        if given and until and until.latest < given.earliest:
            self.add_error("until", gettext("It ends before it begins: check both dates."))
        return data


class AmendConsentForm(ConsentForm, ReasonForm):
    field_order = ["purpose", "compartments", "recipients", "how", "given", "until", "reason"]


class WithdrawForm(Form):
    on = PartialDateField(label=_("Withdrawn on"))
    because = CodeField(
        label=_("Why, if the person says"), choices=lambda: codes.choices("consent_withdrawal_reason"), required=False
    )
