"""What may be typed about people and their names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, CodesField, Form, PartialDateField
from throughgate.people.models import NameKind, Person, Sex

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


def sex_field(**options: Any) -> CodeField:
    return CodeField(label=_("Sex"), choices=Sex.choices, required=False, **options)


def language_field(**options: Any) -> CodeField:
    label = _("Language to speak and write in")
    return CodeField(label=label, choices=lambda: codes.choices("language"), required=False, **options)


def categories_field(**options: Any) -> CodesField:
    label = _("Categories")
    return CodesField(label=label, choices=lambda: codes.choices("person_category"), required=False, **options)


def citizenships_field() -> CodeField:
    return CodeField(label=_("Citizenship"), choices=lambda: codes.choices("country"), required=False)


class FactsForm(Form):
    """What is known of somebody besides the name, in the order people tell it."""

    birth_date = PartialDateField(label=_("Date of birth"), required=False, birthday=True)
    sex = sex_field()
    citizenship = citizenships_field()
    second_citizenship = CodeField(
        label=_("Second citizenship"), choices=lambda: codes.choices("country"), required=False
    )
    language = language_field()
    categories = categories_field()
    sealed_categories = CodesField(
        label=_("Categories that endanger"),
        help_text=_("Sealed: they open only for those who hold the key."),
        choices=lambda: codes.choices("person_category_sealed"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        both = (data.pop("citizenship", ""), data.pop("second_citizenship", ""))
        data["citizenships"] = list(dict.fromkeys(code for code in both if code))
        data["sealed_categories"] = data.get("sealed_categories") or None
        return data

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """What the form begins with; a closed value begins empty and is not asked for."""
        first, second = [*map(str, person.citizenships), "", ""][:2]
        return {
            "birth_date": person.birth_date,
            "sex": person.sex,
            "citizenship": first,
            "second_citizenship": second,
            "language": person.language,
            "categories": person.categories,
            "sealed_categories": person.sealed_categories,
        }


class PersonForm(FactsForm, NameForm):
    """A new person."""

    field_order = ["surname", "given", "patronymic", "whole", "birth_date", "sex", "citizenship", "second_citizenship",
                   "language", "kind", "script", "categories", "sealed_categories"]  # fmt: skip


class ReasonForm(Form):
    """Why something is corrected; asked with every amendment."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=500, help_text=_("Kept with what stood here."))


class AmendPersonForm(FactsForm, ReasonForm):
    field_order = ["birth_date", "sex", "citizenship", "second_citizenship", "language", "categories",
                   "sealed_categories", "reason"]  # fmt: skip


class FindForm(Form):
    """Sent by POST: a name must not stay in an address."""

    typed = forms.CharField(label=_("Name in any spelling, reference, document number or telephone"), max_length=100)


class AmendNameForm(NameForm, ReasonForm):
    pass
