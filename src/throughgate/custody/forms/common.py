"""Fields and parts that several forms share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.core.vocab import vocabulary
from throughgate.custody import places
from throughgate.custody.models import SourceKind
from throughgate.kit.forms import CodeField, Form, SearchSelectField

Choices = list[tuple[Any, Any]]

GROUPS = [
    ("detention", _("Detention")),
    ("charge", _("Charge")),
    ("trial", _("Trial")),
    ("place", _("Movement")),
    ("condition", _("Conditions")),
    ("relief", _("Pardon, amnesty, early release")),
    ("release", _("Release")),
    ("after", _("After release")),
    ("sign_of_life", _("Signs of life")),
    ("status", _("Recognition")),
    ("end", _("Death")),
]


def event_kinds(only: Iterable[str] = ()) -> Choices:
    """Event kinds under their groups, the organisation's own last."""
    wanted = set(only) or {code for code, _label in GROUPS}
    offered: Choices = []
    groups = {term.code: term.extra["group"] for term in vocabulary("custody_event")}
    shown = codes.choices("custody_event")
    for group, label in GROUPS:
        if group in wanted:
            offered.append((label, [pair for pair in shown if groups.get(pair[0]) == group]))
    own = [pair for pair in shown if pair[0] not in groups]
    return [*offered, (_("Own kinds"), own)] if own and not only else offered


class PlaceField(SearchSelectField):
    """A place of detention found by typing any spelling of it; cleans to a `Facility` or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Place"))
        kwargs.setdefault("help_text", _("Type a number, a town or a former name, in any spelling."))
        super().__init__(find=places.find, label_of=places.label_of, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return places.find_one(chosen) if chosen else None


class HourField(forms.TimeField):
    """An hour of the day, where it is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Hour, if it is known"))
        kwargs.setdefault("help_text", _("For example, 14:30"))
        super().__init__(required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}), **kwargs)


class NumberField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=32000, **kwargs)


class TermForm(Form):
    """Years, months and days of a punishment."""

    years = NumberField(label=_("Years"))
    months = NumberField(label=_("Months"))
    days = NumberField(label=_("Days"))


class ToldForm(Form):
    """How something is known."""

    source_kind = CodeField(label=_("Who told it"), choices=SourceKind.choices, required=False)
    source = forms.CharField(
        label=_("Source"),
        required=False,
        help_text=_("Sealed. A name, a link, a document."),
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    reliability = CodeField(
        label=_("How reliable the source is"),
        choices=lambda: codes.choices("source_reliability"),
        initial="f",
        widget=forms.Select,
    )
    credibility = CodeField(
        label=_("How credible what it says is"),
        choices=lambda: codes.choices("info_credibility"),
        initial="6",
        widget=forms.Select,
    )
    note = forms.CharField(label=_("Note"), required=False, help_text=_("Sealed."), widget=forms.Textarea)


class ReasonForm(Form):
    """Why something is corrected; asked with every amendment."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=500, help_text=_("Kept with what stood here."))
