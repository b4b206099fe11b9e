"""What may be typed about plans and the day at the gate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.casework.forms.cases import long_text
from throughgate.casework.forms.members import MemberField
from throughgate.casework.models import Anchor, GateMeeting
from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, DayField, Form

BEFORE, AFTER = "before", "after"


class MakePlanForm(Form):
    """Nothing to type, unless the template has steps that answer to an event."""


class MakeEventPlanForm(MakePlanForm):
    event_on = DayField(
        label=_("Day of the event"),
        required=False,
        help_text=_("Some steps answer to an event, such as a punishment cell. It can be entered when it happens."),
    )


class EventForm(Form):
    on = DayField(label=_("Day of the event"), required=False)


class AddStepForm(Form):
    """A step of one's own: on a day, or so many days before or after a date that may move."""

    words = forms.CharField(label=_("What is to be done"), max_length=300)
    on = DayField(label=_("On a fixed day"), required=False, help_text=_("Or leave it empty and count below."))
    days = forms.IntegerField(label=_("How many days"), required=False, min_value=0, max_value=3650)
    side = CodeField(
        label=_("Before or after"),
        choices=[(BEFORE, pgettext_lazy("days", "before")), (AFTER, pgettext_lazy("days", "after"))],
        required=False,
    )
    anchor = CodeField(
        label=_("Counted from"),
        choices=[(one.value, one.label) for one in (Anchor.RELEASE, Anchor.INTAKE, Anchor.ARRIVAL)],
        initial=Anchor.RELEASE,
        required=False,
    )
    owner = MemberField(label=_("Who does it"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") is None and data.get("days") is None:
            self.add_error("on", gettext("Enter a day, or the number of days to count."))
        if data.get("days") and not data.get("side"):
            self.add_error("side", gettext("Choose before or after."))
        return data

    @property
    def offset_days(self) -> int:
        days = self.cleaned_data.get("days") or 0
        return -days if self.cleaned_data.get("side") == BEFORE else days


class SkipStepForm(Form):
    reason = CodeField(label=_("Why it is skipped"), choices=lambda: codes.choices("step_skip_reason"))
    text = long_text(_("In words"))


class PinStepForm(Form):
    on = DayField(label=_("On which day"))
    reason = forms.CharField(label=_("Why on this day"), required=False, max_length=500)


class GiveStepForm(Form):
    owner = MemberField(label=_("Who does it"), required=False)


def _part(label: Any, **options: Any) -> CodeField:
    in_a_row = forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"})
    return CodeField(
        label=label, choices=GateMeeting.Part.choices, initial=GateMeeting.Part.OPEN, widget=in_a_row, **options
    )


class GateDayForm(Form):
    """The parts of the day, in the order in which it goes."""

    meets = _part(_("Who meets"))
    member = MemberField(label=_("Who of us meets"), required=False)
    transport = _part(_("Transport"))
    clothes = _part(_("Clothes for the season"))
    first_night = _part(_("First night"))
    phone = _part(_("Phone"))
    money = _part(_("Money for the first days"))
    medicines = _part(_("Medicines"))
    details = long_text(_("Who, where, when"), _("Sizes, the car, the address of the first night, a second way."))
