"""What may be typed about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, CodesField, Form, PartialDateField
from throughgate.people.models import NameKind, Sex

SCRIPTS = [
    ("be", _("Belarusian")),
    ("ru", _("Russian")),
    ("lacinka", _("Łacinka")),
    ("passport", _("Latin of the passport")),
    ("heard", _("as heard, in Latin letters")),
]


class NameForm(Form):
    """One name: in parts where they are known, else as one string."""

    surname = forms.CharField(label=_("Surname"), required=False, max_length=120)
    given = forms.CharField(label=_("Given name"), required=False, max_length=120)
    patronymic = forms.CharField(label=_("Patronymic"), required=False, max_length=120)
    whole = forms.CharField(
        label=_("The whole name"),
        required=False,
        max_length=240,
        help_text=_("Only when it is not known which part is the surname."),
    )
    kind = CodeField(label=_("What kind of name"), choices=NameKind.choices, initial=NameKind.CURRENT)
    script = CodeField(label=_("Spelling"), choices=SCRIPTS, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(part) for part in ("surname", "given", "whole")):
            self.add_error("surname", gettext("Type a surname, a given name or the whole name."))
        return data


class PersonForm(NameForm):
    """A new person, in the order people tell it."""

    birth_date = PartialDateField(label=_("Date of birth"), required=False, birthday=True)
    sex = CodeField(label=_("Sex"), choices=Sex.choices, required=False)
    categories = CodesField(label=_("Categories"), choices=lambda: codes.choices("person_category"), required=False)

    field_order = ["surname", "given", "patronymic", "whole", "birth_date", "sex", "kind", "script", "categories"]


class ReasonForm(Form):
    """Why something is corrected; asked with every amendment."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=500, help_text=_("Kept with what stood here."))


class AmendPersonForm(ReasonForm):
    birth_date = PartialDateField(label=_("Date of birth"), required=False, birthday=True)
    sex = CodeField(label=_("Sex"), choices=Sex.choices, required=False)
    categories = CodesField(label=_("Categories"), choices=lambda: codes.choices("person_category"), required=False)
    sealed_categories = CodesField(
        label=_("Categories that endanger"),
        help_text=_("Sealed: they open only for those who hold the key."),
        choices=lambda: codes.choices("person_category_sealed"),
        required=False,
    )

    field_order = ["birth_date", "sex", "categories", "sealed_categories", "reason"]


class AmendNameForm(NameForm, ReasonForm):
    pass
