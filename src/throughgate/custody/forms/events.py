"""Events, signs of life, places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.custody import places
from throughgate.custody.forms.common import HourField, NumberField, PlaceField, ReasonForm, ToldForm, event_kinds
from throughgate.custody.models import Allowed
from throughgate.kit.forms import CodeField, CodesField, Form, PartialDateField


class EventForm(ToldForm):
    """What happened, when, where, and how it is known."""

    kind = CodeField(label=_("What happened"), choices=event_kinds)
    on = PartialDateField(label=_("When"), required=False)
    hour = HourField()
    facility = PlaceField()
    days = NumberField(label=_("Days of arrest"), help_text=_("Only for an administrative arrest."))

    field_order = [
        "kind", "on", "hour", "facility", "days", "source_kind", "source", "reliability", "credibility", "note",
    ]  # fmt: skip


class AmendEventForm(EventForm, ReasonForm):
    field_order = [*EventForm.field_order, "reason"]


class SignForm(ToldForm):
    """A sign of life: short, because it is typed every day."""

    kind = CodeField(label=_("What there was"), choices=lambda: event_kinds(["sign_of_life"])[0][1])
    on = PartialDateField(label=_("When"))

    field_order = ["kind", "on", "source_kind", "source", "reliability", "credibility", "note"]


class FacilityForm(Form):
    """A place the shipped table lacks."""

    kind = CodeField(label=_("Kind"), choices=lambda: codes.choices("place_kind"))
    number = forms.CharField(label=_("Number"), required=False, max_length=12)
    name_be = forms.CharField(label=_("Name in Belarusian"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    place_be = forms.CharField(label=_("Town in Belarusian"), max_length=100, required=False)
    place_ru = forms.CharField(label=_("Town in Russian"), max_length=100, required=False)
    place_lat = forms.CharField(label=_("Town in Latin letters"), max_length=100, required=False)
    adm1 = CodeField(label=_("Region"), choices=places.regions, required=False)
    former = forms.CharField(
        label=_("Former names"),
        required=False,
        max_length=500,
        help_text=_("Separated by semicolons."),
    )
    allowed = CodesField(label=_("What is allowed"), choices=Allowed.choices, required=False)

    def clean_former(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["former"].split(";") if name.strip()]

    def clean_name_be(self) -> Any:
        name = self.cleaned_data["name_be"].strip()
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError(gettext("A name has letters."))
        return name
