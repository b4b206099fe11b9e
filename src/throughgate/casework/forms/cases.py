"""What may be typed about a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.casework.forms.members import MemberField
from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, DayField, Form


def long_text(label: Any, help_text: Any = "") -> forms.CharField:
    """Free text, which is always sealed."""
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": "3"})
    )


class ProposeCaseForm(Form):
    """What kind of support; whoever may open cases decides."""

    kind = CodeField(label=_("What kind of support"), choices=lambda: codes.choices("case_kind"))
    text = long_text(_("What the support is about"))


class OpenCaseForm(ProposeCaseForm):
    lead = MemberField(label=_("Lead worker"), required=False)
    intake_on = DayField(label=_("Day of the first talk"), required=False)

    field_order = ["kind", "lead", "intake_on", "text"]


class AcceptCaseForm(Form):
    lead = MemberField(label=_("Lead worker"), required=False)


class _WhyForm(Form):
    """A reason from a list, in words where the list says "other", and the day it holds from."""

    text = long_text(_("In words"))
    on = DayField(label=_("Since when"), required=False, help_text=_("Today, when it is left empty."))

    field_order = ["reason", "text", "on"]


class PauseCaseForm(_WhyForm):
    reason = CodeField(label=_("Why it is paused"), choices=lambda: codes.choices("case_pause_reason"))


class CloseCaseForm(_WhyForm):
    reason = CodeField(label=_("Why it is closed"), choices=lambda: codes.choices("closing_reason"))


class ReopenCaseForm(_WhyForm):
    reason = CodeField(label=_("Why it is reopened"), choices=lambda: codes.choices("reopening_reason"))


class ChangeLeadForm(Form):
    lead = MemberField(label=_("New lead worker"))
    reason = forms.CharField(label=_("Why it is handed over"), required=False, max_length=500)


class TeamForm(Form):
    member = MemberField(label=_("Who"))
    function = CodeField(label=_("As what"), choices=lambda: codes.choices("team_function"))


class DaysForm(Form):
    """The days that steps may hang on, beside the release."""

    intake_on = DayField(label=_("Day of the first talk"), required=False)
    arrival_on = DayField(label=_("Day of arrival abroad"), required=False)
    reason = forms.CharField(
        label=_("Why it is changed"), required=False, max_length=500, help_text=_("Kept with what stood here.")
    )
