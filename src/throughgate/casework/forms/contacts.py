"""What may be typed about contacts and follow-ups."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.casework.models import Contact, FollowUp
from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, DayField, Form

# The hour that stands for "the hour was not told": nobody calls at midnight sharp.
NO_HOUR = time(0, 0)


class ContactForm(Form):
    """A conversation or an attempt, in the order in which people tell it."""

    day = DayField(label=_("When"))
    hour = forms.TimeField(
        label=_("Hour"), required=False, help_text=_("For example, 14:30. Leave empty if not known."),
        error_messages={"invalid": _("Enter the hour as hours and minutes, for example 14:30")},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )  # fmt: skip
    channel = CodeField(label=_("How"), choices=lambda: codes.choices("contact_channel"))
    direction = CodeField(label=_("Who reached whom"), choices=Contact.Direction.choices)
    with_whom = CodeField(
        label=_("With whom"), choices=lambda: codes.choices("relationship"), required=False,
        help_text=_("Leave empty if with the person."),
    )  # fmt: skip
    happened = CodeField(
        label=_("Did it come to a conversation"),
        choices=[
            ("yes", pgettext_lazy("conversation", "Yes")),
            ("no", pgettext_lazy("conversation", "No, an attempt")),
        ],
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440)
    consultation = CodeField(
        label=_("Consultation on"), choices=lambda: codes.choices("pathway"), required=False,
        help_text=_("Only if it was a consultation."),
    )  # fmt: skip
    note = forms.CharField(label=_("What was said"), required=False, widget=forms.Textarea, help_text=_("Sealed."))

    def __init__(self, *args: Any, cases: list[tuple[str, str]] | None = None, **options: Any) -> None:
        """*cases*: (id, words) of those it may belong to; asked only when there is more than one."""
        super().__init__(*args, **options)
        if cases and len(cases) > 1:
            words = [*cases, ("", gettext("None of them"))]
            self.fields["case"] = forms.ChoiceField(
                label=gettext("In which case"), choices=words, required=False, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["happened"] = data.get("happened") == "yes"
        day, hour = data.pop("day", None), data.pop("hour", None)
        if day is not None:
            data["at"] = timezone.make_aware(datetime.combine(day, hour or NO_HOUR))
            if data["at"] > timezone.now():
                self.add_error("day", gettext("This is still to come. A contact is recorded after it."))
        if not data["happened"] and data.get("minutes") and "happened" not in self.errors:
            self.add_error("minutes", gettext("An attempt has no minutes."))
        return data

    @staticmethod
    def now() -> dict[str, Any]:
        """What the form begins with: just now, we called, we talked."""
        local = timezone.localtime()
        return {"day": local.date(), "hour": local.time(), "direction": Contact.Direction.OUT, "happened": "yes"}

    @staticmethod
    def initial_of(row: Contact) -> dict[str, Any]:
        local = timezone.localtime(row.at)
        return {
            "day": local.date(), "hour": None if local.time() == NO_HOUR else local.time(), "channel": row.channel,
            "direction": row.direction, "with_whom": row.with_whom, "happened": "yes" if row.happened else "no",
            "minutes": row.minutes, "consultation": row.consultation, "note": row.note,
        }  # fmt: skip


class AmendContactForm(ContactForm):
    reason = forms.CharField(label=_("Why it is changed"), max_length=500, help_text=_("Kept with what stood here."))


def reasons() -> list[tuple[str, list[tuple[str, str]]]]:
    """Whose reason it was, and under each the reasons of its own list: ("whose:reason", words)."""
    return [
        (str(words), [(f"{whose}:{code}", label) for code, label in codes.choices(whose)])
        for whose, words in FollowUp.Why.choices
    ]


class MissedForm(Form):
    """Why a follow-up did not happen. One question: whose reason it was follows from the reason."""

    why = forms.ChoiceField(label=_("Why it did not happen"), choices=lambda: [("", _("Choose…")), *reasons()])
    text = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, help_text=_("Sealed."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        whose, _colon, reason = data.pop("why", "").partition(":")
        return {**data, "why": whose, "reason": reason}
