"""Charges, hearings, sentences, what changes them, and assessments of status."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.codelists.codes import language
from throughgate.core.jurisdiction import articles, rules
from throughgate.core.vocab import vocabulary
from throughgate.custody.forms.common import Choices, HourField, NumberField, ReasonForm, TermForm
from throughgate.custody.models.sentences import (
    Category,
    CreditKind,
    HearingKind,
    LawCode,
    Outcome,
    ReductionKind,
    Regime,
    SentenceKind,
    Stage,
)
from throughgate.custody.models.status import Scheme
from throughgate.kit.forms import CodeField, DayField, Form, PartialDateField, SearchSelectField

NUMBER = re.compile(r"\d{1,3}(?:[-.]\d{1,3})*(?:\(\d+\))?")


def find_articles(text: str) -> Choices:
    """("criminal:342", label) of the articles a text may mean: by number or by words; an unknown number stands too."""
    sought = text.lower().split()
    speaking = language()
    known = [
        (f"{one.code}:{one.number}", f"{one.number} {one.label(speaking)} ({LawCode(one.code).label})")
        for one in articles()
        if all(_meets(part, one.number, one.former_number, *one.labels.values()) for part in sought)
    ]
    own = [
        (f"{LawCode.CRIMINAL}:{code}", label)
        for code, label in own_articles()
        if all(_meets(part, code, label) for part in sought)
    ]
    typed = NUMBER.search(text)
    listed = {value for value, _label in [*known, *own]}
    unlisted = [
        (f"{law}:{typed[0]}", f"{typed[0]} ({law.label})")
        for law in LawCode
        if typed and f"{law}:{typed[0]}" not in listed
    ]
    return [*known, *own, *unlisted]


def own_articles() -> list[tuple[str, str]]:
    """(number, words) of the articles that the organisation added to the list "article"."""
    found = [
        (code, codes.own_label(term))
        for (name, code), term in codes.own_terms().items()
        if name == "article" and not term.retired_at
    ]
    return sorted(found)


def _meets(part: str, number: str, *texts: str) -> bool:
    if part[0].isdigit():
        return part in (number, *texts)
    return any(part in text.lower() for text in texts)


def article_label(value: str) -> str | None:
    law, _colon, number = str(value).partition(":")
    if law not in LawCode.values or not number:
        return None
    return f"{number} ({LawCode(law).label})"


class ChargeForm(Form):
    article = SearchSelectField(
        label=_("Article"),
        find=find_articles,
        label_of=article_label,
        help_text=_("Type its number or a word of its title."),
    )
    part = forms.CharField(label=_("Part"), required=False, max_length=10)
    charged_on = PartialDateField(label=_("Charged on"), required=False)
    stage = CodeField(label=_("Stage"), choices=Stage.choices, required=False)
    outcome = CodeField(label=_("Outcome"), choices=Outcome.choices, required=False)
    note = forms.CharField(label=_("Note"), required=False, help_text=_("Sealed."), widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """The article and the code it is of, apart."""
        data = super().clean() or {}
        if data.get("article"):
            data["code"], _colon, data["article"] = data["article"].partition(":")
        return data


class AmendChargeForm(ChargeForm, ReasonForm):
    field_order = ["article", "part", "charged_on", "stage", "outcome", "note", "reason"]


class _HearingForm(Form):
    on = PartialDateField(label=_("When"))
    hour = HourField()
    kind = CodeField(label=_("Kind"), choices=HearingKind.choices, initial=HearingKind.TRIAL)
    court = forms.CharField(label=_("Court"), required=False, max_length=300, help_text=_("Sealed."))
    result = forms.CharField(label=_("What came of it"), required=False, help_text=_("Sealed."), widget=forms.Textarea)


class HearingForm(_HearingForm):
    next_on = PartialDateField(label=_("Next hearing"), required=False)


class AmendHearingForm(_HearingForm, ReasonForm):
    field_order = ["on", "hour", "kind", "court", "result", "reason"]


class _SentenceForm(TermForm):
    kind = CodeField(label=_("Punishment"), choices=SentenceKind.choices, initial=SentenceKind.IMPRISONMENT)
    regime = CodeField(label=_("Regime"), choices=Regime.choices, required=False)
    judgment_on = PartialDateField(label=_("Judgment on"), required=False)
    in_force_on = DayField(label=_("In force on"), required=False)
    last_day_told = DayField(
        label=_("Last day, if the judgment or the institution names it"),
        required=False,
        help_text=_("It goes before any calculation."),
    )
    told_on = DayField(label=_("Last day told on"), required=False)
    starts_on = DayField(
        label=_("Counts from"),
        required=False,
        help_text=_("Only if the judgment names the day, or for restriction of liberty: arrival or registration."),
    )
    credit_days = NumberField(
        label=_("Days credited by the judgment"),
        help_text=_("In days of the punishment. If it is empty, custody before the judgment is counted by the rules."),
    )
    replaced_days = NumberField(
        label=_("Unserved days it replaces"),
        help_text=_("Only for imprisonment instead of restriction of liberty."),
    )
    final = forms.BooleanField(label=_("This term holds all earlier ones"), required=False)
    category = CodeField(label=_("Gravity of the crime"), choices=Category.choices, required=False)
    court = forms.CharField(label=_("Court"), required=False, max_length=300, help_text=_("Sealed."))
    note = forms.CharField(label=_("Note"), required=False, help_text=_("Sealed."), widget=forms.Textarea)

    field_order = [
        "kind", "years", "months", "days", "regime", "judgment_on", "in_force_on", "last_day_told", "told_on",
        "starts_on", "credit_days", "replaced_days", "final", "category", "court", "note",
    ]  # fmt: skip


class SentenceForm(_SentenceForm):
    as_events = forms.BooleanField(
        label=_("Record the judgment and its entry into force as events too"), required=False, initial=True
    )


class AmendSentenceForm(_SentenceForm, ReasonForm):
    field_order = [*_SentenceForm.field_order, "reason"]


class CreditForm(Form):
    kind = CodeField(label=_("Kind of custody"), choices=CreditKind.choices, initial=CreditKind.REMAND)
    start = DayField(label=_("From"))
    end = DayField(label=_("Until"), required=False, help_text=_("Empty if it ran on into the sentence."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", gettext("It cannot end before it begins."))
        return data


def amnesties() -> list[tuple[str, str]]:
    speaking = language()
    return [
        (one.id, one.label(speaking))
        for one in rules().values()
        if one.topic == "amnesty" and "reduction_years" in one.parameters
    ]


class ReductionForm(TermForm):
    kind = CodeField(label=_("Kind"), choices=ReductionKind.choices, initial=ReductionKind.AMNESTY)
    rule = CodeField(label=_("Amnesty law"), choices=amnesties, required=False)
    on = DayField(label=_("Decided on"))
    granted = forms.BooleanField(label=_("Granted"), required=False, initial=True)

    field_order = ["kind", "rule", "years", "months", "days", "on", "granted"]


class ExtensionForm(TermForm):
    on = DayField(label=_("New judgment on"))
    article = forms.CharField(label=_("Article"), max_length=20, initial="411(1)")
    final = forms.BooleanField(
        label=_("The term holds all earlier ones"),
        required=False,
        initial=True,
        help_text=_("Always so where the judgment writes the final term."),
    )
    unserved_days = NumberField(label=_("Unserved days of the old term that it adds"))

    field_order = ["on", "article", "years", "months", "days", "final", "unserved_days"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(part) for part in ("years", "months", "days")):
            self.add_error("years", gettext("Enter the term of the new judgment."))
        return data


def criteria() -> Choices:
    """("PACE-1900:a", words) under their schemes."""
    speaking = language()
    offered: Choices = []
    for scheme in (Scheme.PACE, Scheme.GUIDELINES):
        terms = [one for one in vocabulary("political_prisoner_criteria") if one.extra["scheme"] == scheme]
        offered.append((scheme.label, [(f"{scheme}:{one.code}", one.label(speaking)) for one in terms]))
    wgad = [(f"{Scheme.WGAD}:{one.code}", f"{one.code}: {one.label(speaking)}") for one in vocabulary("wgad")]
    return [*offered, (Scheme.WGAD.label, wgad)]


class StatusForm(Form):
    by = forms.CharField(label=_("By which organisation"), max_length=200, help_text=_("Sealed."))
    criterion = CodeField(label=_("Under which criterion"), choices=criteria)
    start = PartialDateField(label=_("Since"), required=False)
    until = PartialDateField(label=_("Until"), required=False)
    afterwards = forms.BooleanField(label=_("Recognised after release"), required=False)
    note = forms.CharField(label=_("Note"), required=False, help_text=_("Sealed."), widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("criterion"):
            data["scheme"], _colon, data["code"] = data.pop("criterion").partition(":")
        return data
