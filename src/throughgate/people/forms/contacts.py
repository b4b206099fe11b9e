"""What may be typed about ways to reach somebody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, Form, PartialDateField
from throughgate.people.forms.persons import ReasonForm
from throughgate.people.models import NotSafeReason


class ContactPointForm(Form):
    channel = CodeField(label=_("Channel"), choices=lambda: codes.choices("contact_channel"))
    value = forms.CharField(
        label=_("Number or address"), max_length=240, help_text=_("Sealed. Found again when typed exactly.")
    )
    whose = forms.CharField(
        label=_("Whose it is"), required=False, max_length=240, help_text=_("Leave empty when it is the person’s own.")
    )
    safe_times = forms.CharField(
        label=_("When it is safe"), required=False, max_length=240, help_text=_("For example: weekdays after 18:00.")
    )
    risk = CodeField(label=_("Risk"), choices=lambda: codes.choices("contact_risk"), required=False)
    never_mention_us = forms.BooleanField(
        label=_("Never mention us: not our name, not what it is about"), required=False
    )


class AmendContactPointForm(ContactPointForm, ReasonForm):
    field_order = ["channel", "value", "whose", "safe_times", "risk", "never_mention_us", "reason"]


class NotSafeForm(Form):
    since = PartialDateField(label=_("Not safe since"))
    because = CodeField(label=_("What happened"), choices=NotSafeReason.choices)


class EndForm(Form):
    """For what is over but stays known."""

    since = PartialDateField(label=_("Since when"))
